import pytest

from charter_data.loading import load
from tests.factories import changed, city_files, without, write_city

CITY = city_files()
FIRE = "services/KBK.yml"


def told(folder, files):
    return [(problem.code, problem.message) for problem in load(write_city(folder, files)).problems]


def with_target(target, limit, calendar="24x7"):
    files = changed(CITY, FIRE, ("promises", 0, "targets"), [target])
    files = changed(files, FIRE, ("promises", 0, "calendar"), calendar)
    return changed(files, FIRE, ("promises", 0, "basis", 0, "limit"), limit)


@pytest.mark.parametrize(
    ("target", "limit", "calendar"),
    [
        ({"value": 15, "unit": "min"}, {"value": 15, "unit": "min"}, "24x7"),
        ({"value": 900, "unit": "s"}, {"value": 15, "unit": "min"}, "24x7"),
        ({"value": 24, "unit": "h"}, {"value": 1, "unit": "day"}, "24x7"),
        ({"value": 10, "unit": "working_day"}, {"value": 14, "unit": "day"}, "hari_kerja"),
        ({"value": 14, "unit": "day"}, {"value": 10, "unit": "working_day"}, "hari"),
    ],
)
def test_a_deadline_may_be_as_late_as_the_law_s(tmp_path, target, limit, calendar):
    assert told(tmp_path, with_target(target, limit, calendar)) == []


@pytest.mark.parametrize(
    ("target", "limit", "calendar"),
    [
        ({"value": 16, "unit": "min"}, {"value": 15, "unit": "min"}, "24x7"),
        ({"value": 25, "unit": "h"}, {"value": 1, "unit": "day"}, "24x7"),
        ({"value": 11, "unit": "working_day"}, {"value": 14, "unit": "day"}, "hari_kerja"),
        ({"value": 60, "unit": "working_day"}, {"value": 60, "unit": "day"}, "hari_kerja"),
    ],
)
def test_a_deadline_later_than_the_law_s_is_refused(tmp_path, target, limit, calendar):
    assert [code for code, _ in told(tmp_path, with_target(target, limit, calendar))] == [
        "deadline-after-law"
    ]


def test_the_message_says_both_figures(tmp_path):
    files = with_target({"value": 20, "unit": "min"}, {"value": 15, "unit": "min"})

    [(_, message)] = told(tmp_path, files)

    assert message.startswith("`KBK.siap` allows 20 min, but permen-contoh allows 15 min at most: shorten it")


def test_a_figure_by_law_quotes_the_law_s_own_figure(tmp_path):
    files = without(CITY, FIRE, ("promises", 0, "basis", 0, "limit"))

    assert [code for code, _ in told(tmp_path, files)] == ["limit-missing"]


def test_a_promise_by_law_without_a_figure_needs_no_limit(tmp_path):
    files = without(
        without(CITY, FIRE, ("promises", 0, "basis", 0, "limit")), FIRE, ("promises", 0, "targets")
    )

    assert told(tmp_path, files) == []


def test_the_way_of_complaints_names_laws_that_exist(tmp_path):
    path = ("texts", "complaint_path", 1, "basis", 0, "law")

    assert [code for code, _ in told(tmp_path, changed(CITY, "common.yml", path, "uu-hantu"))] == [
        "unknown-law"
    ]
