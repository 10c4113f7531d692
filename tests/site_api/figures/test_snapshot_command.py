import json
from datetime import date

import pytest

from charter_data.snapshot import Outcome, Said
from charter_data.snapshot_files import read_snapshot
from charter_data.vocabulary import CallClass
from site_api import audit
from site_api.approvals import queries as requests
from site_api.calls import simulation
from site_api.calls.models import DatasetKind
from site_api.calls.workflow import import_log
from site_api.feedback import deciding, workflow
from site_api.feedback.queries import case_of
from site_api.installation import installation
from site_api.reviewers.models import Actor, Role
from site_api.settings import ROOT
from tests.site_api.calls.logs import import_rows, row
from tests.site_api.stories import TRIAGE

TINI = Actor(4, "tini", Role.TRIAGE, None, "token")

FOREIGN = ROOT / "tests" / "data"


@pytest.fixture
def take(app, tmp_path):
    """Take a snapshot by the command and read it as the builder does."""

    def take(*arguments):
        result = app.test_cli_runner().invoke(args=["snapshot", str(tmp_path / "snapshot"), *arguments])
        assert result.exit_code == 0, result.output
        return read_snapshot(tmp_path / "snapshot", installation().charter)

    return take


def test_a_new_installation_hands_over_nothing_measured_and_nothing_answered(take):
    snapshot = take()

    assert (snapshot.kind, snapshot.figures, snapshot.answers, snapshot.removed) == ("real", (), (), ())
    assert (snapshot.counts.first_day, snapshot.counts.last_day) == (date(2025, 11, 25), date(2026, 11, 24))
    assert snapshot.audit_head == audit.head()


def test_only_published_answers_are_handed_over(take, answered):
    published, _, taken_back = answered(), answered(), answered()
    for case in (published, taken_back):
        workflow.publish(installation(), TRIAGE, case)
    workflow.unpublish(installation(), TRIAGE, taken_back)

    snapshot = take()

    (answer,) = snapshot.answers
    assert (answer.number, answer.clause, answer.outcome) == (published.number, "KBK.siap", Outcome.DONE)
    assert answer.text == Said(id="Kami menambah satu regu jaga di kecamatan Anda.")
    assert snapshot.removed == (taken_back.number,)
    assert snapshot.counts.feedback.published == 1


def test_a_sensitive_answer_is_handed_over_once_two_have_published_it_and_then_for_no_feed(take, answered):
    number = answered(clause="BKL.damping").number
    deciding.publish(installation(), TRIAGE, case_of(TRIAGE, number))
    assert take().answers == ()

    request = requests.of(number)[-1]
    deciding.approve(installation(), TINI, case_of(TINI, number), request)

    (answer,) = take().answers
    assert (answer.number, answer.in_feeds) == (number, False)


def test_the_citizens_words_are_in_no_file(take, answered, tmp_path):
    workflow.publish(installation(), TRIAGE, answered(message="Kalimat yang hanya ada sekali di dunia."))
    take()

    files = b"".join(path.read_bytes() for path in (tmp_path / "snapshot").iterdir())

    assert b"hanya ada sekali" not in files


def test_simulated_calls_make_the_whole_snapshot_simulated(take, tmp_path):
    simulation.import_year(installation(), tmp_path, year_end=date(2026, 10, 31), seed=1)

    snapshot = take("--today", "2026-10-31")

    assert snapshot.is_simulated
    assert {figure.service for figure in snapshot.figures} >= {"KBK", "KLL", None}
    assert snapshot.counts.calls.arrived > 5000


def test_foreign_calls_reach_no_snapshot(take):
    log = FOREIGN / "lincoln-county.csv"
    import_log(installation(), log, FOREIGN / "lincoln-county.mapping.yml", DatasetKind.FOREIGN)

    snapshot = take("--today", "2015-12-31")

    assert (snapshot.kind, snapshot.figures, snapshot.counts.calls.arrived) == ("real", (), 0)
    assert "incoln" not in json.dumps(snapshot.model_dump(mode="json"))


def test_the_audit_proves_later_that_no_row_of_a_snapshot_is_gone(app, take, answered):
    head = take().audit_head
    answered()

    result = app.test_cli_runner().invoke(args=["audit", "verify", "--head", head])

    assert result.exit_code == 0, result.output


def test_the_counts_do_not_tell_how_many_sensitive_cases_are_hidden(take, tmp_path):
    times = {"masuk": 0, "angkat": 5, "catat": 20}
    fires = [row(f"k{at}", layanan="KBK", **times) for at in range(3)]
    import_rows(tmp_path, [*fires, *(row(f"b{at}", layanan="BKL", **times) for at in range(4))])

    snapshot = take("--today", "2026-05-31")

    whole = {figure.clause: figure.n for figure in snapshot.figures if figure.service is None}
    assert whole["UMUM.angkat"] == snapshot.counts.calls.answered == 3
    assert whole["UMUM.catat"] == snapshot.counts.calls.by_class[CallClass.EMERGENCY]
