import re
from datetime import date

import pytest

from charter_data.models import Target, Text
from charter_data.vocabulary import Unit
from scripts.charter_site.rendering import TEMPLATES
from scripts.charter_site.words import LANGUAGES, Words, labels

CODE = TEMPLATES.parent
OVERRIDES = CODE.parents[1] / "docs" / "overrides"


def leaves(value, path=()):
    if isinstance(value, dict):
        for key, below in value.items():
            yield from leaves(below, (*path, str(key)))
    elif isinstance(value, list) and path[0] not in ("months", "keeps_capital"):
        for index, below in enumerate(value):
            yield from leaves(below, (*path, str(index)))
    else:
        yield path, value


def sources():
    files = [*CODE.rglob("*.py"), *TEMPLATES.iterdir(), *OVERRIDES.rglob("*.html")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_both_languages_have_the_same_labels_in_the_same_order():
    indonesian, english = ([path for path, _ in leaves(labels(language))] for language in LANGUAGES)

    assert indonesian == english


def test_both_languages_fill_in_the_same_things():
    indonesian, english = (
        {path: sorted(re.findall(r"{(\w*)}", str(text))) for path, text in leaves(labels(language))}
        for language in LANGUAGES
    )

    assert indonesian == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_is_empty(language):
    empty = [path for path, text in leaves(labels(language)) if not str(text).strip()]

    assert empty == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_is_unused(language):
    known = sources()

    unused = [key for key in labels(language) if not re.search(rf"\bL\.{key}\b|\[[\"']{key}[\"']\]", known)]

    assert unused == []


@pytest.mark.parametrize(("language", "written"), [("id", "24 November 2026"), ("en", "24 November 2026")])
def test_a_date_is_written_as_people_write_it(language, written):
    assert Words(language).date(date(2026, 11, 24)) == written


@pytest.mark.parametrize(
    ("language", "value", "written"),
    [
        ("id", 15, "15"),
        ("id", 1.5, "1,5"),
        ("id", 165027, "165.027"),
        ("id", 1234.5, "1.234,5"),
        ("en", 1.5, "1.5"),
        ("en", 165027, "165,027"),
        ("en", 38.438, "38.438"),
        ("en", 31.0, "31"),
    ],
)
def test_a_number_has_the_separators_of_its_language(language, value, written):
    assert Words(language).number(value) == written


@pytest.mark.parametrize(
    ("language", "target", "written"),
    [
        ("id", Target(value=15, unit=Unit.MINUTE), "15 menit"),
        ("en", Target(value=1, unit=Unit.MINUTE), "1 minute"),
        ("en", Target(value=3, unit=Unit.WORKING_DAY), "3 working days"),
    ],
)
def test_a_target_says_its_unit(language, target, written):
    assert Words(language).target(target) == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_target_says_when_not_every_case_must_meet_it(language):
    words = Words(language)

    average = words.target(Target(value=15, unit=Unit.MINUTE, share="average"))
    shared = words.target(Target(value=15, unit=Unit.SECOND, share=90))

    assert average.endswith(words.labels["on_average"])
    assert shared.endswith(words.labels["of_hundred"].format(share=90))


@pytest.mark.parametrize(
    ("language", "sentence", "written"),
    [
        ("id", "Petugas siap memadamkan.", "petugas siap memadamkan."),
        ("id", "Damkar siap memadamkan.", "Damkar siap memadamkan."),
        ("id", "PLN memutus arus.", "PLN memutus arus."),
        ("id", "112 diangkat cepat.", "112 diangkat cepat."),
        ("en", "I may ask.", "I may ask."),
        ("en", "You may ask.", "you may ask."),
    ],
)
def test_a_sentence_after_a_colon_keeps_the_capital_of_a_name_alone(language, sentence, written):
    assert Words(language).lower_first(sentence) == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_role_of_a_leading_body_that_we_have_no_words_for_is_said_in_common_words(language):
    words = Words(language)

    assert words.co_lead("victims") == words.labels["co_lead"]["victims"]
    assert words.co_lead("keamanan_pantai") == words.labels["co_lead_other"]


@pytest.mark.parametrize("said", ["{0} {} {who.__class__} {x!r} {date:>9}", "{", "}", "{{date}}x"])
def test_only_known_places_of_a_text_are_filled(said):
    text = Text(id=f"Diuji {{date}}. {said}", en="Tested")

    filled = Words("id").filled(text, date="24 November 2026")

    assert filled == f"Diuji 24 November 2026. {said.replace('{date}', '24 November 2026')}"
