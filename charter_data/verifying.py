"""Whether a sealed file is what was sealed, and if not, which field is not."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, takewhile

from pydantic import ValidationError

from charter_data.leaves import Leaf, UnreadableError, labels, name_of, scan
from charter_data.problems import Path
from charter_data.sealed import MARKS, WHOLE, Release, clause_ids, clauses_in
from charter_data.seals import canonical, fingerprint

MARK = re.compile(rb'"[0-9a-f]{12}"')
MARK_LIST = re.compile(rb'"marks":\[((?:"[0-9a-f]{12}",)*"[0-9a-f]{12}")\],')
WHOLE_MEMBER = re.compile(rb'"whole":"([0-9a-f]{64})",')
NEXT = re.compile(rb"[,\]}]")
NOT_SEALED = "is not what was sealed"


@dataclass(frozen=True)
class Fault:
    """Name a field of a version that is not what was sealed, and the bytes of the file where it stands."""

    version: str
    path: Path
    field: str
    said: str
    first: int
    last: int

    def __str__(self) -> str:
        """Give the one line that people read."""
        return f"{self.version}: {self.field} {self.said}"


@dataclass(frozen=True)
class Reading:
    """Hold a file and what could be read of it: leaves and marks."""

    version: str
    content: bytes
    leaves: tuple[Leaf, ...]
    broken: UnreadableError | None
    marks: tuple[str, ...] | None

    @property
    def marked(self) -> tuple[Leaf, ...]:
        """Give the leaves that have a mark."""
        return tuple(leaf for leaf in self.leaves if leaf.path[:1] != (MARKS,))

    def fault(self, path: Path, said: str = NOT_SEALED, upto: int = 0) -> Fault:
        """Name the field at a path; its bytes go from the leaf before it to its last leaf, or to `upto`."""
        within = [at for at, leaf in enumerate(self.leaves) if leaf.path[: len(path)] == path]
        before = within[0] if within else len(self.leaves)
        first = self.leaves[before - 1].end if before else 0
        last = max(self.leaves[within[-1]].end if within else first, upto)
        called = name_of(path, labels(self.leaves)).removeprefix("charter.") or "the file"
        return Fault(self.version, path, called, said, first, last)


def read(version: str, content: bytes) -> Reading:
    """Read a file as far as it can be read."""
    leaves, broken = [], None
    try:
        for leaf in scan(content):
            leaves.append(leaf)
    except UnreadableError as error:
        broken = error
    found = MARK_LIST.search(content)
    marks = tuple(json.loads(b"[" + found[1] + b"]")) if found else None
    return Reading(version, content, tuple(leaves), broken, marks)


def verify(version: str, content: bytes) -> Release | tuple[Fault, ...]:
    """Give a sealed version, or every field of its file that is not what was sealed."""
    reading = read(version, content)
    faults = tuple(_unread(reading) or _unmarked(reading) or _changed(reading))
    if faults:
        return faults
    try:
        release = Release.model_validate(json.loads(content))
        return tuple(_forged(reading, release)) or release
    except ValidationError as error:
        return (reading.fault(error.errors()[0]["loc"], f"has not its form ({error.errors()[0]['msg']})"),)
    except (ValueError, TypeError, AttributeError, KeyError):
        return (reading.fault(("charter",), "has not its form"),)


def _unread(reading: Reading) -> list[Fault]:
    """Name the first leaf before the break that is not what was sealed, else what the break is in."""
    broken = reading.broken
    if broken is None:
        return []
    wrong = next(iter(_runs(reading)), None) if reading.marks else None
    path = wrong[0].path if wrong else _strange(reading) or broken.path
    last = f", the last readable field is {_last(reading)}" if reading.leaves else ""
    said = f"{NOT_SEALED} (unreadable at byte {broken.at}{last})"
    after = NEXT.search(reading.content, broken.at + 1)
    return [reading.fault(path, said, upto=after.end() if after else len(reading.content))]


def _unmarked(reading: Reading) -> list[Fault]:
    """Name what is neither a mark nor under a key of a release."""
    strange = _strange(reading)
    return [reading.fault(strange)] if strange or reading.marks is None else []


def _strange(reading: Reading) -> Path:
    for leaf in reading.leaves:
        if leaf.path[:1] == (MARKS,) and not MARK.fullmatch(leaf.token):
            return leaf.path
        if not leaf.path or leaf.path[0] not in Release.model_fields:
            return leaf.path[:1]
    return ()


def _changed(reading: Reading) -> Iterator[Fault]:
    """Compare each leaf with its mark; `whole` tells which of the two is not what was sealed."""
    found = WHOLE_MEMBER.search(reading.content)
    is_whole = found is not None and found[1].decode() == _whole(reading.content)
    runs = list(_runs(reading))
    for run in runs:
        if is_whole:
            at = reading.marked.index(run[0])
            yield reading.fault((MARKS, at) if len(run) == 1 else (MARKS,))
        else:
            yield reading.fault(_shared(run))
    if not runs and not is_whole:
        yield reading.fault((WHOLE,), "is not the fingerprint of the rest")


def _shared(run: list[Leaf]) -> Path:
    """Give the path of the smallest field that all these leaves stand in."""
    columns = zip(*(leaf.path for leaf in run), strict=False)
    return tuple(column[0] for column in takewhile(lambda column: len(set(column)) == 1, columns))


def _runs(reading: Reading) -> Iterator[list[Leaf]]:
    """Yield the neighbouring leaves that do not fit their marks."""
    leaves, marks = reading.marked, reading.marks or ()
    fits = [leaf.mark == mark for leaf, mark in zip(leaves, marks, strict=False)]
    if len(leaves) == len(marks) or reading.broken:
        for is_fit, group in groupby(zip(fits, leaves, strict=False), key=lambda one: one[0]):
            if not is_fit:
                yield [leaf for _, leaf in group]
        return
    first = next((at for at, is_fit in enumerate(fits) if not is_fit), len(fits))
    yield list(leaves[first : first + 1] or leaves[-1:])


def _forged(reading: Reading, release: Release) -> Iterator[Fault]:
    """Name what does not follow from the rest, though every mark fits."""
    if canonical(json.loads(reading.content)) != reading.content:
        yield reading.fault((), "is not canonical JSON (RFC 8785)")
    if release.version != reading.version:
        yield reading.fault(("version",), f"is not {reading.version}, as the file is called")
    if fingerprint(release.charter) != release.seal:
        yield reading.fault(("seal",), "is not the fingerprint of the charter")
    clauses = {key: fingerprint(clause) for key, clause in clauses_in(release.charter).items()}
    for key in sorted(clauses.keys() | release.clauses.keys()):
        if clauses.get(key) != release.clauses.get(key):
            yield reading.fault(("clauses", key), "is not the fingerprint of the clause")
    for key in sorted(release.standings.keys() - clauses.keys()):
        yield reading.fault(("standings", key), "is of a clause that is not there")
    for key in sorted(
        key for key, one in release.why.items() if one.kind != "withdrawn" and key not in clauses
    ):
        yield reading.fault(("why", key), "is of a clause that is not there")
    yield from (reading.fault(("charter",), said) for said in _misshapen(release))


def _misshapen(release: Release) -> Iterator[str]:
    ids = list(clause_ids(release.charter))
    codes = [service.get("code") for service in release.charter.get("services", ())]
    if len(ids) != len(set(ids)):
        yield "holds two clauses with the same id"
    if not all(isinstance(code, str) for code in codes) or len(codes) != len(set(codes)):
        yield "holds a service without a code of its own"


def broken_links(releases: Iterable[Release]) -> Iterator[Fault]:
    """Name each version whose `previous` is not the version before it."""
    chain = tuple(releases)
    for before, release in zip((None, *chain), chain, strict=False):
        if release.previous != (before.link if before else None):
            said = f"is not {before.version} as its file stands" if before else "names a version that is gone"
            yield Fault(release.version, ("previous",), "previous", said, 0, 0)


def _whole(content: bytes) -> str:
    """Give the fingerprint of a canonical file without its marks and `whole`, straight from its bytes."""
    rest = WHOLE_MEMBER.sub(b"", MARK_LIST.sub(b"", content))
    return hashlib.sha256(rest).hexdigest()


def _last(reading: Reading) -> str:
    return name_of(reading.leaves[-1].path, labels(reading.leaves)).removeprefix("charter.")
