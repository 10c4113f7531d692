import pytest

from scripts.charter_site.alphabet import alphabet, found_by
from scripts.charter_site.words import Words
from tests.factories import make_charter
from tests.sites import language_of, resolve

SEARCH_PAGES = ["/cari/", "/en/cari/"]


def entries(charter, language="id", pages=()):
    return [entry for letter in alphabet(charter, Words(language), pages) for entry in letter.entries]


def test_letters_come_in_order_each_with_what_begins_with_it():
    letters = alphabet(make_charter(), Words("id"), [("Zebra", "zebra/"), ("112 gratis", "gratis/")])

    assert [letter.name for letter in letters] == sorted(letter.name for letter in letters)
    assert (letters[0].name, letters[0].anchor, letters[-1].name) == ("0-9", "az-0-9", "Z")
    for letter in letters[1:]:
        assert {entry.name[0].upper() for entry in letter.entries} == {letter.name}


@pytest.mark.parametrize(
    ("language", "word", "service"), [("id", "Api", "Kebakaran"), ("en", "Smoke", "Fire")]
)
def test_an_everyday_word_leads_to_its_service(language, word, service):
    found = [entry for entry in entries(make_charter(), language) if entry.name == word]

    assert found == [(word, "layanan/kebakaran/", service, "")]


def test_a_promise_says_what_it_is_and_whose():
    found = [entry for entry in entries(make_charter()) if entry.address.endswith("#kbk-siap")]

    assert [(entry.within, entry.standing) for entry in found] == [("Kebakaran", "wajib")]


@pytest.mark.parametrize("language", ["id", "en"])
def test_of_a_sensitive_service_only_its_neutral_title_is_listed(city_charter, language):
    words = Words(language)
    for service in (one for one in city_charter.services if one.is_sensitive):
        listed = [
            entry
            for entry in entries(city_charter, language)
            if entry.address.startswith(f"layanan/{service.slug}/")
        ]
        assert listed == [(words.text(service.title), f"layanan/{service.slug}/", "", "")]
        assert found_by(service, words) == ()


@pytest.mark.parametrize("address", SEARCH_PAGES)
def test_the_page_lists_services_words_promises_bodies_laws_and_pages(city_charter, built_site, address):
    page, words = built_site.page(address), Words(language_of(address))
    listed = {link.text for link in page.one("article").all("a")}

    assert {words.text(service.title) for service in city_charter.services} <= listed
    assert {body.short for body in city_charter.agencies} <= listed
    assert {law.short for law in city_charter.legal_basis} <= listed
    assert words.text(city_charter.by_id["KBK.siap"].text) in listed
    assert words.labels["titles"]["rights"] in listed
    spoken = {word.lower() for service in city_charter.services for word in found_by(service, words)}
    assert len(spoken) > 40
    assert spoken <= {name.lower() for name in listed}


@pytest.mark.parametrize("address", SEARCH_PAGES)
def test_every_letter_of_the_row_leads_to_its_group(built_site, address):
    page = built_site.page(address)
    row = next(one for one in page.all("nav") if one.attributes.get("class") == "p-letters")

    assert len(row.all("a")) > 15
    for link in row.all("a"):
        _, letter = resolve(address, link.attributes["href"]) or ("", "")
        assert page.by_id(letter).text == link.text
