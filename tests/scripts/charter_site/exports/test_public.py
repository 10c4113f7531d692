import hashlib
import json
import re

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from charter_data import seals
from charter_data.vocabulary import Standing
from scripts.charter_site.exports.public import charter_json, charter_schema
from tests.factories import agreed, city_files, make_charter, text
from tests.sites import TEXT_FILES, changed

SECRET_CODES = re.compile(rb"\b(KDR|ODG)\b", re.IGNORECASE)


@pytest.fixture
def public(city_charter):
    return json.loads(charter_json(city_charter))


def keys_of(value):
    if isinstance(value, dict):
        yield from value
    for below in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from keys_of(below)


def clauses_of(public):
    return [*public["clauses"], *(clause for service in public["services"] for clause in service["clauses"])]


def withheld_lines(charter):
    for service in charter.services:
        for case in service.special_cases:
            printed = charter.lines_of(case)
            yield from (line for line in case.do if line not in printed)


def test_the_seal_is_the_seal_of_the_charter(city_charter, public):
    assert public["seal"] == seals.seal(city_charter)


def test_the_site_carries_the_same_file(city_charter, built_site):
    assert built_site.files["charter.json"].decode() == charter_json(city_charter)


def faults(charter, data):
    schema = json.loads(charter_schema(charter))
    return list(Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(data))


def test_the_file_is_as_the_schema_beside_it_says(city_charter, public):
    Draft202012Validator.check_schema(json.loads(charter_schema(city_charter)))

    assert public["$schema"] == "charter.schema.json"
    assert faults(city_charter, public) == []


def test_a_small_city_is_as_the_same_schema_says(charter):
    assert faults(charter, json.loads(charter_json(charter))) == []


@pytest.mark.parametrize(
    "place",
    [(), ("services", 0), ("services", 0, "clauses", 0), ("area",), ("agencies", 0), ("definitions",)],
    ids=str,
)
def test_the_schema_refuses_a_key_that_it_does_not_name(charter, place):
    data = json.loads(charter_json(charter))
    inside = data
    for part in place:
        inside = inside[part]
    inside["note"] = "x"

    assert faults(charter, data)


def test_the_schema_refuses_a_clause_without_its_fingerprint(charter):
    data = json.loads(charter_json(charter))
    del data["clauses"][0]["sha256"]

    assert faults(charter, data)


def test_with_a_public_address_file_and_schema_name_it():
    charter = make_charter(("charter.yml", ("public_url",), "https://112.contoh.example/"))

    data, schema = json.loads(charter_json(charter)), json.loads(charter_schema(charter))

    assert data["$schema"] == schema["$id"] == "https://112.contoh.example/charter.schema.json"
    assert faults(charter, data) == []


def test_the_note_of_an_agreement_stays_in_the_house_too():
    files = agreed(city_files(), "UMUM.angkat", "diskominfo", "dprd")
    files["agreements.yml"]["agreements"][0]["note"] = text("Catatan rapat tertutup")
    charter = make_charter(files=files)

    told = charter_json(charter)

    assert json.loads(told)["agreements"]["agreements"]
    assert "Catatan rapat tertutup" not in told


def test_every_clause_is_there_once(city_charter, public):
    assert [clause["id"] for clause in clauses_of(public)] == [clause.id for clause in city_charter.clauses()]


def filled(data):
    """Leave out what is empty, as the reference tells those who recompute a fingerprint."""
    if isinstance(data, dict):
        kept = {key: filled(value) for key, value in data.items()}
        return {
            key: value for key, value in kept.items() if value is not None and value != [] and value != {}
        }
    return [filled(item) for item in data] if isinstance(data, list) else data


def test_anyone_can_work_out_the_fingerprint_of_a_clause_from_the_file(public):
    for clause in clauses_of(public):
        bound = filled({key: clause[key] for key in clause if key not in ("kind", "sha256", "standing")})

        assert hashlib.sha256(seals.canonical(bound)).hexdigest() == clause["sha256"]


def test_the_charter_says_that_it_is_a_draft(city_charter, public):
    notices = city_charter.texts.notices

    assert (public["status"], public["official"]) == ("draft", False)
    assert [notice["id"] for notice in public["notices"]] == [notices.draft.id, notices.unofficial.id]


def test_no_note_of_the_writers_leaves_the_house(city_charter, public):
    notes = [service.note for service in city_charter.services if service.note]

    assert notes
    assert "note" not in set(keys_of(public))
    assert not any(note in charter_json(city_charter) for note in notes)


def test_lines_that_wait_for_an_agreement_stand_nowhere(city_charter, built_site):
    waiting = [text.encode() for line in withheld_lines(city_charter) for text in (line.id, line.en)]

    assert waiting
    told = [name for name, raw in built_site.files.items() for text in waiting if text in raw]
    assert told == []


def test_they_are_printed_once_the_clause_is_agreed(city_charter):
    line = next(withheld_lines(city_charter))

    told = charter_json(with_agreed(city_charter, "UMUM.senyap"))

    assert line.id in told


def with_agreed(charter, clause_id):
    agreed = tuple(
        one.model_copy(update={"standing": Standing.AGREED}) if one.id == clause_id else one
        for one in charter.common.promises
    )
    return changed(charter, common=charter.common.model_copy(update={"promises": agreed}))


def test_the_codes_of_sensitive_services_stand_in_no_file_of_the_site(built_site):
    told = [name for name, raw in built_site.files.items() if is_text(name) and SECRET_CODES.search(raw)]

    assert told == []


def test_nor_in_the_name_of_a_file(built_site):
    assert not [name for name in built_site.files if SECRET_CODES.search(name.encode())]


def is_text(name):
    return "." + name.rsplit(".", 1)[-1] in TEXT_FILES
