"""Every problem of the data, what the warnings mean, what was counted, and how complete each service is."""

import argparse
import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from charter_data.loading import Loaded, load
from charter_data.models import Charter
from charter_data.problems import WARNINGS
from charter_data.scores import Score, scores
from scripts.commands import DATA, day


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add `check`."""
    checking = commands.add_parser("check", help="list every problem of the data with file, line and column")
    checking.add_argument("--data", type=Path, default=DATA, help="folder of a city's charter")
    checking.add_argument("--json", action="store_true", help="print the problems as JSON")
    checking.add_argument("--quiet", action="store_true", help="print errors only")
    checking.add_argument("--strict", action="store_true", help="let warnings fail the check as well")
    checking.add_argument("--today", type=day, help="judge dates as of this day")
    checking.set_defaults(act=check)


def check(chosen: argparse.Namespace) -> int:
    """Print every problem and what was counted."""
    loaded = load(chosen.data, chosen.today or date.today())
    if chosen.json:
        print(json.dumps({"problems": [problem.as_json() for problem in loaded.problems]}, indent=1))
    else:
        _print(loaded, quiet=chosen.quiet)
    return 1 if loaded.errors or (chosen.strict and loaded.warnings) else 0


def _print(loaded: Loaded, *, quiet: bool) -> None:
    for problem in loaded.errors if quiet else loaded.problems:
        print(problem, file=sys.stderr if problem.severity == "error" else sys.stdout)
    if quiet:
        return
    for code, count in Counter(problem.code for problem in loaded.warnings).most_common():
        print(f"{count} x {code}: {WARNINGS[code]}")
    if loaded.charter:
        print(*_counts(loaded.charter), *map(_scored, scores(loaded.charter)), sep="\n")
    print(f"{len(loaded.errors)} errors, {len(loaded.warnings)} warnings")


def _counts(charter: Charter) -> list[str]:
    kinds = Counter(type(clause).__name__ for clause in charter.clauses())
    standings = Counter(promise.standing.value for promise in charter.promises())
    districts = sum(len(part.districts) for part in charter.area.subdistricts)
    return [
        f"{len(charter.services)} services",
        f"{kinds.total()} clauses: " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())),
        "promises by standing: " + ", ".join(f"{count} {key}" for key, count in sorted(standings.items())),
        f"{len(charter.agencies)} agencies",
        f"{districts} districts in {len(charter.area.subdistricts)} subdistricts",
        f"{len(charter.legal_basis)} laws, {len(charter.agreements.parties)} parties",
        "2 languages: id, en",
    ]


def _scored(score: Score) -> str:
    parts = ", ".join(f"{matter.value} {found} of {wanted}" for matter, found, wanted in score.parts)
    return f"{score.service.code}: {score.found} of {score.wanted} facts ({parts})"
