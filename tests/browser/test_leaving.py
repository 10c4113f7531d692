import json
import re
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.walking import FEEDBACK, go_on, walk
from tests.sites import city_charter

pytestmark = pytest.mark.browser

WEATHER = "https://www.bmkg.go.id/cuaca/prakiraan-cuaca"
SMALL_PHONE = {"width": 320, "height": 568}
SENSITIVE = [
    f"{prefix}/layanan/{service.slug}/"
    for prefix in ("", "/en")
    for service in city_charter().services
    if service.is_sensitive
]
CONTROL = ".p-leave__go"
# Says how long, in milliseconds, a tap or a key took until nothing was left to read, and what then showed.
WATCH = """() => {
    let asked;
    for (const kind of ["click", "keyup"])
        document.addEventListener(kind, event => asked = event.timeStamp, true);
    new MutationObserver(() => {
        const left = [document.title, location.pathname, document.body.innerText];
        if (!document.body.textContent) console.log(JSON.stringify([performance.now() - asked, ...left]));
    }).observe(document.body, {childList: true});
}"""
IN_REACH = """control => {
    const box = control.getBoundingClientRect();
    const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return (control === seen || control.contains(seen)) && box.top >= 0 && box.bottom <= innerHeight
        && box.height >= 44;
}"""
HIDDEN_FOCUS = """() => {
    const edge = document.querySelector(".p-leave__go").getBoundingClientRect();
    const all = [...document.querySelectorAll("#isi a, #isi summary, #isi button, #isi [tabindex='0']")];
    return all.reverse().filter(one => one.checkVisibility() && !one.closest(".p-leave")).filter(one => {
        one.focus();
        return one.getBoundingClientRect().top < edge.height + 52 - 1;
    }).map(one => one.outerHTML);
}"""


@pytest.fixture
def phone(open_context):
    """Give a phone for which the weather never answers."""
    context = open_context(viewport=PHONE)
    asked = []
    context.route(f"{WEATHER}**", lambda route: asked.append(route))
    page = context.new_page()
    page.asked = asked
    yield page
    for route in asked:
        route.abort()


@contextmanager
def blanked(page):
    """Hold that what is done inside leaves nothing to read within 200 ms, and asks for the weather."""
    page.evaluate(WATCH)
    with page.expect_request(f"{WEATHER}**") as asked, page.expect_console_message() as said:
        yield
    took, title, path, text = json.loads(said.value.text)
    assert (title, path, text) == ("BMKG", "/", "")
    assert took <= 200
    assert "referer" not in asked.value.headers


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.parametrize("path", SENSITIVE)
def test_a_tap_blanks_the_page_at_once_even_when_the_weather_never_answers(phone, path):
    phone.goto(path)

    with blanked(phone):
        phone.locator(CONTROL).click(no_wait_after=True)


def test_three_presses_of_shift_do_the_same(phone):
    phone.goto(SENSITIVE[0])

    with blanked(phone):
        press(phone, "Shift", "Shift", "Shift")


@pytest.mark.parametrize(
    "keys", [("Shift", "Shift"), ("Shift+A", "Shift+B", "Shift+C", "Shift"), ("Shift", "Shift", "a", "Shift")]
)
def test_other_keys_do_not(phone, keys):
    phone.goto(SENSITIVE[0])

    press(phone, *keys)

    assert phone.asked == []
    expect(phone.locator(CONTROL)).to_be_visible()


def test_three_slow_presses_of_shift_do_not(phone):
    phone.clock.install()
    phone.goto(SENSITIVE[0])

    press(phone, "Shift", "Shift")
    phone.clock.fast_forward(5_000)
    press(phone, "Shift")

    assert phone.asked == []
    expect(phone.locator(CONTROL)).to_be_visible()


def test_the_way_back_leads_past_the_page_that_was_left(open_context):
    context = open_context()
    context.route(f"{WEATHER}**", lambda route: route.fulfill(body="cerah", content_type="text/html"))
    page = context.new_page()
    page.goto("/janji/")
    page.goto(SENSITIVE[0])
    page.locator(CONTROL).click()
    page.wait_for_url(f"{WEATHER}**")

    page.go_back()

    page.wait_for_url("**/janji/")


def test_without_script_it_is_a_plain_link_that_promises_no_more(open_context):
    context = open_context(java_script_enabled=False)
    context.route(f"{WEATHER}**", lambda route: route.fulfill(body="cerah", content_type="text/html"))
    page = context.new_page()
    page.goto(SENSITIVE[0])
    expect(page.locator(".p-leave-keys")).to_be_hidden()
    expect(page.locator(CONTROL)).to_have_attribute("href", WEATHER)

    with page.expect_request(f"{WEATHER}**") as asked:
        page.locator(CONTROL).click()

    assert "referer" not in asked.value.headers


def test_on_a_computer_the_page_says_which_key_leaves(open_context):
    page = open_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(SENSITIVE[0])

    expect(page.locator(".p-leave-keys")).to_have_text(city_charter().texts.emergency_page.leave_keys.id)


@pytest.mark.parametrize("path", SENSITIVE)
def test_the_way_out_is_the_first_line_and_within_reach_wherever_the_page_stands(open_context, path):
    page = open_context(viewport=SMALL_PHONE).new_page()
    page.goto(path)

    assert page.locator("#isi > *").first.get_attribute("class") == "p-leave"
    expect(page.locator(".p-leave-note")).to_be_visible()
    height = page.evaluate("() => document.documentElement.scrollHeight")
    for part in (0, 0.3, 0.7, 0.95):
        page.evaluate("y => scrollTo(0, y)", height * part)
        assert page.locator(".p-bar .p-call").evaluate(IN_REACH)
        assert page.locator(CONTROL).evaluate(IN_REACH)


def test_it_hides_nothing_that_the_keyboard_reaches(open_context):
    page = open_context(viewport=SMALL_PHONE).new_page()
    page.goto(SENSITIVE[0])

    assert page.evaluate(HIDDEN_FOCUS) == []


@pytest.mark.parametrize("path", SENSITIVE)
def test_the_line_for_women_and_children_stands_open(phone, path):
    phone.goto(path)

    expect(phone.locator('main a[href="tel:129"]').first).to_be_visible()


def test_other_pages_have_no_such_key(phone):
    phone.goto("/layanan/kebakaran/")

    press(phone, "Shift", "Shift", "Shift")

    assert phone.asked == []
    expect(phone.locator(".p-steps")).to_be_visible()


@pytest.fixture
def form(phone):
    """Give the form that a page of a sensitive service leads to."""
    phone.goto(SENSITIVE[0])
    phone.locator(".p-tell button").first.evaluate("button => button.form.submit()")
    phone.wait_for_url(re.compile("/masukan/mulai$"))
    return phone


def test_the_form_of_a_sensitive_page_is_left_in_the_same_way(form):
    with blanked(form):
        form.locator(CONTROL).click(no_wait_after=True)


def test_capital_letters_in_the_form_do_not_leave_it(form):
    walk(form, FEEDBACK, until="story")
    form.locator("#message").press_sequentially("KDRT SAYA")

    assert form.asked == []
    expect(form.locator("#message")).to_have_value("KDRT SAYA")


def test_the_receipt_of_a_sensitive_case_has_the_way_out_too(form):
    walk(form, FEEDBACK)
    go_on(form)

    expect(form.locator(".p-code")).to_be_visible()
    expect(form.locator(CONTROL)).to_be_visible()
