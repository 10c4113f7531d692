"""The theme of an answer: written with it, offered again, shown with it, proven and erased like its words."""

import pytest
from sqlalchemy import update

from charter_data.snapshot import Said
from site_api.auditing import unproven
from site_api.database import db, write
from site_api.feedback import following, queries, workflow
from site_api.feedback.models import Answer
from site_api.feedback.schemas import words_of
from site_api.figures.commands import take
from site_api.installation import installation
from tests.site_api.portal import Desk, add_reviewer
from tests.site_api.stories import TRIAGE, answer

ANSWERED = {
    "outcome": "done",
    "text_id": "Kami menambah satu regu jaga.",
    "summary_id": "Warga menunggu lama.",
    "theme_id": "Waktu tunggu",
    "theme_en": "Waiting",
}


@pytest.fixture
def desk(client):
    add_reviewer("sari")
    return Desk(client, "sari")


@pytest.fixture
def published(verified):
    def publish(**changes):
        case = verified()
        workflow.answer(installation(), TRIAGE, case, answer(**changes))
        workflow.publish(installation(), TRIAGE, case)
        return case

    return publish


def offered(desk, case):
    page = desk.get(f"masukan/{case.number}").text
    return page.partition('<datalist id="themes">')[2].partition("</datalist>")[0]


def test_a_theme_is_written_with_the_answer_and_goes_public_with_it(desk, verified):
    case = verified()

    assert desk.post(f"masukan/{case.number}/jawab", **ANSWERED).status_code == 303
    workflow.publish(installation(), TRIAGE, db.session.merge(case))

    place = installation()
    assert take(place, place.now()).answers[0].theme == Said(id="Waktu tunggu", en="Waiting")
    (listed,) = desk.client.get("/api/v1/answers").json["answers"]
    assert listed["theme"] == {"id": "Waktu tunggu", "en": "Waiting"}


def test_an_answer_needs_no_theme(published):
    published()
    place = installation()

    assert take(place, place.now()).answers[0].theme is None


def test_themes_of_public_answers_are_offered_and_no_other(desk, verified, published):
    published(theme_id="Waktu tunggu")
    published(theme_id="Waktu tunggu")
    hidden = verified()
    workflow.answer(installation(), TRIAGE, hidden, answer(theme_id="Belum tayang"))

    found = offered(desk, verified())

    assert found.count("Waktu tunggu") == 1
    assert "Belum tayang" not in found


@pytest.mark.parametrize(("theme", "fault"), [("x" * 61, "60"), ("Tanya 0812-3456-7890", "telepon")])
def test_a_theme_that_is_too_long_or_leads_to_a_person_is_refused_by_name(desk, verified, theme, fault):
    page = desk.post(f"masukan/{verified().number}/jawab", **(ANSWERED | {"theme_id": theme}))

    assert page.status_code == 422
    assert 'href="#jawab-theme_id"' in page.text
    assert fault in page.text
    assert "Kami menambah satu regu jaga." in page.text


def test_the_digest_of_an_answer_of_before_themes_still_proves_it(published):
    published()

    assert "theme" not in words_of(answer())
    assert unproven() == []


def test_a_changed_theme_is_found_by_the_audit(published):
    case = published(theme_id="Waktu tunggu")
    assert unproven() == []
    write(lambda c: c.execute(update(Answer).values(theme_id="Terima kasih")).rowcount)

    assert unproven() == [f"{case.number}: the answer is not what the audit proves"]


def test_erasing_a_case_takes_its_theme(published):
    case = published(theme_id="Waktu tunggu", theme_en="Waiting")
    db.session.refresh(case)
    following.erase(installation(), case)

    (left,) = db.session.query(Answer).all()

    assert (left.theme_id, left.theme_en) == (None, None)
    assert queries.themes() == []
