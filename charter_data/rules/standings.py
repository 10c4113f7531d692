"""Standings: who may make a figure what (a promise nobody agreed to cannot be printed)."""

from collections import defaultdict
from collections.abc import Iterator

from charter_data.drafts import Draft, Place
from charter_data.models import Agreements, Info
from charter_data.models.clauses import Promise
from charter_data.problems import Finding
from charter_data.seals import clause_hash
from charter_data.vocabulary import Standing

OWNER = "owner"
EACH = "each"


def agreed_means_agreed(draft: Draft) -> Iterator[Finding]:
    """Find `disepakati` without the recorded yes of every party that the rule of charter.yml names."""
    info = draft.record("charter.yml", Info)
    needed = info.agreement_rule if info else (OWNER,)
    if draft.record("agreements.yml", Agreements) is None:
        return
    agreed = _agreed(draft)
    for place, promise in _promises(draft):
        if promise.standing is Standing.AGREED:
            wanted = {seat for key in needed for seat in _seats(draft, key, promise.owner)}
            missing = sorted(wanted - agreed[promise.id, clause_hash(promise)])
            if missing:
                yield place.finding("standing-without-agreement", _unagreed(promise, missing), "standing")


def unbound_bodies_speak_for_themselves(draft: Draft) -> Iterator[Finding]:
    """Find figures of bodies that the city cannot bind and that have not agreed, whatever its own rule is."""
    if draft.record("agreements.yml", Agreements) is None:
        return
    agreed = _agreed(draft)
    for place, promise in _promises(draft):
        owner = draft.agencies.get(promise.owner)
        if owner is None or owner.bound_by_city or not promise.targets:
            continue
        own = _seats(draft, OWNER, promise.owner)
        has_agreed = promise.standing is Standing.AGREED and own <= agreed[promise.id, clause_hash(promise)]
        if promise.standing is not Standing.REQUIRED and not has_agreed:
            message = (
                f"`{promise.id}` gives {owner.short} a figure that {owner.short} never agreed to: "
                "take `targets` out until its agreement is recorded"
            )
            yield place.finding("figure-without-consent", message, "targets")


def required_names_its_law(draft: Draft) -> Iterator[Finding]:
    """Find `wajib` without a law."""
    for place, promise in _promises(draft):
        if promise.standing is Standing.REQUIRED and not promise.basis:
            message = f"`{promise.id}` is `wajib`: name the law under `basis`, or make it `usulan`"
            yield place.finding("law-missing", message, "standing")


def empty_seats_agree_to_nothing(draft: Draft) -> Iterator[Finding]:
    """Find agreements of parties that nobody speaks for."""
    agreements = draft.record("agreements.yml", Agreements)
    holders = {party.key: party.holder for party in (agreements.parties if agreements else ())}
    for index, agreement in enumerate(agreements.agreements if agreements else ()):
        if agreement.party in holders and holders[agreement.party] is None:
            message = f"`{agreement.party}` has nobody at the table: name the holder of the seat first"
            place = draft.place("agreements.yml", "agreements", index, "party")
            yield place.finding("seat-empty-agrees", message)


def agreed_names_its_remedy(draft: Draft) -> Iterator[Finding]:
    """Find agreed promises that do not say what follows when they are broken."""
    for place, promise in _promises(draft):
        if promise.standing is Standing.AGREED and promise.remedy is None:
            message = f"`{promise.id}` is agreed: say under `remedy` what follows when it is broken"
            yield place.finding("remedy-missing", message)


def _promises(draft: Draft) -> Iterator[tuple[Place, Promise]]:
    for place, clause in draft.clauses():
        if isinstance(clause, Promise):
            yield place, clause


def _seats(draft: Draft, key: str, owner: str) -> set[str]:
    """Give the parties that a key of the rule stands for; an owner without a seat can never agree."""
    if key != OWNER:
        return {key}
    agreements = draft.record("agreements.yml", Agreements)
    seats = {party.key: party.agency for party in (agreements.parties if agreements else ())}
    if owner == EACH:
        return {seat for seat, agency in seats.items() if agency and _is_bound(draft, agency)} or {EACH}
    return {seat for seat, agency in seats.items() if agency == owner} or {owner}


def _is_bound(draft: Draft, key: str) -> bool:
    agency = draft.agencies.get(key)
    return agency is not None and agency.bound_by_city


def _agreed(draft: Draft) -> defaultdict[tuple[str, str], set[str]]:
    """Give the parties that have agreed to each clause in each wording."""
    parties: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    agreements = draft.record("agreements.yml", Agreements)
    for agreement in agreements.agreements if agreements else ():
        for agreed in agreement.clauses:
            parties[agreed.clause, agreed.sha256].add(agreement.party)
    return parties


def _unagreed(promise: Promise, missing: list[str]) -> str:
    return (
        f"`{promise.id}` says `disepakati`, but agreements.yml has no agreement of {', '.join(missing)} "
        f"on this wording (sha256 {clause_hash(promise)}): record it, or make it `usulan`"
    )


RULES = (
    agreed_means_agreed,
    empty_seats_agree_to_nothing,
    unbound_bodies_speak_for_themselves,
    required_names_its_law,
    agreed_names_its_remedy,
)
