"""Every built page, in both languages: axe, and the Nu HTML checker."""

import pytest

from tests.browser.axe import violations
from tests.browser.html_checker import html_faults
from tests.browser.looking import prepare

pytestmark = [pytest.mark.browser, pytest.mark.audit]

SIZES = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]


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


def test_the_html_checker_finds_nothing_in_any_built_page(built_site):
    assert html_faults(built_site.folder) == []
