"""The server is killed while feedback comes in: what was acknowledged is there, once, and the chain holds."""

import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic
from uuid import uuid4

from site_api import create_app
from site_api.audit import verify
from site_api.database import close_app
from tests.apps import make_tables, settings_in
from tests.site_api.stories import sent

KILLS = 5
CITIZENS = 8
ENOUGH = 60
KEYS = {"PIAGAM_SECRET_KEY": b"s", "PIAGAM_CODE_KEY": b"c", "PIAGAM_NUMBER_KEY": b"n"}


@contextmanager
def server(folder: Path):
    """Run the app as `make run` does, in a process group of its own that can be killed at once."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {name: (letter * 32).hex() for name, letter in KEYS.items()}
    environment |= {"PIAGAM_DATABASE_URL": f"sqlite:///{folder}/piagam.sqlite3"}
    gunicorn = str(Path(sys.executable).with_name("gunicorn"))
    process = subprocess.Popen(  # noqa: S603 (the server beside this Python)
        [gunicorn, "-c", "python:site_api.serving", "-b", f"127.0.0.1:{port}", "site_api:create_app()"],
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    )
    try:
        deadline = monotonic() + 30
        while not answers(port):
            assert monotonic() < deadline, "the server did not come up"
        yield port, process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def post(port: int, key: str) -> dict[str, str] | None:
    """Send feedback; None if nothing came back."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    try:
        line.request("POST", "/api/v1/feedback", json.dumps(sent()), headers)
        response = line.getresponse()
        return json.loads(response.read()) if response.status == 201 else None
    except (OSError, http.client.HTTPException):
        return None
    finally:
        line.close()


def write_until(port: int, killed: Event, acknowledged: dict[str, dict[str, str]], enough: Event) -> None:
    while not killed.is_set():
        key = str(uuid4())
        if receipt := post(port, key):
            acknowledged[key] = receipt
        if len(acknowledged) >= ENOUGH:
            enough.set()


def test_nothing_acknowledged_is_lost_or_doubled(tmp_path):
    app = create_app(settings_in(tmp_path))
    make_tables(app)
    acknowledged: dict[str, dict[str, str]] = {}
    for _ in range(KILLS):
        before, killed, enough = len(acknowledged), Event(), Event()
        fresh: dict[str, dict[str, str]] = {}
        with server(tmp_path) as (port, process), ThreadPoolExecutor(CITIZENS) as pool:
            for _ in range(CITIZENS):
                pool.submit(write_until, port, killed, fresh, enough)
            assert enough.wait(60)
            os.killpg(process.pid, signal.SIGKILL)
            killed.set()
        acknowledged |= fresh
        assert len(acknowledged) > before

    with server(tmp_path) as (port, _):
        again = {key: post(port, key) for key in acknowledged}

    assert again == acknowledged
    with sqlite3.connect(tmp_path / "piagam.sqlite3") as database:
        (rows,) = database.execute("SELECT count(*) FROM feedback").fetchone()
        (entries,) = database.execute("SELECT count(*) FROM audit").fetchone()
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    # A row more than was acknowledged is one whose answer the kill cut off.
    assert len(acknowledged) <= rows == entries <= len(acknowledged) + KILLS * CITIZENS
    with app.app_context():
        assert verify().fault is None
    close_app(app)


def test_a_server_that_is_asked_to_stop_finishes_what_it_holds(tmp_path):
    app = create_app(settings_in(tmp_path))
    make_tables(app)
    close_app(app)
    killed, enough = Event(), Event()
    acknowledged: dict[str, dict[str, str]] = {}
    with server(tmp_path) as (port, process), ThreadPoolExecutor(CITIZENS) as pool:
        for _ in range(CITIZENS):
            pool.submit(write_until, port, killed, acknowledged, enough)
        assert enough.wait(60)
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(30) == 0
        killed.set()

    assert not (tmp_path / "piagam.sqlite3-wal").exists()
    with sqlite3.connect(tmp_path / "piagam.sqlite3") as database:
        (rows,) = database.execute("SELECT count(*) FROM feedback").fetchone()
    database.close()
    assert len(acknowledged) <= rows <= len(acknowledged) + CITIZENS
