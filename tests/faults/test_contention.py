"""Backup, report, check and a second process that writes, beside eight clients: nobody is told to wait."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic
from typing import Any
from uuid import uuid4

import pytest

from tests.faults.servers import CLIENTS, Served, post, ready, server
from tests.faults.test_killed_server import counted, is_chain_whole

SECONDS = 15
SLOWEST_S = 1.0


@pytest.fixture
def served(tmp_path):
    return ready(tmp_path)


def write(port, stopped, took, receipts):
    """Send until told; keep how long each answer took, and nothing but receipts may come."""
    while not stopped.is_set():
        key, begun = str(uuid4()), monotonic()
        receipts[key] = post(port, key)
        took.append(monotonic() - begun)


def back_up(served, stopped, receipts, kept):
    """Copy with SQLite's own backup, again and again; remember what was acknowledged before each began."""
    while not stopped.wait(1):
        known = [receipt["number"] for receipt in list(receipts.values()) if receipt]
        to = served.folder / f"backup-{len(kept)}" / "piagam.sqlite3"
        to.parent.mkdir()
        source, copy = sqlite3.connect(served.database), sqlite3.connect(to)
        source.backup(copy)
        for one in (source, copy):
            one.close()
        kept.append((to, known))


def ask(served, stopped, statement):
    """Read the whole file again and again, as a report or a check does."""
    answers = set()
    while not stopped.wait(0.2):
        line = sqlite3.connect(served.database)
        answers.add(str(line.execute(statement).fetchone()[0]))
        line.close()
    return answers


def command(served, stopped):
    """Be the operator: a command that writes, in a process of its own; give how each run ended."""
    ends: list[tuple[int, str]] = []
    while not stopped.is_set():
        name = f"petugas{len(ends)}"
        made = [
            sys.executable,
            *["-m", "flask", "--app", "site_api", "reviewer", "invite", "--role", "triage"],
            name,
        ]
        ended = subprocess.run(made, env=served.environment, capture_output=True, text=True)  # noqa: S603
        ends.append((ended.returncode, ended.stderr[-300:]))
    return ends


def test_backup_report_check_and_a_second_writer_cost_no_client_an_answer(served, capsys):
    took: list[float] = []
    receipts: dict[str, Any] = {}
    kept: list[Any] = []
    stopped = Event()
    report = "SELECT sum(length(a.verb)) FROM audit a, (SELECT id FROM audit LIMIT 200)"
    with server(served) as (port, _), ThreadPoolExecutor(CLIENTS + 4) as pool:
        clients = [pool.submit(write, port, stopped, took, receipts) for _ in range(CLIENTS)]
        copying = pool.submit(back_up, served, stopped, receipts, kept)
        reading = pool.submit(ask, served, stopped, report)
        checking = pool.submit(ask, served, stopped, "PRAGMA integrity_check")
        commands = pool.submit(command, served, stopped)
        stopped.wait(SECONDS)
        stopped.set()
        for one in (*clients, copying, reading):
            one.result()

    slowest = sorted(took)[int(len(took) * 0.99)]
    ends = commands.result()
    with capsys.disabled():
        print(
            f"\ncontention: {len(took)} answers, P99 {slowest:.3f} s of {SLOWEST_S} s;"
            f" {len(kept)} backups, {len(ends)} commands"
        )
    assert None not in receipts.values()
    assert {code for code, _ in ends} == {0}, ends
    assert checking.result() == {"ok"}
    assert slowest < SLOWEST_S
    assert counted(served)[0] == len(receipts)
    assert is_chain_whole(served)
    assert kept
    for path, known in kept:
        assert set(known) <= numbers_in(path), path
        assert is_chain_whole(Served(path.parent))


def numbers_in(path):
    with sqlite3.connect(path) as copy:
        found = {number for (number,) in copy.execute("SELECT number FROM feedback")}
    copy.close()
    return found


def test_two_servers_on_one_database_store_each_receipt_once_and_keep_one_chain(served):
    keys = [str(uuid4()) for _ in range(100)]
    with server(served) as (one, _), server(served) as (other, _), ThreadPoolExecutor(CLIENTS) as pool:
        first = [pool.submit(post, port, key) for key in keys for port in (one, other)]
        got = [future.result() for future in first]

    assert None not in got
    assert got[0::2] == got[1::2]
    assert counted(served)[0] == len(keys)
    assert is_chain_whole(served)
