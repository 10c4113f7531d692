import re

import pytest

from charter_data.problems import WARNINGS
from scripts.build_charter import main


def said_by(capsys, *arguments):
    code = main([*arguments])
    return code, capsys.readouterr()


def test_every_kind_of_warning_is_counted_and_explained(capsys):
    _, said = said_by(capsys, "check", "--today", "2026-11-24")

    told = re.findall(r"^\d+ x ([a-z_-]+): ", said.out, re.MULTILINE)
    kinds = set(re.findall(r"^[\w/.]+:\d+:\d+: ([a-z_-]+):", said.out, re.MULTILINE))
    assert sorted(told) == sorted(kinds)
    assert all(f"{kind}: {WARNINGS[kind]}" in said.out for kind in kinds)


def test_every_service_has_its_score(capsys):
    _, said = said_by(capsys, "check")

    assert (
        len(re.findall(r"^[A-Z]{3}: \d+ of \d+ facts \(components \d+ of 14, ", said.out, re.MULTILINE)) == 12
    )


def test_strict_lets_warnings_fail_the_check(capsys):
    assert said_by(capsys, "check", "--quiet")[0] == 0
    assert said_by(capsys, "check", "--quiet", "--strict")[0] == 1


def test_dates_are_judged_as_of_the_day_that_is_given(capsys, edit, data):
    edit(
        "services/KBK.yml",
        'owner: "diskominfo"\nreviewed_on: null',
        'owner: "diskominfo"\nreviewed_on: 2026-11-24',
    )
    within, late, early = (
        said_by(capsys, "check", "--data", str(data), "--today", day)
        for day in ("2027-11-24", "2027-11-25", "2026-11-23")
    )

    assert "review-past" not in within[1].out
    assert "review-past" in late[1].out
    assert (late[0], early[0]) == (0, 1)
    assert "date-ahead: 2026-11-24 has not come yet" in early[1].err


@pytest.mark.parametrize("day", ["kemarin", "2026-02-30"])
def test_a_day_that_is_none_is_refused(capsys, day):
    with pytest.raises(SystemExit):
        main(["check", "--today", day])

    assert "--today" in capsys.readouterr().err
