"""The council at a phone: reads an answer, disagrees, thinks again; by keyboard, without a script."""

import pytest

from site_api.reviewers.models import Role
from tests.browser.app_pages import sign_in
from tests.browser.axe import violations
from tests.browser.looking import faults_on
from tests.site_api.portal import add_reviewer

pytestmark = pytest.mark.browser

SAID = "Satu regu jaga belum cukup untuk dua kecamatan."
WRITE, TAKE_BACK = "form[action$='/pendapat']", "form[action$='/tarik-pendapat']"
MOST_TABS = 40


@pytest.fixture(scope="module")
def answered(live_app, cases) -> str:
    """Give the address of the answered case, and let a member of the council be there."""
    with live_app.app_context():
        add_reviewer("dewan", Role.DPRD)
    return next(f"/tinjau/{one}" for one in reversed(cases.pages) if one.startswith("masukan/M-"))


def tab_to(page, wanted):
    """Press Tab until the focus is where it is wanted."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.locator(f"{wanted}:focus").count():
            return
    raise AssertionError(f"{wanted} is not reached by {MOST_TABS} presses of Tab")


def test_a_dissent_is_written_and_withdrawn_by_keyboard_alone(page, answered):
    sign_in(page, "dewan")
    page.goto(answered)

    tab_to(page, f"{WRITE} [name=stance]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    tab_to(page, f"{WRITE} [name=opinion_id]")
    page.keyboard.type(SAID)
    tab_to(page, f"{WRITE} button")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "DPRD Kota Tebing Tinggi" in page.locator("main").inner_text()
    assert "Tidak sependapat" in page.locator("main").inner_text()
    assert SAID in page.locator("main").inner_text()

    tab_to(page, f"{TAKE_BACK} button")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert SAID not in page.locator("main").inner_text()
    assert page.locator(WRITE).count() == 1


@pytest.mark.parametrize("base", ["", "/en"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_while_an_opinion_is_written_refused_and_shown(open_context, answered, width, base):
    page = open_context(viewport={"width": width, "height": 800}).new_page()
    sign_in(page, "dewan")
    page.goto(base + answered)
    found = {"form": violations(page)}
    with page.expect_navigation():
        page.locator(f"{WRITE} button").click()
    found["faults"] = violations(page)
    page.locator(f"{WRITE} [value=agrees]").check()
    page.locator(f"{WRITE} [name=opinion_id]").fill(SAID)
    with page.expect_navigation():
        page.locator(f"{WRITE} button").click()
    found["shown"] = violations(page)
    page.locator(f"{TAKE_BACK} button").click()

    assert found == {"form": [], "faults": [], "shown": []}


def test_nothing_is_wrong_beyond_axe_with_the_form(open_context, answered):
    reader = open_context(bypass_csp=True, reduced_motion="reduce").new_page()
    sign_in(reader, "dewan")
    reader.goto(answered)

    assert faults_on(reader) == []
