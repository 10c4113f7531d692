"""What durations say of a promise: kept, missed, or too few and too spread to tell."""

from collections.abc import Sequence
from math import fsum, sqrt
from statistics import NormalDist

from charter_data.models import Target
from charter_data.snapshot import Verdict
from charter_data.vocabulary import Standing
from site_api.calls.durations import SECONDS, within

CONFIDENCE = 0.95
Z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)
JUDGED_FROM = 10
WORST_FIRST = (Verdict.NOT_JUDGED, Verdict.MISSED, Verdict.UNCERTAIN, Verdict.KEPT)


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Give the 95 % interval of a share (Wilson 1927)."""
    share, spread = part / whole, Z * Z / whole
    centre = share + spread / 2
    half = Z * sqrt(share * (1 - share) / whole + spread / whole / 4)
    return (centre - half) / (1 + spread), (centre + half) / (1 + spread)


def t_quantile(freedom: int) -> float:
    """Give the two-sided 95 % quantile of Student's t, to 0.001 from 9 degrees of freedom.

    Source: the Cornish-Fisher expansion about the normal quantile, Abramowitz and Stegun (1964), 26.7.5.
    """
    z = Z
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92_160,
    )
    return fsum(term / float(freedom**power) for power, term in enumerate(terms))


def mean_interval(seconds: Sequence[int]) -> tuple[float, float]:
    """Give the 95 % t interval of the mean of at least two values, in seconds."""
    count = len(seconds)
    middle = fsum(seconds) / count
    variance = fsum((value - middle) ** 2 for value in seconds) / (count - 1)
    half = t_quantile(count - 1) * sqrt(variance / count)
    return middle - half, middle + half


def judge(standing: Standing, targets: Sequence[Target], seconds: Sequence[int]) -> Verdict:
    """Tell whether a promise was kept; with several targets, the worst of what came of each.

    A proposal is never judged, nor is anything from fewer than ten cases.
    """
    if not standing.is_promise or not targets or len(seconds) < JUDGED_FROM:
        return Verdict.NOT_JUDGED
    return min((_judge(target, seconds) for target in targets), key=WORST_FIRST.index)


def _judge(target: Target, seconds: Sequence[int]) -> Verdict:
    part = within(seconds, target)
    if part is None:
        return Verdict.NOT_JUDGED
    if target.share == "average":
        low, high = mean_interval(seconds)
        limit = target.value * SECONDS[target.unit]
        return _side(low <= limit <= high, high < limit)
    if target.share == 100:
        # No interval: it always holds 100 of 100 when all were within, and a promise made to
        # everyone is broken by the first case that was not.
        return _side(False, part == len(seconds))
    low, high = wilson(part, len(seconds))
    share = target.share / 100
    return _side(low <= share <= high, low > share)


def _side(is_uncertain: bool, is_kept: bool) -> Verdict:
    if is_uncertain:
        return Verdict.UNCERTAIN
    return Verdict.KEPT if is_kept else Verdict.MISSED
