"""What is hidden can be found neither in any number that is told nor by subtracting two of them."""

from datetime import datetime
from itertools import combinations
from random import Random
from typing import Any

import pytest

from site_api.database import db
from site_api.figures.commands import take
from site_api.installation import installation
from tests.site_api.calls.logs import import_rows, row

SENSITIVE = ("BKL", "JWA")
TIMES = {"masuk": 0, "angkat": 5, "catat": 30, "terus": 60, "terima": 90, "berangkat": 200, "tiba": 600}
pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def told(tmp_path):
    """Take a snapshot of what rows say beside those of before; each log is a dataset of its own."""

    def told(rows, dataset):
        import_rows(tmp_path, rows, dataset=dataset)
        db.session.rollback()
        return take(installation(), datetime(2026, 5, 31, 23, 59, tzinfo=installation().zone))

    return told


def ordinary():
    """Give calls whose numbers all lie far from each other and from those of few people."""
    fires = [row(f"k{at}", layanan="KBK", instansi="damkar", unit="D1", **TIMES) for at in range(100)]
    return [*fires, *(row(f"i{at}", kelas="iseng", masuk=0, angkat=5) for at in range(200))]


ODDITIES: dict[str, dict[str, Any]] = {
    "class": {"kelas": "iseng"},
    "time": {"catat": ""},
    "order": {"catat": 1},
}


def sensitive(chance: Random):
    """Give the cases of a sensitive service, a few of them odd in each way in which cases can be odd."""
    rows, at = [], 0
    for code in SENSITIVE:
        for _ in range(chance.choice((0, 1, 5, 9, 10, 13, 20, 25))):
            at += 1
            cells = {"layanan": code, "instansi": "polres", "unit": "1", **TIMES}
            odd = chance.choice(("", "", "", "class", "time", "order", "agency"))
            cells |= ODDITIES.get(odd, {})
            rows.append(row(f"s{at}", **cells))
            if odd == "agency":
                rows.append(row(f"s{at}", **cells | {"instansi": "p3apm"}))
    return rows


def numbers_of(figure):
    if figure.is_hidden:
        return set()
    counted = {figure.n, figure.missing, figure.out_of_order}
    return counted | {figure.n + figure.missing + figure.out_of_order}


def numbers_of_calls(counts):
    return {counts.arrived, counts.answered, *counts.by_class.values()}


@pytest.mark.parametrize("seed", range(8))
def test_no_two_numbers_that_are_told_give_one_to_nine_sensitive_cases(told, seed):
    snapshot = told([*ordinary(), *sensitive(Random(seed))], "log-kota")  # noqa: S311 (cases made up)

    for code in SENSITIVE:
        numbers = {0} | numbers_of_calls(snapshot.counts.calls)
        for figure in snapshot.figures:
            if figure.service not in SENSITIVE or figure.service == code:
                numbers |= numbers_of(figure)
        close = [pair for pair in combinations(sorted(numbers), 2) if pair[1] - pair[0] < 10]
        assert close == []


@pytest.mark.parametrize("count", [1, 9, 10, 30])
def test_whatever_stands_beside_a_sensitive_service_is_the_same_without_its_cases(told, count):
    alone = told(ordinary(), "biasa")

    rows = [row(f"s{at}", layanan="BKL", instansi="polres", unit="1", **TIMES) for at in range(count)]
    beside = told(rows, "peka")

    def others(snapshot):
        return [figure for figure in snapshot.figures if figure.service not in SENSITIVE]

    assert others(beside) == others(alone)
    assert beside.counts.calls == alone.counts.calls


def test_what_is_told_of_a_sensitive_service_is_what_lies_ten_apart_from_what_was_told_before(told):
    rows = [row(f"s{at}", layanan="BKL", instansi="polres", unit="1", **TIMES) for at in range(22)]
    for one in rows[:12]:
        one["kelas"] = "iseng"
    for one in rows[-1:]:
        one["catat"] = ""

    found = {figure.clause: figure for figure in told(rows, "peka").figures if figure.service == "BKL"}

    assert (found["UMUM.angkat"].n, found["UMUM.terima"].n) == (22, 10)
    assert found["UMUM.catat"].is_hidden
