import hashlib
import json
import re

import pytest

from charter_data import releases
from charter_data.vocabulary import Standing
from scripts.charter_site.exports import charter_json
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
    assert public["seal"] == releases.seal(city_charter)


def test_the_site_carries_the_same_file(city_charter, built_site):
    assert built_site.files["charter.json"].decode() == charter_json(city_charter)


def test_every_clause_is_there_once(city_charter, public):
    assert [clause["id"] for clause in clauses_of(public)] == [clause.id for clause in city_charter.clauses()]


def test_anyone_can_work_out_the_fingerprint_of_a_clause_from_the_file(public):
    for clause in clauses_of(public):
        bound = {key: value for key, value in clause.items() if key not in ("kind", "sha256", "standing")}

        assert hashlib.sha256(releases.canonical(bound)).hexdigest() == clause["sha256"]


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
