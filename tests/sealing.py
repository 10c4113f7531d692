"""Sealed versions of Kota Contoh, one after the other, for tests."""

from pathlib import Path

from charter_data.loading import load_charter
from charter_data.releases import read_history, seal_version, write_release
from charter_data.sealed import History
from tests.factories import DAY, Files, changed, city_files, text, write_city

CITY = city_files()
FIRE = "services/KBK.yml"
READY = ("promises", 0, "text")


def of_version(files: Files, version: str) -> Files:
    return changed(files, "charter.yml", ("version",), version)


def because(files: Files, version: str, *clauses: str, **more: object) -> Files:
    """Give a reason for changed clauses."""
    reason = {"version": version, "clauses": list(clauses), "why": text("Supaya jelas"), **more}
    known = files.get("changes.yml", {})
    return {**files, "changes.yml": {**known, "changes": [*known.get("changes", ()), reason]}}


def without_clause(files: Files, version: str, clause: str, *replaced_by: str) -> Files:
    """Take a promise of the fire service out, and say so."""
    promises = [one for one in files[FIRE]["promises"] if one["id"] != clause]
    gone = {
        "clause": clause,
        "version": version,
        "replaced_by": list(replaced_by),
        "why": text("Sudah lewat"),
    }
    made = changed(files, FIRE, ("promises",), promises)
    return {**made, "changes.yml": {**files.get("changes.yml", {}), "withdrawn": [gone]}}


def reworded(files: Files = CITY) -> Files:
    """Give version 1.1 of the city: one promise in other words, with its reason."""
    made = of_version(changed(files, FIRE, READY, text("Damkar siap menyemprot")), "1.1")
    return because(made, "1.1", "KBK.siap", evidence=["M-7KQ4F2"])


def sealed(folder: Path, files: Files) -> History:
    """Write a city's files and seal their version."""
    charter = load_charter(write_city(folder, files))
    version = charter.info.version
    write_release(folder, version, seal_version(charter, version, DAY, read_history(folder)))
    return read_history(folder)
