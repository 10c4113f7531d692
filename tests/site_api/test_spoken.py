"""Whatever a page has in the other language says so, or a screen reader mispronounces it."""

import pytest

from tests import sites
from tests.documents import read
from tests.sites import language_of
from tests.spoken import strangers

FORMS = ("/masukan?clause=KBK.siap&service=KBK", "/masukan/panggilan-palsu", "/lacak", "/tidak-ada/")


@pytest.mark.parametrize("made", [sites.built_site, sites.sample_site])
def test_every_page_of_the_site_says_what_is_in_the_other_language(made, tmp_path_factory):
    site = made(tmp_path_factory.getbasetemp())

    found = {address: strangers(page, language_of(address)) for address, page in site.documents.items()}

    assert {address: pieces for address, pieces in found.items() if pieces} == {}


@pytest.mark.parametrize("base", ["", "/en"])
@pytest.mark.parametrize("address", FORMS)
def test_the_app_says_it_too(client, base, address):
    page = read(client.get(base + address, headers={"Accept": "text/html"}).get_data(as_text=True))

    assert strangers(page, "en" if base else "id") == []


@pytest.mark.parametrize("address", ["/", "/masukan"])
def test_the_way_to_the_other_language_is_named_in_that_language(client, tmp_path_factory, address):
    site = sites.built_site(tmp_path_factory.getbasetemp())
    for base, other, name in (("", "en", "English"), ("/en", "id", "Bahasa Indonesia")):
        page = (
            site.page(base + "/")
            if address == "/"
            else read(client.get(base + address).get_data(as_text=True))
        )

        (link,) = [one for one in page.all("a") if one.attributes.get("hreflang")]

        assert (link.attributes["hreflang"], link.attributes["lang"], link.text) == (other, other, name)


@pytest.mark.parametrize(
    ("language", "markup", "is_found"),
    [
        ("en", "<p>Undang-Undang tentang Kesehatan</p>", True),
        ("en", '<p>See <span lang="id">Undang-Undang tentang Kesehatan</span></p>', False),
        ("id", "<p>The answer of the city</p>", True),
        ("id", '<a aria-label="To the top">Atas</a>', True),
        ("en", "<p>UMUM.kami-gratis, https://contoh.id/ini-dan-itu</p>", False),
        ("id", "<p>Lisensi CC BY 4.0</p>", False),
    ],
)
def test_a_piece_is_told_by_the_words_that_only_its_language_has(language, markup, is_found):
    assert bool(strangers(read(markup), language)) is is_found
