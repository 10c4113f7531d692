"""What is different between two charters, clause by clause; and which agreements still hold."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from charter_data.leaves import NAMES, names, scan
from charter_data.models import Agreements, Clauses
from charter_data.sealed import Dump, clauses_in
from charter_data.seals import canonical, fingerprint

UNSAID: tuple[Any, ...] = (None, [], {})


@dataclass(frozen=True)
class Change:
    """Hold a field that differs; None stands for nothing said."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class ClauseChange:
    """Hold a clause that reads differently, whole and field by field."""

    clause: str
    old: Dump
    new: Dump
    fields: tuple[Change, ...]


@dataclass(frozen=True)
class Differences:
    """Hold what came, went and changed; `elsewhere` is what lies outside all clauses,
    `reordered` the lists whose items stand in another order."""

    added: tuple[str, ...]
    withdrawn: tuple[str, ...]
    changed: tuple[ClauseChange, ...]
    elsewhere: tuple[Change, ...]
    reordered: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is different."""
        return bool(self.added or self.withdrawn or self.changed or self.elsewhere or self.reordered)


@dataclass(frozen=True)
class Holding:
    """Say of one party's yes to a clause whether it still holds."""

    party: str
    clause: str
    agreed_on: date
    holds: bool
    is_withdrawn: bool


def compare(old: Dump, new: Dump) -> Differences:
    """Give what is different between two sealed charters as they stand in their files.

    A key that one of them does not have says the same as an empty one: formats grow.
    """
    before, after = clauses_in(old), clauses_in(new)
    fields = {key: changes(before[key], after[key]) for key in after if key in before}
    return Differences(
        added=tuple(key for key in after if key not in before),
        withdrawn=tuple(key for key in before if key not in after),
        changed=tuple(
            ClauseChange(key, before[key], after[key], found) for key, found in fields.items() if found
        ),
        elsewhere=changes(_around(old), _around(new)),
        reordered=tuple(_reordered(old, new, "")),
    )


def changes(old: Dump, new: Dump) -> tuple[Change, ...]:
    """Give every field that differs, by its name."""
    before, after = _flat(old), _flat(new)
    return tuple(
        Change(name, before.get(name), after.get(name))
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name)
    )


def holdings(agreements: Agreements, old: Dump, new: Dump) -> tuple[Holding, ...]:
    """Give each recorded yes to the old wording of a clause, and whether it binds the new one too."""
    before, after = _hashes(clauses_in(old)), _hashes(clauses_in(new))
    return tuple(
        Holding(
            party=one.party,
            clause=bound.clause,
            agreed_on=one.agreed_on,
            holds=after.get(bound.clause) == bound.sha256,
            is_withdrawn=bound.clause not in after,
        )
        for one in agreements.agreements
        for bound in one.clauses
        if before.get(bound.clause) == bound.sha256
    )


def _hashes(clauses: Mapping[str, Dump]) -> dict[str, str]:
    return {key: fingerprint(clause) for key, clause in clauses.items()}


def _reordered(old: Any, new: Any, path: str) -> Iterator[str]:
    """Name each list whose items, known by their labels, stand in another order."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in new:
            yield from _reordered(old.get(key), new[key], f"{path}.{key}".removeprefix("."))
    if isinstance(old, list) and isinstance(new, list):
        before, after = _labelled(old), _labelled(new)
        if [key for key in before if key in after] != [key for key in after if key in before]:
            yield path
        for key in after:
            yield from _reordered(before.get(key), after[key], f"{path}[{key}]")


def _labelled(items: list[Any]) -> dict[str, Dump]:
    dumps = (item for item in items if isinstance(item, dict) and "en" not in item)
    return {item[name]: item for item in dumps for name in NAMES if isinstance(item.get(name), str)}


def _around(charter: Dump) -> Dump:
    services = [_without_clauses(service) for service in charter.get("services", ())]
    return {**charter, "common": _without_clauses(charter.get("common", {})), "services": services}


def _without_clauses(holder: Dump) -> Dump:
    return {key: value for key, value in holder.items() if key not in Clauses.model_fields}


def _flat(data: Dump) -> dict[str, Any]:
    leaves = tuple(scan(canonical(data)))
    called = names(leaves)
    values: Iterable[tuple[str, Any]] = ((called[leaf.path], leaf.value) for leaf in leaves)
    return {name: value for name, value in values if value not in UNSAID}
