#!/usr/bin/env python3
"""The one command for staff: check the charter's data, build the site, look at it."""

import argparse
import gc
import sys
from collections.abc import Sequence
from importlib import import_module

from charter_data.problems import RefusedError
from scripts.commands import Subject

# Only the module of the command that is asked for is loaded: each brings much with it.
SUBJECTS = {
    "building": ("build", "serve"),
    "checking": ("check",),
    "describing": ("rules", "schema"),
    "printing": ("posters",),
    "reporting": ("report",),
    "releasing": ("release", "verify", "diff"),
    "starting": ("new-city",),
    "translating": ("translated",),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code: 0 good, 1 something to mend."""
    given = sys.argv[1:] if arguments is None else arguments
    chosen = _parser(given).parse_args(given)
    try:
        return int(chosen.act(chosen))
    except (RefusedError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build_charter.py", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    asked = [name for name, said in SUBJECTS.items() if given and given[0] in said]
    for name in asked or SUBJECTS:
        subject: Subject = import_module(f"scripts.commands.{name}")
        subject.add_to(commands)
    return parser


if __name__ == "__main__":
    gc.disable()  # a command ends soon, so nobody needs to search its memory for what could go
    sys.exit(main())
