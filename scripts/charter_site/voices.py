"""Citizens' voice: answers under their clause and theme, and all feedback counted by what became of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from charter_data.models import Charter, Service
from charter_data.snapshot import Answer, DeclineReason, FeedbackCounts, Outcome, Said, Stance
from scripts.charter_site.tables import Cell, Row, Table
from scripts.charter_site.words import Words


@dataclass(frozen=True)
class Theme:
    """Hold the answers of one theme, the newest first; those of no theme have no name."""

    name: Said | None
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Voices:
    """Hold the answers about one clause, or about one service where no clause is named, by theme."""

    clause: str | None
    service: Service | None
    themes: tuple[Theme, ...]

    @property
    def count(self) -> int:
        """Give how many answers these are."""
        return sum(len(theme.answers) for theme in self.themes)

    @property
    def anchor(self) -> str:
        """Give the name of its part of a page."""
        named = self.clause or (self.service.public_code if self.service else "112")
        return f"tentang-{named.lower().replace('.', '-')}"


def by_clause(charter: Charter, answers: Iterable[Answer]) -> tuple[Voices, ...]:
    """Group answers in their order by clause, and there by theme: whoever was answered last comes first."""
    groups: dict[tuple[str | None, str | None], list[Answer]] = {}
    for answer in answers:
        groups.setdefault((answer.clause, None if answer.clause else answer.service), []).append(answer)
    return tuple(
        Voices(clause, _service(charter, clause, code), themes(some))
        for (clause, code), some in groups.items()
    )


def themes(answers: Iterable[Answer]) -> tuple[Theme, ...]:
    """Group answers by theme, those of none last; capitals make no other theme."""
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(answer.theme.id.casefold() if answer.theme else "", []).append(answer)
    named = [Theme(_name(some), tuple(some)) for key, some in groups.items() if key]
    return (*named, *([Theme(None, tuple(groups[""]))] if "" in groups else []))


def _name(some: list[Answer]) -> Said | None:
    given = [answer.theme for answer in some if answer.theme]
    return next((theme for theme in given if theme.en), given[0])


def _service(charter: Charter, clause: str | None, code: str | None) -> Service | None:
    known = charter.by_id.get(clause) if clause else None
    scope = known.scope if known else code
    return charter.service_of_scope.get(scope) if scope else None


def accounted(words: Words, counted: FeedbackCounts) -> Table:
    """Give a row for everything that became of feedback, and for everything that is owed."""
    label, told = words.labels, accounts(words, counted)
    rows = tuple(Row(name, cells=(Cell(words.number(n), beneath),)) for name, n, beneath in told)
    return Table(label["voices_table"], (label["voices_head"], label["count"]), rows)


def accounts(words: Words, counted: FeedbackCounts) -> Iterator[tuple[str, int, str]]:
    """Yield name, number and how long the oldest has waited, of all that became of feedback or is owed."""
    said = words.labels["voices_rows"]
    yield said["received"], counted.received, ""
    yield said["answered"], counted.answered, ""
    yield said["in_time"], counted.in_time, ""
    yield said["late"], counted.late, ""
    if unpromised := counted.answered - counted.in_time - counted.late:
        yield said["unpromised"], unpromised, ""
    yield said["waiting"], counted.waiting, oldest(words, counted.oldest_waiting_days)
    yield said["overdue"], counted.overdue, oldest(words, counted.oldest_overdue_days)
    for outcome in Outcome:
        yield words.labels["outcome"][outcome.value], counted.outcomes.get(outcome, 0), ""
    yield said["planned_overdue"], counted.planned_overdue, ""
    yield said["disputed"], counted.disputed, ""
    for stance in Stance:
        named = words.lower_first(words.labels["stance"][stance.value])
        yield said["opinion"].format(stance=named), counted.opinions.get(stance, 0), ""
    for reason in DeclineReason:
        named = words.labels["declined_because"][reason.value]
        yield said["declined"].format(reason=named), counted.declined_because.get(reason, 0), ""
    yield said["withdrawn"], counted.withdrawn, ""
    yield said["erased_by_staff"], counted.erased_by_staff, ""
    yield said["published"], counted.published, ""


def oldest(words: Words, days: int | None) -> str:
    """Give how long the oldest has waited; nothing where none does."""
    if days is None:
        return ""
    one, many = words.labels["units"]["day"]
    return str(words.labels["oldest"].format(days=f"{words.number(days)} {one if days == 1 else many}"))
