"""What is new, as an Atom feed (RFC 4287) a language: sealed versions and published answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from charter_data.models import Charter
from charter_data.sealed import History
from charter_data.snapshot import Answer
from scripts.charter_site.exports.addresses import site_address
from scripts.charter_site.heads import root_of
from scripts.charter_site.measures import Measures
from scripts.charter_site.rendering import environment
from scripts.charter_site.versions import SHARED_SCOPES, ToldVersion, address_of, told_history
from scripts.charter_site.words import Language, Words

FEED = "umpan.xml"
HEADS_FEED = "umpan-bukti.xml"
HEADS_PLACE = "data/#bukti"
MOST = 100
# What XML 1.0 cannot hold, not even escaped.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """Hold one piece of news: a sealed version or an answer, and where it stands on the site."""

    id: str
    on: date
    address: str
    version: ToldVersion | None = None
    answer: Answer | None = None


def has_feed(charter: Charter, measures: Measures) -> bool:
    """Tell whether there is a feed: a reader of feeds would not show that something is simulated."""
    return not (measures.is_simulated or charter.info.simulated)


def feed(charter: Charter, measures: Measures, history: History, language: Language) -> str:
    """Give the feed of a language, the newest first; nothing of it is of a sensitive service."""
    words = Words(language)
    entries = _entries(charter, measures, history, words)
    news = list(islice(sorted(entries, key=lambda one: (one.on, one.id), reverse=True), MOST))
    env = environment(charter, language, measures)
    env.globals["clause_address"] = lambda clause: address_of(charter, clause)
    text = env.get_template("feed.xml").render(
        id=_name(charter, language, "umpan"),
        entries=news,
        updated=max((one.on for one in news), default=charter.info.dated),
        feed=FEED,
        to=lambda address: _whole(charter, language, address),
        hidden=_titles_of_sensitive(charter, words),
    )
    return NOT_XML.sub("\ufffd", text) + "\n"


def has_heads_feed(charter: Charter, measures: Measures) -> bool:
    """Tell whether there is a feed of signed heads."""
    return bool(measures.heads) and has_feed(charter, measures)


def heads_feed(charter: Charter, measures: Measures, language: Language) -> str:
    """Give the feed of the signed heads, each entry the whole head as it was signed, the newest first."""
    text = (
        environment(charter, language, measures)
        .get_template("heads_feed.xml")
        .render(
            id=_name(charter, language, "umpan-bukti"),
            name_of=lambda head: _name(charter, language, f"bukti:{head.sequence}"),
            heads=measures.heads[:MOST],
            feed=HEADS_FEED,
            place=HEADS_PLACE,
            to=lambda address: _whole(charter, language, address),
        )
    )
    return text + "\n"


def _entries(charter: Charter, measures: Measures, history: History, words: Words) -> Iterator[Entry]:
    told: dict[str, Any] = told_history(charter, history, words)
    for version in told["sealed_versions"]:
        number, on = version.release.version, version.release.sealed_on
        shown = replace(version, clauses=tuple(one for one in version.clauses if not one.is_hidden))
        anchor = f"versi/#v{number.replace('.', '-')}"
        yield Entry(_name(charter, words.language, f"versi:{number}"), on, anchor, version=shown)
    for answer in measures.answers:
        if answer.in_feeds and _is_open(charter, answer):
            name = _name(charter, words.language, f"jawaban:{answer.number}")
            yield Entry(name, answer.answered_on, f"jawaban/#{answer.number.lower()}", answer=answer)


def _is_open(charter: Charter, answer: Answer) -> bool:
    """Tell whether everything that an answer is about is known not to be sensitive."""
    scopes = {answer.service, answer.clause.split(".")[0] if answer.clause else None} - {None}
    known = {code for code, service in charter.service_of_scope.items() if not service.is_sensitive}
    return scopes <= known | set(SHARED_SCOPES)


def _titles_of_sensitive(charter: Charter, words: Words) -> set[str]:
    return {words.text(service.title) for service in charter.services if service.is_sensitive}


def _name(charter: Charter, language: Language, what: str) -> str:
    """Give a name that stays when the site moves to another address."""
    return f"urn:piagam112:{charter.area.bps_code}:{language}:{what}"


def _whole(charter: Charter, language: Language, address: str) -> str:
    return site_address(charter, f"{root_of(language)}{address}") or address or "./"
