import pytest

from charter_data.models import Target
from charter_data.vocabulary import Unit
from site_api.calls.durations import mean, quantile, sort_legs, within


def test_legs_are_parted_into_timed_missing_and_out_of_order():
    legs = sort_legs([30, None, -1, 0, 20, None])

    assert (legs.n, legs.seconds, legs.missing, legs.out_of_order) == (3, [0, 20, 30], 2, 1)


@pytest.mark.parametrize(
    ("count", "percent", "value"),
    [
        (1, 50, 1),
        (2, 50, 1),
        (3, 50, 2),
        (4, 50, 2),
        (10, 90, 9),
        (11, 90, 10),
        (20, 90, 18),
        (21, 90, 19),
        (1, 0, 1),
    ],
)
def test_a_quantile_is_the_value_of_the_nearest_rank_and_never_between_two(count, percent, value):
    assert quantile(range(1, count + 1), percent) == value


def test_nothing_has_no_quantile_and_no_mean():
    assert quantile([], 50) is None
    assert mean([]) is None


@pytest.mark.parametrize(
    ("unit", "limit"), [(Unit.SECOND, 2), (Unit.MINUTE, 120), (Unit.HOUR, 7200), (Unit.DAY, 172_800)]
)
def test_a_target_is_met_up_to_its_last_second(unit, limit):
    assert within([0, limit, limit + 1], Target(value=2, unit=unit)) == 2


def test_no_clock_of_a_call_counts_in_working_days():
    assert within([1], Target(value=3, unit=Unit.WORKING_DAY)) is None
