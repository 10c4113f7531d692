"""What a first visit to a page loads: requests, and bytes as a server that compresses would send them."""

import gzip
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Response, Route, sync_playwright

from scripts.charter_site.serving import HOST, Quiet

PAGES = {
    "home": "",
    "service": "layanan/kebakaran/",
    "sensitive": "layanan/bantuan-keluarga/",
    "promises": "janji/",
    "agencies": "instansi/",
    "agreement": "kesepakatan/",
    "figures": "angka/",
    "search": "cari/",
}
LIMITS = {"home": 60_000, "service": 60_000, "sensitive": 60_000}
PHONE = {"width": 360, "height": 740}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LEVEL = 9


@dataclass(frozen=True)
class Weight:
    """Hold what one first visit loads."""

    requests: int
    size: int
    elsewhere: int


@dataclass(frozen=True)
class Comparison:
    """Hold a page beside its peer and its limit."""

    kind: str
    ours: Weight
    peer: Weight
    limit: int | None

    @property
    def is_over(self) -> bool:
        """Tell whether the page is heavier than it may be."""
        return self.limit is not None and self.ours.size > self.limit

    @property
    def verdict(self) -> str:
        """Say it in a word."""
        return "" if self.limit is None else "OVER" if self.is_over else "PASS"


def compare(ours: Path, peer: Path) -> list[Comparison]:
    """Visit every kind of page of both sites for the first time."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        with _served(ours) as here, _served(peer) as there:
            return [
                Comparison(
                    kind, _visit(browser, here + page), _visit(browser, there + page), LIMITS.get(kind)
                )
                for kind, page in PAGES.items()
            ]


def report(compared: list[Comparison]) -> str:
    """Give the figures as a table."""
    lines = [
        f"First visit in Chromium: requests, and bytes of all answers after gzip -{LEVEL}, beside the same",
        "Markdown under Material for MkDocs with nothing changed (less its fonts from another host).",
        "",
        f"{'page':<11}{'requests':>9}{'bytes':>9}{'Material':>11}{'bytes':>9}{'ratio':>8}{'limit':>9}",
    ]
    lines += [
        f"{one.kind:<11}{one.ours.requests:>9}{one.ours.size:>9,}{one.peer.requests:>11}{one.peer.size:>9,}"
        f"{one.ours.size / one.peer.size:>8.2f}{one.limit or '':>9}  {one.verdict}".rstrip()
        for one in compared
    ]
    elsewhere = {name: sum(getattr(one, name).elsewhere for one in compared) for name in ("ours", "peer")}
    lines.append(f"Requests to other hosts: {elsewhere['ours']}; Material: {elsewhere['peer']}")
    return "\n".join(lines)


def _visit(browser: Browser, address: str) -> Weight:
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    host = urlsplit(address).netloc
    elsewhere: list[str] = []
    answers: list[Response] = []

    def refuse(route: Route) -> None:
        elsewhere.append(route.request.url)
        route.abort()

    page.route(lambda url: urlsplit(url).netloc != host, refuse)
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle")
    size = sum(map(_compressed, answers))
    context.close()
    return Weight(len(answers), size, len(elsewhere))


def _compressed(answer: Response) -> int:
    return len(gzip.compress(answer.body(), LEVEL)) if answer.ok else 0


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer((HOST, 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://{HOST}:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
