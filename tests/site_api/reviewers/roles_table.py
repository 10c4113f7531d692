"""The tables of `docs/developers/roles.md`, as the tests read them."""

import re

from site_api.settings import ROOT

PAGE = ROOT / "docs" / "developers" / "roles.md"
NONE = ("", "-", "none")


def table(title: str) -> list[dict[str, str]]:
    """Give the rows below a heading, each by the names of the columns."""
    section = PAGE.read_text("utf-8").split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    names, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return [dict(zip(names, row, strict=True)) for row in rows]


def words(cell: str) -> set[str]:
    """Give the words of a cell that lists some."""
    return set() if cell in NONE else {word for word in re.split(r",\s*", cell) if word}
