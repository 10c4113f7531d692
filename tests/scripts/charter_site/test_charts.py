import base64
import re

import pytest

from charter_data.snapshot import Verdict
from scripts.charter_site.charts import SLIVER, WIDTH, Bar, bars, compared
from scripts.charter_site.measures import Measures
from scripts.charter_site.oversight import tell
from scripts.charter_site.words import Words
from tests.snapshots import HIDDEN, counts, figure, snapshot, year

ID = Words("id")


def drawn(charter, key, given):
    measures = Measures(given)
    return bars(charter, ID, measures, key, tell(charter, ID, measures, key))


def widths(bar):
    svg = base64.b64decode(bar.picture.partition(",")[2]).decode()
    return [float(width) for width in re.findall(r'width="([0-9.]+)"', svg)]


@pytest.mark.parametrize(
    ("part", "width"), [(None, 0), (0, 0), (0.0001, SLIVER), (0.5, WIDTH / 2), (1, WIDTH), (7, WIDTH)]
)
def test_a_bar_is_as_long_as_its_part_and_what_is_little_is_still_seen(part, width):
    assert widths(Bar("", "", part)) == [width]


def test_a_share_stands_in_an_outline_of_the_whole():
    assert widths(Bar("", "", 0.25, is_share=True)) == [WIDTH - 1, WIDTH / 4]


def test_numbers_are_drawn_beside_the_largest_of_them():
    given = compared(ID, [("a", 4000, ""), ("b", 1000, "lama"), ("c", 0, "")])

    assert [(bar.said, bar.part, bar.beneath) for bar in given] == [
        ("4.000", 1, ""),
        ("1.000", 0.25, "lama"),
        ("0", 0, ""),
    ]
    assert [bar.part for bar in compared(ID, [("a", 0, "")])] == [0]


def test_a_line_of_a_figure_is_drawn_as_its_share_and_says_how_it_was_counted(city_charter):
    (bar,) = drawn(city_charter, "diangkat", year(city_charter))

    assert bar.part == pytest.approx(371 / 412)
    assert bar.said == "371 dari 412 dalam 15 detik (90 persen). Dihitung dari 412 panggilan, 31 tanpa jam."


def test_an_average_has_no_bar_and_its_verdict_in_words(city_charter):
    fire = drawn(city_charter, "bantuan_tiba", year(city_charter))[0]

    assert (fire.part, "(ditepati)" in fire.said) == (None, True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [(HIDDEN, "disembunyikan"), ({"n": 0, "within": 0, "verdict": Verdict.NOT_JUDGED}, "Belum diukur")],
)
def test_what_is_hidden_or_has_no_time_has_no_bar(city_charter, changes, said):
    given = snapshot(city_charter, figures=(figure(clause="UMUM.angkat", service=None, **changes),))

    (bar,) = drawn(city_charter, "diangkat", given)

    assert (bar.part, said in bar.said) == (None, True)


def test_misuse_is_drawn_out_of_the_answered_calls(city_charter):
    nuisance, false = drawn(city_charter, "penyalahgunaan", year(city_charter))

    assert (nuisance.said, nuisance.part) == ("1.902", 1902 / 3871)
    assert (false.said, false.is_share) == ("11", True)


def test_all_that_became_of_feedback_is_drawn_as_it_is_counted(city_charter):
    given = {bar.name: bar for bar in drawn(city_charter, "suara_warga", year(city_charter))}

    assert (given["Diterima"].part, given["Dijawab"].part) == (1, 4 / counts().feedback.received)
    assert given["Lewat batas waktu, belum dijawab"].beneath == "yang terlama 12 hari"


def test_seats_are_drawn_out_of_all_seats(city_charter):
    seats, *kinds = drawn(city_charter, "kesepakatan", year(city_charter))

    assert (seats.said, seats.part, seats.is_share) == ("0 dari 20", 0, True)
    assert len(kinds) == 3


def test_a_figure_that_was_not_measured_has_no_bars(city_charter):
    nothing = snapshot(city_charter, figures=(), answers=(), counts=None)

    empty = {one.key for one in city_charter.definitions.figures if not drawn(city_charter, one.key, nothing)}

    assert {"panggilan", "diangkat", "penyalahgunaan", "diragukan", "suara_warga"} <= empty
