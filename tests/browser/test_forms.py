"""Forms and portal as people see them: at any size, in any scheme, without a script."""

from urllib.parse import urlsplit

import pytest

from tests.browser.app_pages import citizens_pages, sign_in
from tests.browser.axe import LOOKED_AT, look
from tests.browser.html_checker import faults_of_answers
from tests.browser.walking import REPORT, go_on, walk

pytestmark = pytest.mark.browser

ELSEWHERE = "http://hadiah.contoh/"


@pytest.mark.parametrize(("width", "scheme", "base"), LOOKED_AT)
def test_nothing_is_wrong_with_what_citizens_see(open_context, cases, width, scheme, base):
    page = open_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()

    assert [fault for _ in citizens_pages(page, cases.code, base) for fault in look(page)] == []


@pytest.mark.audit
@pytest.mark.parametrize("base", ["", "/en"])
def test_the_html_checker_finds_nothing_in_what_citizens_see(open_context, cases, tmp_path, base):
    page = open_context(java_script_enabled=False).new_page()

    assert faults_of_answers(page, citizens_pages(page, cases.code, base), tmp_path) == []


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
    for path in cases.pages:
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
    walk(page, REPORT)
    go_on(page)
    code = "".join(page.locator(".p-code__groups").inner_text().split())

    page.goto("/en/lacak")
    page.locator("[name=tracking_code]").fill(code.lower().replace("-", " "))
    page.locator("main form button").click()

    assert "P-" in page.locator("main").inner_text()
