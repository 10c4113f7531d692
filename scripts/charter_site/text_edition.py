"""The whole charter in one file a language, for slow lines and memory cards: words only, nothing to load."""

import gzip
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from charter_data.models import Charter
from scripts.charter_site.pages import shared_context
from scripts.charter_site.rendering import environment
from scripts.charter_site.words import Language

NAMES: dict[Language, str] = {"id": "piagam-112.html", "en": "charter-112.html"}
MOST_KB = 50
KB = 1024
CLAUSE = re.compile(r"k/([^/#]+)/")
SERVICE = re.compile(r"layanan/([^/#]+)/")


def text_edition(charter: Charter, language: Language) -> str:
    """Give the edition as HTML."""
    env = environment(charter, language)
    env.globals |= shared_context(charter)
    return env.get_template("text_edition.html").render(page="", to=inside)


def inside(address: str) -> str:
    """Give the place inside the file for an address of the site."""
    _, mark, anchor = address.partition("#")
    found = CLAUSE.match(address) or SERVICE.match(address)
    return f"#{anchor if mark else found[1] if found else ''}"


def kilobytes(content: bytes) -> int:
    """Give a size in whole KB of 1,024 bytes, rounded up."""
    return -(-len(content) // KB)


def outgrown(editions: Iterable[Path]) -> Iterator[str]:
    """Yield a line for each written edition that has more than 50 KB compressed by gzip."""
    for path in editions:
        weight = kilobytes(gzip.compress(path.read_bytes(), mtime=0))
        if weight > MOST_KB:
            yield (
                f"{path.name}: {weight} KB compressed, where at most {MOST_KB} KB are wanted:"
                " shorten the longest texts of the charter, or leave a part out of text_edition.html"
            )
