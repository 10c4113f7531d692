"""MkDocs, loaded ahead: it builds every configuration named on its standard input, all at once."""

import os
import sys

from material.plugins.search import plugin  # type: ignore[import-untyped]
from mkdocs.__main__ import cli

LOADED = (plugin,)  # or MkDocs would load it anew for every configuration


def main() -> int:
    """Build in one process a line, and give 1 when one of them failed."""
    children = []
    for line in sys.stdin:
        child = os.fork()
        if not child:
            cli(["build", "--strict", "-q", "-f", line.rstrip("\n")])
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    return 1 if any(codes) else 0


if __name__ == "__main__":
    sys.exit(main())
