"""The site: built, or served and built again after every change; loads little before the site tool does."""

import argparse
import gc
import subprocess
import sys
from datetime import date
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from charter_data.problems import RefusedError
from scripts.charter_site.serving import PORT, Watch, serve
from scripts.charter_site.tools import ENGINES, ROOT, begin
from scripts.commands import DATA, day

SITE = ROOT / "site"
COMMAND = ROOT / "scripts" / "build_charter.py"
PUBLISHING = "scripts.commands.publishing"
WATCHED = tuple(ROOT / name for name in ("docs", "brand", "scripts", "charter_data"))


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add `build` and `serve`."""
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


def build_site(chosen: argparse.Namespace) -> int:
    """Build the site into its folder."""
    with begin(chosen.engine) as tool:
        # The charter's records take as long to load as the site tool, which is at it already.
        return int(import_module(PUBLISHING).publish(chosen, tool, date.today()))


def serve_site(chosen: argparse.Namespace) -> int:
    """Build and serve the site, again after every change; a fault is printed and the last good site stays."""
    watch = Watch((chosen.data, *([chosen.snapshot] if chosen.snapshot else []), *WATCHED))
    import_module(PUBLISHING)  # once, for every build that is forked off
    gc.enable()  # unlike other commands this one runs for hours
    builds = Builds(chosen)
    if builds.run():
        return 1
    serve(chosen.site, watch, builds.follow, chosen.port)
    return 0


class Builds:
    """Build in processes of their own: a fault ends nothing else, and no text or picture is an old one."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        """Begin with the code as it is."""
        self._chosen = chosen
        self._is_code_old = False

    def follow(self, changed: set[str]) -> None:
        """Build after a change, and say so; a change of code is for a whole new start of the command."""
        self._is_code_old |= any(name.endswith(".py") for name in changed)
        if (self._start_anew() if self._is_code_old else self.run()) == 0:
            print("built", flush=True)

    def run(self) -> int | None:
        """Build with what is loaded, and give the exit code."""
        process = get_context("fork").Process(target=_build, args=(self._chosen,))
        process.start()
        process.join()
        return process.exitcode

    def _start_anew(self) -> int:
        chosen = self._chosen
        command = [sys.executable, COMMAND, "build", "--engine", chosen.engine, "--data", chosen.data]
        command += ["--site", chosen.site, *(["--snapshot", chosen.snapshot] if chosen.snapshot else [])]
        return subprocess.run(command, check=False).returncode  # noqa: S603 (our own command)


def _build(chosen: argparse.Namespace) -> None:
    gc.disable()
    try:
        sys.exit(build_site(chosen))
    except (RefusedError, OSError) as error:
        sys.exit(str(error))
