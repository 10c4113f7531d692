"""A measure from the number to the judgement by keyboard alone, on any screen, without a script."""

import pytest
from playwright.sync_api import Page

from site_api.reviewers.models import Role
from tests.browser.app_pages import sign_in
from tests.browser.axe import violations
from tests.browser.looking import OPEN_ALL
from tests.site_api.measures.people import GROUNDS, NUMBER, import_calls
from tests.site_api.portal import add_reviewer

pytestmark = pytest.mark.browser

# The checker of accessibility needs a script of its own to run; the pages have none.
JOURNEYS = [(360, "Tanda", True), (1280, "Tanda", True), (360, "Putusan dua pejabat", False)]
TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
WAYS = (NUMBER, "081234567890", "81234567890")


@pytest.fixture(scope="module")
def staff(live_app, cases, tmp_path_factory):
    """Let the log hold calls of one number, and two more of the staff have accounts."""
    with live_app.app_context():
        import_calls(tmp_path_factory.mktemp("log"), ["iseng", "palsu", "senyap"])
        add_reviewer("tono")
        add_reviewer("wati", Role.INSPECTORATE)


@pytest.fixture
def desk_of(staff, open_context):
    """Open the portal as somebody, on a screen of some width."""

    def open_one(name: str, width: int, has_script: bool) -> Page:
        screen = {"width": width, "height": 800}
        page = open_context(viewport=screen, java_script_enabled=has_script).new_page()
        sign_in(page, name)
        page.wait_for_url("**/tinjau/")
        return page

    return open_one


def press(page: Page, field: str, text: str) -> None:
    page.locator(field).focus()
    page.keyboard.type(text)


def go(page: Page, button: str) -> None:
    """Press a button by keyboard, its fold opened first if it is shut."""
    fold = page.locator(
        "details", has=page.get_by_role("button", name=button, exact=True, include_hidden=True)
    )
    if fold.count() and fold.last.get_attribute("open") is None:
        fold.last.locator("summary").focus()
        page.keyboard.press("Enter")
    page.get_by_role("button", name=button, exact=True).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def faults(page: Page, has_script: bool) -> list[str]:
    """Give what is wrong with a page, and whether a number stands on it or in its address."""
    shown = [way for way in WAYS if way in page.content() or way in page.url]
    unmarked = [] if "Usulan:" in page.content() else ["does not say that it is proposed"]
    if not has_script:
        return [*shown, *unmarked]
    page.evaluate(OPEN_ALL)
    wide = ["wider than the window"] if page.evaluate(TOO_WIDE) else []
    return [*violations(page), *wide, *shown, *unmarked]


@pytest.mark.parametrize(("width", "step", "has_script"), JOURNEYS)
def test_a_measure_goes_from_the_number_to_the_judgement(desk_of, width, step, has_script):
    sari, wrong = desk_of("sari", width, has_script), []
    sari.goto("/tinjau/tindakan")
    press(sari, "#caller_number", NUMBER)
    go(sari, "Cari")
    wrong += faults(sari, has_script)
    sari.locator("summary", has_text="Usulkan tindakan").focus()
    sari.keyboard.press("Enter")
    go(sari, "Simpan usulan")
    assert sari.locator(".p-problem li").count() == 3
    wrong += faults(sari, has_script)
    for label in ("Orang dewasa", step):
        sari.get_by_label(label, exact=True).focus()
        sari.keyboard.press("Space")
    press(sari, "#grounds", GROUNDS)
    go(sari, "Simpan usulan")
    wrong += faults(sari, has_script)
    place = sari.url

    tono = desk_of("tono", width, has_script)
    tono.goto(place)
    press(tono, "#setujui-grounds", GROUNDS)
    go(tono, "Setujui")
    wrong += faults(tono, has_script)
    go(tono, "Catat: orangnya sudah diberi tahu")
    tono.locator("summary", has_text="Catat keberatan").focus()
    tono.keyboard.press("Enter")
    press(tono, "#banding-appeal", "Ponsel saya dipinjam tetangga malam itu.")
    go(tono, "Simpan keberatan")
    wrong += faults(tono, has_script)

    wati = desk_of("wati", width, has_script)
    wati.goto(place)
    wrong += faults(wati, has_script)
    wati.get_by_label("Dicabut setelah keberatan").focus()
    wati.keyboard.press("Space")
    press(wati, "#putus-grounds", "Saksi membenarkan ponsel dipinjam.")
    go(wati, "Putuskan keberatan")
    wrong += faults(wati, has_script)

    assert "Dicabut setelah keberatan" in wati.locator("main .p-strong").inner_text()
    assert wrong == []
