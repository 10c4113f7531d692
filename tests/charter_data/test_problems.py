import pytest

from charter_data.problems import ERRORS, WARNINGS, Problem


def problem(file="common.yml", line=7, column=3, code="missing-key", message="`a` is missing: add it"):
    return Problem(file, line, column, code, message)


def test_a_problem_reads_as_one_line_that_editors_can_follow():
    assert str(problem()) == "common.yml:7:3: missing-key: `a` is missing: add it"


@pytest.mark.parametrize("sign", ["\n", "\r", "\x1b", "\x00", "\u202e", "\x9b"])
def test_a_problem_never_moves_the_cursor(sign):
    line = str(problem(file=f"a{sign}b.yml", message=f"c{sign}d"))

    assert line == "a·b.yml:7:3: missing-key: c·d"


def test_programs_get_every_part_and_the_severity():
    assert problem().as_json() == {
        "file": "common.yml",
        "line": 7,
        "column": 3,
        "severity": "error",
        "code": "missing-key",
        "message": "`a` is missing: add it",
    }


@pytest.mark.parametrize("code", ERRORS)
def test_errors_are_errors(code):
    assert problem(code=code).severity == "error"


@pytest.mark.parametrize("code", WARNINGS)
def test_warnings_are_warnings(code):
    assert problem(code=code).severity == "warning"


def test_no_code_is_both():
    assert not ERRORS.keys() & WARNINGS.keys()


def test_problems_sort_by_file_then_line_then_column():
    first, second, third, fourth = (
        problem(file="a.yml", line=9),
        problem(line=2, column=9),
        problem(line=10, column=1),
        problem(line=10, column=2),
    )

    assert sorted([fourth, third, second, first]) == [first, second, third, fourth]
