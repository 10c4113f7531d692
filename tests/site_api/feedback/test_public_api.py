import json
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from uuid import uuid4

import pytest

from charter_data.vocabulary import Intake
from site_api.database import db, write
from site_api.feedback import workflow
from site_api.feedback.models import Feedback
from site_api.feedback.schemas import Verification
from site_api.installation import installation
from tests.site_api.stories import TRIAGE, answer, sent

FEEDBACK = "/api/v1/feedback"
TRACK = "/api/v1/track"
KEY = "kunci-acak-yang-cukup-panjang"


def post(client, body, key=None, **headers):
    named = {"Idempotency-Key": key} if key else {}
    return client.post(FEEDBACK, json=body, headers=named | headers)


def rows():
    db.session.rollback()
    return db.session.query(Feedback).count()


def test_a_receipt_names_code_number_and_time(client):
    response = post(client, sent())

    assert response.status_code == 201
    assert re.fullmatch(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}", response.json["tracking_code"])
    assert re.fullmatch(r"M-[0-9A-Z]{6}", response.json["number"])
    assert response.json["received_at"] == "2026-11-24T15:00:00+07:00"
    times = {"received_at", "verify_by", "answer_by"}
    assert set(response.json) == {"tracking_code", "number", "proof"} | times


def test_no_date_is_promised_in_the_pilot(client):
    receipt = post(client, sent()).json

    assert (receipt["verify_by"], receipt["answer_by"]) == (None, None)


def test_an_open_intake_promises_the_dates_of_the_charter(make_app, open_charter):
    client = make_app(open_charter).test_client()

    receipt = post(client, sent()).json

    # Three working days and fourteen days after Tuesday, 24 November 2026.
    assert (receipt["verify_by"], receipt["answer_by"]) == ("2026-11-27", "2026-12-08")


def test_what_was_sent_is_stored_under_public_codes(client):
    post(client, sent(district="1274030001", occurred_on="2026-11-20", language="en"))

    case = db.session.query(Feedback).one()

    assert (case.clause, case.service, case.district, case.state) == (
        "KBK.siap",
        "KBK",
        "1274030001",
        "received",
    )
    assert (case.channel, case.language, case.seal) == ("web", "en", installation().seal)


def test_an_event_going_on_is_stored_and_answered_with_the_emergency_number(client):
    response = post(client, sent(happened="now"))

    assert response.status_code == 201
    assert response.json["emergency"]["tel"] == "tel:112"
    assert rows() == 1


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"clause": "KBK.tidak-ada"}, "/clause"),
        ({"service": "XYZ"}, "/service"),
        ({"service": "KDR", "clause": None}, "/service"),
        ({"service": "KLL"}, "/service"),
        ({"district": "9999999999"}, "/district"),
        ({"occurred_on": "2026-11-25"}, "/occurred_on"),
        ({"occurred_on": "24-11-2026"}, "/occurred_on"),
        ({"occurred_on": 1}, "/occurred_on"),
        ({"message": "pendek"}, "/message"),
        ({"message": "x" * 4001}, "/message"),
        ({"message": "Telepon saya di 081234567890 ya"}, "/message"),
        ({"message": "huruf \u202e terbalik di sini"}, "/message"),
        ({"message": None}, "/message"),
        ({"kind": "COMPLAINT"}, "/kind"),
        ({"happened": "yesterday"}, "/happened"),
        ({"may_publish": "yes"}, "/may_publish"),
        ({"language": "de"}, "/language"),
        ({"phone": "112"}, "/phone"),
    ],
)
def test_a_field_that_cannot_be_right_is_named_and_nothing_is_stored(client, change, pointer):
    response = post(client, sent(**change))

    assert response.status_code == 422
    assert response.mimetype == "application/problem+json"
    assert response.json["type"] == "urn:piagam112:invalid"
    assert [error["pointer"] for error in response.json["errors"]] == [pointer]
    assert response.json["emergency"]["number"] == "112"
    assert rows() == 0


def test_all_faults_are_named_at_once_in_the_language_of_the_client(client):
    response = post(client, {"kind": "complaint", "message": "x"}, **{"Accept-Language": "en"})

    assert [error["pointer"] for error in response.json["errors"]] == [
        "/message",
        "/happened",
        "/may_publish",
        "/may_pass_on",
    ]
    assert "at least 10 characters" in response.json["errors"][0]["detail"]
    assert response.headers["Content-Language"] == "en"


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"null", b'{"kind": "complaint"', b"\xff\xfe"])
def test_broken_json_is_named_and_nothing_is_stored(client, body):
    response = client.post(FEEDBACK, data=body, content_type="application/json")

    assert (response.status_code, response.json["type"]) == (400, "about:blank")
    assert rows() == 0


def test_another_type_of_body_is_named(client):
    response = client.post(FEEDBACK, data=sent())

    assert (response.status_code, response.json["status"]) == (415, 415)


def test_a_body_of_ten_megabytes_is_read_dropped_and_refused(client):
    response = client.post(FEEDBACK, data=b"x" * 10_000_000, content_type="application/json")

    assert response.status_code == 413
    assert response.json["emergency"]["number"] == "112"
    assert rows() == 0


def test_a_closed_intake_refuses_by_name(make_app, city_charter):
    closed = city_charter.info.model_copy(update={"intake": Intake.CLOSED})
    client = make_app(city_charter.model_copy(update={"info": closed})).test_client()

    response = post(client, sent())

    assert (response.status_code, response.json["type"]) == (403, "urn:piagam112:intake_closed")


@pytest.mark.parametrize("key", ["pendek", "a" * 25, "kunci dengan spasi di dalamnya", "x" * 200])
def test_a_key_that_could_be_met_again_is_refused(client, key):
    response = post(client, sent(), key)

    assert (response.status_code, response.json["type"]) == (400, "urn:piagam112:idempotency_key_invalid")
    assert rows() == 0


def test_the_same_key_and_payload_give_the_same_answer(client, clock):
    first = post(client, sent(), KEY)
    clock.forward(hours=5)

    second = post(client, sent(), KEY)

    assert (second.status_code, second.json) == (201, first.json)
    assert rows() == 1


def test_the_same_key_with_another_payload_is_refused_and_the_first_stays(client):
    first = post(client, sent(), KEY)

    second = post(client, sent(message="Sesuatu yang lain sama sekali."), KEY)

    assert (second.status_code, second.json["type"]) == (422, "urn:piagam112:idempotency_mismatch")
    assert "tracking_code" not in second.json
    assert (rows(), db.session.query(Feedback).one().number) == (1, first.json["number"])


def test_the_same_key_fifty_times_at_once_gives_one_row_and_one_code(app):
    def send(_):
        return post(app.test_client(), sent(), KEY)

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(send, range(50)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["tracking_code"] for answer in answers}) == 1
    assert len({answer.json["number"] for answer in answers}) == 1
    assert rows() == 1


def test_no_key_means_two_submissions_are_two(client):
    first, second = post(client, sent()).json, post(client, sent()).json

    assert first["tracking_code"] != second["tracking_code"]
    assert rows() == 2


def test_the_database_holds_neither_code_nor_key_nor_address(client, tmp_path):
    address = "203.0.113.77"
    response = client.post(
        FEEDBACK,
        json=sent(),
        headers={"Idempotency-Key": KEY, "X-Forwarded-For": address, "User-Agent": "Peramban-Aneh"},
        environ_overrides={"REMOTE_ADDR": address},
    )
    code = response.json["tracking_code"]
    client.post(TRACK, json={"tracking_code": code})

    files = b"".join(path.read_bytes() for path in tmp_path.glob("piagam.sqlite3*"))

    for secret in (code, code.replace("-", ""), KEY, address, "Peramban-Aneh"):
        assert secret.encode() not in files


@pytest.mark.parametrize(
    "spoil", [str, str.lower, lambda code: code.replace("-", " "), lambda code: f" {code}\n"]
)
def test_the_code_leads_back_however_it_is_written(client, spoil):
    receipt = post(client, sent()).json

    status = client.post(TRACK, json={"tracking_code": spoil(receipt["tracking_code"])})

    assert status.json == {
        "number": receipt["number"],
        "state": "received",
        "received_at": receipt["received_at"],
        "verify_by": None,
        "answer_by": None,
        "messages": [],
    }


@pytest.mark.parametrize(
    "code", ["", "ABCD", "0000-0000-0000-0000", "UUUU-UUUU-UUUU-UUUU", "M-7KQ4F2", "x" * 60]
)
def test_a_wrong_code_is_always_the_same_answer(client, code):
    post(client, sent())

    response = client.post(TRACK, json={"tracking_code": code})

    assert (response.status_code, response.json["type"]) == (404, "urn:piagam112:code_unknown")
    assert response.data == client.post(TRACK, json={"tracking_code": "1" * 16}).data


def test_a_code_can_not_be_asked_for_by_get(client):
    assert client.get(f"{TRACK}?tracking_code=0000").status_code == 405


def test_the_writer_reads_the_answer_before_it_is_published(client, answered):
    receipt = post(client, sent(), KEY).json
    case = db.session.query(Feedback).filter_by(number=receipt["number"]).one()
    read = Verification(kind=case.kind, clause=case.clause)
    workflow.verify(installation(), TRIAGE, case, read)
    workflow.answer(installation(), TRIAGE, case, answer(outcome="planned", planned_on="2026-12-31"))

    status = client.post(TRACK, json={"tracking_code": receipt["tracking_code"]}).json

    assert status["state"] == "answered"
    assert status["answer"]["outcome"] == "planned"
    assert status["answer"]["planned_on"] == "2026-12-31"
    assert status["answer"]["text"]["id"].startswith("Kami menambah")
    assert client.get("/api/v1/answers").json == {"answers": []}


def test_published_answers_hold_staffs_words_and_never_the_citizens(client, answered):
    case = answered()
    workflow.publish(installation(), TRIAGE, case)

    (published,) = client.get("/api/v1/answers").json["answers"]

    assert published["number"] == case.number
    assert published["summary"] == {"id": "Warga menyampaikan bahwa Damkar datang lama.", "en": None}
    assert "api sudah habis" not in client.get("/api/v1/answers").text
    assert set(published) == {
        "number",
        "clause",
        "service",
        "summary",
        "answered_on",
        "outcome",
        "planned_on",
        "refused_because",
        "lapor_number",
        "theme",
        "text",
        "opinions",
    }


def test_answers_are_asked_for_by_clause_or_service(client, answered):
    for clause in ("KBK.siap", "KLL.serentak", "KBK.siap"):
        workflow.publish(installation(), TRIAGE, answered(clause=clause))

    def count(query):
        return len(client.get(f"/api/v1/answers?{query}").json["answers"])

    assert [count(query) for query in ("", "clause=KBK.siap", "service=KLL", "clause=UMUM.angkat")] == [
        3,
        2,
        1,
        0,
    ]


def test_answers_about_a_clause_that_does_not_exist_are_refused_by_name(client):
    response = client.get("/api/v1/answers?clause=KBK.tidak-ada")

    assert (response.status_code, response.json["errors"][0]["pointer"]) == (422, "/clause")


def test_a_confidential_case_is_sensitive_and_keeps_no_district(client):
    post(client, sent(confidential=True, district="1274030001"))

    case = db.session.query(Feedback).one()

    assert (case.is_sensitive, case.district) == (True, None)


def test_a_sensitive_service_makes_the_case_sensitive(client):
    post(client, sent(clause="BKL.damping", district="1274030001"))

    case = db.session.query(Feedback).one()

    assert (case.service, case.is_sensitive, case.district) == ("BKL", True, None)


def test_a_random_uuid_is_a_good_key(client):
    assert post(client, sent(), str(uuid4())).status_code == 201


def test_a_disk_that_takes_nothing_is_told_and_the_key_can_be_used_again(app, client):
    write(lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 1"))
    long = sent(message="panjang " * 490)
    while (refused := post(client, long)).status_code == 201:
        pass
    assert (refused.status_code, refused.json["type"]) == (503, "urn:piagam112:cannot_store")
    assert refused.headers["Retry-After"]

    write(lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 100000"))

    assert post(client, long, KEY).status_code == 201
    with sqlite3.connect(installation().settings.database) as elsewhere:
        assert elsewhere.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    elsewhere.close()


def test_a_retry_gets_its_first_answer_even_after_intake_has_closed(client, make_app, city_charter):
    first = post(client, sent(), KEY)
    closed = city_charter.info.model_copy(update={"intake": Intake.CLOSED})
    later = make_app(city_charter.model_copy(update={"info": closed})).test_client()

    again, other = post(later, sent(), KEY), post(later, sent(), KEY + "-lain")

    assert (again.status_code, again.json) == (201, first.json)
    assert other.status_code == 403


def test_a_withdrawn_case_gives_no_answer_any_more(client, answered):
    code = post(client, sent(), KEY).json["tracking_code"]
    case = db.session.query(Feedback).one()
    workflow.verify(installation(), TRIAGE, case, Verification(kind=case.kind))
    workflow.answer(installation(), TRIAGE, case, answer())
    workflow.withdraw(installation(), case)

    assert "answer" not in client.post(TRACK, json={"tracking_code": code}).json


def test_what_carries_a_code_is_kept_by_no_cache(client):
    receipt = post(client, sent())
    status = client.post(TRACK, json={"tracking_code": receipt.json["tracking_code"]})

    assert [answer.headers["Cache-Control"] for answer in (receipt, status)] == ["no-store", "no-store"]


def test_a_large_body_that_comes_in_chunks_is_refused_for_its_size(client):
    def chunked(body):
        return client.post(
            FEEDBACK,
            input_stream=BytesIO(body),
            content_type="application/json",
            headers={"Transfer-Encoding": "chunked"},
            environ_overrides={"wsgi.input_terminated": True},
        )

    assert chunked(json.dumps(sent()).encode()).status_code == 201
    assert chunked(b"x" * 70_000).status_code == 413
