"""Labels, dates, durations and other small words, in one language."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from charter_data.models import Promise, Target, Text

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")
SMALL = 20
PLACE = re.compile(r"\{(\w+)\}")
FOLDER = Path(__file__).parent / "texts"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def labels(language: Language) -> dict[str, Any]:
    """Give the site's labels in a language; texts/id.yml and texts/en.yml have the same keys."""
    text = (FOLDER / f"{language}.yml").read_text(encoding="utf-8")
    return dict(yaml.load(text, LOADER))  # noqa: S506 (a safe one, in C where there is one)


@dataclass(frozen=True)
class Words:
    """Say things in one language."""

    language: Language

    @property
    def labels(self) -> dict[str, Any]:
        """Give the labels of this language."""
        return labels(self.language)

    def text(self, text: Text) -> str:
        """Give a text of the charter in this language."""
        return text.id if self.language == "id" else text.en

    def filled(self, text: Text, **values: str) -> str:
        """Give a text of the charter with places such as `{date}` filled; other braces are just text."""
        return PLACE.sub(lambda found: values.get(found[1], found[0]), self.text(text))

    def date(self, day: date) -> str:
        """Give a date as people write it: 24 November 2026."""
        return f"{day.day} {self.labels['months'][day.month - 1]} {day.year}"

    def number(self, value: float) -> str:
        """Give a number with the separators of this language."""
        plain = f"{value:,.0f}" if value == int(value) else f"{value:,.3f}".rstrip("0")
        return plain.translate(str.maketrans(",.", ".,")) if self.language == "id" else plain

    def duration(self, target: Target) -> str:
        """Give value and unit of a target: 15 menit, 3 working days."""
        one, many = self.labels["units"][target.unit.value]
        return f"{self.number(target.value)} {one if target.value == 1 else many}"

    def target(self, target: Target) -> str:
        """Give a target with what it is judged by: 15 detik, untuk 90 dari 100."""
        if target.share == "average":
            return f"{self.duration(target)}, {self.labels['on_average']}"
        if target.share == 100:
            return self.duration(target)
        return f"{self.duration(target)}, {self.labels['of_hundred'].format(share=target.share)}"

    def targets(self, promise: Promise) -> str:
        """Give all targets of a promise in one line."""
        return "; ".join(self.target(target) for target in promise.targets)

    def seconds(self, value: float) -> str:
        """Give a time in the two largest units that it has: 2 menit 30 detik."""
        left = round(value)
        parts: list[str] = []
        for unit, size in (("h", 3600), ("min", 60), ("s", 1)):
            count, left = divmod(left, size)
            if count or (unit == "s" and not parts):
                one, many = self.labels["units"][unit]
                parts.append(f"{self.number(count)} {one if count == 1 else many}")
        return " ".join(parts[:2])

    def co_lead(self, role: str) -> str:
        """Say what a body leads with another for; a role of a city's own has no words of ours."""
        return str(self.labels["co_lead"].get(role, self.labels["co_lead_other"]))

    def share(self, part: int, whole: int) -> str:
        """Give a share: in percent from 20 on, below that as 7 dari 9."""
        if whole < SMALL:
            return str(self.labels["x_of_y"].format(part=part, whole=whole))
        return str(self.labels["percent"].format(value=self.number(round(100 * part / whole))))

    def lower_first(self, sentence: str) -> str:
        """Give a sentence that can follow a colon; a proper name such as 112 or Damkar stays as it is."""
        first = sentence.split(" ", 1)[0]
        keeps = first[1:] != first[1:].lower() or first.rstrip(",.:?") in self.labels["keeps_capital"]
        return sentence if keeps else sentence[:1].lower() + sentence[1:]
