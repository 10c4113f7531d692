import gzip
from collections import Counter

import pytest

from scripts.charter_site.pages import shared_context
from scripts.charter_site.text_edition import (
    NAMES,
    inside,
    kilobytes,
    outgrown,
    text_edition,
)
from scripts.charter_site.words import Words
from tests.documents import read
from tests.factories import make_charter

LANGUAGES = ["id", "en"]
ADDRESS = {"id": "/piagam-112.html", "en": "/en/charter-112.html"}
LOADING = (
    "link",
    "script",
    "style",
    "img",
    "iframe",
    "object",
    "embed",
    "video",
    "audio",
    "source",
    "svg",
    "form",
)


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def edition(built_site, language):
    return built_site.page(ADDRESS[language])


def said(charter, language):
    """Give every text that a reader without the site must not miss."""
    for service in charter.services:
        yield from (service.title, service.line, service.dont, *service.do_now, *service.tell_operator)
        for case in service.special_cases:
            yield from (case.title, *charter.lines_of(case))
        yield from (step.text for step in charter.steps_of(service))
    for promise in charter.promises():
        yield from (text for text in (promise.remedy, promise.today, promise.condition) if text)
    policy = charter.hoax_policy
    yield from (policy.cost, policy.penalty, policy.appeal_decided_by, *policy.parents, *policy.teachers)
    yield from (party.name for party in charter.agreements.parties)
    yield from (law.about for law in charter.legal_basis)


def test_it_holds_what_the_pages_say(city_charter, edition, language):
    words, text = Words(language), edition.text

    missing = [words.text(one) for one in said(city_charter, language)]
    missing = [one for one in missing if " ".join(one.split()) not in text]

    assert missing == []


def test_every_clause_stands_in_it_under_its_own_anchor(city_charter, edition):
    anchors = Counter(edition.ids)

    assert {clause.anchor for clause in city_charter.clauses()} <= set(anchors)
    assert [anchor for anchor, times in anchors.items() if times > 1] == []


def test_every_promise_says_its_standing_and_its_law(city_charter, edition, language):
    standings = Words(language).labels["standing"]
    for promise in city_charter.promises():
        assert edition.by_id(promise.anchor).text == f"{promise.id}: {standings[promise.standing.value]}"
    for reference in city_charter.by_id["KBK.siap"].basis:
        assert f"#{reference.law}" in {link.attributes["href"] for link in edition.all("a")}


def test_it_begins_with_112_and_the_numbers_for_when_it_does_not_connect(city_charter, edition, language):
    called = [link.attributes["href"] for link in edition.all("a")]
    numbers = city_charter.texts.emergency_page.no_answer_numbers

    assert called[: len(numbers) + 1] == ["tel:112", *(f"tel:{item.number}" for item in numbers)]
    assert edition.one("h1").text == Words(language).text(city_charter.texts.bar)


def test_it_says_in_what_state_it_is(city_charter, edition, language):
    words, notices = Words(language), city_charter.texts.notices

    for notice in (notices.draft, notices.unofficial, notices.unverified_112):
        assert words.text(notice) in edition.text
    assert words.filled(notices.stale, date=words.date(city_charter.info.dated)) in edition.text
    assert built_seal(city_charter) in edition.text


def built_seal(charter):
    return shared_context(charter)["seal"]


def test_it_loads_nothing_and_every_link_leads_inside_to_a_number_or_to_a_source(edition):
    assert edition.all(*LOADING) == []
    assert [one.tag for one in edition.walk() if "style" in one.attributes or "src" in one.attributes] == []
    for link in edition.all("a"):
        kind = link.attributes["href"].partition(":")[0]
        if kind.startswith("#"):
            assert edition.by_id(kind[1:])
        else:
            assert kind in ("tel", "http", "https"), link.attributes["href"]


def test_a_sensitive_service_stands_under_its_neutral_title(city_charter, edition, language):
    words = Words(language)
    for service in (one for one in city_charter.services if one.is_sensitive):
        assert edition.by_id(service.slug).text == words.text(service.title)
        assert words.text(service.name) not in edition.text


def test_it_weighs_at_most_50_kb_on_the_line(built_site, language):
    raw = built_site.files[ADDRESS[language].strip("/")]

    assert kilobytes(gzip.compress(raw, mtime=0)) <= 50


def test_an_edition_that_has_outgrown_its_weight_is_told_with_the_figure(monkeypatch, tmp_path, language):
    written = tmp_path / NAMES[language]
    written.write_text(text_edition(make_charter(), language), encoding="utf-8")
    whole = kilobytes(gzip.compress(written.read_bytes(), mtime=0))
    assert [*outgrown([written])] == []

    monkeypatch.setattr("scripts.charter_site.text_edition.MOST_KB", whole - 1)

    (told,) = outgrown([written])
    assert told.startswith(
        f"{NAMES[language]}: {whole} KB compressed, where at most {whole - 1} KB are wanted"
    )


@pytest.mark.parametrize("page", ["", "data/", "tentang/"])
def test_these_pages_lead_to_it_and_home_says_its_size(built_site, language, page):
    prefix = "/" if language == "id" else "/en/"
    links = [
        link
        for link in built_site.page(f"{prefix}{page}").all("a")
        if link.attributes["href"].endswith(NAMES[language])
    ]

    assert len(links) == 1
    if not page:
        size = kilobytes(built_site.files[ADDRESS[language].strip("/")])
        assert f"{size} KB" in links[0].text
        assert "download" in links[0].attributes


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("layanan/kebakaran/", "#kebakaran"),
        ("layanan/kebakaran/#kbk-siap", "#kbk-siap"),
        ("k/kbk-siap/", "#kbk-siap"),
        ("dasar-hukum/#uu-25-2009", "#uu-25-2009"),
    ],
)
def test_an_address_of_the_site_is_a_place_in_the_file(address, place):
    assert inside(address) == place


@pytest.mark.parametrize(("size", "kb"), [(0, 0), (1, 1), (1024, 1), (1025, 2)])
def test_a_size_is_rounded_up(size, kb):
    assert kilobytes(b"x" * size) == kb


def test_another_city_gets_its_own():
    page = read(text_edition(make_charter(), "id"))

    assert "Damkar siap memadamkan" in page.text
    assert "Tebing Tinggi" not in page.text
