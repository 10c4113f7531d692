"""Everything that may be looked for, from A to Z: pages, services, everyday words, promises, bodies, laws."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from charter_data.models import Charter, Service
from scripts.charter_site.views import home_of, in_order
from scripts.charter_site.words import Words

NO_LETTER = "0-9"


class Entry(NamedTuple):
    """Hold one line of the list: what it is called, where it leads, of what it is a part, how it stands."""

    name: str
    address: str
    within: str = ""
    standing: str = ""


@dataclass(frozen=True)
class Letter:
    """Hold the entries of one letter, and the anchor that leads to them."""

    name: str
    anchor: str
    entries: tuple[Entry, ...]


def alphabet(charter: Charter, words: Words, pages: Iterable[tuple[str, str]]) -> tuple[Letter, ...]:
    """Give all entries by their first letter; `pages` are titles with their addresses."""
    entries = {Entry(title, address) for title, address in pages}
    entries.update(_services(charter, words), _promises(charter, words), _bodies_and_laws(charter, words))
    ordered = sorted(entries, key=lambda entry: (_letter(entry), entry.name.casefold(), entry.address))
    return tuple(
        Letter(letter, f"az-{letter.lower()}", tuple(group)) for letter, group in groupby(ordered, _letter)
    )


def found_by(service: Service, words: Words) -> tuple[str, ...]:
    """Give the words by which people look for a service without knowing its name."""
    return service.search_words.id if words.language == "id" else service.search_words.en


def _services(charter: Charter, words: Words) -> Iterator[Entry]:
    for service in in_order(charter):
        name, address = words.text(service.title), f"layanan/{service.slug}/"
        yield Entry(name, address)
        if service.is_sensitive:
            continue
        parts = (*(words.text(case.title) for case in service.special_cases), *found_by(service, words))
        yield from (Entry(part[:1].upper() + part[1:], address, name) for part in parts)


def _promises(charter: Charter, words: Words) -> Iterator[Entry]:
    for promise in charter.promises():
        service = charter.service_of_scope.get(promise.scope)
        # The words of a sensitive promise would say what the neutral title does not.
        if service and service.is_sensitive:
            continue
        within = words.text(service.title) if service else ""
        yield Entry(words.text(promise.text), home_of(charter, promise), within, promise.standing.value)


def _bodies_and_laws(charter: Charter, words: Words) -> Iterator[Entry]:
    titles = words.labels["titles"]
    for body in charter.agencies:
        yield Entry(body.short, f"instansi/#{body.key}", titles["agencies"])
    for law in charter.legal_basis:
        yield Entry(law.short, f"dasar-hukum/#{law.key}", titles["laws"])


def _letter(entry: Entry) -> str:
    first = entry.name[:1].upper()
    return first if first.isalpha() else NO_LETTER
