"""A person before a form that asks one question a page: how it is answered, and what lies on the way."""

from collections.abc import Iterator, Mapping

from playwright.sync_api import Page

Answers = dict[str, dict[str, str]]

STORY = "Damkar datang lama sekali, api sudah habis."
FEEDBACK: Answers = {
    "when": {"happened": "past"},
    "what": {"kind": "complaint"},
    "service": {"service": "KBK"},
    "quiet": {"confidential": "no"},
    "story": {"message": STORY},
    "danger": {"in_danger": "no"},
    "date": {"occurred_on_unknown": "yes"},
    "district": {"district_unknown": "yes"},
    "permissions": {"may_publish": "yes", "may_pass_on": "no"},
}
REPORT: Answers = {
    "class": {"class": "palsu"},
    "when": {"occurred_on": "2026-11-20", "time_unknown": "yes"},
    "where": {"district_unknown": "yes", "place_unknown": "yes"},
    "who": {"agencies": "damkar"},
    "note": {},
}


def question_on(page: Page) -> str:
    """Give the name of the question that a page asks, nothing on the check page."""
    page.wait_for_load_state()
    names = page.locator("main form [name=question]")
    return names.get_attribute("value") or "" if names.count() else ""


def answer(page: Page, answers: Mapping[str, str]) -> None:
    """Fill in what a question asks, by choosing or typing, and go on."""
    for name, value in answers.items():
        field = page.locator(f"main form [name={name}]:not([type=hidden])")
        if field.first.get_attribute("type") in ("radio", "checkbox"):
            page.locator(f'main form [name={name}][value="{value}"]').check()
        else:
            field.fill(value)
    go_on(page)


def go_on(page: Page) -> None:
    """Press the one button that leads on, and wait for the page that it leads to, all of it."""
    # Half a page has no question yet, and would pass for the check page.
    with page.expect_navigation():
        page.locator("main form button.p-button:not(.p-button--quiet)").click()


def walk(page: Page, answers: Answers, until: str = "") -> None:
    """Answer question after question, up to one of a name or to the check page."""
    for _ in range(len(answers) + 1):
        name = question_on(page)
        if name == until:
            return
        answer(page, answers[name])
    raise AssertionError(f"no way to {until or 'the check page'}, but to {question_on(page)}")


def look_round(page: Page, answers: Answers, may_be_empty: tuple[str, ...] = ()) -> Iterator[str]:
    """Give each question as it is asked, then without an answer and its faults, then the check page."""
    while name := question_on(page):
        yield name
        if name not in may_be_empty:
            go_on(page)
            yield f"{name} with faults"
        answer(page, answers[name])
    yield "check"
