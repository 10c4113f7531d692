import json
from collections import Counter

import pytest

from tests.sites import language_of, resolve

ADDRESSES = [
    "",
    "layanan/",
    "janji/",
    "hak/",
    "instansi/",
    "panggilan-palsu/",
    "standar/",
    "maklumat/",
    "kesepakatan/",
    "versi/",
    "dasar-hukum/",
    "jawaban/",
    "angka/",
    "data/",
    "tentang/",
    "cari/",
]
PREFIXES = ["/", "/en/"]


def title_of(page):
    return "".join(piece for piece in page.one("title").children if isinstance(piece, str)).strip()


def expected(charter, prefix):
    slugs = [f"layanan/{service.slug}/" for service in charter.services]
    return {prefix + address for address in (*ADDRESSES, *slugs)}


def test_the_site_has_these_pages_and_no_other(city_charter, built_site):
    assert set(built_site.pages) == expected(city_charter, "/") | expected(city_charter, "/en/")


def test_there_are_twelve_services(city_charter, built_site):
    services = [address for address in built_site.pages if address.startswith("/layanan/")]

    assert len(services) == len(city_charter.services) + 1 == 13


def test_every_page_has_one_heading_of_the_first_rank(built_site):
    wrong = [address for address, page in built_site.documents.items() if len(page.all("h1")) != 1]

    assert wrong == []


def test_every_page_says_its_language(built_site):
    told = {address: page.one("html").attributes["lang"] for address, page in built_site.documents.items()}

    assert told == {address: language_of(address) for address in told}


def test_every_page_has_a_title_of_its_own(built_site):
    titles = Counter((language_of(address), title_of(page)) for address, page in built_site.pages.items())

    assert [title for title, count in titles.items() if count > 1] == []


def test_every_page_has_a_description_of_its_own(built_site):
    told = Counter((language_of(at), page.meta("description")) for at, page in built_site.pages.items())

    assert [text for (_, text), count in told.items() if count > 1 or not text] == []


def test_every_page_links_to_its_twin_in_the_other_language(built_site):
    for address, page in built_site.pages.items():
        links = [one.attributes for one in page.all("a") if "hreflang" in one.attributes]

        english = language_of(address) == "en"
        twin = address.replace("/en/", "/") if english else f"/en{address}"
        assert [one["hreflang"] for one in links] == ["id" if english else "en"]
        assert resolve(address, links[0]["href"]) == (twin, "")


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_first_steps_stand_before_everything_else_that_a_service_says(city_charter, built_site, prefix):
    for service in city_charter.services:
        page = built_site.page(f"{prefix}layanan/{service.slug}/").one("main").text

        steps = [getattr(action, language_of(prefix)) for action in service.do_now]
        later = getattr(service.tell_operator[0], language_of(prefix))
        places = [page.index(text) for text in (*steps, later)]
        assert places == sorted(places)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_only_the_lines_that_may_be_printed_today_are_printed(city_charter, built_site, prefix):
    for service in city_charter.services:
        page = built_site.page(f"{prefix}layanan/{service.slug}/").text
        for case in service.special_cases:
            printed = {getattr(line, language_of(prefix)) for line in city_charter.lines_of(case)}
            written = {getattr(line, language_of(prefix)) for line in case.do}

            assert all(line in page for line in printed)
            assert not any(line in page for line in written - printed)


def test_a_sensitive_page_shows_a_neutral_name_in_tab_address_and_description(city_charter, built_site):
    sensitive = [service for service in city_charter.services if service.is_sensitive]

    assert len(sensitive) == 2
    for service in sensitive:
        for prefix in PREFIXES:
            language = language_of(prefix)
            page = built_site.page(f"{prefix}layanan/{service.slug}/")
            open_name, neutral = getattr(service.name, language), getattr(service.title, language)
            shown = title_of(page) + page.meta("description")
            assert neutral in shown
            assert open_name not in shown
            assert service.code.lower() not in service.slug


def test_a_sensitive_page_hands_none_of_its_content_to_those_who_only_share_its_address(
    city_charter, built_site
):
    for service in (one for one in city_charter.services if one.is_sensitive):
        for prefix in PREFIXES:
            page, language = built_site.page(f"{prefix}layanan/{service.slug}/"), language_of(prefix)
            shared = " ".join(one.attributes.get("content", "") for one in page.all("meta"))

            said = [getattr(one, language) for one in (service.name, service.line, *service.do_now)]
            assert [words for words in said if words in shared] == []
            assert getattr(service.title, language) in shared


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_page_says_that_it_is_a_draft_and_nothing_official(city_charter, built_site, prefix):
    notices = city_charter.texts.notices
    said = [getattr(text, language_of(prefix)) for text in (notices.draft, notices.unofficial)]

    silent = [
        address
        for address, page in built_site.pages.items()
        if language_of(address) == language_of(prefix) and not all(text in page.text for text in said)
    ]

    assert silent == []


def test_a_hand_written_page_is_read_as_markdown(built_site):
    for address in ("/tentang/", "/en/tentang/"):
        main = built_site.page(address).one("main")

        assert len(main.all("h2")) > 2
        assert "##" not in main.text
        assert "**" not in main.text


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_search_never_suggests_what_a_sensitive_page_is_about(city_charter, built_site, prefix):
    language = language_of(prefix)
    index = json.loads(built_site.files[f"{prefix.lstrip('/')}search/search_index.json"])
    suggested = [entry for entry in index["docs"] if "cari/" not in entry["location"]]
    sensitive = [service for service in city_charter.services if service.is_sensitive]

    for service in sensitive:
        telling = {getattr(text, language) for text in (service.name, service.line, service.card)}
        for entry in suggested:
            assert service.slug not in entry["location"]
            assert not any(words in entry["title"] + entry["text"] for words in telling)
