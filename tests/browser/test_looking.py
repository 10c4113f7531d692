"""Beyond axe: keyboard, targets, larger text, forced colours, motion, on every kind of page and form."""

import pytest

from tests.browser.app_pages import citizens_pages
from tests.browser.kinds import KINDS, visit
from tests.browser.looking import PHONE, TABLE_PARTS, faults_on, heard, prepare

pytestmark = pytest.mark.browser


@pytest.fixture
def reader(open_context):
    """Give a phone on which styles may be put, and which asks for no motion."""
    return open_context(viewport=PHONE, bypass_csp=True, reduced_motion="reduce").new_page()


# A short address leads on before anything can be looked at for long.
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "short address"])
def test_nothing_is_wrong_beyond_axe(reader, kind):
    visit(reader, KINDS[kind])

    assert faults_on(reader) == []


@pytest.mark.parametrize("base", ["", "/en"])
def test_nothing_is_wrong_beyond_axe_with_forms_and_what_follows_them(reader, cases, base):
    faults = {name: faults_on(reader) for name in citizens_pages(reader, cases.code, base)}

    assert {name: lines for name, lines in faults.items() if lines} == {}


STACKED = ":is(.p-table--stack, .p-table--told)"


def test_tables_that_a_phone_stacks_stay_tables_to_those_who_listen(reader):
    visit(reader, KINDS["service"])
    prepare(reader)
    stacked = reader.locator(STACKED)
    assert stacked.evaluate_all("all => all.map(one => getComputedStyle(one).display)") == ["block", "block"]

    seen = {
        role: reader.locator(shown).locator("visible=true").count() for role, shown in TABLE_PARTS.items()
    }

    assert all(seen.values())
    assert {role: heard(reader)[role] for role in TABLE_PARTS} == seen


SPOILED = """<main style="background: white; width: 300px">
<style>@media (forced-colors: none) {{ p {{ color: black }} }} {style}</style>
<button>Satu kata</button> {markup}</main>"""


@pytest.mark.parametrize(
    ("style", "markup", "said"),
    [
        ("button { width: 20px; height: 20px; padding: 0 }", "", "px, at least 24 wanted"),
        ("a { display: block; height: 40px }", '<a href="tel:112">112</a>', "at least 48 wanted"),
        ("button:focus { outline: none }", "", "shows no focus"),
        ("button:focus { outline: 3px solid #eeeeee }", "", "has a focus with a contrast of 1."),
        ("i { position: fixed; inset: 0 }", "<i>di atas</i>", "has the focus under i"),
        ("", '<input tabindex="1">', "in its turn"),
        ("button { transition: color 1s }", "", "moves for 1s"),
        (
            "p { height: 20px; overflow: hidden; width: 60px }",
            "<p>Kata yang panjang sekali</p>",
            "is cut off by p",
        ),
        ("p { position: absolute; top: 9px; left: 9px }", "<p>Satu</p><p>Dua kata</p>", "lies over p"),
        ("p { white-space: nowrap; width: 9px }", f"<p>{'kata ' * 50}</p>", "goes beyond the window"),
        ("span { border: 0 }", '<span class="p-tag">usulan</span>', "has no frame in forced colours"),
    ],
)
def test_each_way_of_looking_finds_what_it_looks_for(reader, style, markup, said):
    reader.set_content(SPOILED.format(style=style, markup=markup))

    assert any(said in fault for fault in faults_on(reader))
