"""The number of a caller: read as people write it, and kept only as a keyed hash."""

import re
from unicodedata import normalize

from site_api.intake import keyed_hash

BETWEEN = re.compile(r"[\s().\-/\u2010-\u2015]+")
COUNTRY = re.compile(r"\A(?:\+62|0062|62(?=\d{8}))0?")
NUMBER = re.compile(r"\A\+?[0-9]{3,15}\Z")


def written_number(text: str) -> str | None:
    """Give a number in the one form in which the same number is always the same; None if it is none."""
    bare = BETWEEN.sub("", normalize("NFKC", text))
    return COUNTRY.sub("0", bare) if NUMBER.match(bare) else None


def caller_hash(key: bytes, text: str) -> str | None:
    """Give what stands for a caller in the database; None where nobody's number can be read."""
    number = written_number(text)
    return keyed_hash(key, "caller", number) if number else None
