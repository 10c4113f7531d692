#!/usr/bin/env python3
"""The one command for staff: check the charter's data, build the site, look at it."""

import argparse
import subprocess
import sys
from datetime import date
from pathlib import Path

from charter_data.loading import CharterError, load_charter
from charter_data.releases import ReleaseError, read_history
from charter_data.skeleton import SkeletonError
from charter_data.snapshot import SnapshotError, read_snapshot
from scripts.charter_site import rendering
from scripts.charter_site.building import ENGINES, BuildError, build
from scripts.charter_site.composing import WrittenPageError
from scripts.charter_site.links import BrokenLinkError
from scripts.charter_site.posters import NoAddressError
from scripts.charter_site.printing import PrintError
from scripts.charter_site.serving import PORT, Watch, serve
from scripts.commands import (
    DATA,
    Subject,
    checking,
    day,
    describing,
    printing,
    releasing,
    starting,
    translating,
)

SITE = rendering.ROOT / "site"
WATCHED = tuple(rendering.ROOT / name for name in ("docs", "brand", "scripts/charter_site"))
SUBJECTS: tuple[Subject, ...] = (checking, describing, printing, releasing, starting, translating)
FAILURES = (
    CharterError,
    SkeletonError,
    SnapshotError,
    ReleaseError,
    BuildError,
    BrokenLinkError,
    WrittenPageError,
    rendering.MissingIconError,
    NoAddressError,
    PrintError,
    OSError,
)


def main(arguments: list[str] | None = None) -> int:
    """Run a command and give its exit code: 0 good, 1 something to mend."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.act(chosen))
    except FAILURES as error:
        print(error, file=sys.stderr)
        return 1


def build_site(chosen: argparse.Namespace) -> int:
    """Build the site into its folder."""
    charter = load_charter(chosen.data, chosen.today or date.today())
    snapshot = read_snapshot(chosen.snapshot, charter) if chosen.snapshot else None
    history = read_history(chosen.data)
    if chosen.release:
        releasing.refuse_simulated(charter, snapshot)
        releasing.refuse_unsealed(charter, history)
    for clause in snapshot.retired(charter) if snapshot else ():
        print(f"{chosen.snapshot}: {clause} is no longer in the charter: not shown", file=sys.stderr)
    for line in build(
        charter,
        chosen.site,
        chosen.engine,
        snapshot=snapshot,
        history=history,
        is_kept=not chosen.no_offline,
    ):
        print(line, file=sys.stderr)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build_charter.py", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for subject in SUBJECTS:
        subject.add_to(commands)
    building = commands.add_parser("build", help="build the site in both languages")
    building.add_argument("--release", action="store_true", help="refuse what is not sealed, or simulated")
    building.add_argument("--today", type=day, help="judge dates as of this day")
    building.add_argument("--no-offline", action="store_true", help="take the copies off people's phones")
    building.set_defaults(act=build_site)
    serving = commands.add_parser("serve", help="build, serve, and rebuild after every change")
    serving.add_argument("--port", type=int, default=PORT, help="port on 127.0.0.1")
    serving.set_defaults(act=serve_site, release=False, today=None, no_offline=False)
    for command in (building, serving):
        command.add_argument("--data", type=Path, default=DATA, help="folder of a city's charter")
        command.add_argument("--snapshot", type=Path, help="folder with published answers and figures")
        command.add_argument("--site", type=Path, default=SITE, help="folder of the site")
        command.add_argument("--engine", choices=ENGINES, default="mkdocs", help="site tool")
    return parser


if __name__ == "__main__":
    sys.exit(main())
