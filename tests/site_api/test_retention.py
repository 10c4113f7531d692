"""What is kept long enough goes, all of it and nothing else, by a clock that the tests turn."""

import re
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from random import Random
from uuid import uuid4

import pytest

from charter_data.snapshot import Finding
from site_api import create_app
from site_api.audit import AuditEntry
from site_api.auditing import unproven
from site_api.calls.models import Call, CallEvent, CallUnit, Dataset
from site_api.cases import DeclineReason, HoldReason
from site_api.database import db
from site_api.feedback import following, queries, workflow
from site_api.feedback.models import Feedback, State
from site_api.feedback.schemas import Assignment, NewFeedback, Verification
from site_api.hoax_reports import workflow as hoax_workflow
from site_api.hoax_reports.models import HoaxReport
from site_api.hoax_reports.schemas import NewHoaxReport
from site_api.installation import installation
from site_api.retention import ERASERS, GROUP, TABLES, Erased, count_due, erase_due
from site_api.reviewers.models import ReviewerSession
from site_api.reviewers.sessions import LONGEST
from tests.apps import settings_in
from tests.site_api.calls.logs import import_rows, row
from tests.site_api.portal import Desk, add_reviewer
from tests.site_api.rivals import rival
from tests.site_api.stories import TRIAGE, answer, sent
from tests.site_api.test_audit import verify

WORDS = "Sirene bukit zamrud"
OBJECTION = "Regu tidak pernah datang ke gang melati."
REASON = "Tentang petugas di pos kenanga"
REPORT = {"class": "palsu", "occurred_on": "2026-11-20", "note": WORDS, "place": "Dekat pasar cempaka"}
CANARIES = (WORDS, OBJECTION, REASON, answer().text_id, answer().summary_id, REPORT["place"])
FOR = {Feedback: 730, HoaxReport: 365}


def today():
    return installation().local_date(installation().now())


def retention(app, *arguments):
    with app.app_context():
        db.session.remove()
    return app.test_cli_runner().invoke(args=["retention", "run", *arguments])


def new_case(held=None):
    new = NewFeedback.model_validate(sent(message=WORDS), strict=False)
    return again(workflow.submit(installation(), new, str(uuid4()), held)[0])


def new_report():
    new = NewHoaxReport.model_validate(REPORT, strict=False)
    return again(hoax_workflow.submit(installation(), new, str(uuid4()))[0])


def again(case):
    db.session.rollback()
    model = next(one for one in (Feedback, HoaxReport) if one.noun == case.noun)
    return db.session.query(model).filter_by(number=case.number).one()


def read():
    case = new_case()
    about = Verification(kind=case.kind, clause=case.clause, service=case.service)
    workflow.verify(installation(), TRIAGE, case, about)
    return again(case)


def lying_with_an_agency():
    case = read()
    workflow.assign(installation(), TRIAGE, case, Assignment(agency="damkar", reason=REASON))
    return again(case)


def answered(case=None):
    case = case or lying_with_an_agency()
    workflow.answer(installation(), TRIAGE, case, answer())
    return again(case)


def published():
    case = answered()
    workflow.publish(installation(), TRIAGE, case)
    return again(case)


def objected():
    case = published()
    following.dispute(installation(), case, OBJECTION)
    return again(case)


def after(act, make=new_case):
    """Give what makes a case and lets its writer do something to it."""

    def run():
        case = make()
        act(installation(), case)
        return again(case)

    return run


def rated(make):
    return after(lambda place, case: following.rate(place, case, 3), make)


def declined(decline, make):
    return after(lambda place, case: decline(place, TRIAGE, case, DeclineReason.SPAM), make)


def closed_by_the_clock():
    case = answered()
    workflow.close_due(installation(), [case], today() + timedelta(days=60))
    return again(case)


def found():
    report = new_report()
    hoax_workflow.verify(installation(), TRIAGE, report)
    hoax_workflow.find(installation(), TRIAGE, again(report), Finding.GOOD_FAITH)
    return again(report)


STAYS = (
    *(new_case, read, lying_with_an_agency, answered, published, objected, new_report),
    lambda: new_case(HoldReason.HONEYPOT),
    lambda: answered(objected()),
    after(lambda place, report: hoax_workflow.verify(place, TRIAGE, report), new_report),
)
ENDS = (
    *(closed_by_the_clock, found),
    *(rated(answered), rated(published), rated(lambda: answered(objected()))),
    after(workflow.withdraw),
    after(workflow.withdraw, published),
    declined(workflow.decline, new_case),
    declined(hoax_workflow.decline, new_report),
)
ERASED = (after(following.erase), after(following.erase, published), after(hoax_workflow.erase, new_report))


def with_words():
    """Give all cases that still have any word, by table and number."""
    db.session.rollback()
    feedback = [
        (Feedback, case.number)
        for case in db.session.query(Feedback)
        if case.text or case.salt or any(message.text for message in case.messages)
    ]
    reports = [(HoaxReport, one.number) for one in db.session.query(HoaxReport) if one.text or one.place]
    return {*feedback, *reports}


def test_every_table_declares_beside_its_model_how_long_it_keeps_its_rows():
    assert {model.__tablename__ for model in TABLES} == set(db.metadata.tables)
    for model in TABLES:
        kept, columns = vars(model)["kept"], model.__table__.columns
        owners = {one.__tablename__ for one in TABLES if one.kept.days}
        assert (kept.days is None) == (not kept.since), model
        assert set(kept.since) <= set(columns.keys()), model
        assert kept.goes_with is None or (kept.goes_with in owners and kept.days is None), model


@pytest.mark.parametrize("seed", [1, 12, 112])
def test_all_that_is_due_goes_and_nothing_that_is_not_in_whatever_state(app, clock, seed):
    random = Random(seed)  # noqa: S311 (no secret)
    ends: dict[tuple[type, str], date | None] = {}
    for make in random.sample(2 * (*STAYS, *ENDS, *ERASED), k=2 * len((*STAYS, *ENDS, *ERASED))):
        clock.forward(days=random.randint(0, 30), seconds=random.randint(0, 86_399))
        case = make()
        ends[type(case), case.number] = today() if make in ENDS else None
    keeping = with_words()

    assert len(keeping) == 2 * len((*STAYS, *ENDS))
    while keeping & {key for key, day in ends.items() if day}:
        clock.forward(days=random.randint(1, 90), seconds=random.randint(0, 86_399))
        over = {key for key in keeping if (day := ends[key]) and day + timedelta(days=FOR[key[0]]) < today()}
        for model in FOR:
            rows = sum(kind is model for kind, _ in over)
            assert count_due(installation(), model, today()) == rows
            assert erase_due(installation(), model, today()) == Erased(rows)
        keeping -= over
        assert with_words() == keeping

    assert len(keeping) == 2 * len(STAYS)
    assert unproven() == []
    assert verify(app).exit_code == 0


@pytest.mark.parametrize("make", [rated(answered), found])
def test_a_case_is_kept_to_the_end_of_its_last_day_in_the_city(app, clock, make):
    clock.forward(hours=8, minutes=59, seconds=59)  # 23:59:59 in the city
    case = make()
    clock.forward(days=FOR[type(case)])
    assert erase_due(installation(), type(case), today()) == Erased(0)

    clock.forward(seconds=1)

    assert erase_due(installation(), type(case), today()) == Erased(1)


def test_erasing_by_the_clock_is_in_the_audit_and_takes_the_answer_off_the_site(app, clock):
    case = rated(published)()
    clock.forward(days=731)
    retention(app)

    entry = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).limit(1).one()
    assert (entry.actor, entry.verb, entry.subject) == ("clock", "feedback.erase", case.number)
    assert again(case).state is State.CLOSED
    assert (queries.published(), queries.removed()) == ([], [case.number])


def test_no_word_is_left_in_file_or_journal(app, clock, tmp_path):
    rated(lambda: answered(objected()))()
    found()
    assert all(word in everything(tmp_path) for word in CANARIES)
    clock.forward(days=731)

    assert retention(app).exit_code == 0
    left = everything(tmp_path)
    assert [word for word in CANARIES if word in left] == []
    assert "damkar" in left


def everything(folder):
    """Give all of the file and its journal; readers leave their marks in the index beside it."""
    files = sorted(path for path in folder.glob("piagam.sqlite3*") if not path.name.endswith("-shm"))
    return b"".join(path.read_bytes() for path in files).decode("utf-8", "replace")


def test_a_dry_run_tells_the_same_and_changes_not_one_byte(app, clock, tmp_path):
    rated(published)()
    found()
    import_rows(tmp_path, [row(1, masuk=0, angkat=30, instansi="damkar", terus=90)])
    clock.forward(days=1200)
    before, rows = everything(tmp_path), dump(tmp_path)
    dry = retention(app, "--dry-run")

    assert (everything(tmp_path), dump(tmp_path)) == (before, rows)
    assert dry.output.endswith("Nothing has been changed.\n")
    assert counts(dry) == counts(retention(app))
    assert counts(dry)["feedback"] == counts(dry)["calls"] == counts(dry)["hoax_reports"] == 1
    assert set(counts(retention(app)).values()) == {0}


def dump(folder):
    with closing(sqlite3.connect(folder / "piagam.sqlite3")) as connection:
        return list(connection.iterdump())


def counts(result):
    assert result.exit_code == 0, result.output
    return {
        table: int(rows.replace(",", ""))
        for table, rows in re.findall(r"^(\w+) .*?([\d,]+) (?:due|erased)", result.output, re.MULTILINE)
    }


def test_old_calls_go_with_their_units_and_events_and_newer_ones_stay(app, clock, tmp_path):
    many = GROUP + 5
    old = [
        row(number, masuk=0, angkat=30, instansi="damkar", terus=90, eskalasi=60) for number in range(many)
    ]
    new = row("baru", masuk=86_400 * 160, angkat=86_400 * 160 + 30, instansi="damkar")
    import_rows(tmp_path, [*old, new])
    clock.time = clock.time.replace(year=2028, month=6)

    assert counts(retention(app))["calls"] == many
    left = [db.session.query(model).count() for model in (Call, CallUnit, CallEvent, Dataset)]
    assert left == [1, 1, 0, 1]
    told = [e.detail for e in db.session.query(AuditEntry).filter_by(verb="retention.erase", subject="calls")]
    assert told == [f'{{"rows":{GROUP}}}', '{"rows":5}']
    assert verify(app).exit_code == 0


def test_sessions_go_once_they_can_no_longer_be_open(app, client, clock):
    add_reviewer("sari")
    Desk(client, "sari")
    clock.forward(days=1)
    assert counts(retention(app))["reviewer_sessions"] == 0
    assert timedelta(days=ReviewerSession.kept.days or 0) >= LONGEST

    clock.forward(days=1)

    assert counts(retention(app))["reviewer_sessions"] == 1
    assert db.session.query(ReviewerSession).count() == 0


def test_what_the_writer_erases_meanwhile_is_left_and_the_rest_goes(app, clock):
    cases = [rated(answered)() for _ in range(2)]
    clock.forward(days=731)

    with rival(app, "UPDATE feedback SET erased_at = '2026-11-24T08:00:00Z' WHERE id = 1"):
        result = retention(app)

    assert re.search(r"^feedback .* 1 erased; changed meanwhile and left: 1$", result.output, re.MULTILINE)
    assert again(cases[1]).text is None


def test_groups_go_on_until_nothing_is_due(app, clock):
    for _ in range(GROUP + 1):
        after(workflow.withdraw)()
    clock.forward(days=731)

    assert erase_due(installation(), Feedback, today()) == Erased(GROUP + 1)


def test_a_reader_who_still_sees_the_old_words_is_told_of(app, clock, tmp_path):
    rated(answered)()
    clock.forward(days=731)
    with closing(sqlite3.connect(tmp_path / "piagam.sqlite3", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM feedback").fetchone()
        result = retention(app)

    assert result.exit_code == 1
    assert result.output.endswith("old words may stand in the journal: run it again\n")
    assert retention(app).exit_code == 0
    assert WORDS not in everything(tmp_path)


def test_a_database_without_tables_is_named(tmp_path, city_charter):
    empty = create_app(settings_in(tmp_path), city_charter)

    result = retention(empty)

    assert (result.exit_code, "db upgrade" in result.output) == (1, True)


def test_a_day_that_has_not_come_is_refused(app, clock):
    result = retention(app, "--today", "2026-11-25")

    assert (result.exit_code, result.output) == (
        1,
        "Error: 2026-11-25 has not come yet: today is 2026-11-24\n",
    )


def test_a_day_of_before_counts_from_there(app, clock):
    rated(answered)()
    clock.forward(days=800)

    assert counts(retention(app, "--today", "2028-11-23"))["feedback"] == 0
    assert counts(retention(app, "--today", "2028-11-25"))["feedback"] == 1


def test_only_cases_are_emptied_and_all_else_with_days_is_removed():
    assert {model for model in TABLES if hasattr(model, "erased_at")} == set(ERASERS)
