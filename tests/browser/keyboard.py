"""Somebody without a mouse: goes from control to control with Tab, types, chooses and presses."""

from playwright.sync_api import Locator, Page

MOST_TABS = 150
MOST_CHOICES = 60


def has_focus(control: Locator) -> bool:
    return control.and_(control.page.locator(":focus")).count() > 0


def tab_to(control: Locator) -> None:
    """Press Tab until a control has the focus."""
    page = control.page
    for _ in range(MOST_TABS):
        if has_focus(control):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{MOST_TABS} presses of Tab do not reach {control}")


def type_in(control: Locator, text: str) -> None:
    """Write into a field."""
    tab_to(control)
    control.page.keyboard.type(text)


def choose(control: Locator, value: str) -> None:
    """Go down a list to a value, or through radio buttons to the one that has it."""
    tab_to(control)
    page, focused = control.page, control.page.locator(":focus")
    is_radio = focused.get_attribute("type") == "radio"
    if is_radio:
        page.keyboard.press("Space")
    for _ in range(MOST_CHOICES):
        if (focused.get_attribute("value") if is_radio else focused.input_value()) == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} is not among the choices of {control}")


def tick(control: Locator) -> None:
    """Tick a box."""
    tab_to(control)
    control.page.keyboard.press("Space")
    assert control.is_checked()


def unfold(control: Locator) -> None:
    """Open a fold by its summary."""
    tab_to(control)
    control.page.keyboard.press("Enter")


def press(control: Locator) -> None:
    """Press a button, or follow a link, to the page that comes of it."""
    tab_to(control)
    with control.page.expect_navigation():
        control.page.keyboard.press("Enter")


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def link(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=name, exact=True)
