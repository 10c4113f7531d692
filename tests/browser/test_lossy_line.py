"""A citizen whose line loses every second answer sends again, and is stored once, with one code."""

import html
from contextlib import suppress

import pytest
from playwright.sync_api import Error
from sqlalchemy import text

from site_api import create_app
from site_api.database import close_app, db
from tests.apps import make_tables, settings_in
from tests.browser.app_pages import code_on
from tests.browser.conftest import PHONE, served
from tests.browser.lossy import lossy

pytestmark = pytest.mark.browser

TIMES = 20
STORY = "Mobil pemadam datang setelah setengah jam, padahal jaraknya dekat."
TYPED = {"happened": "past", "kind": "complaint", "message": STORY}
HIDDEN = "main form[action$='/masukan/lanjut'] input[type=hidden]"


@pytest.fixture
def app(tmp_path):
    app = create_app(settings_in(tmp_path))
    make_tables(app)
    yield app
    close_app(app)


def hold(page, address, number):
    """Put before the citizen one form with all that is sent last: what the page gave, and what was typed."""
    page.goto(f"{address}/masukan")
    given = page.locator(HIDDEN).all()
    fields = {one.get_attribute("name"): one.get_attribute("value") or "" for one in given}
    assert len(fields["idempotency_key"]) >= 26
    fields |= TYPED | {"message": f"{STORY} ({number})"}
    inputs = "".join(
        f'<input type="hidden" name="{name}" value="{html.escape(value)}">' for name, value in fields.items()
    )
    page.set_content(
        f'<main><form method="post" action="{address}/masukan">{inputs}<button>Kirim</button></form></main>'
    )


def is_answered(page, act):
    """Do what sends the form, and tell whether an answer came back."""
    # A reload whose answer is lost is an error of its own.
    with page.expect_request(lambda request: request.method == "POST") as sent, suppress(Error):
        act()
    return sent.value.response() is not None


def send_until_answered(page, address, number, *, reloads):
    """Send; if nothing comes back, load the page again or go back and send the same form once more."""
    hold(page, address, number)
    form = page.content()
    if not is_answered(page, page.locator("main form button").click):
        page.wait_for_url("chrome-error:**")
        if reloads:
            assert is_answered(page, page.reload)
        else:
            page.set_content(form)
            assert is_answered(page, page.locator("main form button").click)
    return code_on(page)


def test_twenty_submissions_over_a_line_that_loses_answers_give_twenty_rows_and_codes(app, browser):
    with served(app) as direct, lossy(direct) as (address, swallowed):
        context = browser.new_context(java_script_enabled=False, viewport=PHONE)
        page = context.new_page()
        codes = [send_until_answered(page, address, number, reloads=number % 2) for number in range(TIMES)]
        context.close()

    assert len(swallowed) >= TIMES - 1
    assert {line.split()[1] for line in swallowed} == {b"201"}  # stored before it got lost
    assert len(set(codes)) == TIMES
    with app.app_context():
        texts = db.session.scalars(text("SELECT text FROM feedback")).all()
    assert sorted(texts) == sorted(f"{STORY} ({number})" for number in range(TIMES))
