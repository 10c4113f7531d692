import pytest
from werkzeug.datastructures import LanguageAccept

from site_api.errors import PROBLEMS
from site_api.texts import Texts, language_of_client, language_of_page


def test_both_languages_have_the_same_keys_in_the_same_order():
    words = Texts.load().words

    assert list(words["id"]) == list(words["en"])


def test_no_text_is_empty():
    words = Texts.load().words

    assert all(text.strip() for language in words.values() for text in language.values())


@pytest.mark.parametrize("problem", PROBLEMS)
def test_every_problem_has_a_title_and_a_detail(problem):
    texts = Texts.load()

    said = [texts.say("id", f"errors.{problem.key}.{part}") for part in ("title", "detail")]

    assert all(text.endswith(".") for text in said)


def test_a_key_that_nobody_wrote_is_an_error():
    with pytest.raises(KeyError, match="nobody"):
        Texts.load().say("id", "nobody")


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/", "id"),
        ("/layanan/", "id"),
        ("/en", "en"),
        ("/en/", "en"),
        ("/en/layanan/", "en"),
        ("/energi/", "id"),
        ("/id/", "id"),
        ("/layanan/en/", "id"),
    ],
)
def test_the_address_of_a_page_decides_its_language(path, language):
    assert language_of_page(path) == language


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ([], "id"),
        ([("en", 1)], "en"),
        ([("en-US", 1), ("id", 0.5)], "en"),
        ([("id", 1), ("en", 0.5)], "id"),
        ([("fr", 1)], "id"),
        ([("fr", 1), ("EN", 0.1)], "en"),
        ([("en", 0)], "id"),
    ],
)
def test_a_program_gets_the_language_it_prefers(accepted, language):
    assert language_of_client(LanguageAccept(accepted)) == language
