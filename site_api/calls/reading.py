"""A log as a CSV file: its rows with their lines, and which of them cannot be read."""

import csv
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from site_api.calls.schemas import Mapping

MOST_LINES = 50
UNFINISHED = "unexpected end of data"
NEVER_CLOSED = "a quotation mark is opened and never closed: close it, or take it out"
BOM = b"\xef\xbb\xbf"


class LogError(Exception):
    """Say why a log cannot be imported at all."""


class RowFault(Exception):
    """Say why a row is refused, and what would be right."""


class _GoesOn(RowFault):
    """Say that a quoted cell has not ended with the last line."""


Line = str | RowFault


class Log:
    """Read a CSV file line by line; a row that is broken costs no other row."""

    def __init__(self, path: Path, mapping: Mapping) -> None:
        """Read the header; raises LogError if it lacks a column that the mapping names."""
        self._path = path
        self._mapping = mapping
        _, header = next(self._records(None), (1, []))
        if isinstance(header, RowFault):
            raise LogError(f"{path.name}:1: {header}")
        if not header:
            raise LogError(f"{path.name}:1: the file has no header: its first line names the columns")
        self.header = [name.strip() for name in header]
        self._check_header()

    def rows(self) -> Iterator[tuple[int, list[str] | RowFault]]:
        """Yield every row with the line it begins on, or what is wrong with it."""
        records = self._records(len(self.header))
        next(records)
        for line, cells in records:
            if isinstance(cells, RowFault) or any(cells):
                yield line, cells

    def _check_header(self) -> None:
        for column, key in self._mapping.columns.items():
            if column not in self.header:
                has = ", ".join(self.header)
                message = f"no column `{column}`, which the mapping names at `{key}`: the header has {has}"
                raise LogError(f"{self._path.name}:1: {message}")
            if self.header.count(column) > 1:
                message = f"the column `{column}` stands twice in the header: rename one"
                raise LogError(f"{self._path.name}:1: {message}")

    def _records(self, width: int | None) -> Iterator[tuple[int, list[str] | RowFault]]:
        lines = _Lines(self._lines())
        number = 1
        while (line := lines.take()) is not None:
            record = [line]
            cells = self._cells(record, width)
            while isinstance(cells, _GoesOn) and len(record) < MOST_LINES and (line := lines.take()):
                record.append(line)
                cells = self._cells(record, width)
            if isinstance(cells, RowFault):
                lines.put_back(record[1:])
                record = record[:1]
            yield number, cells
            number += len(record)

    def _cells(self, record: list[Line], width: int | None) -> list[str] | RowFault:
        if isinstance(record[-1], RowFault):
            return record[-1] if len(record) == 1 else RowFault(NEVER_CLOSED)
        try:
            cells = next(csv.reader(map(str, record), delimiter=self._mapping.delimiter, strict=True))
        except csv.Error as error:
            if UNFINISHED in str(error):
                return _GoesOn(NEVER_CLOSED)
            return RowFault(f"the quotation marks do not fit ({error}): write one inside a cell twice")
        if cells and width is not None and len(cells) != width:
            return RowFault(f"has {len(cells)} cells where the header has {width}: add or remove some")
        return cells

    def _lines(self) -> Iterator[Line]:
        encoding = self._mapping.encoding
        try:
            with self._path.open("rb") as file:
                for at, raw in enumerate(file):
                    yield _decoded(raw.removeprefix(BOM) if at == 0 else raw, encoding)
        except OSError as error:
            raise LogError(f"{self._path}: cannot be read ({error.strerror}): name a CSV file") from None


class _Lines:
    """Take lines one after the other, and take them back."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._ahead: deque[Line] = deque()

    def take(self) -> Line | None:
        """Give the next line; none at the end."""
        return self._ahead.popleft() if self._ahead else next(self._lines, None)

    def put_back(self, lines: list[Line]) -> None:
        """Have lines read again."""
        self._ahead.extendleft(reversed(lines))


def _decoded(raw: bytes, encoding: str) -> Line:
    if b"\0" in raw:
        return RowFault("has a zero byte, so this is no text: save the file as CSV in UTF-8")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return RowFault(f"is not {encoding}: save the file as UTF-8, or name its `encoding` in the mapping")
