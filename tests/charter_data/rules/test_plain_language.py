import pytest

from charter_data.loading import load
from charter_data.rules.plain_language import INSTEAD
from tests.factories import added, changed, city_files, text, without, write_city

CITY = city_files()
FIRE = "services/KBK.yml"


def told(folder, *changes):
    files = CITY
    for change in changes:
        files = changed(files, *change)
    return [(problem.code, problem.message) for problem in load(write_city(folder, files)).problems]


def said(folder, words):
    return told(folder, (FIRE, ("dont",), {"id": words, "en": "Do not"}))


def test_a_sentence_of_twenty_words_is_short_enough(tmp_path):
    assert said(tmp_path, "kata " * 19 + "akhir. Dan satu kalimat lagi.") == []


def test_a_longer_sentence_is_told_with_its_words(tmp_path):
    assert said(tmp_path, "Pendek. " + "kata " * 20 + "akhir.") == [
        ("sentence-long", "a sentence of 21 words: say it in sentences of at most 20")
    ]


def test_english_sentences_are_not_counted(tmp_path):
    assert told(tmp_path, (FIRE, ("dont", "en"), "word " * 30)) == []


def test_a_file_of_long_sentences_is_told_once(tmp_path):
    long = text("kata " * 16)
    problems = told(tmp_path, ("area.yml", ("neighbours",), long), ("area.yml", ("hazards",), long))

    assert problems == [("sentences-long", "17.0 words a sentence on average: come down to 15")]


@pytest.mark.parametrize("word", INSTEAD)
def test_a_word_that_not_everybody_knows_is_told_with_a_plainer_one(tmp_path, word):
    assert said(tmp_path, f"Jangan {word.capitalize()} di sini.") == [
        ("word-unplain", f"`{word.capitalize()}` is not for everybody: write `{INSTEAD[word]}`")
    ]


@pytest.mark.parametrize(
    "words", ["Hubungi bagian administrasi.", "Jangan mencacatkan diri.", "Linknya rusak.", "Pengagent."]
)
def test_a_longer_word_that_holds_such_a_word_is_fine(tmp_path, words):
    assert said(tmp_path, words) == []


def test_words_are_looked_for_in_actions_too(tmp_path):
    problems = told(tmp_path, (FIRE, ("do_now", 0, "id"), "Telepon hotline"))

    assert [code for code, _ in problems] == ["word-unplain"]


@pytest.mark.parametrize(
    "words",
    [
        "Tunggu unit gawat darurat (UGD). UGD buka terus.",
        "UGD (unit gawat darurat) buka terus.",
        "Tanya PLN atau DPRD.",
        "Layanan KBK, BKL dan UMUM, saat T0 sampai T9.",
        "Bagian III dan II.",
        "Pakai SP4N-LAPOR! atau LAPOR.",
    ],
)
def test_an_abbreviation_that_is_explained_is_fine(tmp_path, words):
    files = added(CITY, "definitions.yml", ("abbreviations",), {"key": "SP4N", "means": text("Sistem")})
    files = changed(files, FIRE, ("dont",), {"id": words, "en": "Do not"})

    assert load(write_city(tmp_path, files)).problems == ()


@pytest.mark.parametrize("short", ["UGD", "P3AK", "RT"])
def test_an_abbreviation_that_nothing_explains_is_told_at_its_first_use(tmp_path, short):
    assert said(tmp_path, f"Ambil {short} (2026). {short} ada di sini.") == [
        (
            "abbreviation-unknown",
            f"`{short}` is not explained: write it out, or add it to `abbreviations` of definitions.yml",
        )
    ]


def test_the_short_name_of_an_agency_explains_each_of_its_parts(tmp_path):
    files = changed(CITY, "agencies.yml", ("agencies", 2, "short"), "UPTD PPA")
    files = changed(files, FIRE, ("dont",), text("Tanya PPA"))

    assert load(write_city(tmp_path, files)).problems == ()


def test_an_expansion_in_another_file_does_not_help(tmp_path):
    problems = told(
        tmp_path,
        ("area.yml", ("hazards",), text("Unit gawat darurat (UGD)")),
        (FIRE, ("dont",), text("Cari UGD")),
    )

    assert [code for code, _ in problems] == ["abbreviation-unknown"]


def test_without_a_list_of_abbreviations_the_agencies_still_count(tmp_path):
    files = without(CITY, "definitions.yml", ("abbreviations",))

    problems = load(write_city(tmp_path, files)).problems

    assert {problem.code for problem in problems} == {"abbreviation-unknown"}
