import pytest

from charter_data.vocabulary import Intake
from site_api.database import db, write
from site_api.feedback import workflow
from site_api.feedback.models import Feedback, State
from site_api.feedback.schemas import Verification
from site_api.installation import installation
from tests.documents import read
from tests.forms import code_in, fields_of
from tests.site_api.stories import TRIAGE, answer

BOTH = pytest.mark.parametrize("base", ["", "/en"])
STORY = "Ambulans datang setelah dua puluh menit.\nKorban menunggu di tepi jalan."


def filled(response, base="", **changes):
    """Fill the form as a citizen would, and leave what stands in it."""
    typed = {"happened": "past", "kind": "complaint", "message": STORY, "may_publish": "yes"}
    return fields_of(response, f"{base}/masukan/lanjut") | typed | changes


def cases():
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(Feedback).all()


@BOTH
def test_from_form_to_answer_without_a_script(client, base):
    form = client.get(f"{base}/masukan?clause=KLL.serentak&service=KLL")
    receipt = client.post(f"{base}/masukan", data=filled(form, base))
    code = code_in(receipt)

    status = client.post(f"{base}/lacak", data={"tracking_code": code})

    (case,) = cases()
    assert receipt.status_code == 201
    assert (case.clause, case.service, case.text) == ("KLL.serentak", "KLL", STORY)
    assert (case.language, case.may_publish, case.may_pass_on) == ("en" if base else "id", True, False)
    assert case.number in read(status.text).text
    assert ("Not read yet" if base else "Belum dibaca") in status.text


@BOTH
def test_every_page_begins_with_112(client, base):
    for address in ("/masukan", "/masukan/panggilan-palsu", "/lacak", "/tinjau/masuk"):
        page = read(client.get(f"{base}{address}").text)

        first = page.one("body").all("a")[:2]
        assert "tel:112" in [link.attributes["href"] for link in first], address
        assert page.one("html").attributes["lang"] == ("en" if base else "id")


@BOTH
def test_from_every_page_one_tap_opens_the_numbers_for_when_112_does_not_connect(client, base):
    said = installation().charter.texts.emergency_page
    language = "en" if base else "id"
    for address in ("/masukan", "/masukan/panggilan-palsu", "/lacak", "/tinjau/masuk"):
        header = read(client.get(f"{base}{address}").text).one("header")

        fold = header.one("details")
        assert fold.one("summary").text == getattr(said.no_answer_title, language), address
        called = [link.attributes["href"] for link in fold.all("a")][: len(said.no_answer_numbers)]
        assert called == [f"tel:{item.number}" for item in said.no_answer_numbers]
        for words in (said.no_answer_note, said.cannot_speak, said.free_call.text):
            assert getattr(words, language) in fold.text
        assert "16 Mei 2019" in fold.text or "16 May 2019" in fold.text


def test_the_form_knows_the_clause_it_was_opened_from(client):
    form = client.get("/masukan?clause=KBK.siap&service=KBK")

    sent = fields_of(form, "/masukan/lanjut")
    assert (sent["clause"], sent["service"]) == ("KBK.siap", "KBK")
    assert "Damkar siap memadamkan" in read(form.text).one("main").text


def test_an_old_address_with_a_clause_that_is_gone_still_opens_the_form(client):
    form = client.get("/masukan?clause=KBK.sudah-dicabut&service=XYZ")

    assert form.status_code == 200
    assert "clause" not in fields_of(form, "/masukan/lanjut")


def test_a_sensitive_service_is_opened_without_its_name_in_an_address(client):
    form = client.post("/masukan/mulai", data={"clause": "BKL.damping", "service": "BKL"})

    page = read(form.text)
    assert page.one("title").text == "" or "keluarga" not in page.one("title").text.lower()
    assert "district" not in fields_of(form, "/masukan/lanjut")
    receipt = client.post("/masukan", data=filled(form))
    assert receipt.status_code == 201
    (case,) = cases()
    assert (case.service, case.clause, case.is_sensitive) == ("BKL", "BKL.damping", True)
    assert "titipkan" in receipt.text


def test_each_form_has_a_key_of_its_own(client):
    keys = {fields_of(client.get("/masukan"), "/masukan/lanjut")["idempotency_key"] for _ in range(5)}

    assert len(keys) == 5


def test_a_form_that_is_sent_twice_gives_the_same_receipt(client):
    typed = filled(client.get("/masukan"))

    first, second = (client.post("/masukan", data=typed) for _ in range(2))

    assert code_in(first) == code_in(second)
    assert len(cases()) == 1


def test_what_was_typed_is_still_there_when_something_is_wrong(client):
    typed = filled(client.get("/masukan"), message="pendek", confidential="yes")

    again = client.post("/masukan", data=typed)

    kept = fields_of(again, "/masukan")
    assert again.status_code == 422
    typed.pop("question")
    assert {name: kept.get(name) for name in typed} == typed
    assert cases() == []


def test_faults_of_a_whole_form_are_listed_on_top_and_lead_to_their_buttons(client):
    typed = filled(client.get("/masukan"), message="pendek", occurred_on="besok")
    typed.pop("kind")

    page = read(client.post("/masukan", data=typed).text)

    links = [
        link.attributes["href"]
        for link in page.one("main").all("a")
        if link.attributes["href"].startswith("#")
    ]
    assert set(links) == {"#change-message", "#change-occurred_on", "#change-kind"}
    for link in links:
        assert page.by_id(link[1:]).attributes["name"] == "change"


def test_what_happens_now_is_first_answered_with_112_and_nothing_is_lost(client):
    typed = filled(client.get("/masukan?clause=KLL.serentak&service=KLL"), happened="now")

    urgent = client.post("/masukan", data=typed)

    assert urgent.status_code == 200
    assert "Tutup formulir ini dan telepon 112" in urgent.text
    assert cases() == []
    kept = fields_of(urgent, "/masukan")
    receipt = client.post("/masukan", data=kept)
    assert receipt.status_code == 201
    (case,) = cases()
    assert (case.happened, case.text, case.clause) == ("now", STORY, "KLL.serentak")
    assert "tel:112" in read(receipt.text).one("main").all("a")[0].attributes["href"]


def test_the_pilot_promises_no_date_and_says_that_it_is_no_formal_complaint(client):
    form = client.get("/masukan")
    check = client.post(
        "/masukan/lanjut", data=filled(form) | {"question": "permissions", "may_pass_on": "no"}
    )

    receipt = client.post("/masukan", data=filled(form))

    for page in (check, receipt):
        assert "belum bisa menjanjikan tanggal" in page.text
        assert "belum menjadi pengaduan resmi" in page.text


def test_an_open_intake_names_the_dates(make_app, open_charter):
    client = make_app(open_charter).test_client()
    receipt = client.post("/masukan", data=filled(client.get("/masukan")))

    assert "27 November 2026" in receipt.text
    assert "8 Desember 2026" in receipt.text
    assert "menjanjikan tanggal" not in receipt.text


def test_a_closed_intake_says_so_on_a_page_that_begins_with_112(make_app, city_charter):
    info = city_charter.info.model_copy(update={"intake": Intake.CLOSED})
    client = make_app(city_charter.model_copy(update={"info": info})).test_client()

    page = client.get("/masukan", headers={"Accept": "text/html"})

    assert page.status_code == 403
    assert "tel:112" in page.text


@pytest.mark.parametrize("code", ["", "ABCD", "0000-0000-0000-0000"])
def test_a_wrong_code_is_told_on_the_page_itself(client, code):
    page = client.post("/lacak", data={"tracking_code": code})

    assert page.status_code == 404
    assert "16 tanda" in page.text


def test_neither_code_nor_text_stands_in_an_address(client):
    receipt = client.post("/masukan", data=filled(client.get("/masukan")))
    code = code_in(receipt)
    status = client.post("/lacak", data={"tracking_code": code})

    assert (receipt.status_code, status.status_code) == (201, 200)
    for page in (receipt, status):
        links = [link.attributes.get("href", "") for link in read(page.text).all("a", "link", "form")]
        assert not any(code in link or code.replace("-", "") in link for link in links)


def test_no_page_of_the_app_is_kept_by_a_cache(client):
    receipt = client.post("/masukan", data=filled(client.get("/masukan")))
    for response in (client.get("/masukan"), client.get("/lacak"), receipt):
        assert response.headers["Cache-Control"] == "no-store"


@BOTH
def test_the_writer_reads_answer_and_outcome_by_code(client, base):
    code = code_in(client.post(f"{base}/masukan", data=filled(client.get(f"{base}/masukan"), base)))
    (case,) = cases()
    workflow.verify(installation(), TRIAGE, case, Verification(kind=case.kind))
    reply = answer(outcome="planned", planned_on="2026-12-31", text_en=None)
    workflow.answer(installation(), TRIAGE, case, reply)

    page = read(client.post(f"{base}/lacak", data={"tracking_code": code}).text)

    assert ("31 December 2026" if base else "31 Desember 2026") in page.text
    said = [one for one in page.walk() if "menambah satu regu" in one.text and not one.elements]
    assert said
    if base:
        assert any(one.attributes.get("lang") == "id" and "menambah satu" in one.text for one in page.walk())


def test_a_writer_takes_feedback_back_by_code(client):
    code = code_in(client.post("/masukan", data=filled(client.get("/masukan"))))
    status = client.post("/lacak", data={"tracking_code": code})

    after = client.post("/lacak/tarik", data=fields_of(status, "/lacak/tarik"))

    assert "Anda menarik masukan ini" in after.text
    assert cases()[0].state is State.WITHDRAWN
    assert "/lacak/tarik" not in after.text


def test_a_form_whose_text_cannot_be_stored_keeps_the_text(client):
    write(lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 1"))
    form = client.get("/masukan")
    response = client.post("/masukan", data=filled(form, message="panjang " * 450))
    while response.status_code == 201:
        response = client.post("/masukan", data=filled(client.get("/masukan"), message="panjang " * 450))

    assert response.status_code == 503
    assert "panjang panjang" in fields_of(response, "/masukan")["message"]


def test_markup_in_a_text_stays_text(client):
    nasty = '<script>alert(1)</script><b onclick=x>tebal</b> "kutip" {{ 7*7 }}'

    again = client.post(
        "/masukan", data=filled(client.get("/masukan"), message=nasty, occurred_on="2027-01-01")
    )

    assert fields_of(again, "/masukan")["message"] == nasty
    assert "<script>alert" not in again.text


@BOTH
@pytest.mark.parametrize("address", ["/masukan", "/masukan/panggilan-palsu", "/lacak"])
def test_a_form_weighs_at_most_thirty_kilobytes(client, base, address):
    assert len(client.get(f"{base}{address}").data) < 30_000


@pytest.mark.parametrize("address", ["/masukan", "/masukan/panggilan-palsu", "/lacak"])
def test_a_part_of_a_form_without_a_name_is_passed_over(client, address):
    parts = [b"--XX", b"Content-Disposition: form-data", b"", b"tanpa nama", b"--XX--", b""]

    response = client.post(address, data=b"\r\n".join(parts), content_type="multipart/form-data; boundary=XX")

    assert response.status_code in (404, 422)


def test_a_case_that_lies_with_an_agency_of_an_older_charter_can_still_be_read(
    make_app, city_charter, client
):
    code = code_in(client.post("/masukan", data=filled(client.get("/masukan"))))
    write(
        lambda c: c.exec_driver_sql("UPDATE feedback SET state = 'assigned', agency = 'kantor_lama'").rowcount
    )
    write(
        lambda c: (
            c.exec_driver_sql(
                "INSERT INTO feedback_stays (feedback_id, agency, reason, started_at, started_by)"
                " VALUES (1, 'kantor_lama', 'Dulu', '2026-11-24T08:00:00Z', 'sari')"
            ).rowcount
        )
    )

    status = client.post("/lacak", data={"tracking_code": code})

    assert status.status_code == 200
    assert "kantor_lama" in status.text
