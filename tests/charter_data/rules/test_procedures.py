import pytest

from charter_data.loading import load
from tests.factories import changed, city_files, without, write_city

CITY = city_files()
FIRE = "services/KBK.yml"


def told(folder, files):
    return [(problem.code, problem.message) for problem in load(write_city(folder, files)).problems]


def test_a_clock_says_which_days_it_counts(tmp_path):
    [(code, message)] = told(tmp_path, without(CITY, FIRE, ("promises", 1, "calendar")))

    assert code == "calendar-missing"
    assert "24x7, hari, hari_kerja" in message


@pytest.mark.parametrize(
    ("unit", "calendar", "right"),
    [("working_day", "hari", "hari_kerja"), ("day", "24x7", "hari"), ("min", "hari_kerja", "24x7")],
)
def test_a_unit_and_its_calendar_agree(tmp_path, unit, calendar, right):
    files = changed(CITY, FIRE, ("promises", 1, "targets"), [{"value": 1, "unit": unit}])

    [(code, message)] = told(tmp_path, changed(files, FIRE, ("promises", 1, "calendar"), calendar))

    assert code == "calendar-wrong"
    assert f"write `{right}`" in message


def test_a_calendar_without_a_figure_is_free(tmp_path):
    assert told(tmp_path, changed(CITY, FIRE, ("promises", 1, "calendar"), "hari_kerja")) == []


@pytest.mark.parametrize(
    ("consulted", "informed"),
    [(["lead"], []), ([], ["lead"]), (["polres"], ["polres"]), (["polres", "polres"], [])],
)
def test_a_body_has_one_part_in_a_step(tmp_path, consulted, informed):
    files = changed(CITY, FIRE, ("steps", 0, "consulted"), consulted)

    codes = {code for code, _ in told(tmp_path, changed(files, FIRE, ("steps", 0, "informed"), informed))}

    assert codes == {"part-twice"}


@pytest.mark.parametrize("field", ["accountable", "consulted", "informed"])
def test_a_part_is_played_by_a_role_or_by_an_agency_that_exists(tmp_path, field):
    ghost = "hantu" if field == "accountable" else ["hantu"]
    known = "operator" if field == "accountable" else ["operator", "polres"]

    assert [code for code, _ in told(tmp_path / "a", changed(CITY, FIRE, ("steps", 0, field), ghost))] == [
        "unknown-agency"
    ]
    assert told(tmp_path / "b", changed(CITY, FIRE, ("steps", 0, field), known)) == []


def test_a_cost_that_nobody_has_found_is_a_warning(tmp_path):
    [(code, message)] = told(tmp_path, changed(CITY, FIRE, ("steps", 0, "cost"), None))

    assert (code, message) == (
        "cost-missing",
        "the cost of `KBK.langkah-padamkan` is not known: pages say so",
    )


def test_a_call_from_beyond_the_limits_goes_to_a_body_and_a_clause_that_exist(tmp_path):
    crossing = {"text": {"id": "Disambungkan", "en": "Connected"}, "to": "hantu", "mode": "conference"}
    files = changed(CITY, "area.yml", ("crossings",), [{**crossing, "promise": "UMUM.hantu"}])

    assert {code for code, _ in told(tmp_path, files)} == {"unknown-agency", "unknown-clause"}
