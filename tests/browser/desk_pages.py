"""Every page and state of the portal, one after the other, as the staff come to it."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page

from site_api.cases import DeclineReason
from site_api.feedback import workflow
from site_api.feedback.schemas import Assignment
from site_api.installation import installation
from tests.browser.app_pages import administrators_pages, post, served_apps, sign_in, submit
from tests.browser.desks import REASON, actor, assigned, new_case, stored, verified
from tests.browser.furnished import CALLER, Furniture

MOST_TRIES = 7
TAKE, ASK = "main form[action$='/unduh'] button:not([formaction])", "main button[formaction]"
LISTS = (
    "",
    "ditahan",
    "selesai",
    "cari",
    "cari?words=gang",
    "cari?words=zzzz",
    "?clause=KBK.siap&kind=complaint&overdue=yes",
    "?kind=x&clause=y",
    "contoh-jawaban/",
    "contoh-jawaban/1",
    "unduh",
    "tindakan",
    "masukan/baru",
    "panggilan-palsu/baru",
    "tidak-ada",
)
# Forms are sent with nothing in them; whatever they hold of the page itself stays.
EMPTY = """form => {
    for (const field of form.elements) {
        if (["radio", "checkbox"].includes(field.type)) field.checked = false;
        else if (!["hidden", "submit"].includes(field.type)) field.value = "";
    }
    form.submit();
}"""
ANY_NUMBER = re.compile(r"[MPT]-[0-9A-Z]{6}|\d+")
FORMS = """() => [...document.querySelectorAll("main form[method=post]:not([action$='/unduh'])")]
    .filter(form => form.querySelector("select, textarea, input:not([type=hidden], [hidden], .p-pick)"))
    .map(form => form.getAttribute("action"))"""


def desk_pages(page: Page, furniture: Furniture, base: str = "") -> Iterator[str]:
    """Be each of the staff in turn, and go to every page that they have, in one language."""
    yield from who_gets_in(page, base)
    yield from triage_pages(page, furniture, base)
    yield from downloads(page, base)
    yield from others_pages(page, furniture, base)
    yield from own_pages(page, base)
    sign_in(page, "ani")
    page.goto(f"{base}/tinjau/")
    yield "no case for an administrator"
    page.context.clear_cookies()
    yield from administrators_pages(page, base)


def who_gets_in(page: Page, base: str = "") -> Iterator[str]:
    """Be refused, slowed down, and told that a session is over."""
    page.goto(f"{base}/tinjau/masuk")
    for tries in range(MOST_TRIES):
        page.locator("[name=name]").fill("siapa")
        page.locator("[name=password]").fill("bukan kata sandinya")
        page.locator("[name=code]").fill("000000")
        submit(page, "/masuk")
        if tries == 0:
            yield "refused"
    yield "slowed down"
    page.context.add_cookies([{"name": "session", "value": "lama", "url": page.url}])
    page.goto(f"{base}/tinjau/masuk")
    yield "session is over"
    page.context.clear_cookies()


def triage_pages(page: Page, furniture: Furniture, base: str = "") -> Iterator[str]:
    """See all that the call centre has, send each form empty, and lose a race."""
    sign_in(page)
    tried: set[str] = set()
    for address in LISTS:
        yield from with_faults(page, f"{base}/tinjau/{address}", tried)
    for what, address in furniture.items():
        if not what.startswith("operators"):
            yield from with_faults(page, f"{base}/tinjau/{address}", tried, what)
    read = furniture["read"]
    page.goto(f"{base}/tinjau/{read}?contoh=1")
    yield "begun from a template"
    page.goto(f"{base}/tinjau/{read}/serupa")
    yield "similar"
    yield from callers_pages(page, base)
    yield from spam_pages(page, base)
    yield from races(page, base)


def with_faults(page: Page, address: str, tried: set[str], what: str = "") -> Iterator[str]:
    """Go to a page, and send each of its forms empty whose like has not been tried."""
    name = what or address
    page.goto(address)
    yield name
    for target in page.evaluate(FORMS):
        like = ANY_NUMBER.sub("", target)
        if like in tried:
            continue
        tried.add(like)
        page.goto(address)
        with page.expect_navigation():
            page.locator(f"main form[action='{target}']").evaluate(EMPTY)
        yield f"{name}, {target.rsplit('/', 1)[1]} with faults"


def callers_pages(page: Page, base: str = "") -> Iterator[str]:
    for number in ("0899-0000-0000", CALLER):
        page.goto(f"{base}/tinjau/tindakan")
        page.locator("#caller_number").fill(number)
        submit(page, "/cari")
        yield f"caller {number}"
    submit(page, "/usul")
    yield "measure with faults"


def spam_pages(page: Page, base: str = "") -> Iterator[str]:
    """Decline nothing, and then two of which a colleague has had one already."""
    spam = [new_case(served_apps[-1]) for _ in range(2)]
    page.goto(f"{base}/tinjau/")
    submit(page, "/tinjau/tolak")
    yield "nothing chosen"
    page.goto(f"{base}/tinjau/")
    for number in spam:
        page.locator(f".p-pick[value^='{number}.']").check()
    with served_apps[-1].app_context():
        workflow.decline(installation(), actor("joko"), stored(spam[0]), DeclineReason.SPAM)
    submit(page, "/tinjau/tolak")
    yield "spam declined"


def races(page: Page, base: str = "") -> Iterator[str]:
    """Write to a case that a colleague declines meanwhile."""
    number = verified(served_apps[-1])
    page.goto(f"{base}/tinjau/masukan/{number}")
    with served_apps[-1].app_context():
        workflow.decline(installation(), actor("joko"), stored(number), DeclineReason.SPAM, lambda _: None)
    page.locator("#teruskan-reason").fill(REASON)
    submit(page, "/teruskan")
    yield "a colleague was faster"


def downloads(page: Page, base: str = "") -> Iterator[str]:
    """Take along more than one person may alone: be refused, ask, be seen by a second one, and be told."""
    address = f"{base}/tinjau/unduh"
    page.goto(address)
    for button in (TAKE, ASK):
        with page.expect_navigation():
            page.locator(button).click()
        yield f"download: {button} refused"
    page.locator("#reason").fill("Rapat bulanan dengan Damkar.")
    with page.expect_navigation():
        page.locator(ASK).click()
    yield "download asked for"
    page.context.clear_cookies()
    sign_in(page, "joko")
    yield from with_faults(page, address, set(), "download to be decided")
    page.goto(address)
    submit(page, "/setuju")
    page.context.clear_cookies()
    sign_in(page)
    page.goto(address)
    yield "download approved"


def others_pages(page: Page, furniture: Furniture, base: str = "") -> Iterator[str]:
    """See what the other offices have, and what those who only watch."""
    own = ("with its agency", "late, with notes and messages", "draft of an agency")
    seen = {
        "budi": ("", "selesai", *(furniture[what] for what in own)),
        "ratna": (
            *("", "tindakan", furniture["measure appealed"]),
            *(address for what, address in furniture.items() if what.startswith("operators")),
        ),
        "fraksi": ("", "selesai", "cari", furniture["published"], furniture["with its agency"]),
        "ujang": ("", "tindakan", *(furniture[what] for what in ("new", "report found", "measure lifted"))),
    }
    for name, addresses in seen.items():
        page.context.clear_cookies()
        sign_in(page, name)
        tried: set[str] = set()
        for address in addresses:
            for what in with_faults(page, f"{base}/tinjau/{address}", tried):
                yield f"{name}: {what}"
        if name == "budi":
            yield from refused_pages(page, base)
    page.context.clear_cookies()


def refused_pages(page: Page, base: str = "") -> Iterator[str]:
    """Lose a case while writing, look for what one may not see, and send a form without its token."""
    number = assigned(served_apps[-1])
    page.goto(f"{base}/tinjau/masukan/{number}")
    page.locator("#jawab-text_id").fill("Kami memasang papan nama gang.")
    with served_apps[-1].app_context():
        away = Assignment(agency="dinkes", reason=REASON)
        workflow.assign(installation(), actor("sari"), stored(number), away)
    submit(page, "/jawab")
    yield "the case is no longer one's own"
    page.goto(f"{base}/tinjau/masukan/{number}")
    yield "404"
    page.goto(f"{base}/tinjau/pengguna")
    yield "403"
    post(page, f"{base}/tinjau/unduh", state="")
    yield "403, no token"


def own_pages(page: Page, base: str = "") -> Iterator[str]:
    """Look after one's own account."""
    sign_in(page)
    page.goto(f"{base}/tinjau/akun")
    yield "own account"
    for target in page.evaluate(FORMS):
        page.goto(f"{base}/tinjau/akun")
        submit(page, target.removeprefix(base))
        yield f"{target} with faults"
    page.context.clear_cookies()
