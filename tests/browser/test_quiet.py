from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from scripts.charter_site.offline import emergency_pages
from tests.browser.kinds import KINDS, in_english
from tests.browser.phones import keep_pages, kept
from tests.sites import Site, city_charter

pytestmark = pytest.mark.browser

MISSING = [KINDS["not found"], in_english(KINDS["not found"])]
REFUSALS = """addEventListener("securitypolicyviolation",
    event => console.error("refused", event.violatedDirective, event.blockedURI, event.sourceFile));"""


@dataclass
class Visit:
    """Hold all that was seen while every page was open once, with script running."""

    page: Page
    asked: dict[str, set[str]] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def see(self, address: str, until: str = "load") -> None:
        self.asked[address] = set()
        self.page.goto(address, wait_until=until)  # type: ignore[arg-type]

    def listen(self) -> None:
        self.page.add_init_script(REFUSALS)
        self.page.on("request", lambda request: self.asked[list(self.asked)[-1]].add(request.url))
        self.page.on("response", lambda answer: self.statuses.update({answer.url: answer.status}))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda said: self.wrong.append(f"{said.type}: {said.text}"))


@pytest.fixture(scope="module")
def visit(browser: Browser, built_site: Site, address: str) -> Iterator[Visit]:
    context = browser.new_context(base_url=address)
    made = Visit(context.new_page())
    made.listen()
    for path in (*built_site.pages, *MISSING):
        made.see(path, "networkidle" if path.endswith("/cari/") else "load")
    yield made
    context.close()


def test_no_page_asks_anything_of_another_host(visit, address):
    hosts = {urlsplit(url).netloc for urls in visit.asked.values() for url in urls}

    assert hosts == {urlsplit(address).netloc}


def test_no_page_fails_in_script_or_breaks_its_policy(visit):
    assert [text for text in visit.wrong if "404 (NOT FOUND)" not in text] == []


def test_only_the_search_page_loads_more_script_than_ours(visit):
    scripts = {
        path: {urlsplit(url).path.removeprefix("/en") for url in urls if url.endswith(".js")}
        for path, urls in visit.asked.items()
    }

    assert all("/assets/brand/page.js" in own for own in scripts.values())
    assert {path for path, own in scripts.items() if own != {"/assets/brand/page.js"}} == {
        "/cari/",
        "/en/cari/",
    }


def test_nothing_that_a_page_asks_for_is_missing(visit):
    missing = {urlsplit(url).path for url, status in visit.statuses.items() if status >= 400}

    assert missing == set(MISSING)


def test_every_page_even_a_missing_one_has_a_look(visit):
    plain = [path for path, urls in visit.asked.items() if not any(url.endswith(".css") for url in urls)]

    assert plain == []


def test_no_page_leaves_a_cookie_or_a_note_on_the_phone(visit):
    assert visit.page.context.storage_state() == {"cookies": [], "origins": []}


def test_the_phone_keeps_emergency_pages_and_nothing_of_the_others_that_were_read(visit, address):
    keep_pages(visit.page, f"{address}/")
    pages = {urlsplit(url).path for url in kept(visit.page) if url.endswith("/")}
    addresses = emergency_pages(city_charter())

    assert pages == {f"{prefix}{page}" for prefix in ("/", "/en/") for page in addresses}
