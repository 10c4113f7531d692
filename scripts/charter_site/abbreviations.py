"""The abbreviations that a page uses, with what they stand for."""

import re
from functools import cache

from charter_data.models import Charter, Text

# Our own templates made the markup; attributes, pictures and scripts are nothing that people read.
MARKUP = re.compile(r"<(script|style|svg)\b.*?</\1>|<[^>]*>", re.DOTALL)


def meanings(charter: Charter) -> dict[str, Text]:
    """Give what each abbreviation stands for: short names of agencies, and those of definitions.yml."""
    bodies = {agency.short: agency.name for agency in charter.agencies if agency.short != agency.name.id}
    return bodies | {item.key: item.means for item in charter.definitions.abbreviations}


def abbreviations(known: dict[str, Text], html: str) -> list[tuple[str, Text]]:
    """Give the abbreviations in the visible words of a page, in order; the longest where two overlap."""
    used = set(_pattern(tuple(known)).findall(MARKUP.sub(" ", html))) if known else set()
    return [(key, known[key]) for key in sorted(used)]


@cache
def _pattern(keys: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, keys), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")
