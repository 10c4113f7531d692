"""A caller's number comes in, and nothing but its keyed hash stays; no message and no row shows it."""

import pytest
from sqlalchemy import select

from site_api.calls.callers import caller_hash, written_number
from site_api.calls.commands import commands
from site_api.calls.models import Call
from site_api.calls.queries import calls_of_caller
from site_api.calls.schemas import MappingError
from site_api.database import db
from site_api.installation import installation
from tests.site_api.calls.logs import CALLER, import_rows, row, write_log, write_mapping

NUMBER = "0812-3456-7890"
pytestmark = pytest.mark.usefixtures("app")


def callers():
    db.session.rollback()
    return list(db.session.scalars(select(Call.caller_hash).order_by(Call.id)))


def hidden(number=NUMBER):
    return caller_hash(installation().settings.number_key, number)


@pytest.mark.parametrize(
    "written",
    [
        *("0812-3456-7890", "081234567890", "+62 812 3456 7890", "6281234567890", "0062 812.3456.7890"),
        *(
            "(0812) 3456-7890",
            " 0812 3456 7890 ",
            "+62 (0)812-3456-7890",
            "\uff10\uff18\uff11\uff12 3456 7890",
        ),
        "0812\u20113456\u20117890",
    ],
)
def test_the_same_number_is_the_same_however_it_is_written(written):
    assert written_number(written) == "081234567890"


@pytest.mark.parametrize(
    "written", ["", "-", "anonim", "tersembunyi", "12", "0812x", "1" * 16, "+", "0812+34"]
)
def test_what_is_no_number_is_none(written):
    assert written_number(written) is None


def test_a_number_of_another_country_keeps_its_country():
    assert written_number("+1 555 010 9999") == "+15550109999"


def test_another_key_gives_another_hash():
    assert caller_hash(b"a" * 32, NUMBER) != caller_hash(b"b" * 32, NUMBER)


def test_calls_of_one_caller_are_found_by_any_way_of_writing(tmp_path):
    rows = [
        row(1, masuk=0, penelepon=NUMBER, kelas="iseng"),
        row(2, masuk=90_000, penelepon="+62 812 3456 7890", kelas="palsu"),
        row(3, masuk=0, penelepon="0813 9999 0000"),
        row(4, masuk=0, penelepon=""),
    ]

    imported = import_rows(tmp_path, rows, **CALLER)

    assert (imported.added, imported.callers, imported.refused) == (4, 3, [])
    assert [call.call_class for call in calls_of_caller(hidden())] == ["palsu", "iseng"]
    assert callers()[3] is None


def test_nothing_of_a_number_stands_in_the_database(tmp_path):
    import_rows(tmp_path, [row(1, masuk=0, penelepon=NUMBER)], **CALLER)

    stored = b"".join(path.read_bytes() for path in tmp_path.glob("piagam.sqlite3*"))
    assert hidden().encode() in stored
    for written in (NUMBER, "081234567890", "81234567890", "6281234567890"):
        assert written.encode() not in stored


def test_a_log_without_the_column_goes_on_as_before(tmp_path):
    imported = import_rows(tmp_path, [row(1, masuk=0, penelepon=NUMBER)])

    assert (imported.added, imported.callers, callers()) == (1, 0, [None])


def test_a_number_that_cannot_be_read_costs_no_row(tmp_path):
    imported = import_rows(tmp_path, [row(1, masuk=0, penelepon="anonim")], **CALLER)

    assert (imported.added, imported.refused, callers()) == (1, [], [None])


def test_a_log_is_the_same_log_with_and_without_its_callers(tmp_path):
    rows = [row(1, masuk=0, penelepon=NUMBER)]
    import_rows(tmp_path, rows)

    again = import_rows(tmp_path, rows, **CALLER)

    assert (again.added, again.already_there, again.refused) == (0, 1, [])


def test_two_callers_of_one_case_cost_no_row_and_the_first_stays(tmp_path):
    rows = [
        row(1, masuk=0, instansi="damkar", terus=60, penelepon=NUMBER),
        row(1, masuk=0, instansi="dinkes", terus=70, penelepon="0813 9999 0000"),
    ]

    imported = import_rows(tmp_path, rows, **CALLER)

    assert (imported.added, imported.refused, callers()) == (2, [], [hidden()])


def test_calls_of_another_place_are_never_matched(tmp_path):
    with pytest.raises(MappingError, match="foreign"):
        import_rows(tmp_path, [row(1, masuk=0, penelepon=NUMBER)], "foreign", **CALLER)


@pytest.mark.parametrize(
    "other", [{"unit": {"column": "penelepon"}}, {"case_key": ["penelepon"]}, {"row_key": ["penelepon"]}]
)
def test_no_other_key_may_read_the_column_of_callers(tmp_path, other):
    with pytest.raises(MappingError, match=r"`caller\.column` is read by another key"):
        import_rows(tmp_path, [row(1, masuk=0, penelepon=NUMBER)], **CALLER, **other)


def test_no_message_shows_a_number_not_even_one_that_slipped_into_another_column(app, tmp_path):
    slipped = [row(1, masuk=0, kelas=NUMBER, penelepon=NUMBER), row(2, masuk="08123456789", penelepon=NUMBER)]
    log = write_log(tmp_path, [*slipped, row(3, masuk=0, penelepon=NUMBER)])
    mapping = write_mapping(tmp_path, **CALLER)

    told = app.test_cli_runner().invoke(
        commands, ["import", str(log), "--mapping", str(mapping), "--kind", "real"]
    )

    assert told.exit_code == 1
    assert "[number]" in told.output
    assert "1 rows with a caller" in told.output
    assert not [one for one in (NUMBER, "08123456789", "081234567890") if one in told.output]
    assert hidden() not in told.output
