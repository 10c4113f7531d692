"""MkDocs, loaded ahead: it builds every configuration named on its standard input, all at once."""

import gc
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment
from material.plugins.search.plugin import SearchIndex
from mkdocs.__main__ import cli
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme

from scripts.charter_site.compiled import Compiled

# Drawings, marks of words inside a line, frames of lists and tables: none of them has a heading in it, and
# none is kept from the search alone. No value of an attribute of ours has a bare `>`.
PASSED_OVER = re.compile(
    r"<svg\b.*?</svg>"
    r"|</?(?:a|abbr|b|i|em|small|span|strong|time|dl|dt|dd|table|caption|thead|tbody|tr|th|td)(?: [^>]*)?>",
    re.DOTALL,
)
OVERRIDES = Path(__file__).resolve().parents[2] / "docs" / "overrides"
THAT_IS_ALL = ""  # an empty line, or the end of the stream
HIDDEN = "."  # thousands of icons stand in hidden folders, and MkDocs passes over those


def main() -> int:
    """Build in one process a line, and give 1 when one of them failed."""
    gc.disable()  # it ends soon, so nobody needs to search its memory for what could go
    env = _templates()
    Theme.get_env = lambda _theme: env  # type: ignore[assignment, method-assign]
    SearchIndex.add_entry_from_context = leaner(SearchIndex.add_entry_from_context)
    children = []
    for line in iter(lambda: sys.stdin.readline().rstrip("\n"), THAT_IS_ALL):
        child = os.fork()
        if not child:
            cli(["build", "--strict", "-q", "-f", line])
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    return 1 if any(codes) else 0


def leaner(add: Callable[[SearchIndex, Page], None]) -> Callable[[SearchIndex, Page], None]:
    """Keep from the index of the search what it would only pass over: half of its time goes there."""

    def add_lean(index: SearchIndex, page: Page) -> None:
        whole = page.content
        page.content = PASSED_OVER.sub("", whole or "")
        add(index, page)
        page.content = whole

    return add_lean


def _templates() -> Environment:
    """Give the theme's templates, compiled and listed once: they are the same for every language."""
    env = Theme("material", custom_dir=str(OVERRIDES)).get_env()
    env.bytecode_cache = Compiled(Path(__file__))
    listed = [name for name in env.list_templates() if not name.startswith(HIDDEN)]

    def list_templates(_extensions: object = None, filter_func: Callable[[str], bool] = bool) -> list[str]:
        return [name for name in listed if filter_func(name)]

    env.list_templates = list_templates  # type: ignore[assignment]
    return env


if __name__ == "__main__":
    sys.exit(main())
