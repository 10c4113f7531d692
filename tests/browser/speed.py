"""How fast a first visit is: Lighthouse on pages as gunicorn serves them, and when parts are painted."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from tests import sites

LIGHTHOUSE = sites.ROOT / "tools" / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
HEADLESS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
RUNS = 3
# 400 kbit/s, 400 ms there and back, a quarter of the processor: an old phone at the edge of its network.
SLOW_NETWORK = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
SLOWDOWN = 4
# Chromium tells when an element was painted if the element asks for it before it is.
WATCH = """watched => {
    globalThis.painted = {};
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) painted[entry.identifier] = entry.renderTime;
    }).observe({type: "element", buffered: true});
    const mark = () => {
        for (const [name, picked] of Object.entries(watched)) {
            for (const one of document.querySelectorAll(picked)) one.setAttribute("elementtiming", name);
        }
    };
    new MutationObserver(mark).observe(document, {childList: true, subtree: true});
}"""

PAINTED = """names => new Promise((done, fail) => {
    const missing = () => names.filter(name => !(name in painted));
    setTimeout(() => fail(new Error(`not painted in time: ${missing()}`)), 30000);
    const look = () => missing().length === 0 ? done(painted) : setTimeout(look, 50);
    look();
})"""


@dataclass(frozen=True)
class Score:
    """Hold the medians of one page: points of 100, and seconds until its largest part is painted."""

    page: str
    points: dict[str, float]
    lcp: float

    def __str__(self) -> str:
        """Give the line of a table."""
        points = "  ".join(f"{value:>14.0f}" for value in self.points.values())
        return f"{self.page:<24}  {points}  {self.lcp:>5.2f} s"


def heads() -> str:
    """Give the head of the table of scores."""
    return f"{'page':<24}  " + "  ".join(f"{name:>14}" for name in CATEGORIES) + "    LCP"


def score(address: str, page: str, folder: Path, skipped: str = "") -> Score:
    """Run Lighthouse as it comes, for a phone, several times, and give the medians."""
    runs = [_run(address + page, folder / "lighthouse.json", skipped) for _ in range(RUNS)]
    points = {
        name: median(100 * (run["categories"][name]["score"] or 0) for run in runs) for name in CATEGORIES
    }
    lcp = median(run["audits"]["largest-contentful-paint"]["numericValue"] for run in runs) / 1000
    return Score(page, points, lcp)


def _run(url: str, report: Path, skipped: str) -> dict:
    node = shutil.which("node")
    assert node, "Lighthouse needs Node: on Debian, apt-get install nodejs npm"
    assert LIGHTHOUSE.is_file(), "Lighthouse is not there: `make audit` installs it"
    options = ["--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={HEADLESS}"]
    only = [f"--only-categories={','.join(CATEGORIES)}", *([f"--skip-audits={skipped}"] if skipped else [])]
    subprocess.run(  # noqa: S603 (Debian's Node, and what the lock names)
        [node, str(LIGHTHOUSE), url, *options, *only],
        check=True,
        env=os.environ | {"CHROME_PATH": shutil.which("chromium") or ""},
    )
    found: dict = json.loads(report.read_text(encoding="utf-8"))
    return found


def first_paint(browser: Browser, url: str, watched: dict[str, str]) -> dict[str, float]:
    """Visit a page for the first time on a slow phone; give the seconds until each named part is painted."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, device_scale_factor=2)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    page.add_init_script(f"({WATCH})({json.dumps(watched)})")
    page.goto(url, wait_until="networkidle")
    painted: dict[str, float] = page.evaluate(PAINTED, list(watched))
    context.close()
    return {name: painted[name] / 1000 for name in watched}
