"""Sealed versions on disk: writes one, reads them all, and refuses what may not be sealed."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from charter_data.differences import compare
from charter_data.leaves import scan
from charter_data.models import Charter
from charter_data.models.base import VERSION_FORM
from charter_data.models.changes import Changes
from charter_data.problems import RefusedError
from charter_data.sealed import FORMAT, MARKS, WHOLE, History, Reason, Release, clauses_in, numbers_of
from charter_data.seals import canonical, fingerprint, sealed_data, standings
from charter_data.verifying import Fault, broken_links, verify

FOLDER = "releases"
LIMIT_BYTES = 16 * 1024 * 1024


class ReleaseError(RefusedError):
    """Say why a version cannot be sealed, or why sealed versions cannot be used."""


def verify_all(folder: Path) -> tuple[History, tuple[Fault, ...]]:
    """Give the versions of a city's folder that verify, and every fault of the others and of their chain."""
    releases: list[Release] = []
    faults: list[Fault] = []
    for path in _files(folder):
        found = _odd(path) or verify(path.stem, _content(path))
        if isinstance(found, Release):
            releases.append(found)
        else:
            faults.extend(found)
    # With a file missing from the chain its neighbours would only say the same again.
    return History(tuple(releases)), tuple(faults or broken_links(releases))


def read_history(folder: Path) -> History:
    """Give the sealed versions of a city's folder.

    Raises ReleaseError when one of them is not what was sealed.
    """
    history, faults = verify_all(folder)
    if faults:
        more = f" ({len(faults)} faults)" if len(faults) > 1 else ""
        raise ReleaseError(f"{faults[0]}{more}: put the sealed file back as it was")
    return history


def released_clauses(folder: Path) -> tuple[frozenset[str], ...]:
    """Give the clause ids of each version that can be read, the oldest first."""
    read = (_parsed(path) for path in _files(folder))
    return tuple(frozenset(release.clauses) for release in read if release)


def broken_releases(folder: Path) -> tuple[str, ...]:
    """Give the names of the files that cannot be read as a version."""
    return tuple(path.name for path in _files(folder) if _parsed(path) is None)


def seal_version(charter: Charter, version: str, today: date, history: History) -> bytes:
    """Give the file of a new version.

    Raises ReleaseError when it may not be sealed.
    """
    data: dict[str, Any] = sealed_data(charter)
    for refusal in _refusals(charter, version, data, history):
        raise ReleaseError(refusal)
    why = reasons(charter.changes, version, data, history)
    release: dict[str, Any] = {
        "format": FORMAT,
        "version": version,
        "sealed_on": today.isoformat(),
        "charter": data,
        "seal": fingerprint(data),
        "previous": history.last.link.model_dump() if history.last else None,
        "clauses": {key: fingerprint(clause) for key, clause in clauses_in(data).items()},
        "standings": standings(charter),
        "why": {key: reason.model_dump(mode="json") for key, reason in why.items()},
    }
    release[WHOLE] = fingerprint(release)
    release[MARKS] = [leaf.mark for leaf in scan(canonical(release))]
    return canonical(release)


def write_release(folder: Path, version: str, content: bytes) -> Path:
    """Write the file of a version whole or not at all, and give its path.

    Raises ReleaseError when it is already there or cannot be written.
    """
    path = folder / FOLDER / f"{version}.json"
    try:
        path.parent.mkdir(exist_ok=True)
        _write_once(path, content)
    except FileExistsError as error:
        if path.parent.is_dir():
            raise ReleaseError(f"{version} is sealed already: raise `version` in charter.yml") from None
        raise ReleaseError(f"{path.parent} is not a folder: move that file away") from error
    except OSError as error:
        raise ReleaseError(f"{path} cannot be written: {error.strerror}") from error
    return path


def _write_once(path: Path, content: bytes) -> None:
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".new") as file:
        file.write(content)
        file.flush()
        Path(file.name).chmod(0o644)
        os.fsync(file.fileno())
        os.link(file.name, path)  # refuses where a rename would replace


def reasons(changes: Changes, version: str, new: dict[str, Any], history: History) -> dict[str, Reason]:
    """Give for each clause that came, changed or went since the last version what changes.yml says of it."""
    if history.last is None:
        return {}
    found = compare(history.last.charter, new)
    given = [one for one in changes.changes if one.version == version]
    made = {
        clause: Reason(
            kind="added" if clause in found.added else "changed",
            why=tuple(one.why for one in given if clause in one.clauses),
            evidence=tuple(number for one in given if clause in one.clauses for number in one.evidence),
        )
        for clause in (*found.added, *(one.clause for one in found.changed))
    }
    for clause in found.withdrawn:
        gone = changes.withdrawn_clauses.get(clause)
        said = {"why": (gone.why,), "replaced_by": gone.replaced_by} if gone else {}
        made[clause] = Reason(kind="withdrawn", **said)
    return made


def _refusals(charter: Charter, version: str, data: dict[str, Any], history: History) -> Iterator[str]:
    last, info = history.last, charter.info
    if info.simulated:
        yield "charter.yml says `simulated: true`: only a real charter is sealed"
    if version != info.version:
        yield f"charter.yml says version {info.version}, not {version}: correct one of the two"
    if history.get(version):
        yield f"{version} is sealed already: raise `version` in charter.yml"
    if last and numbers_of(version) <= numbers_of(last.version):
        yield f"{version} is not higher than {last.version}, the last sealed version: raise `version`"
    changed = reasons(charter.changes, version, data, history).items()
    silent = [clause for clause, reason in changed if reason.kind != "added" and not reason.why]
    if silent:
        yield (
            f"changed since {last.version if last else ''} without a reason: {', '.join(silent)}: "
            f"say why in changes.yml, under `changes` with version {version}"
        )


def _files(folder: Path) -> list[Path]:
    """Give the files of sealed versions in the order of their numbers; other names come first."""
    return sorted((folder / FOLDER).glob("*.json"), key=lambda path: (_order(path.stem), path.stem))


def _order(version: str) -> tuple[int, ...]:
    return numbers_of(version) if re.fullmatch(VERSION_FORM, version) else ()


def _odd(path: Path) -> tuple[Fault, ...]:
    """Tell of a name that is no version, and of what is no file of a size that can be read."""
    said = ""
    if not _order(path.stem):
        said = "is not named as a version such as 1.2.json"
    elif not path.is_file():
        said = "is not a file"
    elif path.stat().st_size > LIMIT_BYTES:
        said = f"is larger than {LIMIT_BYTES // 1024**2} MiB"
    return (Fault(path.stem, (), "the file", said, 0, 0),) if said else ()


def _parsed(path: Path) -> Release | None:
    with suppress(ValueError, RecursionError):
        if not _odd(path):
            return Release.model_validate(json.loads(_content(path)))
    return None


def _content(path: Path) -> bytes:
    """Give what stands in a file, as far as a version can go; of what may not be read, nothing."""
    try:
        with path.open("rb") as file:
            return file.read(LIMIT_BYTES)
    except OSError:
        return b""
