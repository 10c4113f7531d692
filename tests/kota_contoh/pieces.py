"""What the records of Kota Contoh are made of."""

from datetime import date
from typing import Any

DAY = date(2026, 11, 24)


def text(words: str) -> dict[str, str]:
    return {"id": f"{words} (id)", "en": f"{words} (en)"}


def source(title: str = "Contoh") -> dict[str, Any]:
    return {"title": title, "url": "https://contoh.example/sumber", "dated": DAY, "certainty": "high"}


def review() -> dict[str, Any]:
    return {
        "source": [source("Panduan contoh")],
        "reviewer": "Dinas Kesehatan Contoh",
        "reviewed_by": "dr. Contoh",
        "reviewed_on": DAY,
    }


def by(role: str) -> dict[str, Any]:
    return {"role": text(role), "caller": text("Tunggu di telepon"), "cost": text("Gratis")}


def promise(
    clause_id: str,
    words: str,
    start: str | None,
    end: str | None,
    targets: list[dict[str, Any]] | None = None,
    *,
    owner: str = "diskominfo",
) -> dict[str, Any]:
    promise: dict[str, Any] = {
        "id": clause_id,
        "text": text(words),
        "standing": "usulan",
        "owner": owner,
        "remedy": text("Kami jelaskan sebabnya"),
    }
    if start and end:
        promise["clock"] = {"start": start, "end": end}
        promise["calendar"] = "24x7"
    if targets:
        promise["targets"] = targets
        if targets[0]["unit"] == "working_day":
            promise["calendar"] = "hari_kerja"
    return promise
