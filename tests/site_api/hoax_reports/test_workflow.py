from datetime import date

import pytest

from charter_data.snapshot import Finding
from site_api.audit import AuditEntry
from site_api.cases import DeclineReason
from site_api.database import db
from site_api.errors import Conflict, SecondPersonNeeded
from site_api.hoax_reports import queries, workflow
from site_api.hoax_reports.commands import commands
from site_api.hoax_reports.models import HoaxReport, State
from site_api.hoax_reports.schemas import NewHoaxReport
from site_api.installation import installation
from tests.site_api.stories import TRIAGE


@pytest.fixture
def report(app):
    new = NewHoaxReport.model_validate({"class": "palsu", "occurred_on": date(2026, 11, 20)}, strict=False)
    number = workflow.submit(installation(), new, None)[0].number
    return queries.case_of(TRIAGE, number)


def again(report):
    db.session.rollback()
    db.session.expire_all()
    return db.session.get(HoaxReport, report.id)


def test_a_report_is_read_and_then_a_finding_is_set(report):
    workflow.verify(installation(), TRIAGE, report)
    workflow.find(installation(), TRIAGE, again(report), Finding.GOOD_FAITH)

    assert (again(report).state, again(report).finding) == (State.FOUND, Finding.GOOD_FAITH)
    verbs = [entry.verb for entry in db.session.query(AuditEntry).order_by(AuditEntry.id)]
    assert verbs == ["hoax_report.submit", "hoax_report.verify", "hoax_report.find"]


def test_of_two_who_erase_the_same_report_one_does_and_the_audit_says_so_once(report):
    workflow.erase(installation(), report)

    with pytest.raises(Conflict):
        workflow.erase(installation(), again(report))

    assert db.session.query(AuditEntry).filter_by(verb="hoax_report.erase").count() == 1


def test_no_finding_before_the_report_was_read(report):
    with pytest.raises(Conflict):
        workflow.find(installation(), TRIAGE, report, Finding.NUISANCE)

    assert again(report).finding is None


def test_a_finding_is_set_once(report):
    workflow.verify(installation(), TRIAGE, report)
    workflow.find(installation(), TRIAGE, again(report), Finding.NOT_PROVEN)

    with pytest.raises(Conflict):
        workflow.find(installation(), TRIAGE, again(report), Finding.FALSE_REPORT)

    assert again(report).finding is Finding.NOT_PROVEN


def test_one_person_declines_spam_and_nothing_else(report):
    with pytest.raises(SecondPersonNeeded):
        workflow.decline(installation(), TRIAGE, report, DeclineReason.UNCLEAR)
    workflow.decline(installation(), TRIAGE, report, DeclineReason.SPAM)

    assert (again(report).state, list(queries.queue(TRIAGE))) == (State.DECLINED, [])


def test_counts_tell_what_was_found(report):
    workflow.verify(installation(), TRIAGE, report)
    workflow.find(installation(), TRIAGE, again(report), Finding.NUISANCE)

    counts = queries.counts(installation(), date(2026, 11, 24), date(2026, 11, 24))

    assert (counts.received, counts.findings) == (1, {Finding.NUISANCE: 1})
    assert queries.counts(installation(), date(2026, 11, 25), date(2026, 11, 26)).received == 0


@pytest.mark.parametrize(("days", "state"), [(14, State.FOUND), (15, State.CLOSED)])
def test_a_found_report_is_closed_after_ten_working_days(app, report, clock, days, state):
    workflow.verify(installation(), TRIAGE, report)
    workflow.find(installation(), TRIAGE, again(report), Finding.NUISANCE)
    clock.forward(days=days)

    told = app.test_cli_runner().invoke(commands, ["close-due"])

    assert told.output == f"{int(state is State.CLOSED)} closed\n"
    assert (again(report).state, again(report).finding) == (state, Finding.NUISANCE)


def test_a_report_without_a_finding_is_never_closed_by_the_clock(app, report, clock):
    workflow.verify(installation(), TRIAGE, report)
    clock.forward(days=200)

    assert app.test_cli_runner().invoke(commands, ["close-due"]).output == "0 closed\n"
    assert again(report).state is State.VERIFIED
