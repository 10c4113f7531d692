import pytest

from charter_data.loading import load
from charter_data.translations import SIDECAR
from tests.factories import changed, city_files, confirming, text, without, write_city

CITY = city_files()
FIRE, FAMILY = "services/KBK.yml", "services/KDR.yml"
CONFIRMED = confirming(CITY)


def told(folder, files, confirmed=CONFIRMED):
    problems = load(write_city(folder, {**files, SIDECAR: confirmed})).problems
    return [(problem.file, problem.code) for problem in problems]


def test_texts_that_somebody_has_compared_are_not_told(tmp_path):
    assert told(tmp_path, CITY) == []


def test_an_english_text_is_outdated_once_its_indonesian_changes(tmp_path):
    files = changed(CITY, FIRE, ("dont", "id"), "Jangan kembali")

    assert told(tmp_path, files) == [(FIRE, "translation-outdated")]


@pytest.mark.parametrize("change", [(("dont", "en"), "Stay out"), (("dont",), text("Jangan lari"))])
def test_an_english_text_that_nobody_has_compared_is_told(tmp_path, change):
    assert told(tmp_path, changed(CITY, FIRE, *change)) == [(FIRE, "translation-unconfirmed")]


def test_a_text_with_more_to_it_is_watched_too(tmp_path):
    files = changed(CITY, FIRE, ("do_now", 1, "id"), "Telepon 112 sekarang")

    problem = load(write_city(tmp_path, {**files, SIDECAR: CONFIRMED})).problems[0]

    assert (problem.code, problem.message) == (
        "translation-outdated",
        "`Telepon 112 sekarang` has changed since its English was written: mend `en`, "
        "then `build_charter.py translated services/KBK.yml`",
    )


def test_moving_a_text_inside_its_file_changes_nothing(tmp_path):
    steps = CITY[FIRE]["do_now"]

    assert told(tmp_path, changed(CITY, FIRE, ("do_now",), steps[::-1])) == []


def test_a_file_of_which_nothing_is_confirmed_is_told_once(tmp_path):
    assert told(tmp_path, CITY, confirming(without(CITY, FIRE))) == [(FIRE, "translation-unconfirmed")]


def test_a_city_where_nothing_is_confirmed_is_told_once(tmp_path):
    (write_city(tmp_path, CITY) / SIDECAR).unlink()

    problems = load(tmp_path).problems

    assert [(problem.file, problem.code) for problem in problems] == [
        ("charter.yml", "translation-unconfirmed")
    ]


def test_what_is_confirmed_of_a_file_that_is_gone_does_no_harm(tmp_path):
    more = confirming({**CITY, "services/MED.yml": {"line": text("Sakit")}})

    assert told(tmp_path, CITY, more) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("files: [\n", "yaml-syntax"),
        ("files: {}\nfiles: {}\n", "yaml-duplicate-key"),
        ("files: {}\nfile: {}\n", "unknown-key"),
        ("files: []\n", "wrong-value"),
        ("files:\n  area.yml: [0123-4567]\n", "wrong-form"),
        ("#" * (512 * 1024 + 1), "file-too-large"),
    ],
)
def test_a_broken_record_of_confirmations_is_refused_and_the_only_one_blamed(tmp_path, content, code):
    problems = told(tmp_path, CITY, content)

    assert (SIDECAR, code) in problems
    assert [problem for problem in problems if problem[1] not in (code, "translation-unconfirmed")] == []
