"""The pages of a simulated year, as a phone shows them."""

import threading
from functools import partial

import pytest

from scripts.charter_site.serving import HOST, Quiet, SiteServer
from tests import sites
from tests.browser.axe import SCREENS, violations
from tests.browser.looking import OPEN_ALL
from tests.browser.test_paper import sides
from tests.browser.test_reading import ASTRAY, IS_WIDER, SMALL_PHONE
from tests.snapshots import year

pytestmark = pytest.mark.browser

PAGES = [
    f"{language}{address}"
    for language in ("", "/en")
    for address in (
        "/layanan/kecelakaan/",
        "/layanan/kebakaran/",
        "/layanan/bantuan-keluarga/",
        "/janji/",
        "/jawaban/",
        "/angka/",
        "/panggilan-palsu/",
    )
]
PHONE = {"width": 360, "height": 740}
# One more emergency that arrives, and one more part of the way of which records are complete.
MORE = """() => document.querySelectorAll(
    "#bantuan-tiba .p-told:last-child, #kelengkapan .p-told__value"
).forEach(one => one.after(one.cloneNode(true)))"""
HEIGHTS = "all => all.map(one => one.getBoundingClientRect().height)"


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """Serve the site of the simulated year; nothing here needs the app."""
    folder = str(sites.sample_site(tmp_path_factory.getbasetemp()).folder)
    with SiteServer((HOST, 0), partial(Quiet, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://{HOST}:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def open_page(browser, measured):
    opened = []

    def open_one(address, is_unfolded=True, **how):
        opened.append(browser.new_context(base_url=measured, **how))
        page = opened[-1].new_page()
        page.goto(address)
        if is_unfolded:
            page.evaluate(OPEN_ALL)
        return page

    yield open_one
    for context in opened:
        context.close()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_with_figures_is_wider_than_the_smallest_phone(open_page, path):
    assert not open_page(path, viewport=SMALL_PHONE).evaluate(IS_WIDER)


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
@pytest.mark.parametrize("path", PAGES[:7])
def test_axe_finds_nothing_on_a_page_with_figures(open_page, path, width, scheme):
    page = open_page(path, viewport={"width": width, "height": 800}, color_scheme=scheme)

    assert violations(page) == []


@pytest.mark.parametrize("path", [path for path in PAGES if "/layanan/" in path])
def test_every_measured_leg_of_a_drawing_is_inside_it_and_clear_of_the_lanes(open_page, path):
    assert open_page(path, viewport=SMALL_PHONE).locator(".p-lanes").evaluate(ASTRAY) == []


@pytest.mark.parametrize("table", [".p-table--compare", ".p-table--steps"])
def test_a_phone_shows_every_measured_value_of_a_table_without_scrolling_it(open_page, table):
    page = open_page("/layanan/kecelakaan/", viewport=PHONE)

    region = page.locator(".p-scroll", has=page.locator(table))

    assert region.get_attribute("tabindex") == "0"
    assert region.evaluate("one => one.scrollWidth <= one.clientWidth")


def test_a_value_on_a_phone_stands_under_the_name_of_its_column(open_page):
    page = open_page("/layanan/kecelakaan/", viewport=PHONE)

    named = page.locator(".p-table--compare td").first.evaluate(
        "cell => getComputedStyle(cell, '::before').content"
    )

    assert "Polres" in named


@pytest.mark.parametrize("path", ["/angka/", "/en/angka/"])
def test_the_ten_figures_are_read_on_a_phone_in_a_few_screens(open_page, path):
    page = open_page(path, is_unfolded=False, viewport=PHONE)

    assert page.evaluate("document.documentElement.scrollHeight") <= 5000


@pytest.mark.parametrize("path", ["/angka/", "/en/angka/"])
def test_the_council_s_sheet_has_two_sides_and_the_latest_answers(open_page, path):
    front, back = sides(open_page(path, is_unfolded=False))

    answers = sorted(year(sites.city_charter()).answers, key=lambda one: (one.answered_on, one.number))
    assert [one.number for one in answers[-3:] if one.number not in back] == []
    assert not any(one.number in front for one in answers)


@pytest.mark.parametrize("path", ["/angka/", "/en/angka/"])
def test_the_sheet_keeps_two_sides_when_more_is_measured(open_page, path):
    page = open_page(path, is_unfolded=False)

    page.evaluate(MORE)

    assert len(sides(page)) == 2


def test_no_card_leaves_an_empty_column_beside_a_long_one(open_page):
    page = open_page("/angka/", viewport={"width": 1280, "height": 800})

    lefts = page.locator(".p-figures > li").evaluate_all("all => all.map(one => one.offsetLeft)")

    assert len(lefts) == 10
    assert len(set(lefts)) == 1


@pytest.mark.parametrize("path", ["/layanan/kebakaran/", "/layanan/bantuan-keluarga/"])
def test_the_way_to_feedback_is_large_enough_for_a_finger(open_page, path):
    page = open_page(path, viewport=PHONE)

    heights = page.locator(".p-tell > a, .p-tell > button").evaluate_all(HEIGHTS)

    assert heights
    assert min(heights) >= 24
