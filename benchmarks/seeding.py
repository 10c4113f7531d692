"""A database with very many cases, made-up and mixed as a city would have them."""

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice, product
from random import Random
from typing import Any

from site_api.feedback import search
from site_api.feedback.models import Feedback, FeedbackKind
from site_api.installation import Installation
from site_api.intake import CROCKFORD

CHANCE = Random(112)  # noqa: S311 (the same cases each time)
VOCABULARY = 20_000
WORDS_EACH = 10
FLATTENED = 4  # so that the most frequent word stands in half of all cases, not in nearly all
OF_NEWEST = 0.025
WAITING = 0.8
HELD = 500
MINUTES_APART = 3
BEGUN = datetime(2021, 1, 4, tzinfo=UTC)
ENDED = {"closed": 88, "answered": 2, "declined": 7, "withdrawn": 3}
KINDS = dict(zip(FeedbackKind, (60, 20, 15, 5), strict=True))
DAY = "%Y-%m-%d"
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
CHUNK = 10_000

COUNTED = (
    "feedback WHERE state IN ('received', 'verified', 'assigned') AND held_at IS NULL",
    "feedback WHERE state = 'received' AND held_at IS NOT NULL",
    "feedback_words",
)


@dataclass(frozen=True)
class Sizes:
    """Hold what was put into the database; words from the most frequent to the rarest."""

    cases: int
    waiting: int
    held: int
    pairs: int
    megabytes: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class _Mix:
    services: Sequence[Any]
    weights: Sequence[float]
    clauses: dict[str, list[str]]
    agencies: Sequence[str]
    districts: Sequence[str]
    operators: str


def seed(place: Installation, cases: int) -> Sizes:
    """Fill the tables outside the app; indexes that are no constraint are made when all rows are there."""
    path = place.settings.database
    words = _words()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        again = _without_indexes(connection)
        _fill(place, connection, cases, words)
        for statement in again:
            connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute(f"PRAGMA journal_mode={place.settings.journal}")
        waiting, held, pairs = (_count(connection, what) for what in COUNTED)
    return Sizes(cases, waiting, held, pairs, path.stat().st_size / 1e6, words)


def _fill(place: Installation, connection: sqlite3.Connection, cases: int, words: Sequence[str]) -> None:
    holding: list[array[int]] = [array("q") for _ in words]
    names = [column.name for column in Feedback.__table__.columns]
    columns, marks = ", ".join(names), ", ".join("?" * len(names))
    rows = _rows(_mix(place), names, cases, words, holding)
    connection.executemany(f"INSERT INTO feedback ({columns}) VALUES ({marks})", rows)  # noqa: S608 (ours)
    connection.executemany("INSERT INTO feedback_words VALUES (?, ?)", _pairs(place, words, holding))
    connection.execute("INSERT INTO feedback_searched VALUES (1, ?)", (cases,))


def _count(connection: sqlite3.Connection, what: str) -> int:
    found: tuple[int] = connection.execute(f"SELECT count(*) FROM {what}").fetchone()  # noqa: S608 (ours)
    return found[0]


def _words() -> tuple[str, ...]:
    syllables = ["".join(pair) for pair in product("bdgklmnprst", "aeiou")]
    some = islice(product(syllables, repeat=3), VOCABULARY)
    return tuple("".join(parts) for parts in some)


def _without_indexes(connection: sqlite3.Connection) -> list[str]:
    of_feedback = "type = 'index' AND tbl_name = 'feedback' AND sql IS NOT NULL"
    found = connection.execute(f"SELECT name, sql FROM sqlite_master WHERE {of_feedback}").fetchall()  # noqa: S608
    for name, _ in found:
        connection.execute(f"DROP INDEX {name}")
    return [statement for _, statement in found]


def _mix(place: Installation) -> _Mix:
    charter = place.charter
    services = [*charter.services, None]
    clauses = {
        service.public_code: [key for key in charter.by_id if key.startswith(f"{service.public_code}.")]
        for service in charter.services
    }
    agencies = [agency.key for agency in charter.agencies if agency.key != place.operators]
    weights = [1 / (rank + 2) for rank in range(len(services))]
    return _Mix(services, weights, clauses, agencies, list(charter.area.district), place.operators)


def _rows(
    mix: _Mix, columns: Sequence[str], cases: int, words: Sequence[str], holding: list["array[int]"]
) -> Iterator[tuple[Any, ...]]:
    frequency = list(accumulate(1 / (rank + FLATTENED) for rank in range(len(words))))
    at = {name: place for place, name in enumerate(columns)}
    ranks = range(len(words))
    for first in range(1, cases + 1, CHUNK):
        picked = CHANCE.choices(ranks, cum_weights=frequency, k=CHUNK * WORDS_EACH)
        for key in range(first, min(first + CHUNK, cases + 1)):
            mine = picked[(key - first) * WORDS_EACH : (key - first + 1) * WORDS_EACH]
            for rank in set(mine):
                holding[rank].append(key)
            row: list[Any] = [None] * len(columns)
            values = _case(mix, key, cases) | {"text": " ".join([words[rank] for rank in mine])}
            for name, value in values.items():
                row[at[name]] = value
            yield tuple(row)


def _case(mix: _Mix, key: int, cases: int) -> dict[str, Any]:
    (service,) = CHANCE.choices(mix.services, mix.weights)
    code = service.public_code if service else None
    received = BEGUN + timedelta(minutes=MINUTES_APART * key)
    sensitive = (service is not None and service.is_sensitive) or CHANCE.random() < 0.02
    agency = CHANCE.choice(mix.agencies) if CHANCE.random() < 0.1 else _usual(mix, code)
    return {
        **_identity(key),
        **_standing(key, cases, received, agency),
        "received_at": received.strftime(MOMENT),
        "kind": CHANCE.choices(list(KINDS), list(KINDS.values()))[0].value,
        "happened": "past",
        "service": code,
        "clause": CHANCE.choice(mix.clauses[code]) if code and CHANCE.random() < 0.7 else None,
        "district": None if sensitive else CHANCE.choice(mix.districts),
        "concerns": mix.operators if CHANCE.random() < 0.05 else None,
        "is_sensitive": sensitive,
        "answer_by": (received + timedelta(days=14)).strftime(DAY) if CHANCE.random() < 0.9 else None,
    }


def _usual(mix: _Mix, code: str | None) -> str:
    return mix.agencies[sum(map(ord, code or "")) % len(mix.agencies)]


def _identity(key: int) -> dict[str, Any]:
    number = "M-" + "".join(CROCKFORD[key >> shift & 31] for shift in range(25, -1, -5))
    digest = f"{key:064x}"
    return {
        "id": key,
        "number": number,
        "code_hash": digest,
        "key_hash": digest,
        "payload_digest": digest,
        "salt": digest[:32],
        "seal": digest,
        "channel": "web",
        "language": "id",
        "may_publish": True,
        "may_pass_on": False,
        "was_disbelieved": False,
        "version": 1,
    }


def _standing(key: int, cases: int, received: datetime, agency: str) -> dict[str, Any]:
    if key > cases - HELD:
        return {"state": "received", "held_at": received.strftime(MOMENT)}
    if key > cases * (1 - OF_NEWEST) and CHANCE.random() < WAITING:
        state = CHANCE.choice(("received", "verified", "assigned", "assigned"))
        return {"state": state, "agency": agency if state == "assigned" else None}
    (state,) = CHANCE.choices(list(ENDED), list(ENDED.values()))
    ended = None if state == "answered" else received.strftime(MOMENT)
    return {"state": state, "agency": agency if state in ("answered", "closed") else None, "ended_at": ended}


def _pairs(
    place: Installation, words: Sequence[str], holding: list["array[int]"]
) -> Iterator[tuple[int, int]]:
    keys = [next(iter(search.keys_of(place, word))) for word in words]
    for word, cases in sorted(zip(keys, holding, strict=True), key=lambda pair: pair[0]):
        for case in cases:
            yield word, case
