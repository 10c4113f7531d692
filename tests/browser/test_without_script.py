"""Where no script runs: every page, every switch of language, the whole way of a feedback."""

import pytest
from playwright.sync_api import expect

from tests.browser.kinds import KINDS, in_english
from tests.browser.walking import FEEDBACK, answer, walk
from tests.sites import language_of

pytestmark = pytest.mark.browser

STANDING_ALONE = {"not found", "unavailable", "offline", "short address"}
PAGES_OF_THE_SITE = [path for kind, path in KINDS.items() if kind not in STANDING_ALONE]
STORY = "Ambulans datang setelah dua puluh menit. Saya menunggu di tepi jalan."


def test_every_built_page_opens_with_its_text(page, built_site):
    wanting = []
    for address in built_site.pages:
        answered = page.goto(address)
        shown = page.locator("main").inner_text()
        if answered.status != 200 or not page.locator("main h1").is_visible() or len(shown) < 200:
            wanting.append(address)

    assert len(built_site.pages) > 50
    assert wanting == []


@pytest.mark.parametrize("way", [("id", "en"), ("en", "id")])
def test_from_every_kind_of_page_one_tap_leads_to_its_twin(page, way):
    here, there = way
    for path in PAGES_OF_THE_SITE:
        start, twin = (path, in_english(path)) if here == "id" else (in_english(path), path)
        page.goto(start)

        page.locator(f'nav a[hreflang="{there}"]').click()

        page.wait_for_url(f"**{twin}")
        assert language_of(twin) == there
        expect(page.locator("html")).to_have_attribute("lang", there)


def test_a_search_box_that_cannot_search_is_not_shown(page, open_context):
    page.goto("/cari/")
    expect(page.get_by_role("textbox")).to_have_count(0)

    scripted = open_context().new_page()
    scripted.goto("/cari/")
    expect(scripted.get_by_role("textbox").first).to_be_visible()


def test_a_letter_of_the_list_leads_to_its_entries(page):
    page.goto("/cari/")
    row = page.locator(".p-letters a")
    sizes = [link.bounding_box() for link in row.all()]

    row.filter(has_text="K").click()

    expect(page.locator("#az-k")).to_be_in_viewport()
    assert min(min(box["width"], box["height"]) for box in sizes) >= 44


def test_a_feedback_goes_from_a_promise_past_a_mistake_to_its_status_and_back_out(page):
    page.goto("/layanan/kebakaran/")
    page.locator("#kbk-siap").get_by_role("link", name="Ceritakan").click()
    expect(page.locator(".p-about blockquote")).to_be_visible()
    walk(page, {**FEEDBACK, "story": {"message": "pendek"}}, until="story")
    answer(page, {"message": "pendek"})
    page.locator('.p-problem a[href="#message"]').click()
    expect(page.locator("#message")).to_have_value("pendek")
    walk(page, {**FEEDBACK, "story": {"message": STORY}})
    page.locator("#change-kind").click()
    answer(page, {"kind": "praise"})
    expect(page.locator(".p-answers")).to_contain_text("Pujian")
    expect(page.locator(".p-answers")).to_contain_text(STORY)
    page.get_by_role("button", name="Kirim masukan").click()
    code = "".join(page.locator(".p-code__groups").inner_text().split())

    page.locator('main a[href="/lacak"]').click()
    page.locator("[name=tracking_code]").fill("0000-0000-0000-0000")
    page.locator("main form button").click()
    expect(page.locator(".p-problem")).to_be_visible()
    page.locator("[name=tracking_code]").fill(code)
    page.locator("main form button").click()
    expect(page.locator("main .p-strong").first).to_contain_text("Belum dibaca")

    page.locator("summary", has_text="Ingin menarik").click()
    page.get_by_role("button", name="Tarik masukan ini").click()

    expect(page.locator("main")).to_contain_text("Anda menarik masukan ini.")
