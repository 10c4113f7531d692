"""Logs made up for tests: rows whose times are seconds after one morning, written as CSV and imported."""

import csv
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from charter_data.vocabulary import Event, SideEvent
from site_api.calls.models import DatasetKind
from site_api.calls.workflow import Imported, import_log
from site_api.installation import installation

DATA = Path(__file__).parents[2] / "data"
LINCOLN = DATA / "lincoln-county.csv"
LINCOLN_MAPPING = DATA / "lincoln-county.mapping.yml"
MORNING = datetime(2026, 5, 4, 8)
FORM = "%Y-%m-%d %H:%M:%S"
EVENTS = [event.value for event in (*Event, *SideEvent)]
COLUMNS = ["nomor", "kelas", "layanan", "kelurahan", "penelepon", "instansi", "unit", *EVENTS]
CALLER: dict[str, Any] = {"caller": {"column": "penelepon"}}


def row(number: str | int, **cells: Any) -> dict[str, str]:
    """Give a row of a genuine emergency unless told; a time is given in seconds after the morning."""
    times = {
        key: (MORNING + timedelta(seconds=value)).strftime(FORM) if isinstance(value, int) else value
        for key, value in cells.items()
    }
    return {"nomor": str(number), "kelas": "darurat"} | times


def mapping(**changes: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "dataset": "log-kota",
        "source": "Log pusat panggilan",
        "time_zone": "Asia/Jakarta",
        "row_key": ["nomor", "instansi", "unit"],
        "case_key": ["nomor"],
        "agency": {"column": "instansi"},
        "unit": {"column": "unit"},
        "service": {"column": "layanan"},
        "class": {"column": "kelas"},
        "district": {"column": "kelurahan"},
        "events": {key: {"column": key, "format": FORM} for key in EVENTS},
    }
    named = {key.rstrip("_"): value for key, value in changes.items()}
    return {key: value for key, value in (whole | named).items() if value is not None}


def write_mapping(folder: Path, **changes: Any) -> Path:
    path = folder / "log.mapping.yml"
    path.write_text(yaml.safe_dump(mapping(**changes), sort_keys=False), "utf-8")
    return path


def write_log(folder: Path, rows: list[dict[str, str]]) -> Path:
    path = folder / "log.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def import_rows(folder: Path, rows: list[dict[str, str]], kind: str = "real", **changes: Any) -> Imported:
    """Import rows into the app in hand, as the command does."""
    log, described = write_log(folder, rows), write_mapping(folder, **changes)
    return import_log(installation(), log, described, DatasetKind(kind))


def import_lincoln(log: Path = LINCOLN) -> Imported:
    return import_log(installation(), log, LINCOLN_MAPPING, DatasetKind.FOREIGN)
