import pytest

from tests.browser.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.audit]

ERROR_PAGES = ["/404.html", "/503.html", "/en/404.html", "/en/503.html"]
# The menu stays shut: open, it lies over what else is to be looked at.
OPEN_ALL = "() => document.querySelectorAll('main details').forEach(one => one.open = true)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_any_page_with_every_fold_open(open_context, built_site, width, scheme):
    page = open_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    found: dict[str, list[str]] = {}
    for address in (*built_site.pages, *ERROR_PAGES):
        page.goto(address)
        page.evaluate(OPEN_ALL)
        for line in violations(page):
            found.setdefault(line, []).append(address)

    assert found == {}
