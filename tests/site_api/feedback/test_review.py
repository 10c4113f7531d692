import pytest

from site_api.database import db, write
from site_api.feedback import following, review, workflow
from site_api.feedback.models import Feedback, State
from site_api.installation import installation
from site_api.reviewers.models import Role
from tests.documents import read
from tests.site_api.portal import Desk, add_reviewer, sign_in
from tests.site_api.rivals import rival

ANSWER = {
    "outcome": "done",
    "text_id": "Kami menambah satu regu jaga di kecamatan Anda.",
    "summary_id": "Warga menyampaikan bahwa Damkar datang lama.",
}


@pytest.fixture
def desk(app) -> Desk:
    add_reviewer("sari")
    return Desk(app.test_client(), "sari")


@pytest.fixture
def damkar(app) -> Desk:
    add_reviewer("budi", Role.AGENCY, "damkar")
    return Desk(app.test_client(), "budi")


def again(case):
    db.session.rollback()
    db.session.expire_all()
    return db.session.get(Feedback, case.id)


def test_a_case_goes_through_all_hands_in_the_portal(desk, damkar, submitted):
    case = submitted()
    place = f"masukan/{case.number}"

    steps = [
        desk.post(f"{place}/periksa", kind="suggestion", clause="KBK.siap", service="KBK"),
        desk.post(f"{place}/teruskan", agency="damkar", reason="Tentang regu jaga"),
        damkar.post(f"{place}/jawab", **ANSWER),
        desk.post(f"{place}/tayangkan"),
    ]

    assert [step.status_code for step in steps] == [303] * 4
    assert (again(case).state, again(case).is_published) == (State.ANSWERED, True)
    told = read(desk.get(place).text).one("main").text
    assert "Kami menambah satu regu jaga" in told
    assert "api sudah habis" in told


def test_staff_read_a_message_as_the_writers_and_are_not_told_that_it_is_their_own(desk, submitted):
    case = submitted()
    following.add_message(installation(), case, "Saya ingat satu hal lagi.")

    told = read(desk.get(f"masukan/{case.number}").text).one("main").text

    assert "Penulis, " in told
    assert "Anda, " not in told


def test_whoever_may_still_write_a_note_is_not_told_that_nothing_can_be_done(desk, submitted):
    place = f"masukan/{submitted().number}"
    desk.post(f"{place}/tolak", reason="spam")

    assert "Tidak ada yang bisa dilakukan" not in desk.get(place).text


def test_what_the_writer_did_is_told_as_the_writers(desk, submitted):
    case = submitted()
    workflow.withdraw(installation(), case)

    assert "penulis, " in read(desk.get(f"masukan/{case.number}").text).one("main").text


def test_a_reason_that_has_to_be_written_is_not_asked_for_as_a_choice(desk, submitted):
    page = desk.post(f"masukan/{submitted().number}/hapus")

    assert "Alasan: Isi dulu bagian ini." in page.get_data(as_text=True)


def test_a_second_publish_is_told_by_name(desk, answered):
    place = f"masukan/{answered().number}"
    assert desk.post(f"{place}/tayangkan").status_code == 303

    second = desk.post(f"{place}/tayangkan")

    assert second.status_code == 409
    assert "sudah" in read(second.text).one("main").text.lower()


def test_what_was_typed_into_an_answer_is_still_there_when_something_is_wrong(desk, verified):
    case = verified()

    page = desk.post(f"masukan/{case.number}/jawab", **ANSWER | {"outcome": "planned"})

    assert page.status_code == 422
    assert "Kami menambah satu regu jaga" in page.text
    assert again(case).state is State.VERIFIED


def test_who_is_late_is_told_what_the_case_has_become(desk, submitted):
    case = submitted()
    first, second = (
        desk.post(f"masukan/{case.number}/periksa", kind="praise", clause="KBK.siap") for _ in range(2)
    )

    assert (first.status_code, second.status_code) == (303, 409)


def test_an_agency_hands_a_case_on_and_no_longer_sees_it(damkar, assigned):
    case = assigned("damkar")

    moved = damkar.post(f"masukan/{case.number}/teruskan", agency="dinkes", reason="Bukan bagian kami")

    assert (moved.status_code, moved.location) == (303, "/tinjau/")
    assert damkar.get(f"masukan/{case.number}").status_code == 404
    assert case.number not in damkar.get("").text


@pytest.mark.parametrize("verb", ["teruskan", "jawab"])
def test_an_officer_who_loses_a_case_while_answering_is_told_and_does_not_see_it(app, damkar, assigned, verb):
    case = assigned("damkar")
    sent = {"jawab": ANSWER, "teruskan": {"agency": "polres", "reason": "Bukan bagian kami"}}[verb]

    with rival(app, "UPDATE feedback SET agency = 'dinkes'"):
        late = damkar.post(f"masukan/{case.number}/{verb}", **sent)

    assert late.status_code == 409
    assert "api sudah habis" not in late.text
    assert (again(case).state, again(case).agency) == (State.ASSIGNED, "dinkes")


@pytest.mark.parametrize("verb", ["teruskan", "jawab"])
def test_an_agency_does_not_act_on_the_case_of_another(damkar, assigned, verb):
    case = assigned("polres")
    sent = ANSWER | {"agency": "damkar", "reason": "Kami ambil saja"}

    assert damkar.post(f"masukan/{case.number}/{verb}", **sent).status_code == 404
    assert (again(case).state, again(case).agency) == (State.ASSIGNED, "polres")


def test_an_agency_that_answered_still_sees_its_case(damkar, assigned):
    case = assigned("damkar", kind="suggestion")

    done = damkar.post(f"masukan/{case.number}/jawab", **ANSWER)

    assert done.location == f"/tinjau/masukan/{case.number}"
    assert damkar.get(f"masukan/{case.number}").status_code == 200


def test_a_case_that_does_not_exist_is_not_found(desk):
    assert desk.get("masukan/M-000000").status_code == 404


def test_the_queue_shows_the_number_and_nothing_of_the_text(desk, submitted):
    case = submitted(message="Kalimat yang hanya ada di kasusnya sendiri.")

    queue = desk.get("").text

    assert case.number in queue
    assert "hanya ada di kasusnya" not in queue


def test_the_portal_speaks_english_too(app, submitted):
    add_reviewer("sari")
    client = app.test_client()
    assert sign_in(client, "sari", base="/en").location == "/en/tinjau/"

    page = read(client.get("/en/tinjau/").text)

    assert page.one("html").attributes["lang"] == "en"


def test_a_wrong_password_is_told_without_saying_what_is_wrong(app):
    add_reviewer("sari")
    pages = [sign_in(app.test_client(), *who) for who in (("sari", "salah" * 5), ("tidak-ada", "salah" * 5))]

    assert [page.status_code for page in pages] == [403, 403]
    texts = [read(page.text).one("main").text for page in pages]
    assert texts[0] == texts[1]


def test_a_case_that_lies_with_an_agency_of_an_older_charter_stops_nobody(desk, assigned):
    case = assigned("damkar")
    write(lambda c: c.exec_driver_sql("UPDATE feedback SET agency = 'kantor_lama'").rowcount)
    write(lambda c: c.exec_driver_sql("UPDATE feedback_stays SET agency = 'kantor_lama'").rowcount)

    for page in (desk.get(""), desk.get(f"masukan/{case.number}")):
        assert page.status_code == 200
        assert "kantor_lama" in page.text


@pytest.mark.parametrize("name", ["warna", "is_sensitive", "text_id", "kind", "agency"])
@pytest.mark.parametrize("verb", ["periksa", "teruskan", "jawab", "tolak"])
def test_a_field_that_no_form_has_is_told_and_breaks_nothing(desk, submitted, verified, verb, name):
    case = submitted() if verb == "periksa" else verified()

    page = desk.post(f"masukan/{case.number}/{verb}", **{name: "biru"})

    assert page.status_code == 422
    main = read(page.text).one("main")
    if name not in review.FORMS[verb].model_fields:
        assert f"{name}: " in main.text
    for link in main.all("a"):
        address = link.attributes["href"]
        assert not address.startswith("#") or read(page.text).by_id(address[1:])


@pytest.fixture
def second(app) -> Desk:
    add_reviewer("tini")
    return Desk(app.test_client(), "tini")


def test_a_decline_waits_on_the_page_and_in_the_queue_of_the_second_person(desk, second, submitted):
    place = f"masukan/{submitted().number}"
    assert desk.post(f"{place}/tolak", reason="unclear").status_code == 303

    told = read(desk.get(place).text).one("main").text
    assert "menunggu orang kedua" in told
    assert "Batalkan permintaan" in told
    assert "Menunggu keputusan Anda (1)" in second.get("").text
    assert "Menunggu keputusan Anda" not in desk.get("").text
    assert desk.post(f"{place}/persetujuan/1/setuju").status_code == 409

    assert second.post(f"{place}/persetujuan/1/setuju").status_code == 303
    assert "Tidak melanjutkan: disetujui" in second.get(place).text


def test_who_refuses_says_why_and_whoever_asked_reads_it(desk, second, submitted):
    place = f"masukan/{submitted().number}"
    desk.post(f"{place}/hapus", reason="Ada nama tetangga di dalamnya")

    empty = second.post(f"{place}/persetujuan/1/jangan", refused_because="")
    assert empty.status_code == 422
    (link,) = [a for a in read(empty.text).one("main").all("a") if a.attributes["href"].startswith("#")]
    assert read(empty.text).by_id(link.attributes["href"][1:])
    second.post(f"{place}/persetujuan/1/jangan", refused_because="Nama itu sudah umum diketahui")

    assert "Nama itu sudah umum diketahui" in desk.get(place).text


def test_a_draft_of_an_agency_reaches_the_citizen_once_a_desk_has_signed_it(desk, damkar, assigned):
    case = assigned("damkar")
    place = f"masukan/{case.number}"
    assert damkar.post(f"{place}/jawab", **ANSWER).status_code == 303
    assert again(case).state is State.ASSIGNED
    assert ANSWER["text_id"] in damkar.get(place).text

    assert desk.post(f"{place}/persetujuan/1/setuju").status_code == 303

    assert again(case).answer.text_id == ANSWER["text_id"]


def test_a_request_of_another_case_is_not_found(desk, second, submitted):
    desk.post(f"masukan/{submitted().number}/tolak", reason="unclear")

    assert second.post(f"masukan/{submitted().number}/persetujuan/1/setuju").status_code == 404
