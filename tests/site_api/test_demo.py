from datetime import UTC, datetime

import pytest

from charter_data.snapshot import DeclineReason, Stance
from site_api.audit import verify
from site_api.auditing import unproven
from site_api.calls.queries import is_simulated
from site_api.database import db
from site_api.demo import ACCOUNTS
from site_api.feedback.models import Feedback, State
from site_api.figures.commands import take
from site_api.hoax_reports.models import HoaxReport
from site_api.hoax_reports.models import State as ReportState
from site_api.installation import installation
from site_api.reviewers.authenticator import code_at
from site_api.reviewers.models import Role
from tests.site_api.portal import fresh_code, sign_in


@pytest.fixture
def told(app) -> str:
    result = app.test_cli_runner().invoke(args=["demo"])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_demo_shows_feedback_in_every_state_and_every_outcome(told):
    cases = db.session.query(Feedback).all()

    assert {case.state for case in cases} == set(State)
    assert len({case.answer.outcome for case in cases if case.answer}) == 4
    assert {report.state for report in db.session.query(HoaxReport)} == {
        ReportState.VERIFIED,
        ReportState.FOUND,
    }


def test_the_demo_shows_themes_dissent_objections_and_a_plan_past_its_date(told):
    made = take(installation(), datetime(2026, 10, 31, 12, tzinfo=UTC))
    counted = made.counts.feedback if made.counts else None
    public = [one for given in made.answers for one in given.opinions]

    assert {one.stance for one in public} == set(Stance)
    assert sum(given.theme is not None for given in made.answers) >= 5
    assert counted
    assert (counted.disputed, counted.planned_overdue, counted.declined_because) == (
        2,
        1,
        {DeclineReason.SPAM: 1},
    )


def test_the_demo_says_everywhere_that_nothing_of_it_happened(told, client):
    assert told.startswith("Data simulasi.")
    assert is_simulated()
    for address in ("/masukan", "/en/masukan", "/lacak", "/tinjau/masuk"):
        page = client.get(address).text
        assert ("Data simulasi" in page) or ("Simulated data" in page), address


def test_the_demo_tells_how_to_sign_in_with_every_role(told, app):
    first, *accounts = told.splitlines()
    password = first.split("password ")[1].split(";")[0]

    assert {values["role"] for values in ACCOUNTS.values()} == set(Role)
    assert [line.split()[0] for line in accounts] == list(ACCOUNTS)
    for name, secret in map(str.split, accounts):
        fresh_code(name)
        code = code_at(secret, installation().now())
        assert sign_in(app.test_client(), name, password, code=code).status_code == 303, name
    assert verify().fault is None
    assert unproven() == []


def test_a_demo_is_never_poured_over_real_cases(app, submitted):
    submitted()

    result = app.test_cli_runner().invoke(args=["demo"])

    assert result.exit_code == 1
    assert "an empty one" in result.output
    assert db.session.query(Feedback).count() == 1
