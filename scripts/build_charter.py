#!/usr/bin/env python3
"""The one command for staff: check the charter's data, build the site, look at it."""

import argparse
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from charter_data.loading import CharterError, Loaded, load, load_charter
from charter_data.models import Charter
from charter_data.snapshot import SnapshotError, read_snapshot
from scripts.charter_site import rendering
from scripts.charter_site.building import ENGINES, BuildError, build
from scripts.charter_site.composing import WrittenPageError
from scripts.charter_site.serving import PORT, Watch, serve

DATA = rendering.ROOT / "charter_data" / "tebing_tinggi"
SITE = rendering.ROOT / "site"
WATCHED = tuple(rendering.ROOT / name for name in ("docs", "brand", "scripts/charter_site"))
FAILURES = (CharterError, SnapshotError, BuildError, WrittenPageError, rendering.MissingIconError, OSError)


def main(arguments: list[str] | None = None) -> int:
    """Run a command and give its exit code: 0 good, 1 something to mend."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.act(chosen))
    except FAILURES as error:
        print(error, file=sys.stderr)
        return 1


def check(chosen: argparse.Namespace) -> int:
    """Print every problem and what was counted."""
    loaded = load(chosen.data)
    if chosen.json:
        print(json.dumps({"problems": [problem.as_json() for problem in loaded.problems]}, indent=1))
    else:
        _print_check(loaded, quiet=chosen.quiet)
    return 1 if loaded.errors else 0


def build_site(chosen: argparse.Namespace) -> int:
    """Build the site into its folder."""
    charter = load_charter(chosen.data)
    snapshot = read_snapshot(chosen.snapshot, charter) if chosen.snapshot else None
    for clause in snapshot.retired(charter) if snapshot else ():
        print(f"{chosen.snapshot}: {clause} is no longer in the charter: not shown", file=sys.stderr)
    build(charter, chosen.site, chosen.engine, snapshot=snapshot)
    return 0


def serve_site(chosen: argparse.Namespace) -> int:
    """Build and serve the site, again after every change; a fault is printed and the last good site stays."""
    snapshot = [chosen.snapshot] if chosen.snapshot else []
    again = [sys.executable, __file__, "build", "--engine", chosen.engine, "--data", chosen.data]
    again += ["--site", chosen.site, *(["--snapshot", *snapshot] if snapshot else [])]

    def rebuild() -> None:
        # A process of its own reads labels, pictures and code afresh, and a fault ends nothing else.
        if subprocess.run(again, check=False).returncode == 0:  # noqa: S603 (this very command)
            print("built", flush=True)

    watch = Watch((chosen.data, *snapshot, *WATCHED))
    build_site(chosen)
    serve(chosen.site, watch, rebuild, chosen.port)
    return 0


def _print_check(loaded: Loaded, *, quiet: bool) -> None:
    for problem in loaded.errors if quiet else loaded.problems:
        print(problem, file=sys.stderr if problem.severity == "error" else sys.stdout)
    if not quiet:
        print(
            *(_counts(loaded.charter) if loaded.charter else ()), sep="\n", end="\n" if loaded.charter else ""
        )
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build_charter.py", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    checking = commands.add_parser("check", help="list every problem of the data with file, line and column")
    checking.add_argument("--json", action="store_true", help="print the problems as JSON")
    checking.add_argument("--quiet", action="store_true", help="print errors only")
    checking.set_defaults(act=check)
    building = commands.add_parser("build", help="build the site in both languages")
    building.set_defaults(act=build_site)
    serving = commands.add_parser("serve", help="build, serve, and rebuild after every change")
    serving.add_argument("--port", type=int, default=PORT, help="port on 127.0.0.1")
    serving.set_defaults(act=serve_site)
    for command in (checking, building, serving):
        command.add_argument("--data", type=Path, default=DATA, help="folder of a city's charter")
    for command in (building, serving):
        command.add_argument("--snapshot", type=Path, help="folder with published answers and figures")
        command.add_argument("--site", type=Path, default=SITE, help="folder of the site")
        command.add_argument("--engine", choices=ENGINES, default="mkdocs", help="site tool")
    return parser


if __name__ == "__main__":
    sys.exit(main())
