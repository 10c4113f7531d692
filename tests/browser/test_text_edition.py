"""The whole charter from a memory card: one file, no network, every anchor in its place."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.sites import city_charter

pytestmark = pytest.mark.browser

FILES = ["piagam-112.html", "en/charter-112.html"]
IS_WIDER = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def card(built_site, tmp_path):
    """Copy the editions, and nothing else, as one would to a memory card."""
    for name in FILES:
        shutil.copy(built_site.folder / name, tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", FILES)
def test_it_opens_from_a_card_and_asks_for_nothing(browser, card, name):
    page = browser.new_context(viewport={"width": 320, "height": 568}, offline=True).new_page()
    asked, wrong = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: wrong.append(said.text))
    file = (card / name.rsplit("/", 1)[-1]).as_uri()

    page.goto(file)

    expect(page.locator('a[href="tel:112"]').first).to_be_in_viewport()
    assert (asked, wrong) == ([file], [])
    assert not page.evaluate(IS_WIDER)
    page.context.close()


def test_its_list_leads_to_every_service_inside_the_file(browser, card):
    page = browser.new_context(viewport={"width": 320, "height": 568}, offline=True).new_page()
    page.goto((card / FILES[0]).as_uri())

    for service in city_charter().services:
        page.locator(f'nav a[href="#{service.slug}"]').click()
        expect(page.locator(f"#{service.slug}")).to_be_in_viewport()
    page.context.close()


@pytest.mark.parametrize("name", FILES)
def test_the_app_serves_it_without_breaking_a_policy(open_context, name):
    page = open_context().new_page()
    wrong = []
    page.on("console", lambda said: wrong.append(said.text))

    page.goto(f"/{name}")

    assert wrong == []
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("112"))


def test_home_saves_it(page):
    page.goto("/")

    with page.expect_download() as saved:
        page.locator('a[href="piagam-112.html"]').click()

    assert saved.value.suggested_filename == "piagam-112.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", FILES)
def test_axe_finds_nothing_in_it_though_it_has_no_style(browser, built_site, name, scheme):
    page = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme).new_page()
    page.goto((built_site.folder / name).as_uri())

    assert violations(page) == []
    page.context.close()
