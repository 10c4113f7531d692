"""What hangs on walls and lies on tables: posters and cards as PDF."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from charter_data.loading import load_charter
from scripts.charter_site.posters import address_for, posters
from scripts.charter_site.printing import print_sheets
from scripts.charter_site.rendering import ROOT
from scripts.commands import DATA, day

FOLDER = ROOT / "build" / "posters"


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add `posters`."""
    printing = commands.add_parser("posters", help="print posters and cards as PDF, in both languages")
    printing.add_argument("--to", type=Path, default=FOLDER, help="where they go")
    printing.add_argument("--base-url", help="address of the site, where charter.yml has no public_url")
    printing.add_argument("--data", type=Path, default=DATA, help="folder of a city's charter")
    printing.add_argument("--today", type=day, help="judge dates as of this day")
    printing.set_defaults(act=print_posters)


def print_posters(chosen: argparse.Namespace) -> int:
    """Print every poster and card of the city, and list the files.

    Raises NoAddressError or PrintError before any file is written.
    """
    charter = load_charter(chosen.data, chosen.today or date.today())
    sheets = dict(posters(charter, address_for(charter, chosen.base_url)))
    for path in print_sheets(sheets, chosen.to, charter.info.dated):
        print(path)
    return 0
