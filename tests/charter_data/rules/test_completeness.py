import pytest

from charter_data.loading import load
from charter_data.rules.completeness import VOCABULARIES
from tests.factories import added, changed, city_files, without, write_city

CITY = city_files()
FIRE = "services/KBK.yml"


def told(folder, files):
    return [(problem.code, problem.message) for problem in load(write_city(folder, files)).problems]


@pytest.mark.parametrize("answer", ["KBK.siap", "KBK.wajib-keluar", "KBK.hak-orang", "UMUM.std-biaya"])
def test_a_right_is_answered_by_an_obligation_of_ours(tmp_path, answer):
    files = changed(CITY, FIRE, ("rights", 0, "answered_by"), ["KBK.kami-orang", answer])

    assert told(tmp_path, files) == [
        ("right-unanswered", f"`{answer}` is no obligation of the provider: name a `kami-` clause")
    ]


def test_another_scope_may_answer_a_right(tmp_path):
    assert told(tmp_path, changed(CITY, FIRE, ("rights", 0, "answered_by"), ["UMUM.kami-percaya"])) == []


def test_citizens_are_told_what_their_obligation_is_good_for_and_we_need_not_be(tmp_path):
    files = without(CITY, FIRE, ("obligations", 1, "good_for"))

    assert [code for code, _ in told(tmp_path, files)] == ["obligation-without-use"]


@pytest.mark.parametrize(("listing", "words"), VOCABULARIES, ids=[listing for listing, _ in VOCABULARIES])
def test_every_word_of_every_vocabulary_is_defined(tmp_path, listing, words):
    last = list(words)[-1].value

    problems = told(tmp_path, without(CITY, "definitions.yml", (listing, -1)))

    assert problems == [
        ("definition-missing", f"`{last}` is defined 0 times under `{listing}`: define it once")
    ]


def test_a_word_defined_twice_is_found(tmp_path):
    files = added(CITY, "definitions.yml", ("modes",), CITY["definitions.yml"]["modes"][0])

    assert told(tmp_path, files) == [
        ("definition-missing", "`relay` is defined 2 times under `modes`: define it once")
    ]


def test_a_broken_definition_is_still_a_definition(tmp_path):
    files = without(CITY, "definitions.yml", ("events", 0, "code"))

    assert [code for code, _ in told(tmp_path, files)] == ["missing-key"]


def test_all_components_that_the_law_names_stand_in_common(tmp_path):
    files = without(without(CITY, "common.yml", ("standard", 13)), "common.yml", ("standard", 0))

    assert told(tmp_path, files) == [
        ("component-missing", f"`UMUM.std-{word}` is missing: add it; `text: null` if it is not known")
        for word in ("dasar-hukum", "evaluasi")
    ]


def test_a_component_of_a_service_is_not_that_of_every_call(tmp_path):
    assert [code for code, _ in told(tmp_path, without(CITY, "common.yml", ("standard", 4)))] == [
        "component-missing"
    ]


def test_a_broken_component_is_not_missing(tmp_path):
    files = without(CITY, "common.yml", ("standard", 0, "text", "en"))

    assert [code for code, _ in told(tmp_path, files)] == ["missing-translation"]
