"""112 first: the call on every page, the other numbers one tap away, the first step on the first screen."""

import pytest
from playwright.sync_api import expect

from scripts.charter_site.words import Words
from site_api.reviewers.models import Role
from tests.browser.app_pages import sign_in
from tests.browser.kinds import KINDS, in_english, visit
from tests.site_api.portal import add_reviewer
from tests.sites import city_charter

pytestmark = pytest.mark.browser

SMALL_PHONE = {"width": 320, "height": 568}
COMMON_PHONE = {"width": 360, "height": 640}
FORMS = ["/masukan", "/masukan/panggilan-palsu", "/lacak", "/tinjau/masuk"]
PAGES = [*KINDS.values(), *FORMS]
SAID = city_charter().texts.emergency_page
OUTSIDE = """call => {
    const box = call.getBoundingClientRect();
    return box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth;
}"""
COVERED = """() => {
    const box = document.activeElement.getBoundingClientRect();
    const bar = document.querySelector(".p-bar").getBoundingClientRect();
    return !document.activeElement.closest(".p-bar, .p-skip") && box.bottom <= bar.bottom;
}"""
BOTTOM = "one => one.getBoundingClientRect().bottom"


@pytest.fixture
def small(open_context):
    return open_context(viewport=SMALL_PHONE, java_script_enabled=False).new_page()


def faults_of(page, language):
    """Give what keeps a reader of a page from the other numbers, by one tap."""
    call = page.locator('header a[href="tel:112"]')
    other = page.locator("header").get_by_text(getattr(SAID.no_answer_title, language), exact=True)
    if call.evaluate(OUTSIDE) or other.evaluate(OUTSIDE):
        yield "112 or the way to the other numbers is not on the first screen"
    other.click()
    for item in SAID.no_answer_numbers:
        found = page.locator(f'.p-numbers a[href="tel:{item.number}"]')
        if found.count() != 1 or not found.is_visible() or found.bounding_box()["height"] < 44:
            yield f"{item.number} does not stand there once, as large as a finger"
    for words in (SAID.no_answer_note, SAID.cannot_speak, SAID.free_call.text):
        if not page.locator(".p-numbers ~ p, p:has(+ .p-numbers)", has_text=getattr(words, language)).count():
            yield f"not said: {getattr(words, language)}"
    if call.evaluate(OUTSIDE) or page.locator(".p-numbers a").first.evaluate(OUTSIDE):
        yield "112 or the first number is out of sight once they are opened"


@pytest.mark.parametrize("language", ["id", "en"])
def test_one_tap_shows_the_national_numbers_once_on_every_page(small, language):
    faults = []
    for path in PAGES:
        visit(small, in_english(path) if language == "en" else path)
        faults += [f"{path}: {fault}" for fault in faults_of(small, language)]
        small.unroute_all()

    assert faults == []


def test_reviewers_have_them_too(small, live_app):
    with live_app.app_context():
        add_reviewer("rini", Role.AGENCY, "damkar")
    sign_in(small, "rini")
    small.wait_for_url("**/tinjau/")

    assert list(faults_of(small, "id")) == []


def test_the_fold_opens_by_keyboard_and_covers_nothing_that_is_reached(small):
    small.goto("/layanan/kebakaran/#dasar")
    small.locator(".p-else summary").focus()
    small.keyboard.press("Enter")
    expect(small.locator(".p-numbers a").first).to_be_visible()

    covered = []
    for _ in range(40):
        small.keyboard.press("Tab")
        covered.append(small.evaluate(COVERED))

    assert not any(covered)


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_to_say_first_stands_below_the_call(open_context, language):
    page, words = open_context(viewport=COMMON_PHONE, java_script_enabled=False).new_page(), Words(language)
    for slug in ("", *(f"layanan/{service.slug}/" for service in city_charter().emergencies)):
        page.goto(f"{'/en' if language == 'en' else ''}/{slug}")

        expect(page.locator(".p-first").get_by_text(words.text(SAID.say_first))).to_be_in_viewport()
        expect(page.locator(".p-page").get_by_text(words.text(SAID.cannot_speak))).to_be_visible()


@pytest.mark.parametrize("base", ["", "/en"])
@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        (COMMON_PHONE, city_charter().services),
        (SMALL_PHONE, [one for one in city_charter().services if not one.is_sensitive]),
    ],
    ids=["common phone", "smallest phone"],
)
def test_the_first_step_is_on_the_first_screen(open_context, phone, shown, base):
    page = open_context(viewport=phone, java_script_enabled=False).new_page()
    bottoms = {}
    for service in shown:
        page.goto(f"{base}/layanan/{service.slug}/")
        bottoms[service.slug] = page.locator(".p-steps li").first.evaluate(BOTTOM)

    assert {slug: bottom for slug, bottom in bottoms.items() if bottom > phone["height"]} == {}


def test_from_a_card_one_tap_leads_to_the_first_step_or_to_the_rest(page):
    for card in city_charter().texts.home.cards:
        page.goto("/")

        page.get_by_role("link", name=card.id, exact=True).click()

        services = [city_charter().service[code] for code in card.services]
        if len(services) == 1:
            expect(page.get_by_text(services[0].do_now[0].id, exact=True)).to_be_in_viewport()
        for service in services[1:]:
            expect(page.locator(f'main a[href$="{service.slug}/"]').first).to_be_in_viewport()
