"""What the page of a case says of clocks, causes, templates and changes that somebody missed."""

import pytest

from site_api.database import db, write
from site_api.feedback import following
from site_api.feedback.models import Feedback
from site_api.installation import installation
from site_api.reviewers.models import Role
from tests.documents import read
from tests.forms import fields_of
from tests.site_api.portal import Desk, add_reviewer
from tests.site_api.stories import answer

TEMPLATE = {
    "title": "Terima kasih",
    "outcome": "done",
    "text_id": "Terima kasih. Kami sudah menambah satu regu.",
}


@pytest.fixture
def desk(app) -> Desk:
    add_reviewer("sari")
    return Desk(app.test_client(), "sari")


@pytest.fixture
def damkar(app) -> Desk:
    add_reviewer("budi", Role.AGENCY, "damkar")
    return Desk(app.test_client(), "budi")


def main_of(response):
    return read(response.text).one("main").text


def promise(day="2026-12-08"):
    write(lambda c: c.exec_driver_sql("UPDATE feedback SET answer_by = ?", (day,)).rowcount)


def again(case):
    db.session.rollback()
    db.session.expire_all()
    return db.session.get(Feedback, case.id)


def test_a_clock_counts_days_and_working_days(desk, verified, clock):
    place = f"masukan/{verified().number}"
    promise()
    told = main_of(desk.get(place))
    assert "sisa 14 hari (10 hari kerja)" in told
    assert "60 hari: 23 Januari 2027" in told
    assert "60 hari kerja: 19 Februari 2027" in told

    promise("2026-11-19")
    assert "terlambat 5 hari (3 hari kerja)" in main_of(desk.get(place))


def test_a_stay_that_was_late_stays_so_on_the_page(desk, assigned, clock):
    case = assigned("damkar")
    place = f"masukan/{case.number}"
    assert "Batas kerja kami di Damkar" in main_of(desk.get(place))
    write(lambda c: c.exec_driver_sql("UPDATE feedback_stays SET due_by = '2026-11-19'").rowcount)
    desk.post(f"{place}/teruskan", agency="dinkes", reason="Bukan bagian mereka")

    assert "lewat batas kerja kami 3 hari kerja" in main_of(desk.get(place))


def test_an_answer_is_put_off_on_the_page_and_the_citizen_is_told(client, desk, verified):
    case = verified()
    promise()
    place = f"masukan/{case.number}"
    wrong = desk.post(f"{place}/perpanjang", answer_by="2027-06-01", reason="Kami masih mengukur")
    assert wrong.status_code == 422
    assert "Paling lambat 2027-01-23" in main_of(wrong)

    assert desk.post(f"{place}/perpanjang", answer_by="2027-01-20", reason="Kami masih mengukur").status_code
    assert "20 Januari 2027" in main_of(desk.get(place))
    assert "perpanjang" not in {a.attributes["action"].rsplit("/")[-1] for a in forms(desk.get(place))}


def forms(response):
    return [form for form in read(response.text).all("form") if "action" in form.attributes]


def test_a_note_is_read_by_the_own_office_alone(desk, damkar, assigned):
    place = f"masukan/{assigned('damkar').number}"

    assert desk.post(f"{place}/catatan", note="Sudah kami telepon posnya.").status_code == 303

    assert "Sudah kami telepon posnya." in main_of(desk.get(place))
    assert "Sudah kami telepon" not in damkar.get(place).text


def test_words_of_staff_are_marked_as_indonesian_on_an_english_page(desk, assigned):
    place = f"masukan/{assigned('dinkes').number}"
    note, put_off, erase = "Sudah kami telepon.", "Kami masih mengukur", "Penulis meminta lewat telepon"
    promise()
    desk.post(f"{place}/catatan", note=note)
    desk.post(f"{place}/perpanjang", answer_by="2027-01-20", reason=put_off)
    desk.post(f"{place}/hapus", reason=erase)
    waiting = spoken(desk, place)
    said = answer(text_en="We have measured.", summary_en="A citizen told us.")
    desk.post(f"{place}/jawab", **said.model_dump(mode="json", exclude_none=True))
    answered = spoken(desk, place)

    assert {waiting[one] for one in (note, put_off, erase, "Tentang petugasnya")} == {"id"}
    assert (answered[said.text_id], answered[said.text_en]) == ("id", "en")


def spoken(desk, place):
    """Give the language of each text that the English page of a case marks with one."""
    marked = read(desk.client.get(f"/en/tinjau/{place}").text).one("main").walk()
    return {one.text: one.attributes["lang"] for one in marked if "lang" in one.attributes}


@pytest.mark.parametrize(("by", "said"), [("public", "Ditarik penulis"), ("tini", "Dihapus petugas")])
def test_the_page_and_the_list_tell_who_ended_a_case_that_was_erased(desk, assigned, by, said):
    case = assigned()
    following.erase(installation(), again(case), by)

    assert said in main_of(desk.get(f"masukan/{case.number}"))
    assert said in main_of(desk.get("selesai"))


def test_whoever_answers_about_itself_is_told_that_it_is_a_draft(desk, damkar, assigned):
    place = f"masukan/{assigned('damkar').number}"

    assert "menjadi konsep" in main_of(damkar.get(place))
    assert "menjadi konsep" not in main_of(desk.get(place))
    assert "perlu tanda tangan petugas dari kantor lain" in main_of(desk.get(place))


def test_the_inspectorate_alone_is_offered_the_operators_for_what_is_about_them(app, verified):
    add_reviewer("ira", Role.INSPECTORATE)
    inspector = Desk(app.test_client(), "ira")
    place = f"masukan/{verified(was_disbelieved=True).number}"

    assert 'value="diskominfo"' in inspector.get(place).text


def test_desks_keep_templates_and_an_answer_begins_with_one(desk, damkar, assigned):
    assert desk.post("contoh-jawaban/", **TEMPLATE).status_code == 303
    assert "Terima kasih" in main_of(desk.get("contoh-jawaban/"))
    assert damkar.get("contoh-jawaban/").status_code == 403

    number = assigned("damkar").number
    page = damkar.get(f"masukan/{number}?contoh=1")
    typed = fields_of(page, f"/tinjau/masukan/{number}/jawab")
    assert (typed["outcome"], typed["text_id"]) == ("done", TEMPLATE["text_id"])
    assert damkar.get(f"masukan/{number}?contoh=99").status_code == 404
    assert damkar.get(f"masukan/{number}?contoh=x").status_code == 200


def test_a_template_is_changed_and_removed_by_who_has_seen_it_as_it_is(desk):
    desk.post("contoh-jawaban/", **TEMPLATE)
    changed = TEMPLATE | {"title": "Sudah selesai", "version": "1"}

    assert desk.post("contoh-jawaban/1", **changed).status_code == 303
    late = desk.post("contoh-jawaban/1", **changed | {"text_id": "Tulisan saya yang terlambat."})
    assert late.status_code == 409
    assert "Tulisan saya yang terlambat." in late.text
    assert desk.post("contoh-jawaban/1/hapus", version="1").status_code == 409
    assert desk.post("contoh-jawaban/1/hapus", version="2").status_code == 303
    assert "Belum ada contoh." in main_of(desk.get("contoh-jawaban/"))


def test_a_template_that_cannot_be_kept_is_told_by_field(desk):
    page = desk.post("contoh-jawaban/", **TEMPLATE | {"text_id": "Telepon 081234567890"})

    assert page.status_code == 422
    assert fields_of(page, "/tinjau/contoh-jawaban/")["title"] == "Terima kasih"


def test_who_was_too_late_reads_what_changed_and_still_has_the_words(desk, damkar, assigned):
    case = assigned("damkar", kind="suggestion")
    place, version = f"masukan/{case.number}", str(case.version)
    words = {"outcome": "done", "text_id": "Jawaban saya yang panjang.", "summary_id": "Ringkasan saya."}
    desk.post(f"{place}/pesan", message="Kami sedang membaca masukan Anda.")
    desk.post(f"{place}/jawab", **words | {"text_id": "Jawaban dari meja triase."})

    late = damkar.post(f"{place}/jawab", **words, version=version)

    assert late.status_code == 409
    told = main_of(late)
    assert "ada pesan (sari, " in told
    assert "dijawab (sari, " in told
    assert "Jawaban saya yang panjang." in told


def test_who_lost_the_case_while_writing_still_has_the_words(desk, damkar, assigned):
    case = assigned("damkar")
    place, version = f"masukan/{case.number}", str(case.version)
    desk.post(f"{place}/teruskan", agency="dinkes", reason="Bukan bagian mereka")

    late = damkar.post(f"{place}/jawab", text_id="Jawaban saya yang panjang.", version=version)

    assert late.status_code == 404
    assert "Jawaban saya yang panjang." in main_of(late)
    assert damkar.post("masukan/M-000000/jawab", text_id="Jawaban saya.").status_code == 404
    assert damkar.post(f"{place}/jawab").status_code == 404
