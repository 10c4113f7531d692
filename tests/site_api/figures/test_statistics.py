import pytest

from charter_data.models import Target
from charter_data.snapshot import Verdict
from charter_data.vocabulary import Standing, Unit
from site_api.figures.statistics import (
    judge,
    mean_interval,
    t_quantile,
    wilson,
)

# Two-sided 95 % quantiles of Student's t, as printed in tables.
T_TABLE = {9: 2.262, 10: 2.228, 12: 2.179, 15: 2.131, 20: 2.086, 25: 2.060, 30: 2.042, 60: 2.000, 120: 1.980}


def target(value, unit=Unit.SECOND, share=100):
    return Target(value=value, unit=unit, share=share)


def kept(part, whole):
    """Give durations of which so many are within ten seconds."""
    return [10] * part + [11] * (whole - part)


def test_a_target_in_working_days_is_not_judged():
    assert judge(Standing.REQUIRED, [target(3, Unit.WORKING_DAY)], [1] * 10) is Verdict.NOT_JUDGED


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 10, 0.0, 0.2775), (7, 9, 0.4526, 0.9368), (15, 20, 0.5313, 0.8881), (10, 10, 0.7225, 1.0)],
)
def test_the_wilson_interval_is_that_of_the_tables(part, whole, low, high):
    assert wilson(part, whole) == pytest.approx((low, high), abs=0.0001)


@pytest.mark.parametrize(("freedom", "value"), T_TABLE.items())
def test_the_t_quantile_is_that_of_the_tables(freedom, value):
    assert t_quantile(freedom) == pytest.approx(value, abs=0.001)


def test_the_interval_of_a_mean_is_its_t_interval():
    assert mean_interval(range(1, 11)) == pytest.approx((3.3342, 7.6658), abs=0.001)


@pytest.mark.parametrize("standing", [Standing.PROPOSED, Standing.REFERENCE])
def test_nobody_is_judged_by_what_nobody_promised(standing):
    assert judge(standing, [target(10)], kept(20, 20)) is Verdict.NOT_JUDGED


@pytest.mark.parametrize("standing", [Standing.REQUIRED, Standing.AGREED])
@pytest.mark.parametrize(("count", "verdict"), [(9, Verdict.NOT_JUDGED), (10, Verdict.KEPT)])
def test_a_promise_is_judged_from_ten_cases(standing, count, verdict):
    assert judge(standing, [target(10)], kept(count, count)) is verdict


@pytest.mark.parametrize(
    ("share", "part", "verdict"),
    [
        (90, 100, Verdict.KEPT),
        (90, 97, Verdict.KEPT),
        (90, 95, Verdict.UNCERTAIN),
        (90, 90, Verdict.UNCERTAIN),
        (90, 85, Verdict.UNCERTAIN),
        (90, 84, Verdict.MISSED),
        (100, 100, Verdict.KEPT),
        (100, 99, Verdict.MISSED),
    ],
)
def test_a_share_is_kept_or_missed_only_when_chance_cannot_explain_it(share, part, verdict):
    assert judge(Standing.REQUIRED, [target(10, share=share)], kept(part, 100)) is verdict


@pytest.mark.parametrize(
    ("limit", "verdict"),
    [(3.3, Verdict.MISSED), (3.4, Verdict.UNCERTAIN), (7.6, Verdict.UNCERTAIN), (7.7, Verdict.KEPT)],
)
def test_an_average_is_judged_by_the_mean_and_its_interval(limit, verdict):
    assert judge(Standing.REQUIRED, [target(limit, share="average")], range(1, 11)) is verdict


def test_of_several_targets_the_worst_counts():
    both = [target(10), target(12, share=90)]

    assert judge(Standing.REQUIRED, both, kept(100, 100)) is Verdict.KEPT
    assert judge(Standing.REQUIRED, both, kept(99, 100)) is Verdict.MISSED


def test_a_promise_without_a_target_is_not_judged():
    assert judge(Standing.REQUIRED, [], kept(20, 20)) is Verdict.NOT_JUDGED
