"""Every built page and every page of the app, in both languages: axe, and the Nu HTML checker."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.app_pages import citizens_pages, reviewers_pages
from tests.browser.axe import violations
from tests.browser.looking import prepare
from tests.sites import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.audit]

SIZES = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]
VNU = ROOT / "tools" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
# Two boxes that the theme puts on every page, with an attribute that a box of this kind does not have.
OF_THE_THEME = ".*Attribute .autocomplete. is only allowed when the input type.*"


def open_page(open_context, width, scheme):
    return open_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()


def found_on(page) -> list[str]:
    prepare(page)
    return violations(page)


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_axe_finds_nothing_on_any_page_with_every_fold_open(open_context, built_site, width, scheme):
    page = open_page(open_context, width, scheme)
    found: dict[str, list[str]] = {}
    for address in built_site.documents:
        if "/k/" not in address:  # a short address leads on at once; one is among the kinds of pages
            page.goto(address)
            for line in found_on(page):
                found.setdefault(line, []).append(address)

    assert found == {}


@pytest.mark.parametrize("base", ["", "/en"])
@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_axe_finds_nothing_on_any_page_of_the_app(open_context, cases, width, scheme, base):
    page = open_page(open_context, width, scheme)
    found = {name: found_on(page) for name in citizens_pages(page, cases.code, base)}
    found |= {name: found_on(page) for name in reviewers_pages(page, cases.pages, base)}

    assert {name: lines for name, lines in found.items() if lines} == {}


def test_the_html_checker_finds_nothing_in_any_built_page(built_site):
    assert html_faults(built_site.folder) == []


@pytest.mark.parametrize("base", ["", "/en"])
def test_the_html_checker_finds_nothing_in_any_page_of_the_app(open_context, cases, tmp_path, base):
    page = open_context(java_script_enabled=False).new_page()
    answers = []
    page.on(
        "response", lambda answer: answers.append(answer) if answer.request.is_navigation_request() else None
    )
    for place, pages in (
        ("citizen", citizens_pages(page, cases.code, base)),
        ("reviewer", reviewers_pages(page, cases.pages, base)),
    ):
        for at, _name in enumerate(pages):
            page.wait_for_load_state()
            (tmp_path / f"{place}-{at}.html").write_bytes(answers[-1].body())

    assert html_faults(tmp_path) == []


def html_faults(folder: Path) -> list[str]:
    """Give one line for each error in the HTML files below a folder: file, place, what is wrong."""
    java = shutil.which("java")
    assert java, "the HTML checker needs Java: on Debian, apt-get install default-jre-headless"
    assert VNU.is_file(), "the HTML checker is not there: `make audit` installs it"
    options = ["--errors-only", "--skip-non-html", "--format", "gnu", "--filterpattern", OF_THE_THEME]
    checked = subprocess.run(  # noqa: S603 (Debian's Java, and files of our own)
        [java, "-jar", str(VNU), *options, str(folder)],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return [line.replace(f"{folder}/", "") for line in checked.stdout.splitlines()]
