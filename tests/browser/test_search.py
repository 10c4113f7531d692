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
