"""Forms and portal as people see them: at any size, in any scheme, without a script."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from site_api.database import db
from site_api.feedback import workflow
from site_api.feedback.models import Feedback
from site_api.feedback.schemas import NewFeedback, Verification
from site_api.hoax_reports import workflow as hoax_workflow
from site_api.hoax_reports.schemas import NewHoaxReport
from site_api.installation import installation
from site_api.reviewers.models import Role
from tests.browser.axe import violations
from tests.site_api.portal import PASSWORD, add_reviewer
from tests.site_api.stories import TRIAGE, answer, sent

pytestmark = pytest.mark.browser

ELSEWHERE = "http://hadiah.contoh/"
PAGES = (
    "/masukan?clause=KBK.siap&service=KBK",
    "/masukan/panggilan-palsu",
    "/lacak",
    "/tinjau/masuk",
)
SIZES = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]
OPEN_ALL = "() => document.querySelectorAll('main details').forEach(one => one.open = true)"
TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def cases(live_app):
    """Fill the portal: a new case, a read one, an answered one, a hoax report; give addresses and a code."""
    with live_app.app_context():
        add_reviewer("sari")
        add_reviewer("budi", Role.AGENCY, "damkar")
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
        pages = ["", *(f"masukan/{number}" for number, _ in made), f"panggilan-palsu/{report.number}"]
        return pages, made[2][1]


def look(page: Page) -> list[str]:
    """Give what is wrong with a page, every fold open."""
    page.evaluate(OPEN_ALL)
    wide = ["wider than the window"] if page.evaluate(TOO_WIDE) else []
    return [f"{urlsplit(page.url).path}: {fault}" for fault in violations(page) + wide]


@pytest.mark.parametrize("base", ["", "/en"])
@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_nothing_is_wrong_with_what_citizens_see(open_context, cases, width, scheme, base):
    page = open_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    faults = []
    for address in (
        "/masukan?clause=KBK.siap&service=KBK",
        "/masukan/panggilan-palsu",
        "/lacak",
        "/tinjau/masuk",
    ):
        page.goto(base + address)
        faults += look(page)
    page.goto(f"{base}/masukan")
    page.locator("main form button").click()
    faults += look(page)
    page.locator("[name=happened][value=now]").check()
    page.locator("main form button").click()
    faults += look(page)
    page.goto(f"{base}/lacak")
    page.locator("[name=tracking_code]").fill(cases[1])
    page.locator("main form button").click()
    faults += look(page)

    assert faults == []


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_nothing_is_wrong_with_what_reviewers_see(open_context, cases, width, scheme):
    page = open_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    sign_in(page)
    faults = []
    for address in cases[0]:
        page.goto(f"/tinjau/{address}")
        faults += look(page)

    assert faults == []


def sign_in(page: Page) -> None:
    page.goto("/tinjau/masuk")
    page.locator("[name=name]").fill("sari")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").click()


def test_forms_and_portal_ask_nothing_of_another_host_and_break_no_policy(open_context, cases, address):
    context = open_context()
    page = context.new_page()
    asked: set[str] = set()
    wrong: list[str] = []
    page.on("request", lambda request: asked.add(request.url))
    page.on("console", lambda said: wrong.append(said.text))
    for path in ("/masukan", "/en/masukan/panggilan-palsu", "/lacak"):
        page.goto(path)
    assert context.storage_state() == {"cookies": [], "origins": []}
    sign_in(page)
    for path in cases[0]:
        page.goto(f"/tinjau/{path}")

    assert {urlsplit(url).netloc for url in asked} == {urlsplit(address).netloc}
    assert not any(url.endswith(".js") for url in asked)
    assert wrong == []


def test_a_form_of_another_site_cannot_act_for_a_reviewer(open_context, cases, address):
    page = open_context().new_page()
    sign_in(page)
    trap = f'<form method="post" action="{address}/tinjau/keluar"><button>Menangkan hadiah</button></form>'
    page.route(f"{ELSEWHERE}**", lambda route: route.fulfill(body=trap, content_type="text/html"))
    page.goto(ELSEWHERE)
    with page.expect_response(f"{address}/tinjau/keluar") as refused:
        page.get_by_role("button").click()

    assert refused.value.status in (401, 403)
    page.goto("/tinjau/")
    assert page.url.endswith("/tinjau/")


def test_the_code_of_a_receipt_can_be_read_and_typed_back(open_context, cases):
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/masukan/panggilan-palsu")
    page.locator("[name=class]").first.check()
    page.locator("[name=occurred_on]").fill("2026-11-20")
    page.locator("main form button").click()
    code = "".join(page.locator(".p-code__groups").inner_text().split())

    page.goto("/en/lacak")
    page.locator("[name=tracking_code]").fill(code.lower().replace("-", " "))
    page.locator("main form button").click()

    assert "P-" in page.locator("main").inner_text()
