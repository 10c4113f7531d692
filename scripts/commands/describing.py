"""The rules of the check as a list, and the JSON Schemas of the data files for editors."""

import argparse
from pathlib import Path
from typing import Any

from charter_data.problems import ERRORS, WARNINGS
from charter_data.schemas import schemas
from scripts.commands import DATA

SCHEMAS = DATA.parent / "schema"


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add `rules` and `schema`."""
    listing = commands.add_parser("rules", help="list every rule of the check with its code and hint")
    listing.set_defaults(act=print_rules)
    writing = commands.add_parser("schema", help="write the JSON Schemas of the data files")
    writing.add_argument("--folder", type=Path, default=SCHEMAS, help="where they go")
    writing.set_defaults(act=write_schemas)


def print_rules(_chosen: argparse.Namespace) -> int:
    """Print code, severity and hint of every rule."""
    for severity, rules in (("error", ERRORS), ("warning", WARNINGS)):
        for code, hint in rules.items():
            print(f"{severity:<8} {code:<27} {hint}")
    return 0


def write_schemas(chosen: argparse.Namespace) -> int:
    """Write every schema, and print where."""
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        path = chosen.folder / name
        path.write_text(text, encoding="utf-8")
        print(path)
    return 0
