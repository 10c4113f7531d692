"""The whole charter in one file a language, for slow lines and memory cards: words only, nothing to load."""

import gzip
import re

from charter_data.models import Charter
from scripts.charter_site.pages import shared_context
from scripts.charter_site.rendering import environment
from scripts.charter_site.words import Language

NAMES: dict[Language, str] = {"id": "piagam-112.html", "en": "charter-112.html"}
MOST_KB = 50
KB = 1024
CLAUSE = re.compile(r"k/([^/#]+)/")
SERVICE = re.compile(r"layanan/([^/#]+)/")


class TextEditionTooLargeError(Exception):
    """Say that the edition has outgrown what it may weigh on the line."""


def text_edition(charter: Charter, language: Language) -> str:
    """Give the edition as HTML.

    Raises TextEditionTooLargeError when it has more than 50 KB compressed by gzip.
    """
    name = NAMES[language]
    if name not in charter.worked_out:
        charter.worked_out[name] = _written(charter, language)
    return charter.worked_out[name]


def inside(address: str) -> str:
    """Give the place inside the file for an address of the site."""
    _, mark, anchor = address.partition("#")
    found = CLAUSE.match(address) or SERVICE.match(address)
    return f"#{anchor if mark else found[1] if found else ''}"


def kilobytes(content: bytes) -> int:
    """Give a size in whole KB of 1,024 bytes, rounded up."""
    return -(-len(content) // KB)


def _written(charter: Charter, language: Language) -> str:
    env = environment(charter, language)
    env.globals |= shared_context(charter)
    text = env.get_template("text_edition.html").render(page="", to=inside)
    weight = kilobytes(gzip.compress(text.encode(), mtime=0))
    if weight > MOST_KB:
        raise TextEditionTooLargeError(
            f"{NAMES[language]}: {weight} KB compressed, where at most {MOST_KB} KB are allowed:"
            " shorten the longest texts of the charter, or leave a part out of text_edition.html"
        )
    return text
