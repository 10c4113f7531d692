"""The whole way round: from a promise on a page to the answer that stands beside it."""

import shutil
import subprocess
import sys
from datetime import timedelta
from itertools import count

import pytest
from playwright.sync_api import expect

from site_api import create_app, now
from site_api.database import close_app
from site_api.installation import installation
from site_api.reviewers.authenticator import code_at
from tests import sites
from tests.apps import make_tables, settings_in
from tests.browser.conftest import served
from tests.browser.walking import FEEDBACK, walk
from tests.site_api.portal import fresh_code

PASSWORD = "kata sandi yang panjang"  # noqa: S105 (of an account that only this test has)
STORY = "Ambulans datang lama sekali. Saya menunggu bersama korban di tepi jalan."
SUMMARY = "Warga menunggu ambulans lama sekali pada satu kecelakaan."
REPLY = "Sejak pekan ini polisi dan ambulans diberi tahu dalam satu sambungan."


@pytest.fixture
def house(tmp_path, built_site):
    """Serve a site of its own with forms and portal, on a database of its own."""
    shutil.copytree(built_site.folder, tmp_path / "site")
    # The robot types faster than a person could: each look at the clock is five seconds after the one before.
    steps = count(0, 5)
    clock = lambda: now() + timedelta(seconds=next(steps))  # noqa: E731
    app = create_app(settings_in(tmp_path), sites.city_charter(), clock)
    make_tables(app)
    with served(app) as address:
        yield app, address
    close_app(app)


def run(app, *arguments):
    result = app.test_cli_runner().invoke(args=list(map(str, arguments)))
    assert result.exit_code == 0, result.output
    return result.output


def enrol(page, app, link):
    """Do what an invited person does, with the key that stands on the page."""
    page.goto(f"/tinjau/undangan?{link}")
    page.locator("[name=new_password]").fill(PASSWORD)
    secret = page.locator("main .p-mono").inner_text()
    with app.app_context():
        page.locator("[name=code]").fill(code_at(secret.replace(" ", ""), installation().now()))
    page.locator("main form button").click()
    expect(page.locator("main li")).to_have_count(10)


@pytest.mark.browser
def test_an_answer_comes_back_to_the_clause_it_concerns(house, browser, tmp_path):
    app, address = house
    citizen = browser.new_context(base_url=address, java_script_enabled=False).new_page()

    citizen.goto("/")
    citizen.get_by_role("link", name="Kecelakaan").first.click()
    citizen.locator("#kll-serentak").get_by_role("link", name="Ceritakan").click()
    walk(citizen, {**FEEDBACK, "story": {"message": STORY}})
    citizen.get_by_role("button", name="Kirim masukan").click()
    code = "".join(citizen.locator(".p-code__groups").inner_text().split())
    assert len(code) == 19

    desk = browser.new_context(base_url=address, java_script_enabled=False).new_page()
    enrol(
        desk, app, run(app, "reviewer", "invite", "sari", "--role", "inspectorate").split()[0].split("?")[1]
    )
    desk.locator("main").get_by_role("link", name="Masuk untuk petugas").click()
    desk.locator("[name=name]").fill("sari")
    desk.locator("[name=password]").fill(PASSWORD)
    with app.app_context():
        desk.locator("[name=code]").fill(fresh_code("sari"))
    desk.locator("main button").click()
    desk.locator("main").get_by_role("link", name="M-").first.click()
    expect(desk.locator("main")).to_contain_text(STORY)
    desk.locator("form[action$='/periksa'] button").click()
    desk.locator("details", has=desk.locator("form[action$='/jawab']")).locator("summary").click()
    desk.locator("form[action$='/jawab'] [value=done]").check()
    desk.locator("[name=text_id]").fill(REPLY)
    desk.locator("[name=summary_id]").fill(SUMMARY)
    desk.locator("form[action$='/jawab'] button").click()
    desk.locator("form[action$='/tayangkan'] button").click()
    expect(desk.locator("form[action$='/turunkan']")).to_be_visible()

    run(app, "snapshot", tmp_path / "snapshot")
    build = [sys.executable, str(sites.ROOT / "scripts" / "build_charter.py"), "build"]
    places = ["--snapshot", str(tmp_path / "snapshot"), "--site", str(tmp_path / "site")]
    subprocess.run([*build, *places], check=True)  # noqa: S603 (our own command)

    citizen.goto("/layanan/kecelakaan/")
    expect(citizen.locator("#kll-serentak")).to_contain_text("Sudah dilakukan", ignore_case=True)
    expect(citizen.locator("main")).to_contain_text(REPLY)
    expect(citizen.locator("main")).not_to_contain_text(STORY)
    citizen.goto("/jawaban/")
    expect(citizen.locator("main")).to_contain_text(SUMMARY)

    citizen.goto("/lacak")
    citizen.locator("[name=tracking_code]").fill(code.lower())
    citizen.locator("main form button").click()
    expect(citizen.locator("main")).to_contain_text(REPLY)
    for page in (citizen, desk):
        page.context.close()
