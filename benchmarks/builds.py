"""The real command in a checkout of its own, and its peer: the same words as plain Markdown in Material."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks import plain
from scripts.charter_site.composing import FRONT_MATTER
from scripts.charter_site.rendering import ROOT
from scripts.charter_site.words import LANGUAGES, Language

READ = ("scripts", "charter_data", "docs", "brand", "mkdocs.yml")
WORDS_LIMIT = 0.03
TOOL = str(Path(sys.executable).with_name("mkdocs"))


@dataclass(frozen=True)
class Checkout:
    """Hold a folder in which the builder runs alone, and its peer beside it."""

    folder: Path

    @property
    def site(self) -> Path:
        """Give the folder of the built site."""
        return self.folder / "site"

    @property
    def data(self) -> Path:
        """Give the folder of the city."""
        return self.folder / "charter_data" / "tebing_tinggi"

    @property
    def pages(self) -> int:
        """Count the pages of one language."""
        return len(list((self.folder / "build" / "src" / "id").rglob("index.md")))

    def peer(self, language: Language) -> Path:
        """Give the folder of the peer in one language."""
        return self.folder / "peer" / language

    def command(self, *arguments: str) -> list[str]:
        """Give the builder's command in this checkout."""
        return [sys.executable, str(self.folder / "scripts" / "build_charter.py"), *arguments]

    @property
    def environment(self) -> dict[str, str]:
        """Give what a process in this checkout finds around it."""
        return os.environ | {"PYTHONPATH": str(self.folder), "NO_MKDOCS_2_WARNING": "1"}


def check_out(folder: Path) -> Checkout:
    """Copy what the builder reads."""
    for name in READ:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    return Checkout(folder)


def build_ours(checkout: Checkout) -> None:
    """Run the command as staff do: start, check, both languages, all files for programs."""
    subprocess.run(checkout.command("build"), env=checkout.environment, check=True)  # noqa: S603


def build_peer(checkout: Checkout) -> None:
    """Run the site tool on plain Markdown, one language after the other."""
    for language in LANGUAGES:
        subprocess.run(  # noqa: S603 (the site tool beside this Python)
            [TOOL, "build", "-q", "-f", str(checkout.peer(language) / "mkdocs.yml")],
            env=checkout.environment,
            check=True,
        )


def write_peer(checkout: Checkout) -> None:
    """Write the pages of the last build anew, as plain Markdown with every page in the navigation."""
    for language in LANGUAGES:
        source, peer = checkout.folder / "build" / "src" / language, checkout.peer(language)
        pages = {
            "" if path.parent == source else f"{path.parent.relative_to(source).as_posix()}/": path
            for path in sorted(source.rglob("index.md"))
        }
        titles = {address: _write(path, peer, address, frozenset(pages)) for address, path in pages.items()}
        settings = {
            "site_name": "Peer",
            "site_dir": "site",
            "theme": {"name": "material", "language": language},
            "nav": [{title: f"{address}index.md"} for address, title in titles.items()],
        }
        (peer / "mkdocs.yml").write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")


def report(checkout: Checkout) -> str:
    """Say how many words the site has and how many its peer: nobody wins by saying less."""
    ours, theirs = words(checkout)
    return (
        f"2 x {checkout.pages} pages: {ours:,} words; the peer, plain Markdown under Material: {theirs:,}"
        f" (differ by {abs(ours - theirs) / ours:.2%}, at most {WORDS_LIMIT:.0%})"
    )


def over(checkout: Checkout) -> list[str]:
    """Say when the peer does not have the same content."""
    ours, theirs = words(checkout)
    return [report(checkout)] if abs(ours - theirs) > WORDS_LIMIT * ours else []


def words(checkout: Checkout) -> tuple[int, int]:
    """Count the words in the contents of all pages: of the site, and of its peer."""
    ours = theirs = 0
    for language in LANGUAGES:
        built = checkout.peer(language) / "site"
        root = checkout.site if language == "id" else checkout.site / language
        for path in sorted((checkout.peer(language) / "docs").rglob("index.md")):
            page = path.relative_to(checkout.peer(language) / "docs").with_suffix(".html")
            ours += _words(root / page, "main")
            theirs += _words(built / page, "article")
    return ours, theirs


def _words(path: Path, tag: str) -> int:
    found = plain.first(plain.parse(path.read_text(encoding="utf-8")), tag)
    return plain.words(found) if found else 0


def _write(path: Path, peer: Path, address: str, sources: frozenset[str]) -> str:
    """Write one page, and give its title."""
    text = path.read_text(encoding="utf-8")
    found = FRONT_MATTER.match(text)
    front: dict[str, Any] = yaml.safe_load(found[1]) if found else {}
    head = {name: front[name] for name in ("title", "description")}
    body = plain.markdown(plain.parse(FRONT_MATTER.sub("", text)), sources, address)
    target = peer / "docs" / address / "index.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n\n{body}", encoding="utf-8")
    return str(front["title"])
