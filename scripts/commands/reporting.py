"""What the council reads every month: a report as PDF, made from a snapshot and the charter alone."""

import argparse
import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from charter_data.loading import load_charter
from charter_data.snapshot_files import read_snapshot
from scripts.charter_site.council import MOST_PAGES, report
from scripts.charter_site.printing import print_sheets
from scripts.charter_site.rendering import ROOT
from scripts.charter_site.words import LANGUAGES
from scripts.commands import DATA, day

FOLDER = ROOT / "build"


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add `report`."""
    reporting = commands.add_parser("report", help="print the council's monthly report as PDF")
    reporting.add_argument("--snapshot", type=Path, required=True, help="folder with answers and figures")
    reporting.add_argument("--out", type=Path, help="file of the report")
    reporting.add_argument("--language", choices=LANGUAGES, default="id", help="language of the report")
    reporting.add_argument("--data", type=Path, default=DATA, help="folder of a city's charter")
    reporting.add_argument("--today", type=day, help="judge dates as of this day")
    reporting.set_defaults(act=print_report)


def print_report(chosen: argparse.Namespace) -> int:
    """Print the report and name its file.

    Raises SnapshotError or PrintError before any file is written.
    """
    charter = load_charter(chosen.data, chosen.today or date.today())
    snapshot = read_snapshot(chosen.snapshot, charter)
    dated = snapshot.made_at.date()
    out = chosen.out or FOLDER / f"council-{dated:%Y-%m}-{chosen.language}.pdf"
    with TemporaryDirectory() as work:
        sheet = {"council": report(charter, snapshot, chosen.language)}
        (made,) = print_sheets(sheet, Path(work), dated, MOST_PAGES)
        out.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made, out)
    print(out)
    return 0
