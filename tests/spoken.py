"""Which of the two languages a piece of a page is in, and whether the page says so."""

import re
from collections.abc import Iterator

from scripts.charter_site.words import Language
from tests.documents import UNREAD, Element

# Words that only one of the two languages has, and that hardly a sentence does without.
SPOKEN = {
    "id": "dan yang di untuk dengan dari atau tentang pada tidak oleh sudah belum adalah ini itu dalam kami",
    "en": "the of and to is are not for with from or by on at we this that it has have",
}
COMMON = {language: frozenset(words.split()) for language, words in SPOKEN.items()}
HEARD = ("aria-label", "alt", "title", "placeholder", "data-label")
# Neither addresses nor clauses (`KBK.kami-siap`) are words of a language, nor is `CC BY`.
WORD = re.compile(r"(?<![\w./+-])[A-Za-z]?[a-z]+(?![\w/+-]|\.\w)")


def strangers(page: Element, language: Language) -> list[str]:
    """Give the pieces of a page that are in the other language and do not say so by `lang`."""
    return [
        f'lang="{said}" has: {words}' for said, words in _pieces(page, language) if _is_other(words, said)
    ]


def _pieces(element: Element, language: str) -> Iterator[tuple[str, str]]:
    said = element.attributes.get("lang", language)
    yield from ((said, element.attributes[name]) for name in HEARD if name in element.attributes)
    for child in element.children:
        if isinstance(child, str):
            yield said, " ".join(child.split())
        elif child.tag not in UNREAD:
            yield from _pieces(child, said)


def _is_other(words: str, said: str) -> bool:
    found = [word.lower() for word in WORD.findall(words)]
    counts = {language: sum(word in common for word in found) for language, common in COMMON.items()}
    return counts["en" if said == "id" else "id"] > counts[said]
