from datetime import UTC, datetime, timedelta

import pytest

from site_api.rate_limits import Buckets, Networks, prefix_of

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def test_a_bucket_is_full_again_an_hour_after_its_first_token_went():
    buckets = Buckets("submissions", 2)
    later = NOW + timedelta(minutes=59)

    assert [buckets.take(b"a", NOW), buckets.take(b"a", later), buckets.take(b"a", later)] == [
        True,
        True,
        False,
    ]
    assert buckets.left(b"a", later) == (0, 60)
    assert buckets.take(b"a", NOW + timedelta(hours=1))


@pytest.mark.parametrize("back", [timedelta(seconds=1), timedelta(hours=1), timedelta(days=365)])
def test_a_clock_that_is_put_back_shuts_nobody_out_for_longer_than_an_hour(back):
    buckets = Buckets("submissions", 1)
    assert buckets.take(b"a", NOW)
    assert not buckets.take(b"a", NOW)

    asked = NOW - back
    _, seconds = buckets.left(b"a", asked)

    assert seconds <= 3600
    assert buckets.take(b"a", asked)


def test_networks_have_buckets_of_their_own():
    buckets = Buckets("submissions", 1)

    assert buckets.take(b"a", NOW)
    assert buckets.take(b"b", NOW)
    assert not buckets.take(b"a", NOW)


def test_a_token_that_comes_back_never_overfills():
    buckets = Buckets("submissions", 2)
    buckets.take(b"a", NOW)
    for _ in range(3):
        buckets.give_back(b"a")

    assert buckets.left(b"a", NOW)[0] == 2


def test_memory_is_bounded_and_the_oldest_go():
    buckets = Buckets("submissions", 1, most=3)
    for key in (b"a", b"b", b"c", b"d"):
        buckets.take(key, NOW)

    assert not buckets.take(b"d", NOW)
    assert buckets.take(b"a", NOW)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("", None, True),
    ],
)
def test_a_network_is_an_ipv4_address_or_64_bits_of_an_ipv6_one(one, other, is_same):
    assert (prefix_of(one) == prefix_of(other)) is is_same


def test_a_network_is_not_known_again_the_next_day():
    networks = Networks()
    today = networks.name("192.0.2.1", NOW)

    assert today == networks.name("192.0.2.1", NOW + timedelta(hours=15))
    assert today != networks.name("192.0.2.1", NOW + timedelta(hours=16))
    assert today != Networks().name("192.0.2.1", NOW)
