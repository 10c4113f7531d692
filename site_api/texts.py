"""Every word the app says, and in which language it says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import yaml
from werkzeug.datastructures import LanguageAccept

from charter_data.reading import Loader
from site_api.settings import LANGUAGES

FOLDER = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Texts:
    """The words of the app by language and key; a key is a path such as `errors.not_found.title`."""

    words: Mapping[str, Mapping[str, str]]

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Self:
        """Read one file a language."""
        return cls({language: _read(folder / f"{language}.yml") for language in LANGUAGES})

    def say(self, language: str, key: str, **values: object) -> str:
        """Give the words of a key, with values in their places; raises KeyError if nobody wrote them."""
        words = self.words[language][key]
        return words.format(**values) if values else words


def language_of_page(path: str) -> str:
    """Give the language of the pages around an address: English under /en/, else Indonesian."""
    first = path.split("/", 2)[1:2]
    return first[0] if first and first[0] in LANGUAGES[1:] else LANGUAGES[0]


def language_of_client(accepted: LanguageAccept) -> str:
    """Give the language that a program asked for, else Indonesian."""
    wanted = (tag.split("-")[0].lower() for tag, quality in accepted if quality > 0)
    return next((language for language in wanted if language in LANGUAGES), LANGUAGES[0])


def _read(path: Path) -> dict[str, str]:
    return dict(_flat(yaml.load(path.read_text("utf-8"), Loader), ()))  # noqa: S506 (a safe one)


def _flat(node: Mapping[str, object], above: tuple[str, ...]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in node.items():
        if isinstance(value, Mapping):
            pairs += _flat(value, (*above, key))
        else:
            pairs.append((".".join((*above, key)), str(value)))
    return pairs
