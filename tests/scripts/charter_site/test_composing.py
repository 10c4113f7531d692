import shutil

import pytest

from scripts.charter_site import composing
from scripts.charter_site.composing import WrittenPageError, compose, extra_files
from scripts.charter_site.views import home_of
from scripts.charter_site.words import LANGUAGES
from tests.documents import read
from tests.sites import changed, contents, resolve

PREFIXES = ["/", "/en/"]
ERROR_PAGES = [f"{prefix}{name}.html" for prefix in PREFIXES for name in (404, 503)]


def short_addresses(charter):
    return {f"{prefix}k/{clause.anchor}/" for prefix in PREFIXES for clause in charter.clauses()}


def refresh_of(page):
    told = next(one.attributes for one in page.all("meta") if one.attributes.get("http-equiv") == "refresh")
    return told["content"].split("url=")[1]


def test_every_clause_has_a_short_address_in_both_languages(city_charter, built_site):
    written = {address for address in built_site.documents if "/k/" in address}

    assert written == short_addresses(city_charter)


def test_a_short_address_leads_to_the_one_place_of_its_clause(city_charter, built_site):
    for prefix in PREFIXES:
        for clause in city_charter.clauses():
            address = f"{prefix}k/{clause.anchor}/"
            page = built_site.page(address)
            target, anchor = resolve(address, refresh_of(page)) or ("", "")

            assert f"{target}#{anchor}" == prefix + home_of(city_charter, clause)
            assert built_site.page(target).ids.count(anchor) == 1, clause.id
            assert refresh_of(page) in [one.attributes["href"] for one in page.all("a")]


def test_a_short_address_is_not_for_search_engines(city_charter, built_site):
    assert {built_site.page(at).meta("robots") for at in short_addresses(city_charter)} == {"noindex"}


def test_the_error_pages_exist_in_both_languages(built_site):
    assert set(ERROR_PAGES) <= set(built_site.documents)


def test_what_stands_alone_begins_with_the_call_to_112(city_charter, built_site):
    number = city_charter.emergency_number.number
    for address in (*ERROR_PAGES, *short_addresses(city_charter)):
        body = built_site.page(address).one("body")
        first = body.all("a")[0]

        assert first.attributes["href"] == f"tel:{number}"
        assert body.text.startswith(first.text)
        assert number in first.text


@pytest.mark.parametrize("address", ERROR_PAGES)
def test_an_error_page_gives_the_numbers_for_when_112_does_not_answer(city_charter, built_site, address):
    calls = {one.attributes["href"] for one in built_site.page(address).all("a")}

    others = city_charter.texts.emergency_page.no_answer_numbers
    assert {f"tel:{other.number}" for other in others} <= calls


@pytest.mark.parametrize(
    ("public_url", "base"),
    [
        (None, "/"),
        ("https://piagam.contoh.go.id", "/"),
        ("https://contoh.go.id/piagam", "/piagam/"),
    ],
)
def test_an_error_page_finds_its_look_from_any_depth_and_below_any_folder(city_charter, public_url, base):
    moved = changed(city_charter, info=city_charter.info.model_copy(update={"public_url": public_url}))

    for language, prefix in zip(LANGUAGES, ("", "en/"), strict=True):
        page = read(dict(extra_files(moved, language))["404.html"])
        looks = [one.attributes["href"] for one in page.all("link")]
        assert looks
        assert all(look.startswith(f"{base}{prefix}assets/") for look in looks)


def test_what_an_earlier_run_left_is_gone(city_charter, tmp_path):
    (tmp_path / "src" / "id" / "lama").mkdir(parents=True)
    (tmp_path / "src" / "id" / "lama" / "index.md").write_text("old")

    compose(city_charter, tmp_path)

    assert not (tmp_path / "src" / "id" / "lama").exists()


def test_the_same_charter_gives_the_same_sources(city_charter, tmp_path):
    compose(city_charter, tmp_path / "one")
    compose(city_charter, tmp_path / "two")

    assert contents(tmp_path / "one" / "src") == contents(tmp_path / "two" / "src")


@pytest.mark.parametrize("missing", ["title", "description", "reviewed_on"])
def test_a_hand_written_page_without_its_front_matter_is_refused_by_name(
    city_charter, tmp_path, monkeypatch, missing
):
    docs = shutil.copytree(composing.DOCS, tmp_path / "docs")
    page = docs / "id" / "tentang.md"
    page.write_text("\n".join(line for line in page.read_text().split("\n") if not line.startswith(missing)))
    monkeypatch.setattr(composing, "DOCS", docs)
    monkeypatch.setattr(composing, "ROOT", tmp_path)

    with pytest.raises(WrittenPageError, match=rf"docs/id/tentang\.md.*{missing}"):
        compose(city_charter, tmp_path / "work")
