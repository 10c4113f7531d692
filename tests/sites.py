"""The city's real site, built once a session, and how tests find their way in it."""

import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from charter_data.loading import load_charter
from charter_data.models import Charter
from scripts.charter_site.building import build
from scripts.charter_site.tools import Engine
from scripts.charter_site.words import Language
from tests.documents import Element, read
from tests.snapshots import year

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "charter_data" / "tebing_tinggi"
TEXT_FILES = {".html", ".json", ".xml", ".js", ".css", ".svg", ".txt", ".map"}
HOST = "https://situs.contoh"


# What the app answers, beside the files of the site.
APP_ADDRESSES = {
    f"{prefix}{path}"
    for prefix in ("", "/en")
    for path in ("/masukan", "/masukan/mulai", "/masukan/panggilan-palsu", "/lacak", "/data-kami")
}
READ_BY_THE_BUILDER = ("scripts", "charter_data", "docs", "brand", "mkdocs.yml")


@dataclass(frozen=True)
class Site:
    """Hold a built site; an address such as `/en/layanan/` names a page."""

    folder: Path

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Give every file by its path."""
        return contents(self.folder)

    @cached_property
    def documents(self) -> dict[str, Element]:
        """Give every HTML file by its address."""
        return {
            address_of(name): read(raw.decode()) for name, raw in self.files.items() if name.endswith(".html")
        }

    @cached_property
    def pages(self) -> dict[str, Element]:
        """Give the pages that people read: neither short addresses nor error pages."""
        return {address: page for address, page in self.documents.items() if not is_beside(address)}

    def page(self, address: str) -> Element:
        """Give one page."""
        return self.documents[address]


def contents(folder: Path) -> dict[str, bytes]:
    """Give every file below a folder, by its path there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def copy_checkout(folder: Path) -> Path:
    """Copy what the builder reads, so that it can be spoiled and builds in a place of its own."""
    for name in READ_BY_THE_BUILDER:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


def start_command(checkout: Path, *arguments: object) -> "subprocess.Popen[str]":
    """Start the command of a copied checkout, with nothing of our own surroundings."""
    return subprocess.Popen(  # noqa: S603 (our own command)
        [sys.executable, checkout / "scripts" / "build_charter.py", *map(str, arguments)],
        env={"PYTHONPATH": str(checkout), "PATH": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # What a shell starts in the background ignores Ctrl-C, and all that it starts does too.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )


def address_of(name: str) -> str:
    return "/" + name.removesuffix("index.html")


def language_of(address: str) -> Language:
    return "en" if address.startswith("/en/") else "id"


def is_beside(address: str) -> bool:
    """Tell whether an address is a short one or an error page."""
    return address.endswith(".html") or address.removeprefix("/en").startswith("/k/")


def resolve(address: str, reference: str) -> tuple[str, str] | None:
    """Give address and fragment that a reference on a page leads to; None if it leaves the site."""
    parts = urlsplit(urljoin(HOST + address, reference))
    return (parts.path, parts.fragment) if f"{parts.scheme}://{parts.netloc}" == HOST else None


@cache
def city_charter() -> Charter:
    """Give the charter that the city's folder holds."""
    return load_charter(DATA)


def changed(charter: Charter, **parts: Any) -> Charter:
    """Give a charter with other parts, which remembers nothing of the first."""
    return Charter(**{name: getattr(charter, name) for name in Charter.model_fields} | parts)


@cache
def built_site(folder: Path, engine: Engine = "mkdocs") -> Site:
    """Build the city's site below a folder of this test session, once."""
    build(city_charter(), folder / f"site-{engine}", engine, folder / f"work-{engine}")
    return Site(folder / f"site-{engine}")


@cache
def sample_site(folder: Path, engine: Engine = "mkdocs") -> Site:
    """Build the city's site with a simulated year, once."""
    charter, site = city_charter(), folder / f"sample-{engine}"
    build(charter, site, engine, folder / f"work-sample-{engine}", snapshot=year(charter))
    return Site(site)
