from collections import Counter
from importlib.util import find_spec
from io import BytesIO
from itertools import chain
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from PIL import Image

from scripts.charter_site.building import build
from scripts.charter_site.composing import extra_files
from scripts.charter_site.heads import head_of_clause, head_of_page
from scripts.charter_site.pages import LONGEST_DESCRIPTION, pages
from scripts.charter_site.text_edition import NAMES
from scripts.charter_site.words import LANGUAGES, Words, labels
from tests import sites
from tests.documents import read
from tests.factories import make_charter
from tests.sites import Site, city_charter, language_of

HOST = "https://112.contoh.example"
FIRE = "services/KBK.yml"
SHORTEST_DESCRIPTION = 50
ENGINES = ("mkdocs", "zensical")


@pytest.fixture(scope="module", params=ENGINES)
def public_site(request, tmp_path_factory) -> Site:
    """Give Kota Contoh as built for its own address."""
    if find_spec(request.param) is None:
        pytest.skip(f"{request.param} is not installed: it is in requirements/run.txt")
    folder = tmp_path_factory.mktemp(request.param)
    charter = make_charter(("charter.yml", ("public_url",), HOST))
    build(charter, folder / "site", request.param, folder / "work")
    return Site(folder / "site")


def tab_of(page):
    return "".join(piece for piece in page.one("title").children if isinstance(piece, str)).strip()


def links(page, rel):
    return [one.attributes for one in page.all("link") if one.attributes.get("rel") == rel]


def twins(page):
    return {one["hreflang"]: one["href"] for one in links(page, "alternate") if "hreflang" in one}


def told(page):
    """Give what messengers read."""
    return {
        one.attributes["property"]: one.attributes["content"]
        for one in page.all("meta")
        if "property" in one.attributes
    }


def framed(site):
    """Give every page that has the frame of the site: all but the edition of words only."""
    return {at: page for at, page in site.documents.items() if at.rsplit("/", 1)[-1] not in NAMES.values()}


def twice(values):
    return [value for value, count in Counter(values).items() if count > 1]


def test_no_two_pages_of_a_language_have_the_same_title_or_description(public_site, built_site):
    for site in (public_site, built_site):
        assert twice((language_of(at), tab_of(page)) for at, page in site.documents.items()) == []
        assert twice((language_of(at), page.meta("description")) for at, page in site.pages.items()) == []


def test_a_title_names_the_page_first_and_the_site_after_it(public_site):
    for address, page in framed(public_site).items():
        name = {"id": "Piagam 112 Kota Contoh", "en": "112 Charter of Kota Contoh"}[language_of(address)]
        if address in ("/", "/en/"):
            assert tab_of(page).startswith(f"{name}: ")
        else:
            assert tab_of(page).endswith(f" - {name}")


def test_every_description_has_a_length_that_a_search_engine_shows_whole(built_site):
    said = {address: page.meta("description") for address, page in built_site.pages.items()}

    wrong = {
        at: len(one)
        for at, one in said.items()
        if not SHORTEST_DESCRIPTION <= len(one) <= LONGEST_DESCRIPTION
    }
    assert wrong == {}


def test_the_description_of_an_emergency_is_its_first_steps_each_one_whole():
    charter = city_charter()
    for language in LANGUAGES:
        words = Words(language)
        for page in pages(charter, words):
            service = page.context.get("service")
            if service in charter.emergencies and not service.is_sensitive:
                steps = [words.text(step) for step in service.do_now]
                said = page.description.partition(": ")[2]
                assert said in [" ".join(steps[:count]) for count in (1, 2, 3)]


def test_a_description_that_would_be_too_long_is_cut_between_two_words():
    charter = make_charter((FIRE, ("do_now", 0, "id"), "kata " * 15 + "akhir " + "kata " * 30))
    words = Words("id")
    page = next(one for one in pages(charter, words) if one.address == "layanan/kebakaran/")

    said = head_of_page(charter, words, page).description

    assert len(said) <= LONGEST_DESCRIPTION
    assert said.endswith(" kata…")


def test_every_page_but_the_search_names_its_twins_and_they_name_it(public_site):
    for address, page in public_site.pages.items():
        found = twins(page)
        if address.endswith("/cari/"):
            assert found == {}  # the theme's script would ask each of them for a sitemap
            continue
        own = HOST + address
        assert set(found) == {"id", "en", "x-default"}
        assert found[language_of(address)] == own
        assert found["x-default"] == found["id"]
        for twin in found.values():
            other = public_site.page(twin.removeprefix(HOST))
            assert twins(other) == found


def test_every_page_says_its_own_whole_address(public_site):
    for address, page in public_site.pages.items():
        assert [one["href"] for one in links(page, "canonical")] == [HOST + address]
        assert told(page)["og:url"] == HOST + address


def test_the_map_of_the_site_lists_exactly_the_pages_that_may_be_found(public_site):
    tree = ElementTree.fromstring(public_site.files["sitemap.xml"])  # noqa: S314 (our own file)
    listed = {one[0].text for one in tree}

    assert listed == {HOST + address for address in public_site.pages}
    assert [name for name in public_site.files if "sitemap" in name] == ["sitemap.xml"]


def test_without_an_address_a_site_claims_none(built_site):
    for page in built_site.documents.values():
        assert links(page, "canonical") == []
        assert twins(page) == {}
        assert "og:url" not in told(page)


def test_messengers_get_title_text_language_and_picture_of_every_page(public_site, built_site):
    for site in (public_site, built_site):
        shared = {at: page for at, page in site.documents.items() if not at.endswith(".html")}
        for address, page in shared.items():
            said, language = told(page), language_of(address)
            assert said["og:type"] == "website"
            assert tab_of(page).startswith(said["og:title"])
            assert said["og:description"] == page.meta("description")
            assert said["og:locale"] == labels(language)["frame"]["locale"]
            assert page.meta("twitter:card") == "summary_large_image"
            assert said["og:image:alt"]


def test_the_picture_of_every_page_is_there_in_its_language_and_of_the_size_told(public_site, built_site):
    for site in (public_site, built_site):
        for address, page in site.documents.items():
            if "og:image" not in told(page):
                assert address.endswith(".html")
                continue
            at = urljoin(HOST + address, told(page)["og:image"]).removeprefix(HOST + "/")
            size = tuple(int(told(page)[f"og:image:{side}"]) for side in ("width", "height"))
            assert at.startswith("en/") == (language_of(address) == "en")
            assert Image.open(BytesIO(site.files[at])).size == size


def test_a_sensitive_service_is_neutral_in_all_that_search_engines_and_messengers_read(public_site):
    service = make_charter().service["KDR"]
    own = [at for at in public_site.documents if service.slug in at or "/k/bkl-" in at]

    assert len(own) > 2
    for address in own:
        page, language = public_site.page(address), language_of(address)
        read_by_machines = " ".join(
            [tab_of(page), *chain(*(one.attributes.values() for one in page.all("meta", "link")))]
        )
        secret = [getattr(one, language) for one in (service.name, *service.do_now)]
        secret += [getattr(one.text, language) for one in service.promises]
        assert [words for words in secret if words in read_by_machines] == []
        assert told(page)["og:image"].endswith("/gambar/piagam.png")


def test_the_short_address_of_a_proposal_never_reads_like_a_promise(charter):
    words = Words("id")
    proposal = next(one for one in charter.promises() if one.is_proposal and one.scope == "KBK")

    said = head_of_clause(charter, words, proposal, "layanan/kebakaran/").description

    assert said.startswith("Usulan: ")


def test_a_short_address_claims_the_page_of_its_clause(charter):
    moved = make_charter(("charter.yml", ("public_url",), HOST))
    page = read(dict(extra_files(moved, "en"))["k/kbk-siap/index.html"])

    assert [one["href"] for one in links(page, "canonical")] == [f"{HOST}/en/layanan/kebakaran/"]
    assert page.meta("robots") == "noindex"


def test_a_feed_can_be_found_from_every_page_but_the_search(built_site):
    for address, page in built_site.pages.items():
        found = [one["href"] for one in links(page, "alternate") if one.get("type") == "application/atom+xml"]
        root = "/en/" if language_of(address) == "en" else "/"
        whole = [urljoin(HOST + address, one) for one in found]
        assert whole == ([] if address.endswith("/cari/") else [f"{HOST}{root}umpan.xml"])


def test_what_is_simulated_is_not_for_finding(sample_site):
    assert {page.meta("robots") for page in framed(sample_site).values()} == {"noindex"}
    assert not [name for name in sample_site.files if name.endswith(("umpan.xml", "sitemap.xml"))]
    assert sample_site.files["robots.txt"] == b"User-agent: *\nDisallow: /\n"
    feeds = [one for page in sample_site.pages.values() for one in links(page, "alternate")]
    assert feeds == []


def test_both_site_tools_say_the_same_to_machines(tmp_path_factory, built_site):
    pytest.importorskip("zensical")
    other = sites.built_site(tmp_path_factory.getbasetemp(), "zensical")

    def head(address, page):
        leads = [{**one, "href": urljoin(address, one["href"])} for one in links(page, "alternate")]
        named = [one.attributes for one in page.all("meta") if "generator" not in one.attributes.values()]
        return [tab_of(page), named, leads, links(page, "canonical")]

    differing = [
        at for at, page in built_site.documents.items() if head(at, page) != head(at, other.page(at))
    ]

    assert differing == []
