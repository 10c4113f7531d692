"""The feedback form as it is walked, one question a page."""

import pytest
from sqlalchemy import select

from charter_data.vocabulary import Intake
from site_api.database import db
from site_api.feedback.models import Feedback
from site_api.feedback.questions import suggests_danger
from site_api.form_tokens import HONEYPOT
from site_api.reviewers.models import Role
from site_api.texts import Texts
from tests.documents import read
from tests.forms import all_fields_of, code_in, fields_of, go_on
from tests.site_api.portal import Desk, add_reviewer

ADDRESS = "/masukan"
STORY = "Ambulans datang setelah dua puluh menit.\nKorban menunggu di tepi jalan."
ANSWERS = {
    "when": {"happened": "past"},
    "what": {"kind": "complaint"},
    "service": {"service": "KLL"},
    "quiet": {"confidential": "no"},
    "story": {"message": STORY},
    "danger": {"in_danger": "no"},
    "date": {"occurred_on": "2026-11-20"},
    "district": {"district_unknown": "yes"},
    "permissions": {"may_publish": "yes", "may_pass_on": "no"},
}


def question_of(page):
    """Give the name of the question that a page asks; "check" on the last page."""
    names = [
        one.attributes.get("value")
        for one in read(page.text).all("input")
        if one.attributes.get("name") == "question"
    ]
    return names[0] if names else "check"


def walk(client, page, base="", until="check", **changes):
    """Answer question after question, and give the wanted page with the names of those on the way."""
    answers, asked = ANSWERS | changes, []
    while (name := question_of(page)) != until:
        asked.append(name)
        page = go_on(client, page, f"{base}{ADDRESS}", **answers[name])
        assert page.status_code == 200, asked
        assert len(asked) < 12, asked
    return page, asked


def case():
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(Feedback)).one()


@pytest.mark.parametrize("base", ["", "/en"])
def test_a_feedback_goes_from_the_first_question_over_the_check_page_into_the_queue(client, clock, base):
    check, asked = walk(client, client.get(f"{base}{ADDRESS}"), base)
    clock.forward(minutes=3)

    receipt = client.post(f"{base}{ADDRESS}", data=fields_of(check, f"{base}{ADDRESS}"))

    assert asked == [name for name in ANSWERS if name != "danger"]
    assert receipt.status_code == 201
    kept = case()
    assert (kept.happened, kept.kind, kept.service, kept.text) == ("past", "complaint", "KLL", STORY)
    assert (kept.may_publish, kept.may_pass_on, kept.is_sensitive, kept.was_disbelieved) == (
        True,
        False,
        False,
        False,
    )
    assert (kept.occurred_on.isoformat(), kept.district) == ("2026-11-20", None)
    assert kept.held_at is None


def test_the_last_page_sent_twice_is_stored_once(client):
    check, _ = walk(client, client.get(ADDRESS))
    typed = fields_of(check, ADDRESS)

    codes = {code_in(client.post(ADDRESS, data=typed)) for _ in range(2)}

    assert len(codes) == 1
    assert case()


def test_key_token_and_trap_come_from_the_first_page(client, clock):
    first = client.get(ADDRESS)
    clock.forward(minutes=2)
    page = go_on(client, first, ADDRESS, happened="past", **{HONEYPOT: "https://contoh.id"})
    check, _ = walk(client, page)

    begun, ended = fields_of(first, f"{ADDRESS}/lanjut"), fields_of(check, ADDRESS)
    for name in ("idempotency_key", "form_token"):
        assert begun[name] == ended[name]
    assert ended[HONEYPOT] == "https://contoh.id"


def test_no_answer_is_chosen_beforehand(client):
    page = client.get(ADDRESS)
    while (name := question_of(page)) != "check":
        marked = [
            one
            for one in read(page.text).all("input", "option")
            if {"checked", "selected"} & set(one.attributes)
        ]
        assert marked == [], name
        page = go_on(client, page, ADDRESS, **ANSWERS[name])


@pytest.mark.parametrize(
    ("name", "answers", "fields"),
    [
        ("when", {}, ["happened"]),
        ("when", {"happened": "kemarin"}, ["happened"]),
        ("what", {"kind": ""}, ["kind"]),
        ("service", {}, ["service"]),
        ("service", {"service": "XYZ"}, ["service"]),
        ("quiet", {}, ["confidential"]),
        ("story", {"message": "pendek"}, ["message"]),
        ("story", {"message": "Hubungi saya di 0812-3456-7890"}, ["message"]),
        ("date", {"occurred_on": ""}, ["occurred_on"]),
        ("date", {"occurred_on": "2027-01-01"}, ["occurred_on"]),
        ("date", {"occurred_on": "besok"}, ["occurred_on"]),
        ("date", {"occurred_on": "2026-11-20", "occurred_on_unknown": "yes"}, ["occurred_on"]),
        ("district", {}, ["district"]),
        ("district", {"district": "999"}, ["district"]),
        ("permissions", {"may_publish": "yes"}, ["may_pass_on"]),
        ("permissions", {}, ["may_publish", "may_pass_on"]),
    ],
)
def test_an_answer_is_held_to_its_question_at_once_and_stays_on_the_page(client, name, answers, fields):
    page, _ = walk(client, client.get(ADDRESS), until=name)

    again = go_on(client, page, ADDRESS, **answers)

    shown = read(again.text)
    links = [link.attributes["href"] for link in shown.one("main").one("ul").all("a")]
    assert again.status_code == 422
    assert question_of(again) == name
    assert links == [f"#{field}" for field in fields]
    assert all(shown.by_id(field) for field in fields)
    assert shown.one("title").text.startswith("Belum terkirim: ")
    kept = fields_of(again, f"{ADDRESS}/lanjut")
    if name in ("story", "date"):
        assert {field: kept.get(field) for field in answers} == answers
    assert {**fields_of(page, f"{ADDRESS}/lanjut"), **kept} == kept


def test_back_keeps_what_was_typed_even_if_it_has_faults(client):
    page, _ = walk(client, client.get(ADDRESS), until="story")

    back = go_on(client, page, ADDRESS, message="pendek", back="yes")
    forth = go_on(client, back, ADDRESS)

    assert (question_of(back), question_of(forth)) == ("quiet", "story")
    assert fields_of(forth, f"{ADDRESS}/lanjut")["message"] == "pendek"


def test_an_answer_is_changed_from_the_check_page_and_leads_back_to_it(client):
    check, _ = walk(client, client.get(ADDRESS))
    typed = fields_of(check, ADDRESS)

    page = client.post(f"{ADDRESS}/lanjut", data=typed | {"change": "service"})
    assert question_of(page) == "service"
    again = go_on(client, page, ADDRESS, service="unknown")

    assert question_of(again) == "check"
    assert client.post(ADDRESS, data=fields_of(again, ADDRESS)).status_code == 201
    assert case().service is None


def test_from_a_clause_its_service_is_known_and_not_asked(client):
    for query in ("clause=KLL.serentak&service=KLL", "clause=KLL.serentak", "service=KLL"):
        check, asked = walk(client, client.get(f"{ADDRESS}?{query}"))
        assert "service" not in asked
        assert fields_of(check, ADDRESS)["service"] == "KLL"


def test_a_clause_of_all_services_leaves_the_service_open(client):
    _, asked = walk(client, client.get(f"{ADDRESS}?clause=UMUM.angkat"))

    assert "service" in asked


def test_an_idea_has_no_date_and_no_place_and_no_true_call(client):
    page, _ = walk(client, client.get(ADDRESS), until="what", when={"happened": "idea"})
    assert "disbelieved" not in page.text

    _, asked = walk(client, page, what={"kind": "suggestion"})

    assert not {"date", "district"} & set(asked)


def test_a_true_call_that_was_doubted_is_a_complaint_with_a_mark_of_its_own(client, clock):
    check, _ = walk(client, client.get(ADDRESS), what={"kind": "disbelieved"})
    clock.forward(minutes=3)
    code = code_in(client.post(ADDRESS, data=fields_of(check, ADDRESS)))

    assert (case().kind, case().was_disbelieved) == ("complaint", True)
    kept = client.post("/api/v1/feedback/export", json={"tracking_code": code}).json
    assert kept["was_disbelieved"] is True
    add_reviewer("sari", Role.INSPECTORATE)
    desk = Desk(client.application.test_client(), "sari")
    assert "tidak dipercaya" in desk.get("").text
    assert "tidak dipercaya" in desk.get(f"masukan/{case().number}").text


def test_the_mark_goes_with_another_kind(client):
    page, _ = walk(client, client.get(ADDRESS), until="service", what={"kind": "disbelieved"})
    back = go_on(client, page, ADDRESS, back="yes")
    assert fields_of(back, f"{ADDRESS}/lanjut")["kind"] == "disbelieved"

    forth = go_on(client, back, ADDRESS, kind="complaint")

    assert "was_disbelieved" not in fields_of(forth, f"{ADDRESS}/lanjut")


@pytest.mark.parametrize("kind", ["praise", "suggestion"])
def test_only_a_complaint_can_say_that_nobody_believed(client, kind):
    sent = {"kind": kind, "message": STORY, "happened": "past", "may_publish": True, "may_pass_on": False}

    refused = client.post("/api/v1/feedback", json=sent | {"was_disbelieved": True})

    assert refused.status_code == 422
    assert [fault["pointer"] for fault in refused.json["errors"]] == ["/was_disbelieved"]


@pytest.mark.parametrize("changes", [{"quiet": {"confidential": "yes"}}, {"service": {"service": "BKL"}}])
def test_what_is_sensitive_has_neutral_pages_with_a_way_out_and_no_district(client, changes):
    page, asked = walk(client, client.get(ADDRESS), until="story", **changes)
    assert ("quiet" in asked) == ("quiet" in changes)
    seen = []
    while question_of(page) != "check":
        seen.append(question_of(page))
        shown = read(page.text)
        assert shown.one("title").text == "Masukan"
        assert "p-leave__go" in page.text
        assert "tel:129" in [link.attributes.get("href") for link in shown.one("main").all("a")]
        assert "Jika bahaya masih ada" in shown.one("main").text
        page = go_on(client, page, ADDRESS, **ANSWERS[seen[-1]])
    assert seen == ["story", "date", "permissions"]
    receipt = client.post(ADDRESS, data=fields_of(page, ADDRESS))
    assert "Jika bahaya masih ada" in receipt.text
    assert "titipkan" in receipt.text
    assert case().is_sensitive
    assert "Jika bahaya masih ada" in client.post("/lacak", data={"tracking_code": code_in(receipt)}).text


def test_a_district_that_was_told_goes_when_it_becomes_confidential(client):
    (district, *_) = client.application.extensions["piagam112"].charter.area.district
    check, _ = walk(client, client.get(ADDRESS), district={"district": district})
    assert fields_of(check, ADDRESS)["district"] == district

    page = client.post(f"{ADDRESS}/lanjut", data=fields_of(check, ADDRESS) | {"change": "quiet"})
    again = go_on(client, page, ADDRESS, confidential="yes")

    assert "district" not in fields_of(again, ADDRESS)


def test_now_shows_the_numbers_keeps_nothing_and_blocks_nothing(client):
    numbers = go_on(client, client.get(ADDRESS), ADDRESS, happened="now")

    assert "Tutup formulir ini dan telepon 112" in numbers.text
    page = client.post(f"{ADDRESS}/lanjut", data=fields_of(numbers, f"{ADDRESS}/lanjut"))
    check, asked = walk(client, page, story={"message": "Tolong saya, masih dipukul."})
    assert asked[0] == "what"
    assert "danger" not in asked
    assert db.session.query(Feedback).count() == 0
    assert client.post(ADDRESS, data=fields_of(check, ADDRESS)).status_code == 201


DANGER = {"message": "Tetangga saya masih dipukul di rumahnya."}


def test_words_of_danger_lead_to_one_soft_question(client):
    check, asked = walk(client, client.get(ADDRESS), story=DANGER)

    assert asked[asked.index("story") + 1] == "danger"
    page = client.post(f"{ADDRESS}/lanjut", data=fields_of(check, ADDRESS) | {"change": "story"})
    assert question_of(go_on(client, page, ADDRESS, message=DANGER["message"] + " Tolong kami.")) == "check"


def test_danger_shows_the_numbers_and_keeps_the_text(client):
    page, _ = walk(client, client.get(ADDRESS), until="danger", story=DANGER)

    numbers = go_on(client, page, ADDRESS, in_danger="yes")

    assert "tel:112" in numbers.text
    assert "Tutup formulir ini" in numbers.text
    kept = fields_of(numbers, f"{ADDRESS}/lanjut")
    assert kept["message"] == DANGER["message"]
    check, _ = walk(client, client.post(f"{ADDRESS}/lanjut", data=kept))
    assert client.post(ADDRESS, data=fields_of(check, ADDRESS)).status_code == 201
    assert case().text == DANGER["message"]


@pytest.mark.parametrize(
    "words",
    [
        "Tolong saya!",
        "Ia MASIH DIPUKUL.",
        "Adik saya ingin mati",
        "Someone is hitting her",
        "He locked me in.",
    ],
)
def test_words_of_danger_are_found_in_any_language(words):
    assert suggests_danger(Texts.load(), words)


@pytest.mark.parametrize(
    "words",
    [
        "Tolong sayangi petugas yang jaga malam.",
        "Tolong perbaiki lampu jalan di depan sekolah.",
        "Kebakaran itu sudah padam sebelum Damkar datang.",
        "Korban dipukul minggu lalu, dan polisi datang cepat.",
        "Jalan ini mematikan usaha kami.",
        "The fire was out when they came. Thank you for the help, men!",
        "My phone was locked and I called twice.",
        "Mohon nomor piket diumumkan.",
    ],
)
def test_other_words_raise_no_alarm(words):
    assert not suggests_danger(Texts.load(), words)


def test_steps_are_not_counted_as_submissions(make_app):
    page = make_app().test_client().post(f"{ADDRESS}/lanjut", data={"question": "when"})

    assert "RateLimit" not in page.headers


def test_a_closed_intake_takes_no_step(make_app, city_charter):
    info = city_charter.info.model_copy(update={"intake": Intake.CLOSED})
    client = make_app(city_charter.model_copy(update={"info": info})).test_client()

    for way in ("lanjut", "mulai", "panggilan-palsu/lanjut"):
        assert client.post(f"{ADDRESS}/{way}", data={"question": "when"}).status_code == 403


def test_what_no_question_asks_is_not_carried_on(client):
    page = client.post(f"{ADDRESS}/lanjut", data={"question": "when", "happened": "past", "warna": "biru"})

    assert "biru" not in page.text


@pytest.mark.parametrize("base", ["", "/en"])
def test_every_page_weighs_at_most_thirty_kilobytes_even_with_the_longest_story(client, base):
    page, story = client.get(f"{base}{ADDRESS}"), {"message": ("Damkar datang lama. " * 200)[:4000]}
    sizes = {}
    while (name := question_of(page)) != "check":
        sizes[name] = len(page.data)
        page = go_on(client, page, f"{base}{ADDRESS}", **(ANSWERS | {"story": story})[name])
    sizes["check"] = len(page.data)

    assert max(sizes.values()) < 30_000
    assert len(sizes) == 9


@pytest.mark.parametrize("base", ["", "/en"])
def test_titles_say_the_question_and_the_question_is_the_heading(client, base):
    page = client.get(f"{base}{ADDRESS}")
    while (name := question_of(page)) != "check":
        shown = read(page.text)
        heading = shown.one("h1").text
        assert shown.one("title").text.startswith(heading), name
        page = go_on(client, page, f"{base}{ADDRESS}", **ANSWERS[name])


def test_every_answer_stands_on_the_check_page_as_it_was_given(client):
    check, _ = walk(client, client.get(ADDRESS))

    told = read(check.text).one("dl").text
    for words in ("Sudah lewat", "Pengaduan", "20 November 2026", "Saya tidak tahu", "Korban menunggu", "Ya"):
        assert words in told
    carried = dict(all_fields_of(check, ADDRESS))
    assert carried["message"] == STORY
