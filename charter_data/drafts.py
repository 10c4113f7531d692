"""A charter that may still have faults: what the rules look at."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import PurePath
from typing import Any, TypeVar

from charter_data.models import (
    Agreements,
    Area,
    Changes,
    Clause,
    Common,
    Definitions,
    HoaxPolicy,
    Info,
    Record,
    Service,
    Text,
)
from charter_data.models.bodies import Agency, Law
from charter_data.models.clauses import Clauses
from charter_data.problems import Finding, Path
from charter_data.reading import YamlFile
from charter_data.translations import SIDECAR, Confirmed, texts_in
from charter_data.validating import Sound

R = TypeVar("R", bound=Record)

COMMON = "common.yml"
SERVICES = "services/"
COMMON_SCOPES = ("UMUM", "PGD")


class AgencyFile(Record):
    """Hold agencies.yml."""

    agencies: tuple[Agency, ...]


class LawFile(Record):
    """Hold legal_basis.yml."""

    laws: tuple[Law, ...]


MODELS: dict[str, type[Record]] = {
    "charter.yml": Info,
    "common.yml": Common,
    "agencies.yml": AgencyFile,
    "area.yml": Area,
    "legal_basis.yml": LawFile,
    "hoax_policy.yml": HoaxPolicy,
    "agreements.yml": Agreements,
    "definitions.yml": Definitions,
}


CHANGES = "changes.yml"
OPTIONAL: dict[str, type[Record]] = {SIDECAR: Confirmed, CHANGES: Changes}


@dataclass(frozen=True)
class Place:
    """Hold a record with the file and path where it stands."""

    file: str
    path: Path

    def finding(self, code: str, message: str, *below: str | int) -> Finding:
        """Say what is wrong here, or at a path below."""
        return Finding(self.file, (*self.path, *below), code, message)


@dataclass(frozen=True)
class Draft:
    """Hold the readable files, the sound records, the names of files that could not be read,
    the clause ids of each sealed version, and the names of versions that cannot be read."""

    files: dict[str, YamlFile] = field(default_factory=dict)
    sound: dict[str, Sound[Any]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    today: date | None = None
    released: tuple[frozenset[str], ...] = ()
    broken: tuple[str, ...] = ()

    def record(self, name: str, model: type[R]) -> R | None:
        """Give the record of a file, if it is sound."""
        found = self.sound.get(name)
        return found.record if found and isinstance(found.record, model) else None

    @cached_property
    def services(self) -> dict[str, Service]:
        """Give the sound services by file name."""
        return {name: sound.record for name, sound in self.sound.items() if isinstance(sound.record, Service)}

    @cached_property
    def agencies(self) -> dict[str, Agency]:
        """Give the sound agencies by key."""
        found = self.record("agencies.yml", AgencyFile)
        return {agency.key: agency for agency in found.agencies} if found else {}

    def holders(self) -> Iterator[tuple[str, Clauses]]:
        """Yield each file that holds clauses, with its record."""
        common = self.record(COMMON, Common)
        if common:
            yield COMMON, common
        yield from self.services.items()

    def clause_files(self) -> Iterator[tuple[str, YamlFile]]:
        """Yield each readable file that may declare clauses, sound or not."""
        for name, file in self.files.items():
            if name == COMMON or name.startswith(SERVICES):
                yield name, file

    def clauses(self) -> Iterator[tuple[Place, Clause]]:
        """Yield every sound clause with its place."""
        for name, holder in self.holders():
            for kind in Clauses.model_fields:
                for index, clause in enumerate(getattr(holder, kind)):
                    yield self.place(name, kind, index), clause

    def place(self, name: str, *path: str | int) -> Place:
        """Give the place in the file of a path in its record."""
        return Place(name, self.sound[name].original(path))

    @cached_property
    def texts(self) -> dict[str, tuple[tuple[Path, Text], ...]]:
        """Give every text of every sound file with its path; several rules read them all."""
        return {name: tuple(texts_in(sound.record)) for name, sound in self.sound.items()}

    def declared(self, name: str, listing: str, key: str = "key") -> Counter[str] | None:
        """Count the keys that a file's list declares, broken items included; None if it cannot be read."""
        file = self.files.get(name)
        return Counter(_values(file.data, listing, key)) if file else None

    def is_lost(self, clause_id: str) -> bool:
        """Tell whether a clause may stand in a file that could not be read."""
        scope = clause_id.split(".")[0]
        if scope in COMMON_SCOPES:
            return COMMON in self.unread
        return scope not in self.public_codes and any(name.startswith(SERVICES) for name in self.unread)

    @cached_property
    def public_codes(self) -> set[str]:
        """Give the public codes of the sound services."""
        return {service.public_code for service in self.services.values()}

    @cached_property
    def declared_clauses(self) -> set[str]:
        """Give the ids of all clauses, broken ones included."""
        return {
            value
            for _, file in self.clause_files()
            for kind in Clauses.model_fields
            for value in _values(file.data, kind, "id")
        }

    @cached_property
    def declared_services(self) -> set[str]:
        """Give the codes of all services, broken ones included; an unread file is named by its code."""
        read = (file.data.get("code") for name, file in self.files.items() if name.startswith(SERVICES))
        lost = (PurePath(name).stem for name in self.unread if name.startswith(SERVICES))
        return {*map(str, read), *lost}


def _values(data: dict[str, Any], listing: str, key: str) -> Iterator[str]:
    items = data.get(listing)
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and isinstance(item.get(key), str):
            yield item[key]
