"""Who guesses waits longer and longer; nobody is locked out, and unknown names wait like known ones."""

from datetime import UTC, datetime, timedelta

import pytest

from site_api.reviewers.slowing import FREE, LONGEST_S, MANY, Pace, Slowed

START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
HOME, AWAY = "192.0.2.1", "198.51.100.7"


class Attempts:
    """Try a name from somewhere at a moment; every try fails unless it is forgiven."""

    def __init__(self) -> None:
        self.pace, self.now = Pace(), START

    def wait_s(self, name="sari", address=HOME) -> int:
        try:
            self.pace.admit(name, address, self.now)
        except Slowed as slowed:
            return slowed.wait_s
        return 0

    def later(self, **parts) -> None:
        self.now += timedelta(**parts)


@pytest.fixture
def attempts() -> Attempts:
    return Attempts()


def networks():
    return (f"10.{number // 250}.{number % 250}.1" for number in range(MANY))


def test_the_first_failures_cost_nothing_and_then_the_wait_doubles_up_to_42_seconds(attempts):
    assert [attempts.wait_s() for _ in range(FREE)] == [0] * FREE
    waits = []
    for _ in range(8):
        waits.append(attempts.wait_s())
        attempts.later(seconds=waits[-1])
        assert attempts.wait_s() == 0

    assert waits == [1, 2, 4, 8, 16, 32, 42, 42]


def test_asking_while_one_has_to_wait_makes_it_no_longer(attempts):
    for _ in range(FREE + 6):
        attempts.later(seconds=attempts.wait_s())
        attempts.wait_s()
    first = attempts.wait_s()
    attempts.later(seconds=10)

    assert attempts.wait_s() == first - 10


def test_another_network_and_another_name_do_not_wait(attempts):
    for _ in range(FREE):
        attempts.wait_s()
    assert attempts.wait_s()

    assert attempts.wait_s(address=AWAY) == 0
    assert attempts.wait_s(name="budi") == 0


def test_the_right_person_has_no_failures_left(attempts):
    for _ in range(FREE):
        attempts.wait_s()
    attempts.pace.forgive("sari", HOME, attempts.now)

    assert [attempts.wait_s() for _ in range(FREE)] == [0] * FREE


def test_a_try_in_which_nothing_was_compared_is_given_back_and_no_other(attempts):
    for _ in range(FREE - 1):
        attempts.wait_s()
    for _ in range(FREE):
        assert attempts.wait_s() == 0
        attempts.pace.give_back("sari", HOME, attempts.now)

    assert [attempts.wait_s() for _ in range(2)] == [0, 1]


@pytest.mark.parametrize("name", ["sari", "nobody-has-this-name"])
def test_under_attack_from_many_networks_the_right_person_gets_in_within_a_minute(attempts, name):
    assert [attempts.wait_s(name, address) for address in networks()] == [0] * MANY
    started = attempts.now

    wait = attempts.wait_s(name, AWAY)
    assert wait == LONGEST_S
    while attempts.now < started + timedelta(seconds=wait):
        attempts.later(seconds=1)
        for address in networks():  # the others go on, and stand in nobody's way
            attempts.wait_s(name, address)

    assert attempts.wait_s(name, AWAY) == 0
    assert attempts.now - started < timedelta(seconds=60)


def test_failures_are_forgotten_after_an_hour(attempts):
    for _ in range(FREE):
        attempts.wait_s()
    attempts.later(hours=1, seconds=1)

    assert attempts.wait_s() == 0


@pytest.mark.parametrize("jump", [{"days": -365}, {"days": 365}])
def test_a_clock_that_jumps_makes_nobody_wait(attempts, jump):
    for _ in range(FREE):
        attempts.wait_s()
    attempts.later(**jump)

    assert attempts.wait_s() == 0


def test_the_count_holds_names_and_networks_only_as_hashes(attempts):
    for _ in range(FREE):
        attempts.wait_s("rahasia-sekali")

    assert "rahasia" not in str(vars(attempts.pace))
    assert "192.0.2" not in str(vars(attempts.pace))
