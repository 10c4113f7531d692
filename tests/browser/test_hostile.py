"""Hostile texts in every field of a charter stay texts: on the pages, in the files, in a real browser."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, expect
from rdflib import Graph

from charter_data.models import Charter
from scripts.charter_site.building import build
from scripts.charter_site.tools import Engine
from scripts.charter_site.words import LANGUAGES, labels
from site_api import create_app
from site_api.database import close_app
from tests.apps import make_tables, settings_in
from tests.browser.conftest import served
from tests.browser.test_quiet import REFUSALS
from tests.documents import Element, read
from tests.factories import make_charter
from tests.hostile import hostile_cities
from tests.sites import Site

pytestmark = pytest.mark.browser

LEADING = ("href", "src", "action", "formaction", "data", "srcset", "poster", "background")
FORMULA = tuple("=+-@\t\r\n\0")
# The theme's marks in the results of a search.
RESULT = {
    "a",
    "article",
    "code",
    "details",
    "div",
    "h1",
    "h2",
    "li",
    "mark",
    "nav",
    "ol",
    "p",
    "span",
    "summary",
    "ul",
}
ACTIVE = ("script", "img", "iframe", "svg", "math", "style", "form", "input", "link", "base", "object")
SORTED = "p-az"
LETTERS = ("p-letters", "p-letter")
ABBREVIATIONS = {labels(language)["abbreviations"] for language in LANGUAGES}
FORMS = ("/masukan", "/en/masukan", "/masukan/panggilan-palsu", "/lacak", "/en/lacak")

Shape = list[tuple[str, tuple[str, ...], "Shape"]]


def shape(element: Element) -> Shape:
    """Give elements and attribute names, without what follows from the length or letters of a text."""
    return [
        (one.tag, tuple(sorted(one.attributes)), shape(one))
        for one in element.elements
        if not (one.tag == "details" and one.elements[0].text in ABBREVIATIONS)
        and one.attributes.get("class") not in LETTERS
    ]


def drawn(page: Element) -> tuple[Shape, list[Shape]]:
    """Give a page's shape, and apart the lines of its list from A to Z: other letters part them otherwise."""
    lists = [one for one in page.walk() if SORTED in one.attributes.get("class", "")]
    return shape(page), sorted(shape(line) for one in lists for line in one.elements)


def targets(page: Element) -> set[tuple[str, str, str]]:
    """Give all that a page leads to or loads."""
    return {
        (one.tag, name, one.attributes[name])
        for one in page.walk()
        for name in LEADING
        if name in one.attributes and not one.attributes[name].startswith("#az-")
    }


def built(charter: Charter, folder: Path, engine: Engine = "mkdocs") -> Site:
    build(charter, folder / "site", engine, folder / "work")
    return Site(folder / "site")


@pytest.fixture(scope="module")
def charters() -> list[Charter]:
    return [make_charter(files=files) for files in hostile_cities()]


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return built(make_charter(), tmp_path_factory.mktemp("twin"))


@pytest.fixture(scope="module")
def sites(charters: list[Charter], tmp_path_factory: pytest.TempPathFactory) -> list[Site]:
    return [built(charter, tmp_path_factory.mktemp("hostile")) for charter in charters]


def test_no_text_makes_an_element_or_an_attribute(sites, twin):
    grown = [
        address
        for site in sites
        for address, page in site.documents.items()
        if drawn(page) != drawn(twin.documents[address])
    ]

    assert grown == []


def test_no_text_becomes_an_address(sites, twin):
    led = [
        targets(page) ^ targets(twin.documents[address])
        for site in sites
        for address, page in site.documents.items()
    ]

    assert [page for page in led if page] == []


def test_no_text_makes_a_file_or_hides_one(sites, twin):
    assert [set(site.files) ^ set(twin.files) for site in sites] == [set()] * len(sites)


def test_the_other_site_tool_leaves_texts_alone_too(charters, tmp_path):
    hostile = built(charters[0], tmp_path / "hostile", "zensical")
    benign = built(make_charter(), tmp_path / "benign", "zensical")

    assert hostile.documents.keys() == benign.documents.keys()
    assert [at for at, page in hostile.documents.items() if drawn(page) != drawn(benign.documents[at])] == []


def test_the_files_for_programs_hold_every_text_as_it_was_written(sites, charters):
    for site, charter in zip(sites, charters, strict=True):
        found = {name: json.loads(raw) for name, raw in site.files.items() if name.endswith(".json")}

        assert found["charter.json"]["name"] == {"id": charter.info.name.id, "en": charter.info.name.en}


def test_the_page_shows_the_text_as_it_was_written(sites, charters):
    for site, charter in zip(sites, charters, strict=True):
        said = " ".join(charter.service["KBK"].dont.id.split())

        assert said in site.page("/layanan/kebakaran/").text


def test_no_cell_is_a_formula_to_a_spreadsheet(sites):
    formulas = [
        (name, cell)
        for site in sites
        for name, raw in site.files.items()
        if name.endswith(".csv")
        for row in csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
        for cell in row
        if cell.startswith(FORMULA)
    ]

    assert formulas == []


def test_no_text_makes_a_statement_in_turtle(sites, twin):
    counts = {
        len(Graph().parse(data=site.files["data/cpsv-ap.ttl"], format="turtle")) for site in (*sites, twin)
    }

    assert len(counts) == 1


def test_no_text_ends_the_facts_for_search_engines(sites, charters):
    for site, charter in zip(sites, charters, strict=True):
        scripts = site.page("/layanan/kebakaran/").all("script")
        script = next(one for one in scripts if one.attributes.get("type") == "application/ld+json")

        assert json.loads(str(script.children[0]))["name"] == charter.service["KBK"].title.id


def test_the_search_index_holds_no_markup_of_a_text(sites):
    entries = [
        entry
        for site in sites
        for name in ("search", "en/search")
        for entry in json.loads(site.files[f"{name}/search_index.json"])["docs"]
    ]
    marked = [
        entry
        for entry in entries
        if read(entry["title"]).elements or read(entry["text"]).all("script", "img")
    ]

    assert marked == []


class Watch:
    """Write down whatever a text does in a browser."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address, self.done = page, address, list[str]()
        page.add_init_script(REFUSALS)
        page.on("dialog", self.dismiss)
        page.on("pageerror", lambda error: self.done.append(str(error)))
        page.on("console", lambda said: self.done.append(f"{said.type}: {said.text}"))
        page.on("request", self.ask)

    def dismiss(self, dialog: Dialog) -> None:
        self.done.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def ask(self, request: Request) -> None:
        if not request.url.startswith(self.address):
            self.done.append(f"asked {request.url}")

    def seen(self, path: str) -> tuple[Shape, list[Shape]]:
        """Give what the browser has made of a page."""
        self.page.goto(path, wait_until="networkidle" if path.endswith("/cari/") else "load")
        return drawn(read(self.page.content()))


@contextmanager
def opened(charter: Charter, site: Site, folder: Path, browser: Browser) -> Iterator[Watch]:
    """Open a browser before the app on a site."""
    app = create_app(settings_in(folder, site_dir=site.folder), charter)
    folder.mkdir(exist_ok=True)
    make_tables(app)
    with served(app) as address, browser.new_context(base_url=address) as context:
        yield Watch(context.new_page(), address)
    close_app(app)


def test_a_real_browser_finds_no_more_than_the_templates_wrote(charters, sites, twin, browser, tmp_path):
    with opened(make_charter(), twin, tmp_path / "twin", browser) as watch:
        benign = {path: watch.seen(path) for path in (*twin.pages, *FORMS)}

    # One city will do: every payload stands in a third of its fields.
    with opened(charters[0], sites[0], tmp_path / "hostile", browser) as watch:
        assert [path for path, was in benign.items() if watch.seen(path) != was] == []
        assert watch.done == []


def test_a_search_shows_hostile_titles_as_text(charters, sites, browser, tmp_path):
    with opened(charters[0], sites[0], tmp_path, browser) as watch:
        watch.page.goto("/cari/", wait_until="networkidle")
        watch.page.get_by_role("textbox").first.press_sequentially("script")
        results = watch.page.locator(".md-search-result__list")
        expect(results.locator("article").first).to_be_visible(timeout=30_000)

        assert {one.tag for one in read(results.inner_html()).walk()} <= RESULT
        assert watch.done == []
