"""What a sealed version is, and the chain of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from charter_data.models import Clauses, Record, Text
from charter_data.models.base import ClauseId, FeedbackNumber, Hash, Line, Version
from charter_data.seals import fingerprint

FORMAT: Literal["piagam112/release/1"] = "piagam112/release/1"
MARKS, WHOLE = "marks", "whole"
Dump = dict[str, Any]


class Link(Record):
    """Name the version before: its seal, and the fingerprint of its whole file."""

    version: Version
    seal: Hash
    file: Hash


class Reason(Record):
    """Say why a clause came, changed or went with a version."""

    kind: Literal["added", "changed", "withdrawn"]
    why: tuple[Text, ...] = ()
    evidence: tuple[FeedbackNumber, ...] = ()
    replaced_by: tuple[ClauseId, ...] = ()


class Release(Record):
    """Hold a sealed version as its file has it; `charter` stays plain, so that later code reads it too.

    `seal` is of `charter`, `whole` of everything but itself and the marks; a mark is of one leaf.
    """

    format: Literal["piagam112/release/1"]
    version: Version
    sealed_on: date
    charter: Dump
    seal: Hash
    previous: Link | None
    clauses: dict[ClauseId, Hash]
    standings: dict[ClauseId, Line]
    why: dict[ClauseId, Reason]
    whole: Hash
    marks: tuple[str, ...]

    @property
    def link(self) -> Link:
        """Give what the next version says of this one."""
        return Link(version=self.version, seal=self.seal, file=fingerprint(self.model_dump(mode="json")))

    @property
    def told(self) -> Dump:
        """Give the charter with the standing of each promise, for people to compare."""
        return with_standings(self.charter, self.standings)


@dataclass(frozen=True)
class History:
    """Hold every sealed version that verified, the oldest first."""

    releases: tuple[Release, ...] = ()

    @property
    def last(self) -> Release | None:
        """Give the newest version, if there is one."""
        return self.releases[-1] if self.releases else None

    def get(self, version: str) -> Release | None:
        """Give a version by its name."""
        return next((one for one in self.releases if one.version == version), None)

    def pairs(self) -> Iterator[tuple[Release | None, Release]]:
        """Yield each version with the one before it."""
        yield from zip((None, *self.releases), self.releases, strict=False)


def clauses_in(charter: Dump) -> dict[str, Dump]:
    """Give every clause of a sealed charter by its id."""
    return {clause["id"]: clause for clause in _all_clauses(charter)}


def clause_ids(charter: Dump) -> Iterator[str]:
    """Yield the id of every clause of a sealed charter, as often as it stands there."""
    yield from (clause["id"] for clause in _all_clauses(charter))


def _all_clauses(charter: Dump) -> Iterator[Dump]:
    for holder in (charter.get("common", {}), *charter.get("services", ())):
        for kind in Clauses.model_fields:
            yield from holder.get(kind, ())


def with_standings(charter: Dump, standings: Mapping[str, str]) -> Dump:
    """Give a sealed charter with the standing of each promise put back in its place."""
    services = [_holder(service, standings) for service in charter.get("services", ())]
    return {**charter, "common": _holder(charter.get("common", {}), standings), "services": services}


def _holder(holder: Dump, standings: Mapping[str, str]) -> Dump:
    promises = [
        {**one, "standing": standings[one["id"]]} if one["id"] in standings else one
        for one in holder.get("promises", ())
    ]
    return {**holder, "promises": promises}


def numbers_of(version: str) -> tuple[int, ...]:
    """Give the numbers of a version, so that 1.10 comes after 1.9."""
    return tuple(int(part) for part in version.split("."))
