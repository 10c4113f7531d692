"""How long `serve` takes from a changed field in a file to the page that says so."""

import re
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.builds import Checkout

CHANGES = 5
LIMIT_S = 3.0
GIVEN_UP_S = 60.0
BETWEEN_REQUESTS_S = 0.02
FIELD = re.compile(r'^(line: \{id: ")[^"]*', re.MULTILINE)


@dataclass(frozen=True)
class Waits:
    """Hold the seconds from each change to the page that shows it."""

    seconds: tuple[float, ...]

    @property
    def line(self) -> str:
        """Give the figures as a line."""
        return (
            f"serve, {len(self.seconds)} changes of one field: shown after {median(self.seconds):.2f} s,"
            f" at worst {max(self.seconds):.2f} s (at most {LIMIT_S:g} s)"
        )


def measure(checkout: Checkout) -> Waits:
    """Change a field several times while the site is served; the checkout's data is spoiled then."""
    service = checkout.data / "services" / "KBK.yml"
    slug = re.search(r'^slug: "(.+)"', service.read_text(encoding="utf-8"), re.MULTILINE)
    with _served(checkout) as address:
        page = f"{address}layanan/{slug[1] if slug else ''}/"
        return Waits(tuple(_shown_after(service, f"Perubahan {number}", page) for number in range(CHANGES)))


def over(waits: Waits) -> list[str]:
    """Give what is over its limit."""
    return [waits.line] if max(waits.seconds) > LIMIT_S else []


def _shown_after(service: Path, said: str, page: str) -> float:
    text = service.read_text(encoding="utf-8")
    service.write_text(FIELD.sub(rf"\g<1>{said}", text, count=1), encoding="utf-8")
    begun = time.perf_counter()
    while said not in _page(page):
        if time.perf_counter() - begun > GIVEN_UP_S:
            raise TimeoutError(f"{service.name}: {said!r} was never shown on {page}")
        time.sleep(BETWEEN_REQUESTS_S)
    return time.perf_counter() - begun


def _page(address: str) -> str:
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310 (our own server)
            return str(answer.read().decode())
    except OSError:  # between the old site and the new one
        return ""


@contextmanager
def _served(checkout: Checkout) -> Iterator[str]:
    command = checkout.command("serve", "--port", "0")
    with subprocess.Popen(  # noqa: S603 (our own command)
        command, env=checkout.environment, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            yield server.stdout.readline().strip() if server.stdout else ""
        finally:
            server.terminate()
