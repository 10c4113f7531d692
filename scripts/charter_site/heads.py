"""What the head of a page tells search engines and messengers."""

from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from charter_data.models import Charter, Clause, Service, Text
from scripts.charter_site.exports.addresses import site_address
from scripts.charter_site.pages import LONGEST_DESCRIPTION, Page
from scripts.charter_site.share_pictures import card_of
from scripts.charter_site.words import LANGUAGES, Language, Words


@dataclass(frozen=True)
class Head:
    """Hold what stands in the head of one page; what needs a whole address is empty without `public_url`.

    `title` is that of the page, `tab` has the name of the site beside it; the picture is an address.
    """

    title: str
    tab: str
    description: str
    canonical: str
    twins: tuple[tuple[str, str], ...]
    picture: str
    picture_says: str


def head_of_page(charter: Charter, words: Words, page: Page) -> Head:
    """Give the head of a page of the site; the home says in its title what the site has, and where."""
    name = words.text(charter.info.name)
    title = page.title if page.address else words.labels["home_title"].format(name=name)
    tab = f"{page.title} - {name}" if page.address else title
    return _head(charter, words, (title, tab, page.description), page.address, page.context.get("service"))


def head_of_clause(charter: Charter, words: Words, clause: Clause, home: str) -> Head:
    """Give the head of a clause's short address, which leads to `home`; a sensitive one keeps its words."""
    service = charter.service_of_scope.get(clause.scope)
    name = words.text(charter.info.name)
    said = "" if service and service.is_sensitive else _said(words, clause)
    said = said or words.labels["clause_description"].format(name=name)
    title = f"{clause.id}, {words.text(service.title) if service else words.labels['titles']['promises']}"
    return _head(charter, words, (title, f"{title} - {name}", said), home, service, f"k/{clause.anchor}/")


def front_matter(head: Head) -> dict[str, Any]:
    """Give a head as the site tool reads it."""
    return {
        "shared_as": head.title,
        "description": head.description,
        "tab": head.tab,
        "canonical": head.canonical,
        "twins": [list(twin) for twin in head.twins],
        "picture": head.picture,
        "picture_says": head.picture_says,
    }


def root_of(language: Language) -> str:
    """Give the address below which the pages of a language stand."""
    return "" if language == LANGUAGES[0] else f"{language}/"


def twins(charter: Charter, page: str) -> tuple[tuple[str, str], ...]:
    """Give the whole address of a page in every language, and the one for who reads neither."""
    if not charter.info.public_url:
        return ()
    whole = [(language, site_address(charter, f"{root_of(language)}{page}")) for language in LANGUAGES]
    return (*whole, ("x-default", whole[0][1]))


def _said(words: Words, clause: Clause) -> str:
    text: Text | None = getattr(clause, "text", None)
    if text is None:
        return ""
    said = words.text(text)
    return f"{words.labels['proposal']} {words.lower_first(said)}" if clause.is_proposal else said


def _head(
    charter: Charter,
    words: Words,
    said: tuple[str, str, str],
    address: str,
    service: Service | None,
    stands_at: str | None = None,
) -> Head:
    title, tab, description = said
    page, root = address.partition("#")[0], root_of(words.language)
    card = card_of(charter, words, service)
    up = "../" * (page if stands_at is None else stands_at).count("/")
    return Head(
        title,
        tab,
        shorten(description, LONGEST_DESCRIPTION, placeholder="\u2026"),
        site_address(charter, f"{root}{page}"),
        twins(charter, page),
        site_address(charter, f"{root}{card.address}") or f"{up}{card.address}",
        card.alt,
    )
