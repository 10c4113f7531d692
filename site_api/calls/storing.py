"""Rows that were set aside, into the tables: each once, and none that contradicts what is stored."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from site_api.calls.rows import CALL_COLUMNS, CALLER, UNIT_COLUMNS, Row

CASE_COLUMNS = ("first_at", *CALL_COLUMNS)
UNIT_ROW = ("id", "call_id", "dataset_id", "key", "digest", "line", *UNIT_COLUMNS)
LISTED = "IN (SELECT value FROM json_each(?))"
Refusals = list[tuple[int, str]]
Values = tuple[Any, ...]


@dataclass
class Stored:
    """Count what became of the rows."""

    added: int = 0
    duplicates: int = 0
    already_there: int = 0
    refused: Refusals = field(default_factory=list)


@dataclass
class _Case:
    """Hold a call while its rows are stored; it changes when a row tells more of it."""

    id: int
    is_new: bool
    first_at: str
    values: list[str | None]
    events: set[Values] = field(default_factory=set)
    is_changed: bool = False

    @property
    def row(self) -> Values:
        """Give what is stored of it, in the order of CASE_COLUMNS."""
        return (self.first_at, *self.values)


class Store:
    """Add rows to one dataset, inside the job of an import."""

    def __init__(self, connection: Connection, dataset_id: int) -> None:
        """Look up where the keys of the tables stand."""
        self._connection = connection
        self._dataset = dataset_id
        self._next_call = self._next_key("calls")
        self._next_unit = self._first_unit = self._next_key("call_units")
        self.stored = Stored()

    def add(self, rows: Sequence[Row]) -> None:
        """Add a batch of rows, in their order."""
        known = self._known_units([row.key for row in rows])
        cases = self._known_cases([row.case for row in rows])
        units: list[Values] = []
        events: list[Values] = []
        for row in rows:
            if row.key in known:
                self._meet(row, *known[row.key])
            elif fault := _contradiction(cases.get(row.case), row):
                self.stored.refused.append((row.line, fault))
            else:
                case = cases.get(row.case) or self._new_case(row)
                cases[row.case] = case
                events += _tell(case, row)
                known[row.key] = (self._next_unit, row.digest, row.line)
                units.append(
                    (self._next_unit, case.id, self._dataset, row.key, row.digest, row.line, *row.unit)
                )
                self._next_unit += 1
        self._write(cases, units, events)
        self.stored.added += len(units)

    def _new_case(self, row: Row) -> _Case:
        self._next_call += 1
        return _Case(self._next_call - 1, True, row.first_at, [None] * len(row.call))

    def _meet(self, row: Row, key: int, digest: str, line: int) -> None:
        """Count a row whose key is stored: from this file, or from an earlier import."""
        is_of_this_file = key >= self._first_unit
        if digest != row.digest:
            where = f"line {line}" if is_of_this_file else f"line {line} of an earlier import"
            fault = f"has the row key of {where} and says something else: correct one, or widen `row_key`"
            self.stored.refused.append((row.line, fault))
        elif is_of_this_file:
            self.stored.duplicates += 1
        else:
            self.stored.already_there += 1

    def _next_key(self, table: str) -> int:
        query = f"SELECT coalesce(max(id), 0) + 1 FROM {table}"  # noqa: S608 (a table of ours)
        return int(self._connection.exec_driver_sql(query).scalar_one())

    def _known_units(self, keys: Iterable[str]) -> dict[str, tuple[int, str, int]]:
        found = self._of_keys("call_units", ("id", "digest", "line"), keys)
        return {key: (number, digest, line) for key, number, digest, line in found}

    def _known_cases(self, keys: Iterable[str]) -> dict[str, _Case]:
        found = self._of_keys("calls", ("id", "first_at", *CALL_COLUMNS), keys)
        cases = {key: _Case(number, False, first_at, values) for key, number, first_at, *values in found}
        by_id = {case.id: case for case in cases.values()}
        query = f"SELECT call_id, agency, event, at FROM call_events WHERE call_id {LISTED}"  # noqa: S608
        for number, *event in self._connection.exec_driver_sql(query, (json.dumps(list(by_id)),)):
            by_id[number].events.add(tuple(event))
        return cases

    def _of_keys(self, table: str, columns: Sequence[str], keys: Iterable[str]) -> Any:
        query = f"SELECT key, {', '.join(columns)} FROM {table} WHERE dataset_id = ? AND key {LISTED}"  # noqa: S608
        return self._connection.exec_driver_sql(query, (self._dataset, json.dumps(list(keys))))

    def _write(self, cases: dict[str, _Case], units: list[Values], events: list[Values]) -> None:
        new = [(case.id, self._dataset, key, *case.row) for key, case in cases.items() if case.is_new]
        changed = [(*case.row, case.id) for case in cases.values() if case.is_changed and not case.is_new]
        self._insert("calls", ("id", "dataset_id", "key", *CASE_COLUMNS), new)
        self._insert("call_units", UNIT_ROW, units)
        self._insert("call_events", ("call_id", "agency", "event", "at"), events)
        if changed:
            settings = ", ".join(f"{column} = ?" for column in CASE_COLUMNS)
            update = f"UPDATE calls SET {settings} WHERE id = ?"  # noqa: S608 (columns of ours)
            self._connection.exec_driver_sql(update, changed)

    def _insert(self, table: str, columns: Sequence[str], rows: list[Values]) -> None:
        if rows:
            marks = ", ".join("?" * len(columns))
            sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 (names of ours)
            self._connection.exec_driver_sql(sql, rows)


def _contradiction(case: _Case | None, row: Row) -> str | None:
    """Say where a row and its case differ; what only one of them knows is no contradiction.

    Nor are two callers: many see the same fire, and the case keeps the first.
    """
    if case is None:
        return None
    known = dict(zip(CALL_COLUMNS, case.values, strict=True))
    known |= {str(event): at for agency, event, at in case.events if agency is None}
    said = list(zip(CALL_COLUMNS, row.call, strict=True))
    said += [(str(event), at) for agency, event, at in row.events if agency is None]
    for name, value in said:
        if name != CALLER and value is not None and known.get(name) not in (None, value):
            return f"says {name} {value}, and its case already has {known[name]}: correct one of them"
    return None


def _tell(case: _Case, row: Row) -> list[Values]:
    """Add to a case what its row says; gives the side events that are new."""
    before = case.row
    both = zip(case.values, row.call, strict=True)
    case.values = [known if known is not None else said for known, said in both]
    case.first_at = min(case.first_at, row.first_at)
    case.is_changed |= case.row != before
    new = [event for event in map(tuple, row.events) if event not in case.events]
    case.events.update(new)
    return [(case.id, *event) for event in new]
