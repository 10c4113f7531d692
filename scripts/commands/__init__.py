"""What build_charter.py can do beside checking, building and serving: one module a subject."""

import argparse
from pathlib import Path
from typing import Any, Protocol

DATA = Path(__file__).resolve().parents[2] / "charter_data" / "tebing_tinggi"


class Subject(Protocol):
    """Be a module whose `add_to` puts its commands into the parser, each with `act` as its default."""

    def add_to(self, commands: "argparse._SubParsersAction[Any]") -> None:
        """Add the commands of this subject."""
