"""Every link inside the site leads somewhere: told before the site tool runs."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from html import unescape
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from charter_data.problems import RefusedError

FORM = re.compile(r"(/en)?/(masukan|lacak|data-kami|tinjau|api)(/|$)")
ATTRIBUTE = re.compile(r'\s(id|href|src|action)="([^"]*)"')


class BrokenLinkError(RefusedError):
    """Say which links lead nowhere; str() gives each with its page and what would be right, one a line."""


@dataclass(frozen=True)
class _Read:
    """Hold the ids and the links of one page, each once."""

    ids: frozenset[str]
    links: tuple[str, ...]


def check_links(bodies: Mapping[str, str], others: Iterable[str]) -> None:
    """Follow every link of the pages, given as their text by address such as `en/janji/`.

    `others` are addresses beside the pages, without ids of their own: files, and clauses' short addresses.
    Raises BrokenLinkError with every link that leads to no page, id, other address or form of the app.
    """
    read = {address: _read(body) for address, body in bodies.items()}
    known = dict.fromkeys(others, frozenset[str]()) | {address: page.ids for address, page in read.items()}
    broken = [
        f"{address or 'index'}: `{link}` {fault}"
        for address, page in read.items()
        for link in page.links
        for fault in _faults(address, link, known)
    ]
    if broken:
        raise BrokenLinkError("\n".join(broken))


def _read(body: str) -> _Read:
    # No text of the charter can look like an attribute: its quotes are escaped.
    attributes = [(name, unescape(value)) for name, value in ATTRIBUTE.findall(body)]
    ids = frozenset(value for name, value in attributes if name == "id")
    links = [value for name, value in attributes if name != "id"]
    return _Read(ids, tuple(dict.fromkeys(links)))


def _faults(page: str, link: str, known: Mapping[str, frozenset[str]]) -> Iterator[str]:
    try:
        parts = urlsplit(link)
    except ValueError as error:
        yield f"is no address ({error}): correct it"
        return
    if parts.scheme or parts.netloc:
        return
    if parts.path.startswith("/"):
        if not FORM.match(parts.path):
            yield "is no form of the app, such as /masukan or /lacak: correct it, or make it relative"
        return
    target = _target(page, parts.path)
    if target not in known:
        yield f"leads to `{target}`, which is not there{_near(target, known)}"
    elif parts.fragment and unquote(parts.fragment) not in known[target]:
        yield f"leads to `{target}`, which has no id `{parts.fragment}`{_near(parts.fragment, known[target])}"


def _target(page: str, path: str) -> str:
    """Give the address that a relative path leads to from a page; a page's address ends with a slash."""
    if not path:
        return page
    found = normpath(page + path)
    return "" if found == "." else found + "/" * path.endswith(("/", ".."))


def _near(wanted: str, there: Iterable[str]) -> str:
    near = get_close_matches(wanted, list(there), n=1, cutoff=0.8)
    return f": did you mean `{near[0]}`?" if near else ": correct the link, or add what it leads to"
