"""A day of every role at a phone: by keyboard alone, without a script."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page

from site_api.installation import installation
from site_api.measures import workflow as measures
from tests.browser import app_pages, desks
from tests.browser.axe import LOOKED_AT, look
from tests.browser.conftest import living, served
from tests.browser.desk_pages import desk_pages
from tests.browser.furnished import Furniture, furnish
from tests.browser.html_checker import faults_of_answers
from tests.browser.keyboard import button, choose, link, press, tick, type_in, unfold
from tests.site_api.measures.people import GROUNDS, in_force
from tests.site_api.portal import PASSWORD, fresh_code

pytestmark = pytest.mark.browser

TEXT = "Kami memasang papan nama gang, dan regu melewatinya setiap bulan."
SUMMARY = "Warga menyampaikan bahwa gangnya sulit ditemukan."
NO_WORDS = "Kata-kata warga tidak terlihat oleh peran Anda."


@pytest.fixture(scope="module")
def live_app(built_site, tmp_path_factory) -> Iterator[Flask]:
    """Let the staff have an app to themselves, so that its lists hold what they know of."""
    with living(built_site, tmp_path_factory.mktemp("desks")) as app:
        desks.seat(app)
        yield app


@pytest.fixture(scope="module")
def address(live_app) -> Iterator[str]:
    with served(live_app) as address:
        yield address


@pytest.fixture
def desk_of(open_context) -> Callable[[str], Page]:
    """Sit down as somebody of the staff: sign in with name, password and six digits."""

    def sit_down(name: str) -> Page:
        page = open_context(java_script_enabled=False).new_page()
        page.goto("/tinjau/")
        sign_in(page, name, PASSWORD)
        return page

    return sit_down


def sign_in(page: Page, name: str, password: str) -> None:
    type_in(page.locator("[name=name]"), name)
    type_in(page.locator("[name=password]"), password)
    with app_pages.served_apps[-1].app_context():
        type_in(page.locator("[name=code]"), fresh_code(name))
    press(button(page, "Masuk"))
    assert page.url.endswith("/tinjau/")


def form(page: Page, verb: str) -> Locator:
    return page.locator(f"main form[action$='/{verb}']")


def send(page: Page, verb: str) -> None:
    """Press the button of a verb."""
    press(form(page, verb).get_by_role("button"))


def main_of(page: Page) -> str:
    return page.locator("main").inner_text()


def listed(page: Page) -> set[str]:
    """Give the numbers of the cases in the list that is open."""
    return set(page.locator("tbody th a").all_inner_texts())


def give_answer(page: Page) -> None:
    choose(page.locator("#jawab-outcome"), "done")
    type_in(page.locator("#jawab-text_id"), TEXT)
    type_in(page.locator("#jawab-summary_id"), SUMMARY)
    send(page, "jawab")


def test_triage_reads_passes_on_finds_again_and_declines_spam(live_app, desk_of):
    new, other, spam = (desks.new_case(live_app) for _ in range(3))
    page = desk_of("sari")

    press(link(page, new))
    assert desks.WORDS in main_of(page)
    send(page, "periksa")
    assert "Sudah dibaca" in page.locator("main .p-strong").first.inner_text()
    choose(page.locator("#teruskan-agency"), "dinkes")
    type_in(page.locator("#teruskan-reason"), desks.REASON)
    send(page, "teruskan")
    assert "Di instansi: Dinkes" in main_of(page)

    press(link(page, "Daftar tugas"))
    unfold(page.locator("summary", has_text="Saring daftar ini"))
    choose(page.locator("#agency"), "dinkes")
    press(button(page, "Saring"))
    assert new in listed(page)
    assert other not in listed(page)
    press(link(page, new))
    assert desks.REASON in main_of(page)

    press(link(page, "Daftar tugas"))
    tick(page.get_by_label(f"Pilih {spam}", exact=True))
    press(button(page, "Tolak yang dipilih sebagai spam"))
    assert "Ditolak sebagai spam: 1." in main_of(page)
    press(link(page, "Menunggu"))
    assert other in listed(page)
    assert spam not in listed(page)

    press(button(page, "Keluar"))
    page.goto("/tinjau/")
    assert page.url.endswith("/tinjau/masuk")


def test_an_agency_sees_and_answers_only_what_is_its_own(live_app, desk_of):
    own = desks.assigned(live_app, kind="suggestion")
    others = desks.assigned(live_app, "dinkes", kind="suggestion")
    page = desk_of("budi")
    assert own in listed(page)
    assert others not in listed(page)

    press(link(page, own))
    give_answer(page)

    assert TEXT in main_of(page)
    assert "Sudah dijawab" in page.locator("main .p-strong").first.inner_text()


def test_an_answer_of_the_agency_that_a_complaint_is_about_waits_for_a_second_office(live_app, desk_of):
    number = desks.assigned(live_app)
    officer = desk_of("budi")
    press(link(officer, number))
    give_answer(officer)
    assert "menunggu orang kedua" in main_of(officer)
    assert "Di instansi" in officer.locator("main .p-strong").first.inner_text()

    triage = desk_of("joko")
    press(triage.locator("#menunggu-anda + ul").get_by_role("link", name=number))
    assert TEXT in main_of(triage)
    press(button(triage, "Setujui"))

    assert "Sudah dijawab" in triage.locator("main .p-strong").first.inner_text()


def test_the_inspectorate_answers_what_is_about_the_operators(live_app, desk_of):
    number = desks.new_case(live_app, clause="UMUM.angkat")
    assert number not in listed(desk_of("sari"))
    page = desk_of("ratna")

    press(link(page, number))
    send(page, "periksa")
    unfold(page.locator("summary", has_text="Jawab"))
    give_answer(page)

    assert TEXT in main_of(page)
    assert "Sudah dijawab" in page.locator("main .p-strong").first.inner_text()


def test_the_inspectorate_refuses_what_the_operators_say_about_themselves(live_app, desk_of):
    number = desks.drafted(live_app, "dina", "ratna")
    page = desk_of("ratna")

    press(page.locator("#menunggu-anda + ul").get_by_role("link", name=number))
    type_in(form(page, "jangan").locator("[name=refused_because]"), "Rekamannya belum didengarkan.")
    send(page, "jangan")

    assert "Rekamannya belum didengarkan." in main_of(page)
    assert "Di instansi" in page.locator("main .p-strong").first.inner_text()


def test_the_inspectorate_judges_what_is_said_against_a_measure(live_app, desk_of):
    with live_app.app_context():
        measure = in_force()
        number = measure.number
        measures.appeal(installation(), desks.actor("sari"), measure, "Ponsel saya dipinjam tetangga.")
    page = desk_of("ratna")

    press(link(page, "Tindakan atas panggilan palsu"))
    press(link(page, number))
    choose(page.locator("#putus-outcome"), "lifted")
    type_in(page.locator("#putus-grounds"), GROUNDS)
    send(page, "putus")

    assert "Dicabut setelah keberatan" in page.locator("main .p-strong").first.inner_text()


@pytest.mark.parametrize("name", ["fraksi", "forum"])
def test_the_council_and_ngos_read_the_answer_and_no_word_of_the_citizen(live_app, desk_of, name):
    number = desks.answered(live_app)
    page = desk_of(name)

    press(link(page, "Selesai"))
    press(link(page, number))

    assert NO_WORDS in main_of(page)
    assert "Kami menambah satu regu jaga" in main_of(page)
    assert desks.WORDS not in page.content()
    assert desks.REASON not in page.content()


def test_an_auditor_reads_facts_and_finds_nothing_to_do(live_app, desk_of):
    number = desks.assigned(live_app)
    page = desk_of("ujang")

    press(link(page, number))

    assert NO_WORDS in main_of(page)
    assert "Dibaca oleh" in main_of(page)
    assert "Tidak ada yang bisa dilakukan sekarang." in main_of(page)
    assert desks.WORDS not in page.content()
    assert desks.REASON not in page.content()
    assert page.locator("main form").count() == 1, "the one to sign out"


def test_an_administrator_invites_somebody_who_then_signs_in_and_sees_no_case(
    live_app, desk_of, open_context
):
    number = desks.new_case(live_app)
    admin = desk_of("ani")
    assert number not in admin.content()
    assert admin.locator("main table").count() == 0

    press(link(admin, "Pengguna"))
    type_in(admin.locator("#name"), "tini")
    choose(admin.locator("#role"), "triage")
    press(button(admin, "Buat tautan undangan"))
    address = admin.locator("main .p-mono").inner_text()

    tini = open_context(java_script_enabled=False).new_page()
    tini.goto(address[address.index("/tinjau/") :])
    type_in(tini.locator("#new_password"), PASSWORD)
    type_in(tini.locator("#code"), app_pages.code_of(tini.locator("main .p-mono").inner_text()))
    press(button(tini, "Aktifkan akun"))
    assert tini.locator("main ol.p-mono li").count() == 10
    press(link(tini, "Masuk untuk petugas"))
    sign_in(tini, "tini", PASSWORD)

    assert number in listed(tini)


@pytest.fixture(scope="module")
def furniture(live_app, tmp_path_factory) -> Furniture:
    """Fill the portal with every state of everything, when the day is over."""
    return furnish(live_app, tmp_path_factory.mktemp("log"))


@pytest.mark.parametrize(("width", "scheme", "base"), LOOKED_AT)
def test_nothing_is_wrong_with_any_page_or_state_of_the_portal(open_context, furniture, width, scheme, base):
    page = open_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    faults = {name: look(page) for name in desk_pages(page, furniture, base)}

    assert {name: lines for name, lines in faults.items() if lines} == {}


@pytest.mark.audit
@pytest.mark.parametrize("base", ["", "/en"])
def test_the_html_checker_finds_nothing_in_the_portal(open_context, furniture, tmp_path, base):
    page = open_context().new_page()

    assert faults_of_answers(page, desk_pages(page, furniture, base), tmp_path) == []
