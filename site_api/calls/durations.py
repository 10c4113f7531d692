"""Durations of legs: sorted, and what may be said of them without any guessing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from charter_data.models import Target
from charter_data.vocabulary import Unit

SECONDS = {Unit.SECOND: 1, Unit.MINUTE: 60, Unit.HOUR: 3600, Unit.DAY: 86_400}


@dataclass(frozen=True)
class Legs:
    """Hold the durations of a leg in seconds, sorted, and how many legs have none to give."""

    seconds: Sequence[int]
    missing: int
    out_of_order: int

    @property
    def n(self) -> int:
        """Give the number of legs that were timed."""
        return len(self.seconds)


def sort_legs(durations: Iterable[int | None]) -> Legs:
    """Part durations in seconds from those that are missing (none) or out of order (negative)."""
    timed: list[int] = []
    missing = out_of_order = 0
    for duration in durations:
        if duration is None:
            missing += 1
        elif duration < 0:
            out_of_order += 1
        else:
            timed.append(duration)
    return Legs(sorted(timed), missing, out_of_order)


def quantile(seconds: Sequence[int], percent: int) -> int | None:
    """Give the nearest-rank quantile of sorted values, as DuckDB's quantile_disc does; none of nothing."""
    rank = -(-percent * len(seconds) // 100)
    return seconds[max(rank, 1) - 1] if seconds else None


def mean(seconds: Collection[int]) -> float | None:
    """Give the arithmetic mean; none of nothing."""
    return fsum(seconds) / len(seconds) if seconds else None


def within(seconds: Collection[int], target: Target) -> int | None:
    """Count what lies within a target; none for one in working days, which no clock of a call counts."""
    if target.unit not in SECONDS:
        return None
    limit = target.value * SECONDS[target.unit]
    return sum(value <= limit for value in seconds)
