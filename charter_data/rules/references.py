"""References: every name that one record uses exists in another, and once only."""

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from charter_data.drafts import COMMON_SCOPES, Draft, Place
from charter_data.models import (
    Agreements,
    Area,
    Clauses,
    Common,
    Definitions,
    Info,
    LegalReference,
    Service,
    Step,
    Text,
)
from charter_data.models.bodies import Crossing
from charter_data.models.clauses import PartnerClause, Promise, Right
from charter_data.problems import Finding

ROLES = frozenset({"caller", "operator", "lead", "co_lead", "support"})
OWNER = "owner"
EACH = "each"
Use = tuple[Place, str]

KEYED_LISTS = (
    ("agencies.yml", "agencies"),
    ("legal_basis.yml", "laws"),
    ("agreements.yml", "parties"),
    ("agreements.yml", "open_points"),
    ("hoax_policy.yml", "steps"),
    ("definitions.yml", "figures"),
)


def agencies_exist(draft: Draft) -> Iterator[Finding]:
    """Find agencies that agencies.yml does not have."""
    known = draft.declared("agencies.yml", "agencies")
    if known is not None:
        for place, key in _agency_uses(draft):
            if key not in known:
                yield place.finding(
                    "unknown-agency", f"`{key}` is not in agencies.yml: add it there, or correct it"
                )


def clauses_exist(draft: Draft) -> Iterator[Finding]:
    """Find clause ids that no file has."""
    # Somebody has agreed to a clause of a sealed version, even if it was withdrawn since.
    once = frozenset().union(*draft.released)
    for place, clause_id in _clause_uses(draft):
        is_history = place.file == "agreements.yml" and "agreements" in place.path and clause_id in once
        if clause_id not in draft.declared_clauses and not is_history and not draft.is_lost(clause_id):
            yield place.finding(
                "unknown-clause", f"no file has the clause `{clause_id}`: write it, or correct the id"
            )


def laws_exist(draft: Draft) -> Iterator[Finding]:
    """Find laws that legal_basis.yml does not have."""
    known = draft.declared("legal_basis.yml", "laws")
    if known is not None:
        for place, reference in law_uses(draft):
            if reference.law not in known:
                message = f"`{reference.law}` is not in legal_basis.yml: add it there, or correct it"
                yield place.finding("unknown-law", message, "law")


def services_exist(draft: Draft) -> Iterator[Finding]:
    """Find service codes and special cases that no service file has."""
    common = draft.record("common.yml", Common)
    for index, card in enumerate(common.texts.home.cards if common else ()):
        place = draft.place("common.yml", "texts", "home", "cards", index, "services")
        for at, code in enumerate(card.services):
            if code not in draft.declared_services:
                yield place.finding("unknown-service", f"no file services/{code}.yml: correct the code", at)
    told = {
        service.code: {case.title for case in service.special_cases if case.do}
        for name, service in draft.services.items()
        if ("special_cases",) not in draft.sound[name].kept
    }
    for name, service in draft.services.items():
        yield from _unknown_cases(draft, name, service, told)


def parties_exist(draft: Draft) -> Iterator[Finding]:
    """Find parties that have no seat in agreements.yml."""
    known = draft.declared("agreements.yml", "parties")
    if known is None:
        return
    bodies = draft.declared("agencies.yml", "agencies")
    for place, key in _party_uses(draft):
        if key not in known:
            yield place.finding(
                "unknown-party", f"`{key}` has no seat in agreements.yml: add it, or correct it"
            )
    for place, key in _asked(draft):
        if bodies is not None and key not in known and key not in bodies:
            message = f"`{key}` is neither a party of agreements.yml nor an agency: add it, or correct it"
            yield place.finding("unknown-party", message)


def ids_are_unique(draft: Draft) -> Iterator[Finding]:
    """Find ids, keys, codes and addresses that are used twice."""
    seen = {f"code {scope}": "common.yml" for scope in COMMON_SCOPES}
    for place, name in _declarations(draft):
        if name in seen:
            message = f"`{name.split(' ')[-1]}` is already used in {seen[name]}: choose another"
            yield place.finding("duplicate-id", message)
        seen.setdefault(name, place.file)


def scopes_fit(draft: Draft) -> Iterator[Finding]:
    """Find clauses whose scope is not that of their file."""
    for place, clause in draft.clauses():
        service = draft.services.get(place.file)
        allowed = (service.public_code,) if service else COMMON_SCOPES
        if clause.scope not in allowed:
            message = f"`{clause.id}` stands in {place.file}: its id begins with {' or '.join(allowed)} there"
            yield place.finding("wrong-scope", message, "id")


def files_are_named_by_code(draft: Draft) -> Iterator[Finding]:
    """Find service files that are not named by their code."""
    for name, service in draft.services.items():
        if PurePath(name).stem != service.code:
            message = f"`{service.code}` stands in {name}: name the file services/{service.code}.yml"
            yield draft.place(name, "code").finding("file-name", message)


def _agency_uses(draft: Draft) -> Iterator[Use]:
    for name, service in draft.services.items():
        yield draft.place(name, "lead"), service.lead
        yield draft.place(name, "owner"), service.owner
        yield from ((draft.place(name, "co_lead", role), key) for role, key in service.co_lead.items())
        yield from ((draft.place(name, "support", at), key) for at, key in enumerate(service.support))
    for place, clause in draft.clauses():
        if isinstance(clause, Step):
            yield from _step_agencies(place, clause)
        elif isinstance(clause, Promise):
            yield from _known_only(place, "owner", clause.owner, {EACH})
            if clause.clock and clause.clock.agency:
                yield Place(place.file, (*place.path, "clock", "agency")), clause.clock.agency
    agreements = draft.record("agreements.yml", Agreements)
    for index, party in enumerate(agreements.parties if agreements else ()):
        if party.agency:
            yield draft.place("agreements.yml", "parties", index, "agency"), party.agency
    info = draft.record("charter.yml", Info)
    if info:
        yield draft.place("charter.yml", "owner"), info.owner
    for index, crossing in _crossings(draft):
        yield draft.place("area.yml", "crossings", index, "to"), crossing.to


def _crossings(draft: Draft) -> Iterator[tuple[int, Crossing]]:
    area = draft.record("area.yml", Area)
    yield from enumerate(area.crossings if area else ())


def _step_agencies(place: Place, step: Step) -> Iterator[Use]:
    yield from _known_only(place, "actor", step.actor, ROLES)
    if step.accountable:
        yield from _known_only(place, "accountable", step.accountable, ROLES)
    for field in ("consulted", "informed"):
        uses = _each(place, field, getattr(step, field))
        yield from ((spot, key) for spot, key in uses if key not in ROLES)
    for at, key in enumerate(step.handover.to if step.handover else ()):
        if key not in ROLES:
            yield Place(place.file, (*place.path, "handover", "to", at)), key


def _known_only(place: Place, field: str, key: str, besides: Iterable[str]) -> Iterator[Use]:
    if key not in besides:
        yield Place(place.file, (*place.path, field)), key


def _clause_uses(draft: Draft) -> Iterator[Use]:
    for place, clause in draft.clauses():
        if isinstance(clause, Right):
            yield from _each(place, "answered_by", clause.answered_by)
        elif isinstance(clause, PartnerClause):
            yield from _each(place, "about", clause.about)
        elif isinstance(clause, Step) and clause.promise:
            yield Place(place.file, (*place.path, "promise")), clause.promise
    for name, service in draft.services.items():
        for index, case in enumerate(service.special_cases):
            if case.needs:
                yield draft.place(name, "special_cases", index, "needs", "clause"), case.needs.clause
    for index, crossing in _crossings(draft):
        if crossing.promise:
            yield draft.place("area.yml", "crossings", index, "promise"), crossing.promise
    agreements = draft.record("agreements.yml", Agreements)
    for index, point in enumerate(agreements.open_points if agreements else ()):
        yield from _each(draft.place("agreements.yml", "open_points", index), "clauses", point.clauses)
    for index, agreement in enumerate(agreements.agreements if agreements else ()):
        for at, agreed in enumerate(agreement.clauses):
            yield draft.place("agreements.yml", "agreements", index, "clauses", at, "clause"), agreed.clause
    definitions = draft.record("definitions.yml", Definitions)
    for index, reference in enumerate(definitions.references if definitions else ()):
        if reference.clause:
            yield draft.place("definitions.yml", "references", index, "clause"), reference.clause


def _party_uses(draft: Draft) -> Iterator[Use]:
    info = draft.record("charter.yml", Info)
    for at, key in enumerate(info.agreement_rule if info else ()):
        if key != OWNER:
            yield draft.place("charter.yml", "agreement_rule", at), key
    agreements = draft.record("agreements.yml", Agreements)
    for index, agreement in enumerate(agreements.agreements if agreements else ()):
        yield draft.place("agreements.yml", "agreements", index, "party"), agreement.party


def _asked(draft: Draft) -> Iterator[Use]:
    agreements = draft.record("agreements.yml", Agreements)
    for index, point in enumerate(agreements.open_points if agreements else ()):
        yield from _each(draft.place("agreements.yml", "open_points", index), "ask", point.ask)


def _each(place: Place, field: str, ids: Iterable[str]) -> Iterator[Use]:
    for at, clause_id in enumerate(ids):
        yield Place(place.file, (*place.path, field, at)), clause_id


def law_uses(draft: Draft) -> Iterator[tuple[Place, LegalReference]]:
    for place, clause in draft.clauses():
        for at, reference in enumerate(getattr(clause, "basis", ())):
            yield Place(place.file, (*place.path, "basis", at)), reference
    for name, service in draft.services.items():
        for at, reference in enumerate(service.legal):
            yield draft.place(name, "legal", at), reference
    common = draft.record("common.yml", Common)
    for index, station in enumerate(common.texts.complaint_path if common else ()):
        for at, reference in enumerate(station.basis):
            yield draft.place("common.yml", "texts", "complaint_path", index, "basis", at), reference


def _unknown_cases(
    draft: Draft, name: str, service: Service, told: dict[str, set[Text]]
) -> Iterator[Finding]:
    for index, case in enumerate(service.special_cases):
        place = draft.place(name, "special_cases", index, "same_as")
        if case.same_as and case.same_as not in draft.declared_services:
            yield place.finding("unknown-service", f"no file services/{case.same_as}.yml: correct the code")
        elif case.same_as in told and case.title not in told[case.same_as]:
            message = (
                f"{case.same_as} has no case of this title with lines under `do`: copy its title exactly"
            )
            yield place.finding("unknown-case", message)


def _declarations(draft: Draft) -> Iterator[Use]:
    for name, file in draft.clause_files():
        for kind in Clauses.model_fields:
            yield from ((place, f"clause {key}") for place, key in _raw(name, file.data, kind, "id"))
    for name, listing in KEYED_LISTS:
        if name in draft.files:
            yield from (
                (place, f"{listing} {key}")
                for place, key in _raw(name, draft.files[name].data, listing, "key")
            )
    for name, service in draft.services.items():
        yield draft.place(name, "code"), f"code {service.code}"
        yield draft.place(name, "slug"), f"slug {service.slug}"
        if service.public_code != service.code:
            yield draft.place(name, "public_code"), f"code {service.public_code}"


def _raw(name: str, data: dict[str, object], listing: str, key: str) -> Iterator[Use]:
    items = data.get(listing)
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict) and isinstance(item.get(key), str):
            yield Place(name, (listing, index, key)), item[key]


RULES = (
    agencies_exist,
    clauses_exist,
    laws_exist,
    services_exist,
    parties_exist,
    ids_are_unique,
    scopes_fit,
    files_are_named_by_code,
)
