"""What build_charter.py can do: one module a subject."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any, Protocol

DATA = Path(__file__).resolve().parents[2] / "charter_data" / "tebing_tinggi"


def day(given: str) -> date:
    """Give the day that an option names.

    Raises ArgumentTypeError when it is none.
    """
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{given!r} is no day: write it as 2026-11-24") from None


class Subject(Protocol):
    """Be a module whose `add_to` puts its commands into the parser, each with `act` as its default."""

    def add_to(self, commands: "argparse._SubParsersAction[Any]") -> None:
        """Add the commands of this subject."""
