"""What a first visit to a page loads: requests, and bytes as a server that compresses would send them."""

import gzip
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Response, Route, sync_playwright

from benchmarks import servers
from benchmarks.builds import Checkout
from charter_data.models import Charter
from scripts.charter_site.pages import PAGES
from scripts.charter_site.serving import HOST, Quiet, SiteServer

FIRST, SEARCH, FORM, OTHER = 60_000, 150_000, 40_000, 80_000
REQUESTS = 8
SCRIPT, KEPT = 4_096, 400_000
FORM_PAGE = "masukan"
PHONE = {"width": 360, "height": 740}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LEVEL = 9
PATIENCE_MS = 90_000
KEPT_FILES = """async () => {
    await navigator.serviceWorker.ready;
    const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    return (await Promise.all(caches_.map((cache) => cache.keys()))).flat().map((asked) => asked.url);
}"""


@dataclass(frozen=True)
class Weight:
    """Hold what one first visit loads."""

    requests: int
    size: int
    elsewhere: int


@dataclass(frozen=True)
class Row:
    """Hold a page beside its peer and its limits."""

    page: str
    ours: Weight
    peer: Weight | None
    limit: int
    most_requests: int | None = None

    @property
    def faults(self) -> list[str]:
        """Name every limit that it breaks."""
        many = self.most_requests is not None and self.ours.requests > self.most_requests
        return [
            *([f"{self.ours.size:,} bytes, at most {self.limit:,}"] if self.ours.size > self.limit else []),
            *([f"{self.ours.requests} requests, at most {self.most_requests}"] if many else []),
            *([f"{self.ours.elsewhere} requests to other hosts, at most 0"] if self.ours.elsewhere else []),
        ]

    @property
    def line(self) -> str:
        """Give the figures as a line of the table."""
        peer = self.peer
        beside = f"{peer.requests:>10}{peer.size:>9,}{self.ours.size / peer.size:>7.2f}" if peer else " " * 26
        verdict = "OVER" if self.faults else "PASS"
        return (
            f"{self.page:<36}{self.ours.requests:>9}{self.ours.size:>9,}{beside}{self.limit:>9,}  {verdict}"
        )


@dataclass(frozen=True)
class Weighed:
    """Hold the pages, our own script, and what the phone keeps after the first visit."""

    rows: list[Row]
    script: int
    kept: Weight


def measure(charter: Charter, checkout: Checkout, folder: Path) -> Weighed:
    """Visit every kind of page of both sites for the first time."""
    with sync_playwright() as playwright:
        found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        with _served(checkout.site) as here:
            rows = [*_rows(charter, checkout, browser, here), _form(browser, folder)]
            return Weighed(rows, _script(checkout.site), _kept(browser, here))


def report(weighed: Weighed) -> str:
    """Give the figures as a table."""
    elsewhere = sum(row.ours.elsewhere for row in weighed.rows)
    peer = sum(row.peer.elsewhere for row in weighed.rows if row.peer)
    return "\n".join(
        [
            f"First visit in Chromium: requests, and bytes of all answers after gzip -{LEVEL}, beside the",
            "same words in plain Markdown under Material, nothing changed (less its fonts of another host).",
            "",
            f"{'page':<36}{'requests':>9}{'bytes':>9}{'Material':>10}{'bytes':>9}{'ratio':>7}{'limit':>9}",
            *(row.line for row in weighed.rows),
            f"Requests to other hosts: {elsewhere}; Material: {peer}",
            f"Script of our own: {weighed.script:,} bytes (at most {SCRIPT:,})",
            f"After the first visit the phone fetches what it keeps: {weighed.kept.requests} files,"
            f" {weighed.kept.size:,} bytes (at most {KEPT:,})",
        ]
    )


def over(weighed: Weighed) -> list[str]:
    """Give what is over its limit."""
    found = [f"{row.page}: {fault}" for row in weighed.rows for fault in row.faults]
    if weighed.script > SCRIPT:
        found.append(f"script of our own: {weighed.script:,} bytes, at most {SCRIPT:,}")
    if weighed.kept.size > KEPT:
        found.append(f"what a phone keeps: {weighed.kept.size:,} bytes, at most {KEPT:,}")
    return found


def _rows(charter: Charter, checkout: Checkout, browser: Browser, here: str) -> Iterator[Row]:
    emergencies = {f"layanan/{service.slug}/" for service in charter.emergencies}
    services = {f"layanan/{service.slug}/" for service in charter.services}
    pages = ["", "en/", *sorted(services), *(address for address, _, _ in PAGES if address), "tentang/"]
    with _served(checkout.peer("id") / "site") as there, _served(checkout.peer("en") / "site") as there_en:
        for page in pages:
            is_first = page in {"", "en/", *emergencies}
            yield Row(
                f"/{page}",
                _visit(browser, here + page),
                _visit(browser, there_en if page == "en/" else there + page),
                FIRST if is_first else SEARCH if page == "cari/" else OTHER,
                REQUESTS if is_first else None,
            )


def _form(browser: Browser, folder: Path) -> Row:
    with servers.served(folder / "form.sqlite3") as address:
        return Row(f"/{FORM_PAGE}", _visit(browser, address + FORM_PAGE), None, FORM)


def _script(site: Path) -> int:
    own = [*sorted((site / "assets" / "brand").glob("*.js")), site / "sw.js"]
    return sum(len(gzip.compress(path.read_bytes(), LEVEL)) for path in own)


def _kept(browser: Browser, here: str) -> Weight:
    """Look into what a phone has kept after the first visit, and weigh it."""
    page = browser.new_page()
    page.goto(here, wait_until="networkidle")
    files = page.evaluate(KEPT_FILES)
    size = sum(_fetched(page, address) for address in files)
    page.context.close()
    return Weight(len(files), size, 0)


def _fetched(page: Page, address: str) -> int:
    return len(gzip.compress(page.request.get(address).body(), LEVEL))


def _visit(browser: Browser, address: str) -> Weight:
    context = browser.new_context(viewport=PHONE, service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    host = urlsplit(address).netloc
    elsewhere: list[str] = []
    answers: list[Response] = []

    def refuse(route: Route) -> None:
        elsewhere.append(route.request.url)
        route.abort()

    page.route(lambda url: urlsplit(url).netloc != host, refuse)
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle", timeout=PATIENCE_MS)
    size = sum(map(_compressed, answers))
    context.close()
    return Weight(len(answers), size, len(elsewhere))


def _compressed(answer: Response) -> int:
    return len(gzip.compress(answer.body(), LEVEL)) if answer.ok else 0


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    with SiteServer((HOST, 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://{HOST}:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
