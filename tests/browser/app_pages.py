"""Every page of the app, one after the other, as the browser of a citizen or a reviewer comes to it."""

from collections.abc import Iterator
from secrets import token_hex

from flask import Flask
from playwright.sync_api import Page

from site_api.installation import installation
from site_api.reviewers.authenticator import code_at
from tests.browser.walking import FEEDBACK, REPORT, answer, go_on, look_round, walk
from tests.site_api.portal import PASSWORD, fresh_code

served_apps: list[Flask] = []
"""The app behind the browser, so that who signs in knows what an authenticator would show."""

CLAUSE = "?clause=KBK.siap&service=KBK"
FORMS = (f"/masukan{CLAUSE}", "/masukan/panggilan-palsu", "/lacak", "/data-kami", "/api/")
BY_CODE = {
    "pesan": "message with a fault",
    "cetak": "all that is kept",
    "hapus": "before erasing",
    "tarik": "withdrawn",
}
DANGER = "Tetangga saya masih dipukul di rumahnya."
# A form that no page has: the app must refuse it with a page all the same.
SEND = """([address, fields]) => {
    const form = document.createElement("form");
    Object.assign(form, {method: "post", action: address, hidden: true});
    for (const [name, value] of Object.entries(fields)) {
        const field = document.createElement("textarea");
        Object.assign(field, {name, value});
        form.append(field);
    }
    document.body.append(form);
    form.submit();
}"""


def post(page: Page, address: str, **fields: str) -> None:
    """Send a form of the test's own from the page that is open."""
    with page.expect_navigation():
        page.evaluate(SEND, [address, fields])


def citizens_pages(page: Page, code: str, base: str = "") -> Iterator[str]:
    """Go to every page of the app in one language, and give the name of each as it stands there."""
    for address in FORMS:
        page.goto(base + address)
        yield address
    yield from feedback_pages(page, base)
    yield from hoax_pages(page, base)
    track(page, code, base)
    yield "status"
    yield from error_pages(page, base)


def feedback_pages(page: Page, base: str = "") -> Iterator[str]:
    """Go from question to question over faults and the emergency numbers to the receipt and back."""
    post(page, f"{base}/masukan/mulai", clause="BKL.damping", service="BKL")
    for name in look_round(page, FEEDBACK):
        yield f"sensitive: {name}"
    go_on(page)
    yield "sensitive: receipt"
    track(page, code_on(page), base)
    yield "sensitive: status"
    page.goto(f"{base}/masukan")
    yield from look_round(page, {**FEEDBACK, "story": {"message": DANGER}})
    post(page, f"{base}/masukan", kind="praise", happened="past", occurred_on="2000-13-01", message="a")
    yield "check with faults"
    page.goto(f"{base}/masukan")
    answer(page, {"happened": "now"})
    yield "does it happen now"
    go_on_from_numbers(page)
    walk(page, FEEDBACK)
    go_on(page)
    code = code_on(page)
    yield "receipt"
    for act, name in BY_CODE.items():
        track(page, code, base)
        yield f"status before: {name}"
        form = page.locator(f"main details:has(form[action$='/lacak/{act}'])")
        form.evaluate("fold => fold.open = true")
        with page.expect_navigation():
            form.locator("button").click()
        yield name


def go_on_from_numbers(page: Page) -> None:
    """Leave the page of emergency numbers: nobody is in danger any more."""
    with page.expect_navigation():
        page.locator("main form button").click()


def track(page: Page, code: str, base: str = "") -> None:
    """Come back with a code."""
    page.goto(f"{base}/lacak")
    page.locator("[name=tracking_code]").fill(code)
    with page.expect_navigation():
        page.locator("main form button").click()


def hoax_pages(page: Page, base: str = "") -> Iterator[str]:
    """Go from the questions on a hoax call over their faults to the receipt and its standing."""
    page.goto(f"{base}/masukan/panggilan-palsu")
    for name in look_round(page, REPORT, may_be_empty=("note",)):
        yield f"report: {name}"
    go_on(page)
    code = code_on(page)
    yield "receipt of a report"
    track(page, code, base)
    yield "standing of a report"


def error_pages(page: Page, base: str = "") -> Iterator[str]:
    """Go where the app must refuse: 404, 405, 413, a code that nobody has, a portal without its token."""
    page.goto(f"{base}/tidak-ada/")
    yield "404"
    page.goto(f"{base}/masukan/mulai")
    yield "405"
    post(page, f"{base}/masukan", message="a" * 70_000)
    yield "413"
    post(page, f"{base}/lacak", tracking_code="AAAA-AAAA-AAAA-AAAA")
    yield "code that nobody has"
    page.goto(f"{base}/tinjau/masuk")
    yield "sign-in"
    post(page, f"{base}/tinjau/masuk", name="sari")
    yield "403"


def administrators_pages(page: Page, base: str = "") -> Iterator[str]:
    """Invite somebody, and be that person as far as the recovery codes."""
    sign_in(page, "ani")
    page.goto(f"{base}/tinjau/pengguna")
    yield "users"
    submit(page, "/pengguna")
    yield "invitation with faults"
    page.locator("[name=name]").fill(f"tini{token_hex(4)}")
    page.locator("[name=role]").select_option("triage")
    submit(page, "/pengguna")
    yield "link to pass on"
    link = base + page.locator(".p-about").inner_text().split("8112")[1]
    page.goto(link)
    yield "page of a link"
    submit(page, "/undangan")
    yield "page of a link with faults"
    page.locator("[name=new_password]").fill(PASSWORD)
    page.locator("[name=code]").fill(code_of(page.locator("main .p-mono").inner_text()))
    submit(page, "/undangan")
    yield "recovery codes"
    page.goto(link)
    yield "link that is over"


def submit(page: Page, target: str) -> None:
    """Send the form with this target, whether its fold is open or not."""
    form = page.locator(f"main form[action$='{target}']")
    form.evaluate("form => { const fold = form.closest('details'); if (fold) fold.open = true; }")
    with page.expect_navigation():
        form.locator("button").click()


def code_of(secret: str) -> str:
    """Give what an authenticator with this key shows now."""
    with served_apps[-1].app_context():
        return code_at(secret.replace(" ", ""), installation().now())


def sign_in(page: Page, name: str = "sari") -> None:
    """Sign in as a reviewer, such as the one whom the cases come with."""
    page.goto("/tinjau/masuk")
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    with served_apps[-1].app_context():
        page.locator("[name=code]").fill(fresh_code(name))
    with page.expect_navigation():
        page.locator("main form button").click()


def code_on(page: Page) -> str:
    """Read the code of a receipt."""
    return "".join(page.locator(".p-code__groups").inner_text().split())
