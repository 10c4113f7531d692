import json

import pytest

from charter_data.loading import load
from tests.factories import agreed, text, without, write_city
from tests.sealing import CITY, FIRE, because, of_version, reworded, sealed, without_clause

FIRST = of_version(CITY, "1.0")
GONE = without_clause(of_version(CITY, "1.1"), "1.1", "KBK.siap-warga", "KBK.siap")


def told(folder, files):
    return [(one.file, one.code) for one in load(write_city(folder, files)).problems]


@pytest.fixture
def city(tmp_path):
    sealed(tmp_path, FIRST)
    return tmp_path


def test_a_city_without_sealed_versions_needs_no_reasons(tmp_path):
    assert told(tmp_path, CITY) == []


def test_a_reason_for_a_clause_that_there_never_was_is_told(tmp_path):
    assert told(tmp_path, because(CITY, "0.1", "KBK.hantu")) == [("changes.yml", "unknown-clause")]


def test_a_replacement_that_there_never_was_is_told(tmp_path):
    files = without_clause(CITY, "0.1", "KBK.siap-warga", "KBK.hantu")

    assert told(tmp_path, files) == [("changes.yml", "unknown-clause")]


def test_a_withdrawal_of_a_clause_that_no_version_has_is_told(city):
    files = {**CITY, "changes.yml": {"withdrawn": [_gone("KBK.hantu")]}}

    assert told(city, files) == [("changes.yml", "unknown-clause")]


def test_a_clause_is_withdrawn_once(city):
    withdrawn = [*GONE["changes.yml"]["withdrawn"], *GONE["changes.yml"]["withdrawn"]]
    files = {**GONE, "changes.yml": {**GONE["changes.yml"], "withdrawn": withdrawn}}

    assert told(city, files) == [("changes.yml", "duplicate-id")]


def test_a_clause_does_not_replace_itself(city):
    files = without_clause(of_version(CITY, "1.1"), "1.1", "KBK.siap-warga", "KBK.siap-warga")

    assert told(city, files) == [("changes.yml", "duplicate-id")]


def test_an_agreement_on_a_clause_that_was_withdrawn_since_stays_on_record(tmp_path):
    once = of_version(agreed(CITY, "KBK.siap-warga", "damkar", "dprd"), "1.0")
    sealed(tmp_path, once)
    now = without_clause(of_version(once, "1.1"), "1.1", "KBK.siap-warga", "KBK.siap")

    assert told(tmp_path, now) == []


def test_a_reason_for_a_clause_that_is_withdrawn_by_now_stays(city):
    files = because(GONE, "1.0", "KBK.siap-warga")

    assert told(city, files) == []


def test_a_reason_for_a_clause_that_did_not_change_is_fine(city):
    assert told(city, because(reworded(), "1.1", "KBK.siap-warga")) == []


def test_a_withdrawn_clause_cannot_stand(tmp_path):
    files = {**CITY, "changes.yml": {"withdrawn": [_gone("KBK.siap")]}}

    assert told(tmp_path, files) == [("changes.yml", "clause-reused")]


def test_a_sealed_clause_cannot_go_without_a_word(city):
    files = without(of_version(CITY, "1.1"), FIRE, ("promises", 1))

    assert told(city, files) == [("charter.yml", "clause-vanished")]
    assert told(city, GONE) == []


def test_a_withdrawal_stays_on_record_and_its_id_unused_for_ever(city):
    sealed(city, GONE)
    (city / "changes.yml").unlink()
    forgotten = {name: data for name, data in of_version(GONE, "1.2").items() if name != "changes.yml"}

    assert told(city, forgotten) == [("charter.yml", "clause-vanished")]
    assert told(city, of_version(CITY, "1.2")) == [("charter.yml", "clause-reused")]


def test_a_clause_in_a_file_that_cannot_be_read_has_not_vanished(city):
    codes = {code for _, code in told(city, {**FIRST, FIRE: "a: ["})}

    assert "clause-vanished" not in codes


def test_what_changes_yml_says_is_not_missed_while_it_cannot_be_read(city):
    files = {**without(of_version(CITY, "1.1"), FIRE, ("promises", 1)), "changes.yml": "a: ["}

    assert told(city, files) == [("changes.yml", "yaml-syntax")]


def test_evidence_is_the_number_of_a_piece_of_feedback(tmp_path):
    files = because(CITY, "0.1", "KBK.siap", evidence=["M-123"])

    (problem,) = load(write_city(tmp_path, files)).problems
    assert (problem.file, problem.code) == ("changes.yml", "wrong-form")
    assert "such as M-7KQ4F2" in problem.message


def test_a_broken_version_does_not_stop_the_check(city):
    (city / "releases" / "1.0.json").write_text(json.dumps({"clauses": 7}))

    found = told(city, without(of_version(CITY, "1.1"), FIRE, ("promises", 1)))

    assert found == [("charter.yml", "release-broken")]


def _gone(clause):
    return {"clause": clause, "version": "0.1", "why": text("Sudah lewat")}
