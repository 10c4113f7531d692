"""One row of a log in our words: checked, in UTC, and small enough to be set aside."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from charter_data.vocabulary import Event, SideEvent
from site_api.calls.callers import caller_hash
from site_api.calls.models import EVENTS, OF_AGENCY, OF_CALL, OF_UNIT, column_of
from site_api.calls.reading import RowFault
from site_api.calls.schemas import Mapping, Moment, Timed, Vocabulary, Worded
from site_api.calls.times import TimeForm, in_utc
from site_api.intake import PHONE

CALLER = "caller_hash"
CALL_COLUMNS = ("call_class", "service", "district", *map(column_of, OF_CALL), CALLER)
UNIT_COLUMNS = ("agency", "unit", *map(column_of, OF_UNIT))
SHOWN = 40
Cells = Sequence[str]


class Row(NamedTuple):
    """Hold a row as plain values: `call` and `unit` in the order of their columns, times as stored."""

    line: int
    key: str
    case: str
    digest: str
    first_at: str
    call: list[str | None]
    unit: list[str | None]
    events: list[list[str | None]]


class TimedColumn(NamedTuple):
    """Read the times of one column."""

    name: str
    place: int
    form: TimeForm

    def read(self, cells: Cells, faults: list[str]) -> datetime | time | None:
        """Read the cell of a row; an empty one is no fault."""
        cell = cells[self.place]
        if not cell:
            return None
        try:
            return self.form.read(cell)
        except ValueError:
            faults.append(f"`{self.name}` is `{_shown(cell)}`: write it as {self.form.format}")
            return None


class RowReader:
    """Turn the cells of a log into rows, as its mapping says."""

    def __init__(
        self, mapping: Mapping, header: Sequence[str], vocabulary: Vocabulary, number_key: bytes
    ) -> None:
        """Look up once where everything stands; the key hides the numbers of callers."""
        self._vocabulary = vocabulary
        self._number_key = number_key
        self._zone = ZoneInfo(mapping.time_zone)
        self._at = {name: index for index, name in enumerate(header)}
        self._row_key = [self._at[name] for name in mapping.row_key]
        self._case_key = [self._at[name] for name in mapping.case_key]
        self._worded = mapping.worded
        self._unit = mapping.unit
        self._caller = mapping.caller
        self._date = self._timed(mapping.date) if mapping.date else None
        in_order = sorted(mapping.events.items(), key=lambda item: _place(item[0]))
        self._events = [(event, self._timed(timed)) for event, timed in in_order]

    def read(self, line: int, cells: Cells) -> Row:
        """Read one row; raises RowFault with everything that is wrong with it."""
        faults: list[str] = []
        cells = [cell.strip() for cell in cells]
        said = {key: self._word(key, worded, cells, faults) for key, worded in self._worded.items()}
        moments = self._moments(cells, faults)
        key = self._key("row_key", self._row_key, cells, faults)
        case = self._key("case_key", self._case_key, cells, faults) if self._case_key else key
        if not faults:
            faults.extend(_gaps(said.get("agency"), moments))
        if faults:
            raise RowFault("; ".join(faults))
        unit = cells[self._at[self._unit.column]] if self._unit else None
        times = {event: _stored(moment) for event, moment in moments.items()}
        call = [said.get("class"), said.get("service"), said.get("district"), *map(times.get, OF_CALL)]
        did = [said.get("agency"), unit or None, *map(times.get, OF_UNIT)]
        events = [
            [said.get("agency") if event in OF_AGENCY else None, event.value, at]
            for event, at in times.items()
            if isinstance(event, SideEvent)
        ]
        digest = _digest([case, call, did, events])
        # After the digest, so that a log that was imported without its callers stays the same log.
        call.append(self._hidden_caller(cells))
        return Row(line, key, case, digest, min(times.values()), call, did, events)

    def _hidden_caller(self, cells: Cells) -> str | None:
        return caller_hash(self._number_key, cells[self._at[self._caller.column]]) if self._caller else None

    def _timed(self, timed: Timed) -> TimedColumn:
        return TimedColumn(timed.column, self._at[timed.column], timed.form)

    def _key(self, name: str, places: list[int], cells: Cells, faults: list[str]) -> str:
        values = [cells[place] for place in places]
        if not any(values):
            faults.append(f"`{name}` is empty: fill in one of its columns")
        return _digest(values)

    def _word(self, key: str, worded: Worded, cells: Cells, faults: list[str]) -> str | None:
        if worded.column is None:
            return worded.constant
        cell = cells[self._at[worded.column]]
        if not cell:
            return None
        if worded.words and cell not in worded.words:
            some = ", ".join(list(worded.words)[:12])
            faults.append(f"`{worded.column}` is `{_shown(cell)}`: write one of {some}, or add it to `words`")
        elif not worded.words and (fault := self._vocabulary.fault(key, cell)):
            faults.append(fault.replace(cell, _shown(cell)))
        return worded.words.get(cell, cell)

    def _moments(self, cells: Cells, faults: list[str]) -> dict[Moment, datetime]:
        known = len(faults)
        written = [(event, timed.read(cells, faults)) for event, timed in self._events]
        day = self._date.read(cells, faults) if self._date else None
        if len(faults) > known:
            return {}
        whole = [(event, value) for event, value in written if value is not None]
        try:
            return dict(self._in_utc(day.date() if isinstance(day, datetime) else None, whole))
        except (ValueError, OverflowError) as error:
            faults.append(f"a time cannot be placed ({error}): correct its day or its hour")
            return {}

    def _in_utc(
        self, day: date | None, whole: list[tuple[Moment, datetime | time]]
    ) -> Iterator[tuple[Moment, datetime]]:
        """Place T0 to T9 one after the other, and each side event after the first of them."""
        main = [pair for pair in whole if isinstance(pair[0], Event)]
        yield from in_utc(day, main, self._zone)
        for pair in whole:
            if isinstance(pair[0], SideEvent):
                yield in_utc(day, [*main[:1], pair], self._zone)[-1]


def _gaps(agency: str | None, moments: dict[Moment, Any]) -> Iterator[str]:
    if not moments:
        yield "has no time at all: fill in one"
    theirs = [event.value for event in moments if event in OF_UNIT]
    if theirs and not agency:
        yield f"has a time ({', '.join(theirs)}) and no agency whose time it is: name the agency"


def _place(moment: Moment) -> int:
    return EVENTS.index(moment) if isinstance(moment, Event) else len(EVENTS)


def _stored(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _digest(values: Any) -> str:
    return hashlib.blake2b(json.dumps(values).encode(), digest_size=16).hexdigest()


def _shown(text: str) -> str:
    """Give a cell for a message: short, and without a number that slipped in from another column."""
    text = PHONE.sub("[number]", text)
    short = text if len(text) <= SHOWN else f"{text[: SHOWN - 3]}..."
    return "".join(sign if sign.isprintable() else "\u00b7" for sign in short)
