import pytest

from site_api.calls.commands import commands
from tests.site_api.calls.logs import LINCOLN, LINCOLN_MAPPING, row, write_log, write_mapping


@pytest.fixture
def run(app):
    def run(log, mapping, kind):
        words = ["import", str(log), "--mapping", str(mapping), "--kind", kind]
        return app.test_cli_runner().invoke(commands, words)

    return run


def test_an_import_prints_how_long_each_leg_took(run):
    result = run(LINCOLN, LINCOLN_MAPPING, "foreign")

    assert result.exit_code == 0
    assert "200 rows read" in result.stdout
    assert "7 exact duplicates" in result.stdout
    legs = [line.split() for line in result.stdout.splitlines() if " - " in line]
    assert legs == [
        ["terus", "-", "berangkat", "191", "0", "2", "266", "143", "477"],
        ["berangkat", "-", "tiba", "189", "0", "4", "678", "546", "1,289"],
    ]


def test_an_import_that_adds_nothing_says_so(run):
    run(LINCOLN, LINCOLN_MAPPING, "foreign")
    result = run(LINCOLN, LINCOLN_MAPPING, "foreign")

    assert result.exit_code == 0
    assert "Nothing new" in result.stdout


def test_refused_rows_are_named_on_stderr_and_the_exit_code_tells(run, tmp_path):
    log = write_log(
        tmp_path, [row(1, masuk=0, angkat=9), row(2, masuk="pagi"), row(3, masuk=0, kelas="gawat")]
    )

    result = run(log, write_mapping(tmp_path), "real")

    assert result.exit_code == 1
    assert "1 added" in result.stdout
    lines = result.stderr.splitlines()
    assert [line.split(":")[1] for line in lines] == ["3", "4"]
    assert lines[0] == "log.csv:3: `masuk` is `pagi`: write it as %Y-%m-%d %H:%M:%S"


def test_a_leg_that_a_promise_times_is_held_against_its_target(run, tmp_path):
    rows = [row(1, masuk=0, angkat=15), row(2, masuk=0, angkat=16)]

    result = run(write_log(tmp_path, rows), write_mapping(tmp_path), "real")

    assert "UMUM.angkat: 1 of 2 in 15 s" in result.stdout


def test_a_foreign_log_is_never_held_against_our_promises(run, tmp_path):
    result = run(write_log(tmp_path, [row(1, masuk=0, angkat=15)]), write_mapping(tmp_path), "foreign")

    assert "UMUM" not in result.stdout


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"time_zone": "Jakarta"}, "log.mapping.yml:1:1: wrong-value"),
        ({"unit": {"column": "mobil"}}, "log.csv:1: no column `mobil`, which the mapping names at `unit`"),
    ],
)
def test_a_fault_of_the_whole_log_is_one_sentence(run, tmp_path, changes, sentence):
    result = run(write_log(tmp_path, [row(1, masuk=0)]), write_mapping(tmp_path, **changes), "real")

    assert result.exit_code == 1
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr


def test_the_kind_of_a_log_must_be_said(app):
    result = app.test_cli_runner().invoke(
        commands, ["import", str(LINCOLN), "--mapping", str(LINCOLN_MAPPING)]
    )

    assert result.exit_code == 2
    assert "--kind" in result.stderr
