"""What a phone keeps for when there is no network: the emergency pages of both languages, all or none."""

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from posixpath import join, normpath
from typing import Any

from charter_data.models import Charter
from scripts.charter_site.words import LANGUAGES, Words

BRAND = Path(__file__).resolve().parents[2] / "brand"
WORKER = "sw.js"
OFFLINE_PAGE = "offline.html"
LARGEST = 400_000  # bytes of all copies together as they are transferred: some 8 seconds at 400 kbit/s
LOCALES = {"id": "id", "en": "en-GB"}
LOADED = {"link": "href", "script": "src", "img": "src"}
LOADED_LINKS = {"stylesheet", "icon"}
TAGS = re.compile(rf"<(?:{'|'.join(LOADED)})\b[^>]*>")
Read = Callable[[str], bytes]


class TooMuchToKeepError(Exception):
    """Say that the copies on the phone would be too large, and which are the largest."""


class _Parts(HTMLParser):
    """Hold what a page loads, as the page names it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        reference = given.get(LOADED.get(tag, "")) or ""
        is_loaded = tag != "link" or given.get("rel") in LOADED_LINKS
        if reference and is_loaded and not reference.startswith("data:"):
            self.found.append(reference)


def worker(charter: Charter, root: str, paths: Iterable[str], read: Read) -> str:
    """Give the script that keeps the emergency pages of a merged site: its paths, and how to read one.

    `root` is the path of the site on its host. Raises TooMuchToKeepError above `LARGEST`.
    """
    kept = _kept_files(charter, root, read)
    _check_size(kept)
    settings: dict[str, Any] = {
        "version": _version(kept),
        "files": [path.removesuffix("index.html") for path in kept],
        "folders": sorted({path.removeprefix("en/").split("/")[0] for path in paths if _is_below(path)}),
        "offline": {language: _prefix(language) + OFFLINE_PAGE for language in LANGUAGES},
        "stale": {language: _notice(charter, Words(language)) for language in LANGUAGES},
    }
    script = (BRAND / "worker.js").read_text(encoding="utf-8")
    return f"const kept = {json.dumps(settings, ensure_ascii=False, sort_keys=True)};\n{script}"


def worker_off() -> str:
    """Give the script that takes all copies and itself off the phone."""
    return (BRAND / "worker_off.js").read_text(encoding="utf-8")


def emergency_pages(charter: Charter) -> tuple[str, ...]:
    """Give the addresses of the pages to keep, the same below each language."""
    return ("", "layanan/", *(f"layanan/{service.slug}/" for service in charter.emergencies))


def _kept_files(charter: Charter, root: str, read: Read) -> dict[str, bytes]:
    pages = [
        f"{_prefix(language)}{page}"
        for language in LANGUAGES
        for page in (*(f"{address}index.html" for address in emergency_pages(charter)), OFFLINE_PAGE)
    ]
    parts = {part for page in pages for part in _parts(page, root, read(page))}
    return {path: read(path) for path in (*pages, *sorted(parts))}


def _parts(page: str, root: str, content: bytes) -> Iterator[str]:
    parser = _Parts()
    for tag in TAGS.findall(content.decode()):  # the rest of a page would take ten times as long
        parser.reset()  # or all that follows a script would be read as script
        parser.feed(tag)
    for reference in parser.found:
        own = reference.split("?")[0]
        yield own.removeprefix(root) if own.startswith("/") else normpath(join(page, "..", own))


def _check_size(kept: Mapping[str, bytes]) -> None:
    sizes: dict[str, int] = {}
    for path in sorted(kept, key=lambda path: (-len(kept[path]), path)):
        sizes[path] = len(gzip.compress(kept[path], 6, mtime=0))
        if sum(sizes.values()) > LARGEST:  # by how much is not worth the wait
            raise TooMuchToKeepError(
                f"the emergency pages of both languages, with what they load ({len(kept)} files), are more "
                f"than the {LARGEST:,} bytes compressed that a phone keeps. Make them smaller; the largest: "
                + ", ".join(f"{path} ({size:,})" for path, size in _largest(sizes)[:5])
            )


def _largest(sizes: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(sizes.items(), key=lambda item: (-item[1], item[0]))


def _version(kept: Mapping[str, bytes]) -> str:
    marks = (f"{path} {hashlib.sha256(content).hexdigest()}" for path, content in sorted(kept.items()))
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()[:12]


def _notice(charter: Charter, words: Words) -> dict[str, str]:
    return {
        "locale": LOCALES[words.language],
        "notice": escape(words.text(charter.texts.notices.stale)),
        # Servers say the day in every answer; one that does not leaves that of the charter's version.
        "built": words.date(charter.info.dated),
    }


def _is_below(path: str) -> bool:
    return path.endswith("/index.html") and path != "en/index.html"


def _prefix(language: str) -> str:
    return "" if language == "id" else f"{language}/"
