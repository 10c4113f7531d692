"""What Chromium can tell of a page beyond axe: focus, targets, text that grows, colours, motion."""

from collections import Counter
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, ViewportSize

SOURCE = Path(__file__).with_name("looking.js").read_text(encoding="utf-8")
OPEN_ALL = "() => document.querySelectorAll('main details').forEach(one => one.open = true)"
# WCAG 1.4.12 names these four.
SPACED = """* { line-height: 1.5 !important }
* { letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 800}
# What a screen reader is told of tables, and what must stand for it on the page.
TABLE_PARTS = {
    "table": "table, [role=table]",
    "row": "tr, [role=row]",
    "columnheader": "th[scope=col], [role=columnheader]",
    "rowheader": "th[scope=row]",
    "cell": "td, [role=cell]",
}


def prepare(page: Page) -> None:
    """Open all folds of the page that is open, and bring the means to look at it."""
    page.wait_for_load_state()
    page.evaluate(SOURCE)
    page.evaluate(OPEN_ALL)


def found(page: Page, what: str) -> list[str]:
    """Give what one way of looking finds wrong."""
    return page.evaluate(f"look.{what}()") or []


def heard(page: Page) -> Counter[str]:
    """Count the roles of all that Chromium tells a screen reader of the page."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return Counter(node["role"]["value"] for node in nodes if not node["ignored"])


def keyboard_faults(page: Page) -> list[str]:
    """Walk with the Tab key to the end and back: each stop is seen, in the page's order, under nothing."""
    return list(dict.fromkeys(_walk(page, "Tab") + _walk(page, "Shift+Tab")))


def _walk(page: Page, key: str) -> list[str]:
    is_back = key != "Tab"
    stops = page.evaluate("look.follow", is_back)
    for _ in range(sum(presses for _, presses in stops)):
        page.keyboard.press(key)
    walked = page.evaluate("look.walked()")
    wanted = range(len(stops))[:: -1 if is_back else 1]
    missed = [stops[stop][0] for stop, place in zip(wanted, walked["places"], strict=False) if stop != place]
    out_of_turn = [f"{key} does not reach {stop} in its turn" for stop in missed[:1]]
    return [f"{key}: {fault}" for fault in walked["faults"]] + out_of_turn


def faults_on(page: Page, *, is_walked: bool = True) -> list[str]:
    """Look at an open page in every way; it is of no use to others afterwards."""
    prepare(page)
    faults = {"target": found(page, "targets"), "motion": found(page, "moving")}
    if is_walked:
        faults["keyboard"] = keyboard_faults(page)
    for scheme in SCHEMES:
        page.emulate_media(forced_colors="active", color_scheme=scheme)
        faults[f"forced colours, {scheme}"] = found(page, "contrasts")
    page.emulate_media(forced_colors="none", color_scheme="light")
    spaced = page.add_style_tag(content=SPACED)
    faults["text with space"] = found(page, "texts")
    spaced.evaluate("style => style.remove()")
    page.evaluate("look.enlarge()")
    faults["text of 200 %, phone"] = found(page, "texts")
    page.set_viewport_size(DESK)
    faults["text of 200 %, desk"] = found(page, "texts")
    page.set_viewport_size(PHONE)
    return [f"{way}: {fault}" for way, lines in faults.items() for fault in lines]
