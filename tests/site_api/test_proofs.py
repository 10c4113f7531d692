import json
import re
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import update

from site_api import proofs
from site_api.audit import AuditEntry
from site_api.database import db, write
from site_api.feedback.models import Feedback
from site_api.hoax_reports.models import HoaxReport
from site_api.installation import installation
from site_api.intake import read_code
from site_api.proofs import ProofFault
from tests.site_api.stories import sent

FEEDBACK, HOAX = "/api/v1/feedback", "/api/v1/hoax-reports"
REPORT = {"class": "palsu", "occurred_on": "2026-11-20", "note": "Dua mobil datang sia-sia."}
BOTH = pytest.mark.parametrize(("address", "body"), [(FEEDBACK, sent()), (HOAX, REPORT)])


def post(client, address=FEEDBACK, body=None, key=None):
    response = client.post(address, json=body or sent(), headers={"Idempotency-Key": key or str(uuid4())})
    assert response.status_code == 201
    return response.json


@pytest.fixture
def proof(client) -> str:
    return post(client)["proof"]


@pytest.fixture
def keys(app):
    place = installation()
    return proofs.published_keys(place.settings, place.charter)


@BOTH
def test_a_proof_says_what_was_received_and_when(client, keys, address, body):
    receipt = post(client, address, body)

    proven = proofs.verify(receipt["proof"], keys)

    place = installation()
    assert proven.noun == ("feedback" if address == FEEDBACK else "hoax_report")
    assert (proven.number, proven.received_at) == (receipt["number"], "2026-11-24T08:00:00Z")
    assert (proven.city, proven.seal) == (place.charter.area.bps_code, place.seal)
    proofs.check_text(proven, body.get("message") or body["note"])


@BOTH
def test_its_digest_is_that_of_the_audit_row(client, keys, address, body):
    receipt = post(client, address, body)

    row = db.session.query(AuditEntry).filter_by(subject=receipt["number"]).one()
    assert proofs.verify(receipt["proof"], keys).digest == row.digest


def test_a_report_without_a_note_has_a_proof_too(client, keys):
    receipt = post(client, HOAX, {"class": "palsu", "occurred_on": "2026-11-20"})

    proofs.check_text(proofs.verify(receipt["proof"], keys), "")


def test_the_code_and_the_text_are_not_in_it(client):
    receipt = post(client)

    code = read_code(receipt["tracking_code"])
    letters = re.sub("[^0-9A-Z]", "", receipt["proof"].upper())
    assert code
    assert code not in letters
    assert receipt["tracking_code"] not in receipt["proof"]
    assert not any(word in receipt["proof"] for word in sent()["message"].split() if len(word) > 3)


def test_every_flipped_bit_of_what_is_signed_and_of_the_signature_is_refused(proof, keys):
    proofs.verify(proof, keys)
    written = proof.encode()

    for place in range(len(written)):
        for bit in range(7):  # the eighth would be no ASCII text any more
            spoiled = bytearray(written)
            spoiled[place] ^= 1 << bit
            with pytest.raises(ProofFault):
                proofs.verify(spoiled.decode(), keys)


def test_a_second_spelling_of_the_same_proof_is_refused(proof, keys):
    spellings = [
        proof.replace('"feedback"', '"\\u0066eedback"'),
        proof.replace('{"city"', '{"city":"1274","city"'),
        json.dumps(dict(reversed(json.loads(proof).items())), separators=(",", ":")),
    ]

    for spelling in spellings:
        assert spelling != proof
        with pytest.raises(ProofFault):
            proofs.verify(spelling, keys)


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("", "no JSON object"),
        ("[]", "no JSON object"),
        ("{}", "city is missing or wrong"),
        ('{"city":1274}', "city is missing or wrong"),
        ("\ud800", "no JSON object"),
    ],
)
def test_what_is_no_proof_is_refused_with_the_reason(keys, written, what):
    with pytest.raises(ProofFault, match=what):
        proofs.verify(written, keys)


def test_blanks_line_breaks_and_printers_quotes_are_forgiven(proof, keys):
    broken = "\ufeff  " + "\r\n ".join(proof[at : at + 40] for at in range(0, len(proof), 40)) + "\n"

    assert proofs.verify(broken, keys) == proofs.verify(proof, keys)
    assert proofs.verify(proof.replace('"', "”"), keys) == proofs.verify(proof, keys)


def test_the_key_of_another_installation_does_not_verify(proof, make_app):
    with make_app(proof_key=b"x" * 32).app_context():
        place = installation()
        others = proofs.published_keys(place.settings, place.charter)

    with pytest.raises(ProofFault, match="not among the published keys"):
        proofs.verify(proof, others)


def test_a_key_that_only_claims_the_id_does_not_verify(proof, keys):
    place = installation()
    settings = replace(place.settings, proof_key=b"x" * 32)
    other = proofs.published_keys(settings, place.charter).keys[0]
    posing = keys.model_copy(update={"keys": [other.model_copy(update={"id": keys.keys[0].id})]})

    with pytest.raises(ProofFault, match="signature does not hold"):
        proofs.verify(proof, posing)
    with pytest.raises(ProofFault, match="an id does not fit its key"):
        proofs.read_keys(posing.model_dump_json().encode())


def test_a_renewed_key_leaves_former_proofs_verifiable(proof, keys, make_app):
    former = bytes.fromhex(keys.keys[0].public_key)
    renewed = make_app(proof_key=b"x" * 32, former_proof_keys=(former,))

    with renewed.app_context():
        place = installation()
        published = proofs.published_keys(place.settings, place.charter)

    assert [key.state for key in published.keys] == ["current", "former"]
    assert proofs.verify(proof, published).key == published.keys[1].id
    new = post(renewed.test_client())["proof"]
    assert proofs.verify(new, published).key == published.keys[0].id


def test_the_keys_of_another_city_do_not_verify(proof, keys):
    with pytest.raises(ProofFault, match="of city 1274, the keys are those of city 1275"):
        proofs.verify(proof, keys.model_copy(update={"city": "1275"}))


def test_a_text_is_known_again_however_its_lines_end(client, keys):
    proven = proofs.verify(post(client, body=sent(message="Baris satu.\nBaris dua."))["proof"], keys)

    proofs.check_text(proven, "  Baris satu.\r\nBaris dua.\r\n")
    with pytest.raises(ProofFault, match="not the one that was submitted"):
        proofs.check_text(proven, "Baris satu.\nBaris dua!")


@BOTH
def test_a_repeat_with_the_same_key_gives_the_same_proof(client, clock, address, body):
    key = str(uuid4())
    first = post(client, address, body, key)["proof"]
    clock.forward(days=2)

    assert post(client, address, body, key)["proof"] == first
    assert post(client, address, body)["proof"] != first


@BOTH
def test_after_erasure_there_is_none(client, address, body):
    key, model = str(uuid4()), Feedback if address == FEEDBACK else HoaxReport
    post(client, address, body, key)
    write(lambda connection: connection.execute(update(model).values(text=None, salt=None)))

    assert post(client, address, body, key)["proof"] is None
