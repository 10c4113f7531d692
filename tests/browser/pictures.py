"""Makes the pictures of the README from the built site: `python -m tests.browser.pictures`."""

import threading
from functools import partial
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

from scripts.charter_site.serving import HOST, Quiet, SiteServer
from tests.browser.conftest import ARGUMENTS, chromium

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "developers" / "pictures"
PHONE: ViewportSize = {"width": 360, "height": 680}
SHOTS = (
    ("home", "/", None),
    ("service", "/layanan/kebakaran/", None),
    ("lanes", "/layanan/kecelakaan/", "#setelah"),
)


def main() -> None:
    """Photograph each page on a phone's screen."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with SiteServer((HOST, 0), partial(Quiet, directory=str(ROOT / "site"))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        _photograph(f"http://{HOST}:{server.server_port}")
        server.shutdown()


def _photograph(base: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page(viewport=PHONE)
        for name, address, place in SHOTS:
            page.goto(base + address)
            if place:
                page.locator(place).evaluate("element => element.scrollIntoView()")
            page.screenshot(path=PICTURES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
