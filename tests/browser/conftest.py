"""A real browser before the app that serves the city's site; nothing else may be asked of any host."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from site_api import create_app
from site_api.database import close_app, db
from site_api.feedback import workflow
from site_api.feedback.models import Feedback
from site_api.feedback.schemas import NewFeedback, Verification
from site_api.hoax_reports import workflow as hoax_workflow
from site_api.hoax_reports.schemas import NewHoaxReport
from site_api.installation import installation
from site_api.reviewers.models import Role
from tests import sites
from tests.apps import make_tables, settings_in
from tests.browser import app_pages
from tests.site_api.portal import add_reviewer
from tests.site_api.stories import TRIAGE, answer, sent
from tests.sites import Site

PHONE = {"width": 360, "height": 740}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        pass


def whole(app: WSGIApplication) -> WSGIApplication:
    """Answer in one piece: the tests' server forgets to close a file that the browser hangs up on."""

    def answer(environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        pieces = app(environ, start)
        try:
            return [b"".join(pieces)]
        finally:
            pieces.close()  # type: ignore[attr-defined]

    return answer


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return sites.built_site(tmp_path_factory.getbasetemp())


@contextmanager
def living(site: Site, folder: Path) -> Iterator[Flask]:
    """Make an app with site, forms and portal, on a database of its own."""
    app = create_app(settings_in(folder, site_dir=site.folder), sites.city_charter())
    make_tables(app)
    app_pages.served_apps.append(app)
    yield app
    app_pages.served_apps.remove(app)
    close_app(app)


@pytest.fixture(scope="session")
def live_app(built_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Give the app that most tests share."""
    with living(built_site, tmp_path_factory.mktemp("app")) as app:
        yield app


@dataclass(frozen=True)
class Cases:
    """Hold what a portal is about: addresses below /tinjau/, and the code of an answered case."""

    pages: tuple[str, ...]
    code: str


@pytest.fixture(scope="session")
def cases(live_app: Flask) -> Cases:
    """Fill the portal: a new case, a read one, an answered one, a hoax report, and reviewers."""
    with live_app.app_context():
        add_reviewer("sari")
        add_reviewer("budi", Role.AGENCY, "damkar")
        add_reviewer("ani", Role.ADMIN)
        place = installation()
        made = []
        for _ in range(3):
            case, code = workflow.submit(place, NewFeedback.model_validate(sent(), strict=False), None)
            made.append((case.number, code))
        stored = [db.session.query(Feedback).filter_by(number=number).one() for number, _ in made]
        for case in stored[1:]:
            workflow.verify(place, TRIAGE, case, Verification(kind=case.kind, clause=case.clause))
        workflow.answer(place, TRIAGE, stored[2], answer())
        event = {"class": "palsu", "occurred_on": "2026-11-20", "agencies": ["damkar"]}
        report, _ = hoax_workflow.submit(place, NewHoaxReport.model_validate(event, strict=False), None)
        cases = (f"masukan/{number}" for number, _ in made)
        lists = ("", "ditahan", "selesai", "cari?words=damkar", "?clause=KBK.siap&kind=complaint")
        pages = (*lists, "masukan/baru", "panggilan-palsu/baru", "unduh", "tindakan", *cases)
        return Cases((*pages, f"panggilan-palsu/{report.number}"), made[2][1])


@contextmanager
def served(app: WSGIApplication) -> Iterator[str]:
    """Serve an app on a free port, and give its address."""
    server = make_server("127.0.0.1", 0, whole(app), threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def address(live_app: Flask) -> Iterator[str]:
    with served(live_app) as address:
        yield address


def chromium() -> str:
    """Give Debian's Chromium: the one without windows, which opens a page with a quarter of the work."""
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert found, "the browser tests need Chromium: on Debian, apt-get install chromium-headless-shell"
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_context(browser: Browser, address: str) -> Iterator[Callable[..., BrowserContext]]:
    """Open browsers of any size, language, scheme, with or without script; all is closed afterwards."""
    opened: list[BrowserContext] = []

    def open_one(**how: Any) -> BrowserContext:
        opened.append(browser.new_context(base_url=address, **{"viewport": PHONE} | how))
        return opened[-1]

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """Give a phone on which no script runs."""
    return open_context(java_script_enabled=False).new_page()
