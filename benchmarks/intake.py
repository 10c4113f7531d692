"""How fast feedback is stored for good, beside what people put beside static sites, in one run."""

import os
import platform
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from benchmarks.peers import DATASETTE_TABLE, isso_settings
from benchmarks.servers import (
    AS_WE_SERVE,
    BY_OUR_WORKER,
    CONNECTIONS,
    OURS,
    Rate,
    Served,
    drive,
    gunicorn,
    installed,
)

WARM_UP_S = 1
SECONDS = 3
ROUNDS = 5
SYNCS = 50
BODY = {
    "kind": "complaint",
    "clause": "KBK.siap",
    "message": "Damkar datang setelah setengah jam. Rumah tetangga saya sudah habis terbakar. " * 4,
    "happened": "past",
    "may_publish": True,
    "may_pass_on": False,
}
PEERS = Path(sys.prefix, "peers", "bin")
SLOW = Path(__file__).with_name("slow_disk.c")
PINNED, FREE, SLOWED = "on one core", "on all cores", "on one core, each sync 5 ms slower"


@dataclass(frozen=True)
class Goal:
    """Say what our figure must be: as a ratio to a peer's, or in milliseconds."""

    where: str
    what: str
    least: float = 0.0
    most: float = float("inf")
    peer: str = ""


GOALS = (
    Goal(PINNED, "per_second", 0.40, peer="empty handler"),
    Goal(PINNED, "per_second", 3, peer="plain commits"),
    Goal(PINNED, "per_second", 4, peer="isso"),
    Goal(PINNED, "per_second", 4, peer="Datasette"),
    Goal(PINNED, "p99_ms", most=30),
    Goal(PINNED, "p99_ms", most=1 / 15, peer="plain commits"),
    Goal(FREE, "per_second", 2, peer="plain commits"),
    Goal(FREE, "per_second", 2.5, peer="isso"),
    Goal(SLOWED, "per_second", 6, peer="plain commits"),
    Goal(SLOWED, "p99_ms", most=45),
)
Rates = Mapping[tuple[str, str], list[Rate]]


def measure(folder: Path) -> Rates:
    """Measure each server in turn, round by round, so that all meet the same weather."""
    rates: dict[tuple[str, str], list[Rate]] = {}
    cases = list(_cases(folder))
    for _ in range(ROUNDS):
        for where, name, server in cases:
            found = drive(server, folder, WARM_UP_S, SECONDS, pinned=where != FREE)
            rates.setdefault((where, name), []).append(found)
    return rates


def report(rates: Rates) -> str:
    """Give the figures as lines, and ours against each goal."""
    shown = f"the median of {ROUNDS} rounds of {SECONDS} s"
    lines = [f"Durable feedback, wrk, {CONNECTIONS} connections, {shown}; {hardware()}:"]
    lines.append(
        "feedback is served as `make run` does it, empty handler and plain commits by gunicorn's own way."
    )
    for (where, name), found in rates.items():
        speed, p50, p99, mib = (median(getattr(rate, part) for rate in found) for part in Rate.__match_args__)
        waits = f"half within {p50:.1f} ms, 99 of 100 within {p99:.1f} ms"
        lines.append(f"{name}, {where}: {speed:.0f} a second, {waits}, {mib:.0f} MiB")
    return "\n".join(lines + [f"{_said(goal, rates)}: {_verdict(goal, rates)}" for goal in GOALS])


def over(rates: Rates) -> list[str]:
    """Give what is not as good as it must be."""
    return [_said(goal, rates) for goal in GOALS if _verdict(goal, rates) != "PASS"]


def hardware() -> str:
    """Say on what this runs: the same figures elsewhere mean something else."""
    model = next(
        (line.partition(":")[2].strip() for line in _cpu_lines() if line.startswith("model name")),
        platform.machine(),
    )
    parts = (f"{os.cpu_count()} x {model}", f"Python {platform.python_version()}")
    return ", ".join((*parts, f"SQLite {sqlite3.sqlite_version}", f"a sync {_sync_ms():.1f} ms"))


def _cases(folder: Path) -> Iterator[tuple[str, str, Served]]:
    empty = gunicorn("benchmarks.peers:empty()", body=BODY)
    plain = {"PEER_DATABASE": f"{folder}/plain.sqlite3"}
    commits = gunicorn("benchmarks.peers:plain()", plain, body=BODY)
    ours = gunicorn(OURS, installed(folder / "ours.sqlite3"), AS_WE_SERVE, body=BODY)
    same_way = gunicorn("benchmarks.peers:empty()", how=BY_OUR_WORKER, body=BODY)
    isso = Served(
        (f"{PEERS}/gunicorn", "-w", "2", "--log-level", "critical", "isso.run", "-b"),
        {"ISSO_SETTINGS": str(isso_settings(folder))},
        "/new?uri=%2Flayanan%2Fkebakaran%2F",
        {"title": "Kebakaran", "text": BODY["message"]},
        is_talkative=True,
    )
    table = folder / "datasette.db"
    with sqlite3.connect(table) as made:
        made.executescript(DATASETTE_TABLE)
    datasette = Served(
        (f"{PEERS}/datasette", "serve", str(table), "-s", "permissions.insert-row", "true", "-p"),
        {},
        f"/{table.stem}/submissions/-/insert",
        {"row": {name: BODY[name] for name in ("clause", "message")}},
        is_talkative=True,
    )
    slow = {"LD_PRELOAD": str(_slow_disk(folder))}
    for where, more in ((PINNED, {}), (FREE, {}), (SLOWED, slow)):
        yield where, "plain commits", replace(commits, settings={**commits.settings, **more})
        yield where, "feedback", replace(ours, settings={**ours.settings, **more})
        if not more:
            yield where, "empty handler", empty
            yield where, "empty handler by our worker", same_way
            yield where, "isso", isso
            yield where, "Datasette", datasette


def _slow_disk(folder: Path) -> Path:
    library = folder / "slow_disk.so"
    made = ["gcc", "-shared", "-fPIC", "-O2", "-o", str(library), str(SLOW), "-ldl"]
    subprocess.run(made, check=True)  # noqa: S603 (our own source)
    return library


def _value(goal: Goal, rates: Rates) -> float:
    ours: list[float] = [getattr(rate, goal.what) for rate in rates[goal.where, "feedback"]]
    if not goal.peer:
        return median(ours)
    peers: list[float] = [getattr(rate, goal.what) for rate in rates[goal.where, goal.peer]]
    return median(mine / other for mine, other in zip(ours, peers, strict=True))


def _said(goal: Goal, rates: Rates) -> str:
    limit = f"at least {goal.least:g}" if goal.least else f"at most {goal.most:.3g}"
    what = "a second" if goal.what == "per_second" else "slowest hundredth, ms"
    beside = f" / {goal.peer}" if goal.peer else ""
    return f"feedback{beside}, {goal.where}, {what}: {_value(goal, rates):.3g} ({limit})"


def _verdict(goal: Goal, rates: Rates) -> str:
    return "PASS" if goal.least <= _value(goal, rates) <= goal.most else "OVER"


def _cpu_lines() -> list[str]:
    cpus = Path("/proc/cpuinfo")
    return cpus.read_text().splitlines() if cpus.exists() else []


def _sync_ms() -> float:
    path = Path("build/sync")
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        begun = time.perf_counter()
        for _ in range(SYNCS):
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
        took = time.perf_counter() - begun
    path.unlink()
    return took / SYNCS * 1000
