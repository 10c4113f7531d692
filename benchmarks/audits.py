"""How long it takes to verify the record of changes: 100,000 rows and their signed heads."""

import os
import subprocess
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection

from benchmarks.servers import beside, installed
from site_api import anchors, audit, create_app
from site_api.database import close_app, write
from site_api.installation import installation
from site_api.settings import ROOT, Settings

ROWS = 100_000
A_DAY = 10_000
MOST_S = 10.0
START = datetime(2026, 1, 1, 12, tzinfo=UTC)


class NotVerifiedError(Exception):
    """Say that a record that nobody touched did not verify."""


@dataclass(frozen=True)
class Verified:
    """Hold how many rows and heads were verified, and in how many seconds, start of Python included."""

    rows: int
    heads: int
    took: float


class Days:
    """Be a clock that a day at a time is moved on."""

    def __init__(self) -> None:
        """Begin on the first day."""
        self.now = START

    def __call__(self) -> datetime:
        """Give the moment."""
        return self.now


def measure(folder: Path, rows: int = ROWS) -> Verified:
    """Write a record through the app, sign it each day, and verify it by the command."""
    around = installed(folder / "audits.sqlite3")
    clock = Days()
    app = create_app(Settings.from_environment(around), clock=clock)
    heads = _fill(app, clock, rows)
    close_app(app)
    command = [beside("flask"), "--app", "site_api", "audit", "verify"]
    begun = time.perf_counter()
    run = subprocess.run(  # noqa: S603 (our own command)
        command, cwd=ROOT, env=os.environ | around, capture_output=True, text=True, check=False
    )
    took = time.perf_counter() - begun
    if run.returncode or not run.stdout.startswith(f"{rows} rows, unbroken"):
        raise NotVerifiedError(run.stdout + run.stderr)
    return Verified(rows, heads, took)


def report(verified: Verified) -> str:
    """Give the figure as a line."""
    verdict = "PASS" if verified.took < MOST_S else "FAIL"
    return (
        f"audit verify: {verified.rows:,} rows and {verified.heads} signed heads in {verified.took:.2f} s, "
        f"under {MOST_S:g} s {verdict}"
    )


def over(verified: Verified) -> list[str]:
    """Name the figure when it is over its limit."""
    return [f"audit verify: {verified.took:.2f} s"] if verified.took >= MOST_S else []


def _fill(app: Flask, clock: Days, rows: int) -> int:
    """Write the rows of each day in one job; the head of the day is one row more."""
    with app.app_context():
        place, days = installation(), rows // A_DAY
        for day in range(days):
            write(partial(_write_day, at=clock.now, day=day))
            anchors.anchor(place, place.local_date(clock.now))
            clock.now += timedelta(days=1)
    return days


def _write_day(connection: Connection, at: datetime, day: int) -> None:
    for number in range(A_DAY - 1):
        audit.record(
            connection,
            at=at,
            actor="sari",
            verb="feedback.verify",
            subject=f"M-{day * A_DAY + number:06d}",
            detail={"kind": "complaint", "clause": "KBK.siap", "service": "KBK"},
            digest=f"{number:064x}",
        )
