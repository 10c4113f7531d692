"""What axe-core finds on a page, told in lines that people can act on."""

from importlib.resources import files
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.looking import OPEN_ALL

SOURCE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
CHOSEN = {(360, "light"): "", (1280, "dark"): "/en"}
# What is written in the colour of its ground is no contrast to axe: it only asks people to look.
UNSEEN = """() => [...document.querySelectorAll(".p-button")]
    .filter(one => getComputedStyle(one).color === getComputedStyle(one).backgroundColor)
    .map(one => `no words to be seen on: ${one.textContent}`)"""
# Width and scheme, and with them a language; `make audit` looks at all.
SCREENS = [
    pytest.param(width, scheme, marks=() if (width, scheme) in CHOSEN else pytest.mark.audit)
    for width in (360, 1280)
    for scheme in ("light", "dark")
]
LOOKED_AT = [
    pytest.param(width, scheme, base, marks=() if CHOSEN.get((width, scheme)) == base else pytest.mark.audit)
    for width in (360, 1280)
    for scheme in ("light", "dark")
    for base in ("", "/en")
]


def violations(page: Page) -> list[str]:
    """Give one line for each element that breaks a rule."""
    page.evaluate(SOURCE)
    found = page.evaluate(RUN, TAGS)["violations"]
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}".replace("\n ", "")
        for rule in found
        for node in rule["nodes"]
    ]


def look(page: Page) -> list[str]:
    """Give what is wrong with a page, every fold open."""
    page.wait_for_load_state()
    page.evaluate(OPEN_ALL)
    wide = ["wider than the window"] if page.evaluate(TOO_WIDE) else []
    faults = violations(page) + wide + page.evaluate(UNSEEN)
    return [f"{urlsplit(page.url).path}: {fault}" for fault in faults]
