"""Figures in prose: a time that a clause speaks of is that of a promise or of a law."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from charter_data.drafts import COMMON, Draft, LawFile
from charter_data.models import Clause, LegalReference, StandardComponent
from charter_data.problems import Finding
from charter_data.translations import texts_in

LAWS = "legal_basis.yml"
Figure = tuple[str, float]

NUMBERS = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")
# Seconds, minutes and hours are one measure; a day, a working day and a month differ in law.
UNITS = {
    "detik": ("seconds", 1),
    "menit": ("seconds", 60),
    "jam": ("seconds", 3600),
    "hari kerja": ("working days", 1),
    "hari": ("days", 1),
    "minggu": ("days", 7),
    "bulan": ("months", 1),
}
OF_TARGET = {"s": "detik", "min": "menit", "h": "jam", "day": "hari", "working_day": "hari kerja"}
# 112 is a number to call, even in `telepon 112 hari ini`.
NUMBER = r"\b(?:(?P<times>\d{1,3}) ?x ?)?(?!112 )(?P<number>\d{1,6}(?:,\d{1,3})?|" + "|".join(NUMBERS) + ")"
TIME = re.compile(r"(?:(?P<before>\w+) )?" + NUMBER + " (?P<unit>" + "|".join(UNITS) + r")\b", re.IGNORECASE)
ROUND_THE_CLOCK = ("seconds", 24 * 3600.0)
# After these words `24 jam` is a deadline; otherwise it says that somebody is there around the clock.
DEADLINE = ("dalam", "lama", "sebelum", "setelah", "lewat", "selama")


def figures_in(words: str) -> dict[str, Figure]:
    """Give each time that Indonesian words speak of, as written and as a figure."""
    found = {}
    for match in TIME.finditer(words):
        figure = _figure(match["number"], match["unit"], int(match["times"] or 1))
        is_open = not match["times"] and (match["before"] or "").lower() not in DEADLINE
        if not (figure == ROUND_THE_CLOCK and is_open):
            found[match[0].removeprefix(f"{match['before']} ")] = figure
    return found


def figures_are_promised(draft: Draft) -> Iterator[Finding]:
    """Find times in clauses that are neither a target of a promise nor said by a law that carries them."""
    about = _said_by_laws(draft)
    if COMMON in draft.unread or about is None:
        return
    shared = _targets(draft, COMMON)
    for place, clause in draft.clauses():
        spoken = () if isinstance(clause, StandardComponent) else tuple(_spoken(clause))
        if not spoken:
            continue
        service = draft.services.get(place.file)
        references = (*getattr(clause, "basis", ()), *(service.legal if service else ()))
        known = shared | _targets(draft, place.file) | _said(references, about)
        for path, shown, figure in spoken:
            if figure not in known:
                message = (
                    f"`{shown}` is no target of a promise in {place.file} or {COMMON}, and no law named here "
                    "says it: correct the text, or give the promise this target"
                )
                yield place.finding("figure-without-promise", message, *path)


def _spoken(clause: Clause) -> Iterator[tuple[tuple[str | int, ...], str, Figure]]:
    for path, text in texts_in(clause):
        if path[0] != "basis":
            for shown, figure in figures_in(text.id).items():
                yield path, shown, figure


def _figure(number: str, unit: str, times: int) -> Figure:
    measure, size = UNITS[unit.lower()]
    word = number.lower()
    value = NUMBERS.index(word) + 1 if word in NUMBERS else float(word.replace(",", "."))
    return measure, value * size * times


def _said(references: Iterable[LegalReference], about: dict[str, set[Figure]]) -> set[Figure]:
    said: set[Figure] = set()
    for reference in references:
        said |= about.get(reference.law, set())
        said |= set(figures_in(reference.says.id).values()) if reference.says else set()
        said |= {_of_target(reference.limit.value, reference.limit.unit)} if reference.limit else set()
    return said


def _said_by_laws(draft: Draft) -> dict[str, set[Figure]] | None:
    laws = draft.record(LAWS, LawFile)
    return {law.key: set(figures_in(law.about.id).values()) for law in laws.laws} if laws else None


def _targets(draft: Draft, name: str) -> set[Figure]:
    """Give the figures of all promises of a file, of broken ones too: one fault is told once."""
    promises = draft.files[name].data.get("promises") if name in draft.files else ()
    return {
        _of_target(target["value"], str(target["unit"]))
        for promise in _dicts(promises)
        for target in _dicts(promise.get("targets"))
        if isinstance(target.get("value"), int | float) and str(target.get("unit")) in OF_TARGET
    }


def _of_target(value: float, unit: str) -> Figure:
    measure, size = UNITS[OF_TARGET[unit]]
    return measure, value * size


def _dicts(items: Any) -> Iterator[dict[str, Any]]:
    return (item for item in (items if isinstance(items, list) else ()) if isinstance(item, dict))


RULES = (figures_are_promised,)
