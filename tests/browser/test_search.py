import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SNAKES = "/layanan/hewan-berbahaya/"
PATIENCE = 30_000  # milliseconds; the theme indexes in a worker, slowly where the machine is busy


@pytest.mark.parametrize(("path", "word"), [("/cari/", "ular"), ("/en/cari/", "snake")])
def test_a_word_is_found(open_context, path, word):
    page = open_context().new_page()
    page.goto(path)

    page.get_by_role("textbox").first.press_sequentially(word)

    found = page.locator(f'[data-md-component="search-result"] a[href*="{SNAKES}"]').first
    expect(found).to_be_visible()
    found.click()
    page.wait_for_url(f"**{SNAKES}**")


@pytest.mark.parametrize("path", ["/cari/", "/en/cari/"])
def test_without_script_the_list_from_a_to_z_leads_there(page, path):
    page.goto(path)

    found = page.locator(f'main a[href$="{SNAKES}"]').first

    expect(found).to_be_visible()
    found.click()
    page.wait_for_url(f"**{SNAKES}")


@pytest.mark.parametrize(
    ("path", "word", "first"),
    [
        ("/cari/", "api", "/layanan/kebakaran/"),
        ("/cari/", "prank", "/layanan/panggilan-palsu/"),
        ("/en/cari/", "ambulance", "/layanan/sakit-mendadak/"),
    ],
)
def test_an_everyday_word_leads_first_to_its_service(open_context, path, word, first):
    page = open_context().new_page()
    page.goto(path)

    page.get_by_role("textbox").first.press_sequentially(word)

    found = page.locator(".md-search-result__item a").first
    expect(found).to_have_attribute("href", re.compile(f"{first}"), timeout=PATIENCE)


@pytest.mark.parametrize(
    ("path", "found", "nothing"),
    [
        ("/cari/", "hasil", "Tidak ada hasil. Coba kata lain"),
        ("/en/cari/", "result", "No results. Try another word"),
    ],
)
def test_results_are_counted_and_a_word_without_any_is_answered_in_the_language_of_the_page(
    open_context, path, found, nothing
):
    page = open_context().new_page()
    page.goto(path)
    told = page.locator(".md-search-result__meta")

    page.get_by_role("textbox").first.press_sequentially("112")
    expect(told).to_have_text(re.compile(rf"^\s*\d+ {found}s?\s*$"), timeout=PATIENCE)
    page.get_by_role("textbox").first.fill("")
    page.get_by_role("textbox").first.press_sequentially("qqxx")

    expect(told).to_contain_text(nothing, timeout=PATIENCE)
    expect(told).to_contain_text("112")
