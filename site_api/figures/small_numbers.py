"""What may be told of few people: nothing below ten, neither as a number nor as a difference of two."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from charter_data.snapshot import Figure, Verdict

SENSITIVE_FROM = 10
NOTHING = dict.fromkeys(("n", "missing", "out_of_order", "within", "mean_s", "median_s", "p90_s"))


def hidden(figure: Figure) -> Figure:
    """Give the figure without anything that was counted or timed."""
    return figure.model_copy(update={**NOTHING, "verdict": Verdict.NOT_JUDGED})


def without_small_numbers(figures: Iterable[Figure], sensitive: Collection[str]) -> Iterator[Figure]:
    """Hide each figure of a sensitive service that tells of one to nine cases, alone or beside one before it.

    Who was late is no such number: it speaks of the agency, not of who called.
    """
    told: defaultdict[str, set[int]] = defaultdict(lambda: {0})
    for figure in figures:
        numbers = _numbers(figure)
        if figure.service is None or figure.service not in sensitive or not numbers:
            yield figure
        elif _has_small_gap(told[figure.service] | numbers):
            yield hidden(figure)
        else:
            told[figure.service] |= numbers
            yield figure


def _numbers(figure: Figure) -> set[int]:
    counted = [number for number in (figure.n, figure.missing, figure.out_of_order) if number is not None]
    return {*counted, sum(counted)} if counted else set()


def _has_small_gap(numbers: set[int]) -> bool:
    return any(above - below < SENSITIVE_FROM for below, above in pairwise(sorted(numbers)))
