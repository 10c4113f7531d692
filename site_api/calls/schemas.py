"""The mapping file: which column of a log says what, in which form, and in which words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import available_timezones

from pydantic import Field, StringConstraints, field_validator, model_validator

from charter_data.models import Charter
from charter_data.models.base import Line, Record
from charter_data.problems import Finding, Problem
from charter_data.reading import YamlFile, read_yaml
from charter_data.validating import validate
from charter_data.vocabulary import CallClass, Event, SideEvent
from site_api.calls.models import OF_UNIT, DatasetKind
from site_api.calls.times import TimeForm

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Moment = Event | SideEvent
WORDED = ("agency", "service", "class", "district")


class MappingError(Exception):
    """Say every fault of a mapping file, one a line."""


class Column(Record):
    """Name a column."""

    column: Line


class Timed(Column):
    """Name a column of dates or times, and how they are written (as for strptime)."""

    format: Line

    @field_validator("format")
    @classmethod
    def _format_is_known(cls, value: str) -> str:
        TimeForm(value)
        return value

    @property
    def form(self) -> TimeForm:
        """Give the form in which the column is written."""
        return TimeForm(self.format)


class Worded(Record):
    """Name a column with the log's words for ours, or give one value for the whole log."""

    column: Line | None = None
    words: dict[Line, Line] = Field(default_factory=dict)
    constant: Line | None = None

    @model_validator(mode="after")
    def _column_or_constant(self) -> Self:
        if (self.column is None) == (self.constant is None):
            raise ValueError("give either `column` or `constant`")
        if self.words and self.column is None:
            raise ValueError("`words` need a `column`")
        return self

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """Give every value of ours that stands in the mapping, with the key it stands under."""
        named = tuple((f"words.{word}", value) for word, value in self.words.items())
        return (("constant", self.constant), *named) if self.constant is not None else named


class Mapping(Record):
    """Hold a whole mapping; what it does not name stays in the log."""

    dataset: Name
    source: Line
    licence: Line | None = None
    time_zone: Line
    encoding: Literal["utf-8", "windows-1252", "iso-8859-1"] = "utf-8"
    delimiter: Literal[",", ";", "\t", "|"] = ","
    row_key: Annotated[tuple[Line, ...], Field(min_length=1)]
    case_key: tuple[Line, ...] = ()
    agency: Worded | None = None
    unit: Column | None = None
    service: Worded | None = None
    class_: Worded | None = Field(default=None, alias="class")
    district: Worded | None = None
    caller: Column | None = None
    date: Timed | None = None
    events: Annotated[dict[Moment, Timed], Field(min_length=1)]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.time_zone not in available_timezones():
            raise ValueError(f"`time_zone` {self.time_zone} is no IANA zone: write one such as Asia/Jakarta")
        if self.date is not None and not self.date.form.is_only_date:
            raise ValueError("`date.format` takes a day without a time: write one such as %Y-%m-%d")
        for event, timed in self.events.items():
            if timed.form.is_only_date or not (timed.form.has_date or self.date):
                right = "write a time with its date, or name `date`"
                raise ValueError(f"`events.{event.value}.format` gives no moment: {right}")
        if self.agency is None and any(event in OF_UNIT for event in self.events):
            raise ValueError("`agency` is missing: the events terus to tolong are an agency's, so name it")
        if self.caller is not None and self._names_elsewhere(self.caller.column):
            raise ValueError(
                "`caller.column` is read by another key too, which would keep or show the number"
            )
        return self

    def _names_elsewhere(self, column: str) -> bool:
        return [name for _, name in self._named_columns()].count(column) > 1

    @property
    def worded(self) -> dict[str, Worded]:
        """Give what is said in words, by the key of the mapping."""
        found = {key: getattr(self, "class_" if key == "class" else key) for key in WORDED}
        return {key: value for key, value in found.items() if value is not None}

    @property
    def main_events(self) -> frozenset[Event]:
        """Give those of T0 to T9 that the log records."""
        return frozenset(event for event in self.events if isinstance(event, Event))

    @property
    def columns(self) -> dict[str, str]:
        """Give each column that is read, by the first key of the mapping that names it."""
        found: dict[str, str] = {}
        for key, column in self._named_columns():
            found.setdefault(column, key)
        return found

    def _named_columns(self) -> Iterator[tuple[str, str]]:
        for key in ("row_key", "case_key"):
            yield from ((key, column) for column in getattr(self, key))
        for key, worded in self.worded.items():
            if worded.column is not None:
                yield key, worded.column
        for key, named in (("unit", self.unit), ("caller", self.caller), ("date", self.date)):
            if named is not None:
                yield key, named.column
        yield from ((f"events.{event.value}", timed.column) for event, timed in self.events.items())


class Vocabulary:
    """Know which words of ours a log may use; a foreign log may name any agency, service or district."""

    def __init__(self, charter: Charter, kind: DatasetKind) -> None:
        """Take the words of the charter."""
        own: dict[str, frozenset[str]] = {
            "agency": frozenset(charter.agency),
            "service": frozenset(charter.service_of_scope),
            "district": frozenset(charter.area.district),
        }
        self.known = {} if kind is DatasetKind.FOREIGN else own
        self.known["class"] = frozenset(CallClass)

    def fault(self, key: str, value: str) -> str | None:
        """Say what is wrong with a value and what would be right, if anything is."""
        known = self.known.get(key)
        if known is None or value in known:
            return None
        some = sorted(known)
        shown = ", ".join(some[:12]) + (" ..." if len(some) > 12 else "")
        return f"`{key}` is `{value}`, which the charter does not know: one of {shown}"


def load_mapping(path: Path, vocabulary: Vocabulary) -> Mapping:
    """Read a mapping and hold it against the charter; raises MappingError with every fault and its line."""
    read = read_yaml(path, path.name)
    if not isinstance(read, YamlFile):
        raise MappingError("\n".join(str(problem) for problem in read))
    sound, findings = validate(Mapping, read.data, path.name)
    if sound is not None and not findings:
        findings = list(_unknown_values(sound.record, vocabulary, path.name))
    if sound is None or findings:
        problems = (Problem(path.name, *read.place(one.path), one.code, one.message) for one in findings)
        raise MappingError("\n".join(str(problem) for problem in problems))
    return sound.record


def _unknown_values(mapping: Mapping, vocabulary: Vocabulary, file: str) -> Iterator[Finding]:
    for key, worded in mapping.worded.items():
        for place, value in worded.values:
            if fault := vocabulary.fault(key, value):
                yield Finding(file, (key, *place.split(".", 1)), "wrong-value", fault)
