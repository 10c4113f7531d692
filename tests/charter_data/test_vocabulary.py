import re

import pytest

from charter_data import vocabulary
from charter_data.vocabulary import Component, Event, SideEvent, Standing

ALL = [
    value
    for value in vars(vocabulary).values()
    if isinstance(value, type) and value.__module__ == vocabulary.__name__
]


@pytest.mark.parametrize(
    ("standing", "is_promise"),
    [("wajib", True), ("disepakati", True), ("usulan", False), ("acuan", False)],
)
def test_only_the_required_and_the_agreed_are_promises(standing, is_promise):
    assert Standing(standing).is_promise is is_promise


def test_there_are_ten_moments_from_t0_to_t9_in_order():
    assert [event.value for event in Event] == [
        "masuk",
        "angkat",
        "catat",
        "terus",
        "terima",
        "berangkat",
        "tiba",
        "tolong",
        "selesai",
        "kabar",
    ]


def test_the_law_asks_for_fourteen_components():
    assert len(Component) == 14


def test_no_moment_is_both_an_event_and_a_side_event():
    assert not {event.value for event in Event} & {event.value for event in SideEvent}


@pytest.mark.parametrize("words", ALL, ids=lambda words: words.__name__)
def test_words_are_plain_keys_that_need_no_quotes(words):
    assert all(re.fullmatch(r"([a-z]+([_-][a-z]+)*)|24x7", word.value) for word in words)
