"""Sealed versions: seal one, verify them all, and say what is different between two."""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from charter_data.differences import Change, Differences, Holding, compare, holdings
from charter_data.loading import CharterError, load
from charter_data.models import Charter
from charter_data.models.base import HASH_FORM
from charter_data.releases import ReleaseError, read_history, seal_version, verify_all, write_release
from charter_data.sealed import Dump, History, with_standings
from charter_data.seals import seal, sealed_data, standings
from charter_data.snapshot import Snapshot
from charter_data.snapshot_files import read_snapshot
from scripts.commands import DATA

NOW = "now"


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add `release`, `verify` and `diff`."""
    sealing = commands.add_parser("release", help="seal the charter as a version")
    sealing.add_argument("version", metavar="VERSION", help="as in charter.yml, such as 1.0")
    sealing.add_argument("--snapshot", type=Path, help="folder with published answers and figures")
    sealing.add_argument("--today", type=date.fromisoformat, help="date of the seal; else today in the city")
    sealing.set_defaults(act=release)
    verifying = commands.add_parser("verify", help="tell whether every sealed version is what was sealed")
    verifying.add_argument(
        "--expect",
        action="append",
        default=[],
        metavar="VERSION:SEAL",
        help="a version with its seal as kept elsewhere",
    )
    verifying.set_defaults(act=verify)
    comparing = commands.add_parser("diff", help="say what is different between two versions")
    comparing.add_argument("old", metavar="OLD", help=f"a sealed version, or `{NOW}` for the data")
    comparing.add_argument("new", metavar="NEW", help="the same")
    comparing.add_argument("--json", action="store_true", help="print the differences as JSON")
    comparing.set_defaults(act=diff)
    for command in (sealing, verifying, comparing):
        command.add_argument("--data", type=Path, default=DATA, help="folder of a city's charter")


def release(chosen: argparse.Namespace) -> int:
    """Seal the charter as a version, and print its seal and file.

    Raises ReleaseError when it may not be sealed.
    """
    loaded = load(chosen.data, chosen.today or date.today())
    if loaded.charter is None:
        raise ReleaseError(f"the check finds {len(loaded.errors)} errors: run `check` and mend them first")
    charter, history = loaded.charter, read_history(chosen.data)
    refuse_simulated(charter, read_snapshot(chosen.snapshot, charter) if chosen.snapshot else None)
    today = chosen.today or datetime.now(ZoneInfo(charter.info.time_zone)).date()
    content = seal_version(charter, chosen.version, today, history)
    path = write_release(chosen.data, chosen.version, content)
    print(f"{chosen.version} is sealed: {seal(charter)}")
    print(f"{path}: {len(content)} bytes")
    return 0


def verify(chosen: argparse.Namespace) -> int:
    """Print each version that verifies, and each field that is not what was sealed."""
    if not (chosen.data / "charter.yml").is_file():
        raise ReleaseError(f"{chosen.data}: no charter.yml stands there: name the folder of a city's charter")
    history, faults = verify_all(chosen.data)
    for one in history.releases:
        print(f"{one.version}: as sealed on {one.sealed_on}: {one.seal}, file {one.link.file}")
    for fault in faults:
        print(fault, file=sys.stderr)
    missed = list(_missed(history, chosen.expect))
    for line in missed:
        print(line, file=sys.stderr)
    if not history.releases and not faults:
        print("no version is sealed yet")
    return 1 if faults or missed else 0


def diff(chosen: argparse.Namespace) -> int:
    """Print what is different between two versions, and which agreements hold."""
    history, charter = read_history(chosen.data), _as_it_stands(chosen.data)
    (old, was), (new, now) = (_dumps(history, charter, version) for version in (chosen.old, chosen.new))
    found, held = compare(was, now), holdings(charter.agreements, old, new)
    if chosen.json:
        told = {**asdict(found), "agreements": [asdict(one) for one in held]}
        print(json.dumps(told, ensure_ascii=False, indent=1, default=str))
    else:
        print(*_lines(found, held), sep="\n")
    return 0


def refuse_simulated(charter: Charter, snapshot: Snapshot | None) -> None:
    """Refuse to present what never happened as a version of the charter.

    Raises ReleaseError.
    """
    if charter.info.simulated:
        raise ReleaseError("charter.yml says `simulated: true`: a release is of a real charter only")
    if snapshot and snapshot.is_simulated:
        raise ReleaseError("the snapshot is simulated: a release takes real answers and figures only")


def refuse_unsealed(charter: Charter, history: History) -> None:
    """Refuse data that is not the last sealed version.

    Raises ReleaseError.
    """
    if history.last is None:
        raise ReleaseError(f"no version is sealed yet: run `release {charter.info.version}` first")
    if history.last.seal != seal(charter):
        message = f"the data differs from {history.last.version}, the last sealed version"
        raise ReleaseError(f"{message}: run `diff {history.last.version} {NOW}`, then seal a new version")
    if history.last.standings != standings(charter):
        message = f"standings differ from {history.last.version}, the last sealed version"
        raise ReleaseError(f"{message}: run `diff {history.last.version} {NOW}`, then seal a new version")


def _missed(history: History, expected: list[str]) -> Iterator[str]:
    """Name each expected version that is not there, does not verify, or has another seal."""
    for one in expected:
        version, _, said = one.partition(":")
        found = history.get(version)
        if not re.fullmatch(HASH_FORM, said):
            yield f"--expect {one}: give version and seal, such as 1.0: and the 64 digits of the seal"
        elif found is None:
            yield f"{version}: expected, but no such version verifies: put its sealed file back"
        elif found.seal != said:
            yield f"{version}: its seal is {found.seal}, not {said} as expected"


def _as_it_stands(folder: Path) -> Charter:
    loaded = load(folder)
    if loaded.well_formed is None:
        raise CharterError(loaded.errors)
    return loaded.well_formed


def _dumps(history: History, charter: Charter, version: str) -> tuple[Dump, Dump]:
    """Give what is sealed of a version, and the same with the standings."""
    if version == NOW:
        data = sealed_data(charter)
        return data, with_standings(data, standings(charter))
    found = history.get(version)
    if found is None:
        known = ", ".join((*(one.version for one in history.releases), NOW))
        raise ReleaseError(f"there is no sealed version {version}: name one of {known}")
    return found.charter, found.told


def _lines(found: Differences, held: tuple[Holding, ...]) -> Iterator[str]:
    yield from (f"added: {clause}" for clause in found.added)
    yield from (f"withdrawn: {clause}" for clause in found.withdrawn)
    for one in found.changed:
        yield f"changed: {one.clause}"
        yield from (f"  {_told(change)}" for change in one.fields)
    yield from (f"elsewhere: {_told(change)}" for change in found.elsewhere)
    yield from (f"order changed: {path}" for path in found.reordered)
    if not found:
        yield "nothing is different"
    for holding in held:
        ended = "was withdrawn" if holding.is_withdrawn else "no longer holds, the wording changed"
        state = "still holds" if holding.holds else ended
        yield f"agreement of {holding.party} on {holding.clause} ({holding.agreed_on}): {state}"


def _told(change: Change) -> str:
    old, new = (
        "nothing" if value is None else json.dumps(value, ensure_ascii=False)
        for value in (change.old, change.new)
    )
    return f"{change.field}: {old} -> {new}"
