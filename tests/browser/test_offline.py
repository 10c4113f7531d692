import gzip
import json
import shutil
from contextlib import ExitStack
from datetime import date
from functools import partial
from threading import Thread

import pytest
from playwright.sync_api import Error, expect

from scripts.charter_site.offline import LARGEST, emergency_pages, worker_off
from scripts.charter_site.serving import Quiet, SiteServer
from scripts.charter_site.words import Words
from tests.browser.conftest import PHONE, served
from tests.browser.phones import NAMES, NOTHING_LEFT, Server, becomes_true, keep_pages, kept
from tests.sites import city_charter

pytestmark = pytest.mark.browser

EMERGENCIES = [
    f"{prefix}{address}" for prefix in ("/", "/en/") for address in emergency_pages(city_charter())
]
SERVICES = {f"layanan/{service.slug}/": service for service in city_charter().emergencies}
FORMS = ["/masukan", "/masukan/panggilan-palsu", "/lacak", "/tinjau/masuk"]
BESIDE = [
    *FORMS,
    *(f"/en{path}" for path in FORMS),
    "/api/v1/answers",
    "/charter.json",
    "/janji/",
    "/en/hak/",
]


def words_of(path):
    return Words("en" if path.startswith("/en/") else "id")


def notice_of(path, day):
    words = words_of(path)
    return words.filled(city_charter().texts.notices.stale, date=words.date(day))


def listed_in(script):
    return json.loads(script.partition("=")[2].partition(";\n")[0])["files"]


class Asking(Quiet):
    """Serve files as the app does: a browser asks again before it shows what it has."""

    def end_headers(self):
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


@pytest.fixture(scope="module")
def without_network(browser, live_app):
    """Give a phone that opened the home page once, before the server went away."""
    first = date.today()
    context = browser.new_context(viewport=PHONE)
    with served(live_app) as address:
        keep_pages(context.new_page(), address)
    yield context, address, {first, date.today()}
    context.close()


@pytest.fixture
def offline(without_network):
    context, address, days = without_network
    page = context.new_page()
    page.days = days
    page.at = lambda path: page.goto(f"{address}{path}")
    yield page
    page.close()


@pytest.fixture
def server(live_app):
    made = Server(live_app)
    with served(made) as address:
        made.address = address
        yield made
        made.spoken.set()


@pytest.fixture
def phone(browser, server):
    context = browser.new_context(base_url=server.address, viewport=PHONE)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", EMERGENCIES)
def test_every_emergency_page_opens_without_network_with_its_first_steps(offline, path):
    offline.at(path)

    service = SERVICES.get(path.removeprefix("/en").removeprefix("/"))
    for step in service.do_now if service else ():
        expect(offline.get_by_text(words_of(path).text(step), exact=True)).to_be_visible()
    call = offline.locator(".p-bar .p-call")
    expect(call).to_be_visible()
    assert call.evaluate("call => getComputedStyle(call).minHeight") == "52px"
    assert offline.locator(".p-stale").inner_text() in {notice_of(path, day) for day in offline.days}


@pytest.mark.parametrize("path", ["/janji/", "/en/janji/", "/k/kbk-siap/", "/layanan/panggilan-palsu/"])
def test_any_other_page_says_that_there_is_no_internet_and_leads_to_what_is_kept(offline, path):
    offline.at(path)

    said = words_of(path).labels["error_pages"]["offline"]
    expect(offline.get_by_role("heading", level=1)).to_have_text(said["title"])
    expect(offline.get_by_text(said["text"].format(number="112"))).to_be_visible()
    expect(offline.locator(".p-bar .p-call")).to_have_attribute("href", "tel:112")
    for number in city_charter().texts.emergency_page.no_answer_numbers:
        expect(offline.locator(f'a[href="tel:{number.number}"]').first).to_be_visible()
    links = offline.locator(".p-kept a")
    assert links.count() == len(SERVICES) + 1
    links.last.click()
    expect(offline.locator(".p-stale")).to_be_visible()


@pytest.mark.parametrize("path", [*FORMS, "/en/masukan", "/api/v1/answers"])
def test_no_form_comes_from_the_phone(offline, path):
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        offline.at(path)


def test_with_network_a_page_is_no_copy(server, phone):
    keep_pages(phone)
    phone.goto("/layanan/kebakaran/")

    expect(phone.locator(".p-stale")).to_have_count(0)
    assert server.asked.count("/layanan/kebakaran/") == 2


@pytest.mark.parametrize("mood", ["silent", "broken"])
def test_a_server_that_does_not_help_is_replaced_by_the_copy(server, phone, mood):
    keep_pages(phone)
    server.mood = mood

    phone.goto("/layanan/kebakaran/", timeout=12_000)

    expect(phone.locator(".p-stale")).to_be_visible()
    expect(phone.locator(".p-steps")).to_be_visible()


def test_the_phone_keeps_the_list_and_nothing_else_whatever_was_read(server, phone):
    keep_pages(phone)
    listed = listed_in(phone.request.get("/sw.js").text())
    before = kept(phone)

    for path in (*EMERGENCIES, *BESIDE):
        phone.goto(path)
    phone.goto("/lacak")
    phone.locator("#tracking_code").fill("AAAA-AAAA-AAAA-AAAA")
    phone.get_by_role("button").first.click()

    assert set(before) == {f"{server.address}/{path}" for path in listed}
    assert kept(phone) == before
    assert phone.context.storage_state()["origins"] == []


def test_what_a_phone_keeps_is_within_its_limit_as_it_is_transferred(built_site):
    listed = listed_in(built_site.files["sw.js"].decode())
    sizes = [
        len(
            gzip.compress(built_site.files[f"{path}index.html" if path == "" or path.endswith("/") else path])
        )
        for path in listed
    ]

    assert len(sizes) > 2 * len(SERVICES)
    assert sum(sizes) <= LARGEST <= 400_000


def test_a_new_version_takes_the_place_of_the_old(server, phone):
    keep_pages(phone)
    [old] = phone.evaluate(NAMES)
    version = old.split(" ")[-1]
    server.instead["/sw.js"] = phone.request.get("/sw.js").text().replace(version, "newer")

    phone.goto("/layanan/")

    newer = json.dumps(old.replace(version, "newer"))
    assert becomes_true(phone, f"String(await caches.keys()) === {newer}")
    phone.goto("/en/layanan/")
    expect(phone.locator(".p-stale")).to_have_count(0)


def test_switched_off_nothing_is_left_on_the_phone_and_pages_come_from_the_network(server, phone):
    keep_pages(phone)
    server.instead["/sw.js"] = worker_off()

    phone.goto("/layanan/")
    assert becomes_true(phone, NOTHING_LEFT)
    for path in ("/layanan/kebakaran/", "/janji/"):
        server.asked.clear()
        phone.goto(path)
        assert path in server.asked
    assert becomes_true(phone, NOTHING_LEFT)
    server.mood = "broken"
    phone.goto("/layanan/kebakaran/")
    expect(phone.locator("body")).to_have_text("broken")


def test_a_site_below_a_path_of_its_host_keeps_to_that_path(browser, built_site, tmp_path):
    shutil.copytree(built_site.folder, tmp_path / "piagam")
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    with ExitStack() as stack:
        host = stack.enter_context(SiteServer(("127.0.0.1", 0), partial(Asking, directory=str(tmp_path))))
        Thread(target=host.serve_forever, daemon=True).start()
        stack.callback(host.shutdown)
        address = f"http://127.0.0.1:{host.server_port}/piagam/"
        assert keep_pages(page, f"{address}en/hak/") == address

    page.goto(f"{address}layanan/kebakaran/")

    expect(page.locator(".p-stale")).to_be_visible()
    context.close()
