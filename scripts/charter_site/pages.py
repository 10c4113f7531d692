"""The pages of the site: address, title, template, and what each is about."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from charter_data import seals
from charter_data.models import Agency, Charter, Service
from charter_data.scores import score
from charter_data.vocabulary import Component, Intake, PartyKind, ServiceKind, Side
from scripts.charter_site import views
from scripts.charter_site.alphabet import alphabet, found_by
from scripts.charter_site.exports.linked import service_script
from scripts.charter_site.exports.sippn import sheet_path
from scripts.charter_site.exports.tables import table_path, tables
from scripts.charter_site.oversight import filled_seats
from scripts.charter_site.words import Words

FEEDBACK = "/masukan"
LONGEST_DESCRIPTION = 160
Context = Callable[[Charter, Words], dict[str, Any]]


@dataclass(frozen=True)
class Page:
    """Hold one page before it is rendered."""

    address: str
    template: str
    title: str
    description: str
    kind: str
    owner: str
    reviewed_on: date | None
    context: dict[str, Any] = field(default_factory=dict)
    is_searchable: bool = True
    found_by: tuple[str, ...] = ()


def pages(charter: Charter, words: Words) -> Iterator[Page]:
    """Yield every page that is rendered from the charter, in one language."""
    for address, template, context in PAGES:
        name = template.removesuffix(".html")
        yield Page(
            address,
            template,
            words.labels["titles"][name],
            words.labels["descriptions"][name].format(city=charter.info.city.name),
            name,
            charter.info.owner,
            charter.info.reviewed_on,
            context(charter, words),
            is_searchable=template != "search.html",
        )
    for service in charter.services:
        yield _service_page(charter, service, words)


def shared_context(charter: Charter) -> dict[str, Any]:
    """Give what every template may use beside its own page."""
    made = [views.card(charter, promise) for promise in charter.promises()]
    return {
        "seal": seals.short_seal(charter),
        "events": views.event_names(charter) | _feedback_events(charter),
        "modes": {item.key: item.name for item in charter.definitions.modes},
        "components": {item.key: item for item in charter.definitions.components},
        "exclusions": {item.key: item.name for item in charter.definitions.exclusions},
        "promised": [card for card in made if card.is_promise],
        "proposed": [card for card in made if not card.is_promise],
    }


def _feedback_events(charter: Charter) -> dict[object, Any]:
    return {item.key: item.name for item in charter.definitions.feedback_events}


def _service_page(charter: Charter, service: Service, words: Words) -> Page:
    return Page(
        f"layanan/{service.slug}/",
        "service.html",
        words.text(service.title),
        _described(service, words),
        "service",
        service.owner,
        service.reviewed_on,
        {
            "service": service,
            "is_emergency": service.kind is ServiceKind.EMERGENCY,
            "linked": service_script(charter, service, words),
        },
        # An excerpt in the results would say what the neutral title does not.
        is_searchable=not service.is_sensitive,
        found_by=found_by(service, words),
    )


def _described(service: Service, words: Words) -> str:
    """Give what a search engine may show: the first steps, each whole; of a sensitive service none."""
    name = words.text(service.title)
    if service.kind is not ServiceKind.EMERGENCY:
        return str(words.labels["conduct_description"]).format(service=name)
    if service.is_sensitive:
        return str(words.labels["service_description"]).format(service=name)
    first, *later = map(words.text, service.do_now)
    said = f"{words.labels['first_steps'].format(service=name)} {first}"
    for step in later:
        if len(f"{said} {step}") > LONGEST_DESCRIPTION:
            break
        said = f"{said} {step}"
    return said


def _nothing(_charter: Charter, _words: Words) -> dict[str, Any]:
    return {}


def _home(charter: Charter, words: Words) -> dict[str, Any]:
    closed = charter.info.intake is Intake.CLOSED
    links: dict[str, list[list[str]]] = words.labels["door_links"]
    return {
        "door_links": {
            key: [link for link in door if not (closed and link[1].startswith(FEEDBACK))]
            for key, door in links.items()
        }
    }


def _rights(charter: Charter, words: Words) -> dict[str, Any]:
    common, label = charter.common, words.labels["side_lists"]
    own = {side: [duty for duty in common.obligations if duty.side is side] for side in Side}
    citizen = [(label["rights"], common.rights), (label["obligations"], own[Side.CITIZEN])]
    provider = [(label["obligations"], own[Side.PROVIDER]), (label["powers"], common.powers)]
    headings = words.labels["side"]
    return {
        "sides": [
            ("warga", headings["warga"], citizen),
            ("penyelenggara", headings["penyelenggara"], provider),
            ("mitra", headings["mitra"], [(label["partners"], common.partners)]),
        ]
    }


def _agencies(charter: Charter, words: Words) -> dict[str, Any]:
    def those(test: Callable[[Service, str], bool]) -> dict[str, list[Service]]:
        return {
            body.key: [service for service in views.in_order(charter) if test(service, body.key)]
            for body in charter.agencies
        }

    leading = those(lambda service, key: key in (service.lead, *service.co_lead.values()))
    groups: list[tuple[str, list[Agency]]] = [
        (words.labels["bound"], [body for body in charter.agencies if body.bound_by_city]),
        (words.labels["unbound"], [body for body in charter.agencies if not body.bound_by_city]),
    ]
    return {"groups": groups, "leads": leading, "helps": those(lambda service, key: key in service.support)}


def _hoax(charter: Charter, _words: Words) -> dict[str, Any]:
    conduct = next((one for one in charter.services if one.kind is ServiceKind.CONDUCT), None)
    return {"hoax_slug": conduct.slug if conduct else ""}


def _standard(charter: Charter, _words: Words) -> dict[str, Any]:
    own = {service.code: {part.component for part in service.standard} for service in charter.services}
    ordered = views.in_order(charter)
    return {
        "differs": {key: [one for one in ordered if key in own[one.code]] for key in Component},
        "scores": [score(charter, service) for service in ordered],
    }


def _agreement(charter: Charter, words: Words) -> dict[str, Any]:
    parties = charter.agreements.parties
    kinds = words.labels["party_kind"]
    return {
        "filled": filled_seats(charter),
        "party_names": {party.key: party.name for party in parties},
        "tables": [
            (kinds[kind.value], [party for party in parties if party.kind is kind]) for kind in PartyKind
        ],
    }


def _versions(charter: Charter, words: Words) -> dict[str, Any]:
    return {"full_seal": seals.seal(charter), "root": "../" if words.language == "id" else "../../"}


def _data(charter: Charter, words: Words) -> dict[str, Any]:
    return {
        "root": "../" if words.language == "id" else "../../",
        "tables": [(table_path(name), table[words.language]) for name, table in tables().items()],
        "sheets": [(sheet_path(service), service.title) for service in views.in_order(charter)],
    }


def _search(charter: Charter, words: Words) -> dict[str, Any]:
    titles = words.labels["titles"]
    known = [(titles[template.removesuffix(".html")], address) for address, template, _ in PAGES if address]
    return {"letters": alphabet(charter, words, known)}


def home_titles(charter: Charter, words: Words) -> dict[str, str]:
    """Give the title that stands over each clause's short address."""
    titles = {}
    for clause in charter.clauses():
        service = charter.service_of_scope.get(clause.scope)
        titles[clause.id] = words.text(service.title) if service else words.labels["titles"]["promises"]
    return titles


PAGES: tuple[tuple[str, str, Context], ...] = (
    ("", "home.html", _home),
    ("layanan/", "services.html", _nothing),
    ("janji/", "promises.html", _nothing),
    ("hak/", "rights.html", _rights),
    ("instansi/", "agencies.html", _agencies),
    ("panggilan-palsu/", "hoax.html", _hoax),
    ("standar/", "standard.html", _standard),
    ("maklumat/", "maklumat.html", _nothing),
    ("kesepakatan/", "agreement.html", _agreement),
    ("versi/", "versions.html", _versions),
    ("dasar-hukum/", "laws.html", _nothing),
    ("jawaban/", "answers.html", _nothing),
    ("angka/", "figures.html", _nothing),
    ("data/", "data.html", _data),
    ("cari/", "search.html", _search),
)
