"""Times of a log: read as they are written, given their day, and turned into UTC."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

NEXT_DAY = timedelta(hours=12)
ONE_DAY = timedelta(days=1)
DIGITS = {
    "Y": "([0-9]{4})",
    "m": "([0-9]{1,2})",
    "d": "([0-9]{1,2})",
    "H": "([0-9]{1,2})",
    "M": "([0-9]{1,2})",
    "S": "([0-9]{1,2})",
}
PARTS = tuple(DIGITS)
RARE = ("y", "b", "I", "p", "f", "z")
DIRECTIVE = re.compile(r"%(.?)")
K = TypeVar("K")


@dataclass(frozen=True)
class TimeForm:
    """Know one way to write a date, a time or both, in the letters of strptime."""

    format: str

    def __post_init__(self) -> None:
        """Refuse a form that cannot be read; raises ValueError."""
        letters = DIRECTIVE.findall(self.format)
        unknown = [letter for letter in letters if letter not in (*PARTS, *RARE)]
        if unknown or len(set(letters)) < len(letters):
            known = " ".join(f"%{letter}" for letter in (*PARTS, *RARE))
            raise ValueError(f"`{self.format}` is no form of a time: use each of {known} at most once")
        if not self.has_date and not self._has_time:
            raise ValueError(f"`{self.format}` gives neither a day nor a time: write one such as %H:%M:%S")

    @property
    def has_date(self) -> bool:
        """Tell whether a day is written."""
        return self._names("Yy") and self._names("mb") and self._names("d")

    @property
    def is_only_date(self) -> bool:
        """Tell whether nothing but a day is written."""
        return self.has_date and not self._has_time

    @property
    def _has_time(self) -> bool:
        return (self._names("H") or (self._names("I") and self._names("p"))) and self._names("M")

    def _names(self, letters: str) -> bool:
        return any(f"%{letter}" in self.format for letter in letters)

    @cached_property
    def _order(self) -> tuple[str, ...]:
        return tuple(DIRECTIVE.findall(self.format))

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        """Give the form as a pattern, which is many times faster than strptime; none for a rare one."""
        if set(self._order) & set(RARE):
            return None
        return re.compile(DIRECTIVE.sub(lambda found: DIGITS[found[1]], re.escape(self.format)))

    def read(self, text: str) -> datetime | time:
        """Read a time, with its day if the form has one; raises ValueError."""
        try:
            moment = self._by_pattern(self._pattern, text) if self._pattern else self._by_strptime(text)
        except ValueError:
            raise ValueError(f"`{text}` is not written as {self.format}") from None
        return moment if self.has_date else moment.time()

    def _by_strptime(self, text: str) -> datetime:
        return datetime.strptime(text, self.format)

    def _by_pattern(self, pattern: re.Pattern[str], text: str) -> datetime:
        found = pattern.fullmatch(text)
        if found is None:
            raise ValueError(text)
        part = dict(zip(self._order, map(int, found.groups()), strict=True))
        day = (part.get("Y", 1900), part.get("m", 1), part.get("d", 1))
        return datetime(*day, part.get("H", 0), part.get("M", 0), part.get("S", 0))


def in_utc(
    day: date | None, written: Sequence[tuple[K, datetime | time]], zone: ZoneInfo
) -> list[tuple[K, datetime]]:
    """Give moments in UTC, in the order in which they were expected to happen.

    A time without a day is of `day`, or of a later one if it is more than 12 hours earlier than the one
    before it. An hour that the clocks showed twice takes the reading nearest to the moment after it.
    Raises ValueError for an hour that the clocks left out, OverflowError at the ends of the calendar.
    """
    local: list[tuple[K, datetime]] = []
    for key, value in written:
        before = local[-1][1] if local else None
        local.append((key, _local(day, value, before, zone)))
    moments: list[tuple[K, datetime]] = []
    after: datetime | None = None
    for key, moment in reversed(local):
        after = _moment(moment, zone, after)
        moments.append((key, after))
    return moments[::-1]


def _local(day: date | None, value: datetime | time, before: datetime | None, zone: ZoneInfo) -> datetime:
    if isinstance(value, datetime):
        return value
    if day is None:
        raise ValueError("a time without a day")
    moment = datetime.combine(day, value)
    if before is not None:
        earliest = (before.astimezone(zone) if before.tzinfo else before).replace(tzinfo=None) - NEXT_DAY
        while moment < earliest:
            moment += ONE_DAY
    return moment


def _moment(local: datetime, zone: ZoneInfo, after: datetime | None) -> datetime:
    if local.tzinfo is not None:
        return local.astimezone(UTC)
    first = local.replace(tzinfo=zone).astimezone(UTC)
    second = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if first == second:
        return first
    if first > second:
        raise ValueError(f"{local} was left out when the clocks of {zone.key} were put forward")
    if after is None:
        return first
    return min((first, second), key=lambda moment: abs(after - moment))
