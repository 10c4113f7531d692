"""What /versi/ tells: every sealed version, what changed in it and why, and what is not sealed yet."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from charter_data.differences import UNSAID, ClauseChange, Differences, compare
from charter_data.models import Charter, Target, anchor_of
from charter_data.releases import reasons
from charter_data.sealed import Dump, History, Reason, Release, clauses_in, with_standings
from charter_data.seals import canonical, sealed_data, standings
from scripts.charter_site import views
from scripts.charter_site.words import Words

PUBLIC_FORMAT = "piagam112/public-release/1"
SHARED_SCOPES = ("UMUM", "PGD")
STATE = ("info.version", "info.dated")


@dataclass(frozen=True)
class ToldField:
    """Hold one field of a changed clause in words: before and now."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class ToldClause:
    """Hold a clause that came, changed or went; of a hidden one nothing but its id is said."""

    clause: str
    kind: str
    address: str
    is_hidden: bool
    text: str
    fields: tuple[ToldField, ...]
    reason: Reason


@dataclass(frozen=True)
class ToldVersion:
    """Hold a version (none: the data as it stands) with what is different from the one before."""

    release: Release | None
    clauses: tuple[ToldClause, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def is_different(self) -> bool:
        """Tell whether there is anything to say."""
        return bool(self.clauses or self.parts)


@dataclass(frozen=True)
class Teller:
    """Say in one language what is different between two charters."""

    charter: Charter
    words: Words
    old: Dump
    new: Dump
    why: dict[str, Reason] = field(default_factory=dict)

    def tell(self, release: Release | None) -> ToldVersion:
        """Give what is different, clauses in the order of the charter and what went last."""
        found = compare(self.old, self.new)
        return ToldVersion(release, tuple(self._clauses(found)), tuple(self._parts(found)))

    def _clauses(self, found: Differences) -> Iterator[ToldClause]:
        before, after = clauses_in(self.old), clauses_in(self.new)
        changed = {one.clause: one for one in found.changed}
        for clause in after:
            if clause in changed:
                yield self._told(clause, "changed", "", tuple(self._fields(changed[clause])))
            elif clause not in before:
                yield self._told(clause, "added", self._said(after[clause].get("text")))
        for clause in found.withdrawn:
            yield self._told(clause, "withdrawn", self._said(before[clause].get("text")))

    def _told(self, clause: str, kind: str, text: str, fields: tuple[ToldField, ...] = ()) -> ToldClause:
        address, reason = address_of(self.charter, clause), self.why.get(clause, Reason(kind="changed"))
        if clause.split(".")[0] in self._hidden:
            return ToldClause(clause, kind, address, True, "", (), _bare(reason))
        return ToldClause(clause, kind, address, False, text, fields, reason)

    def _fields(self, change: ClauseChange) -> Iterator[ToldField]:
        for key in dict.fromkeys((*self.words.labels["clause_field"], *change.old, *change.new)):
            old, new = self._said(change.old.get(key)), self._said(change.new.get(key))
            if old != new:
                yield ToldField(self._name(key), old, new)

    def _parts(self, found: Differences) -> Iterator[str]:
        """Name what lies outside the clauses, without its words: some of them wait for an agreement."""
        names = self.words.labels["sealed_parts"]
        fields = [one.field for one in found.elsewhere if one.field not in STATE]
        fields.extend(found.reordered)
        yield from dict.fromkeys(self._service(name) or names.get(_first(name), name) for name in fields)

    def _service(self, name: str) -> str | None:
        codes = {f"services[{service.code}]": service for service in self.charter.services}
        service = codes.get(name.split(".")[0])
        return self.words.text(service.title) if service else None

    @cached_property
    def _hidden(self) -> set[str]:
        """Give the scopes of services that hide behind a neutral title, now or in either charter."""
        then = [*self.old.get("services", ()), *self.new.get("services", ())]
        past = {service["public_code_"] for service in then if service.get("public_code_")}
        return past | {service.public_code for service in self.charter.services if service.is_sensitive}

    @cached_property
    def _terms(self) -> dict[str, str]:
        """Give the words for keys: bodies, laws and moments."""
        bodies = {body.key: body.short for body in self.charter.agencies}
        laws = {law.key: law.short for law in self.charter.legal_basis}
        names = views.event_names(self.charter)
        levels = self.words.labels["standing"]
        return {
            **levels,
            **{str(key): self.words.text(name) for key, name in names.items()},
            **laws,
            **bodies,
        }

    def _name(self, key: str) -> str:
        return str(self.words.labels["clause_field"].get(key, key.replace("_", " ")))

    def _said(self, value: Any) -> str:
        if value in UNSAID:
            return str(self.words.labels["nothing_said"])
        if isinstance(value, list):
            return "; ".join(map(self._said, value))
        if isinstance(value, dict):
            return self._said_record(value)
        return self.words.number(value) if isinstance(value, float) else self._terms.get(value, str(value))

    def _said_record(self, value: Dump) -> str:
        if {"id", "en"} <= value.keys():
            return str(value[self.words.language])
        try:
            return self.words.target(Target.model_validate(value))
        except ValidationError:
            said = {
                self._name(key): self._said(part) for key, part in sorted(value.items()) if part not in UNSAID
            }
            return ", ".join(f"{key}: {part}" for key, part in said.items())


def told_history(charter: Charter, history: History, words: Words) -> dict[str, Any]:
    """Give what the page of versions shows: the sealed ones, the newest first, and what is not sealed yet."""
    told = [
        Teller(charter, words, before.told, release.told, release.why).tell(release)
        if before
        else ToldVersion(release)
        for before, release in history.pairs()
    ]
    return {"sealed_versions": told[::-1], "unsealed": _unsealed(charter, history, words)}


def public_editions(history: History) -> dict[str, str]:
    """Give by address what anybody may have of each version: every clause as sealed, and its fingerprint.

    Notes, codes and lines that wait for an agreement stand outside the clauses, and so outside these files;
    reasons that speak of what a neutral title hides stay out as well.
    """
    return {f"versi/{one.version}.json": canonical(_public(one)).decode() for one in history.releases}


def withdrawn_pages(charter: Charter, words: Words) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the short address of each withdrawn clause, with what its page says."""
    for gone in charter.changes.withdrawn:
        scope = gone.clause.split(".")[0]
        service = charter.service_of_scope.get(scope)
        title = words.text(service.title) if service else words.labels["titles"]["promises"]
        is_open = scope in SHARED_SCOPES or (service is not None and not service.is_sensitive)
        replaced = [(clause, f"../{anchor_of(clause)}/") for clause in gone.replaced_by]
        yield (
            f"k/{anchor_of(gone.clause)}/",
            {"title": title, "gone": gone, "is_open": is_open, "replaced": replaced},
        )


def address_of(charter: Charter, clause: str) -> str:
    """Give where a clause stands, or the short address that tells of its withdrawal; empty if neither is."""
    if clause in charter.by_id:
        return views.home_of(charter, charter.by_id[clause])
    return f"k/{anchor_of(clause)}/" if clause in charter.changes.withdrawn_clauses else ""


def _unsealed(charter: Charter, history: History, words: Words) -> ToldVersion | None:
    if history.last is None:
        return None
    data = sealed_data(charter)
    why = reasons(charter.changes, charter.info.version, data, history)
    now = with_standings(data, standings(charter))
    return Teller(charter, words, history.last.told, now, why).tell(None)


def _public(release: Release) -> dict[str, Any]:
    clauses = clauses_in(release.charter).items()
    services = release.charter.get("services", ())
    is_open = {*SHARED_SCOPES, *(one["code"] for one in services if not one.get("public_code_"))}
    why = {key: one if key.split(".")[0] in is_open else _bare(one) for key, one in release.why.items()}
    return {
        "format": PUBLIC_FORMAT,
        "version": release.version,
        "sealed_on": release.sealed_on.isoformat(),
        "seal": release.seal,
        "previous": release.previous.model_dump() if release.previous else None,
        "clauses": [{**clause, "sha256": release.clauses[key]} for key, clause in clauses],
        "why": {key: reason.model_dump(mode="json") for key, reason in why.items()},
    }


def _bare(reason: Reason) -> Reason:
    return Reason(kind=reason.kind, replaced_by=reason.replaced_by)


def _first(name: str) -> str:
    return name.split(".")[0].split("[")[0]
