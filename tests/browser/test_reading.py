import re

import pytest
from playwright.sync_api import expect

from tests.browser.kinds import KINDS, in_english, visit
from tests.sites import city_charter

pytestmark = pytest.mark.browser

SMALL_PHONE = {"width": 320, "height": 568}
BOTH = [*KINDS.values(), *map(in_english, KINDS.values())]
IS_ON_TOP = """call => {
    const box = call.getBoundingClientRect();
    const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return call === seen && box.top >= 0 && box.left >= 0
        && box.bottom <= innerHeight && box.right <= innerWidth;
}"""
IS_WIDER = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
ASTRAY = """drawing => {
    const edge = drawing.getBoundingClientRect().right + 0.5;
    const range = document.createRange();
    return [...drawing.querySelectorAll("li > :not(svg)")].filter(words => {
        range.selectNodeContents(words);
        const box = range.getBoundingClientRect();
        const rail = words.closest("li").querySelector("svg").getBoundingClientRect();
        return box.right > edge || box.left < rail.right;
    }).map(words => words.textContent);
}"""
SMALLEST = """drawing => Math.min(...[...drawing.querySelectorAll("li, li *")]
    .filter(one => one.textContent.trim()).map(one => parseFloat(getComputedStyle(one).fontSize)))"""
BROKEN = """drawing => [...drawing.querySelectorAll("li")].filter(row => {
    const rail = row.querySelector("svg").getBoundingClientRect();
    const box = row.getBoundingClientRect();
    return Math.abs(rail.top - box.top) > 0.5 || Math.abs(rail.height - box.height) > 0.5;
}).length"""
PAINT = """drawing => Object.fromEntries(
    Object.entries({on: "stroke", tip: "fill", knot: "fill", number: "fill", limit: "stroke"})
        .map(([name, paint]) => [name, drawing.querySelector(`.p-lanes__${name}`), paint])
        .map(([name, drawn, paint]) => [name, getComputedStyle(drawn)[paint]]))"""
SYSTEM = "() => (({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.body))"


@pytest.fixture
def small(open_context):
    return open_context(viewport=SMALL_PHONE, java_script_enabled=False).new_page()


def call_of(page):
    return page.locator('a[href="tel:112"]').first


def test_from_home_to_a_service_and_to_the_same_page_in_english(page):
    page.goto("/")
    fire = city_charter().service["KBK"]

    page.get_by_role("link", name=fire.name.id).first.click()
    page.wait_for_url("**/layanan/kebakaran/")
    page.locator('a[hreflang="en"]').click()

    page.wait_for_url("**/en/layanan/kebakaran/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text(fire.name.en)


def test_home_has_a_card_for_every_kind_of_emergency(page):
    page.goto("/")

    for card in city_charter().texts.home.cards:
        expect(page.get_by_role("link", name=card.id, exact=True)).to_be_visible()
    assert len(city_charter().texts.home.cards) == 9


@pytest.mark.parametrize("path", BOTH)
def test_the_call_to_112_is_seen_whole_on_the_smallest_phone(small, path):
    visit(small, path)

    assert call_of(small).evaluate(IS_ON_TOP)


@pytest.mark.parametrize("path", ["/k/kbk-siap/", "/layanan/kebakaran/#dasar", "/janji/#pgd-jawab"])
def test_it_is_still_seen_where_an_anchor_leads_deep_into_a_page(small, path):
    small.goto(path)
    small.wait_for_url("**/#*")

    assert call_of(small).evaluate(IS_ON_TOP)


@pytest.mark.parametrize("path", BOTH)
def test_no_page_is_wider_than_the_smallest_phone(small, path):
    visit(small, path)

    assert not small.evaluate(IS_WIDER)


@pytest.mark.parametrize("service", city_charter().services, ids=lambda service: service.slug)
def test_the_first_steps_are_seen_without_opening_anything(page, service):
    page.goto(f"/layanan/{service.slug}/")

    for action in service.do_now:
        expect(page.get_by_text(action.id, exact=True)).to_be_visible()


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("service", city_charter().emergencies, ids=lambda service: service.slug)
def test_every_word_of_a_lane_drawing_is_legible_on_the_smallest_phone_and_clear_of_the_lanes(
    small, service, language
):
    small.goto(f"{language}/layanan/{service.slug}/")

    drawing = small.locator(".p-lanes")
    assert drawing.evaluate(ASTRAY) == []
    assert drawing.evaluate(SMALLEST) >= 13


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_lanes_run_through_from_row_to_row(open_context, width):
    page = open_context(viewport={"width": width, "height": 800}).new_page()
    page.goto("/layanan/kecelakaan/")

    assert page.locator(".p-lanes").evaluate(BROKEN) == 0


@pytest.mark.parametrize(("width", "is_beside"), [(320, False), (1280, True)])
def test_limit_and_measured_time_stand_beside_the_step_where_there_is_room(open_context, width, is_beside):
    page = open_context(viewport={"width": width, "height": 800}).new_page()
    page.goto("/layanan/kecelakaan/")

    step, time = (page.locator(f".p-lanes__{part}").nth(3).bounding_box() for part in ("step", "time"))

    assert (time["x"] >= step["x"] + step["width"], time["y"] == step["y"]) == (is_beside, is_beside)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lanes_knots_and_bars_take_the_colours_that_a_reader_forces(open_context, scheme):
    page = open_context(forced_colors="active", color_scheme=scheme).new_page()
    page.goto("/layanan/kecelakaan/")
    ink, paper = page.evaluate(SYSTEM)

    painted = page.locator(".p-lanes").evaluate(PAINT)

    assert ink != paper
    assert painted == {"on": ink, "tip": ink, "knot": ink, "limit": ink, "number": paper}


def test_special_cases_open_by_keyboard(page):
    page.goto("/layanan/kebakaran/")
    case = city_charter().service["KBK"].special_cases[0]
    line = page.get_by_text(case.do[0].id)
    expect(line).to_be_hidden()

    page.locator("summary", has_text=case.title.id).focus()
    page.keyboard.press("Enter")

    expect(line).to_be_visible()


def test_the_first_stop_of_the_tab_key_leads_past_the_menu(page):
    page.goto("/layanan/kebakaran/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert re.search("#isi$", page.url)


def test_the_menu_opens_without_script_and_leads_everywhere(page, built_site):
    page.goto("/")
    menu = page.locator("details").filter(has=page.locator('a[href="tentang/"]'))
    expect(menu.get_by_role("link").first).to_be_hidden()

    menu.locator("summary").click()

    expect(menu.get_by_role("link").first).to_be_visible()
    links = {link.get_attribute("href") for link in menu.get_by_role("link").all()}
    tops = {at.strip("/") + "/" for at in built_site.pages if at.count("/") == 2 and at != "/en/"}
    assert links == tops


def test_a_short_address_shows_its_clause(page):
    page.goto("/k/kbk-siap/")

    page.wait_for_url("**/layanan/kebakaran/#kbk-siap")
    expect(page.locator("#kbk-siap")).to_be_in_viewport()
