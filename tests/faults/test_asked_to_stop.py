"""The server is asked to stop with 200 requests in flight: each gets its answer, and all is kept once."""

import json
import os
import signal
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

import pytest

from tests.faults.servers import answers, post_again, ready, server
from tests.faults.test_killed_server import counted, is_chain_whole
from tests.site_api.stories import sent

IN_FLIGHT = 200
A_SECOND = 50
HELD_S = 2.0
BODY = json.dumps(sent())
HEADERS = {"Content-Type": "application/json"}


@pytest.fixture
def served(tmp_path):
    return ready(tmp_path)


def send(port, key):
    """Open a line and send one submission whole, without waiting for the answer."""
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("POST", "/api/v1/feedback", BODY, HEADERS | {"Idempotency-Key": key})
    return line


def receipt_of(line):
    """Give the receipt that a line brings, or the name of what came in its place."""
    try:
        response = line.getresponse()
        body = response.read()
        return json.loads(body) if response.status == 201 else str(response.status)
    except (OSError, HTTPException) as error:
        return type(error).__name__
    finally:
        line.close()


def steadily(port, stopped, kept):
    """Send fifty a second from many clients until told; keep what each key got, refusals with their time."""

    def one(key):
        try:
            kept[key] = (monotonic(), receipt_of(send(port, key)))
        except OSError as error:
            kept[key] = (monotonic(), type(error).__name__)

    with ThreadPoolExecutor(IN_FLIGHT) as pool:
        while not stopped.wait(1 / A_SECOND):
            pool.submit(one, str(uuid4()))


def hold_writer(database, seconds):
    """Keep the database for a moment, so that 200 requests wait behind it, begun and not begun."""
    with sqlite3.connect(database, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        sleep(seconds)
        other.execute("ROLLBACK")
    other.close()


def refused_after(port, moment):
    while answers(port):
        assert monotonic() - moment < 30
        sleep(0.01)
    return monotonic() - moment


def test_nothing_in_flight_is_lost_when_the_server_is_asked_to_stop(served, capsys):
    kept: dict[str, Any] = {}
    stopped = threading.Event()
    with server(served) as (port, process), ThreadPoolExecutor(IN_FLIGHT + 2) as pool:
        steady = pool.submit(steadily, port, stopped, kept)
        sleep(1)
        holding = pool.submit(hold_writer, served.database, HELD_S)
        sleep(0.2)
        lines = {key: send(port, key) for key in (str(uuid4()) for _ in range(IN_FLIGHT))}
        reading = {key: pool.submit(receipt_of, line) for key, line in lines.items()}
        sleep(0.5)
        os.kill(process.pid, signal.SIGTERM)
        moment = monotonic()
        closed = refused_after(port, moment)
        sleep(0.5)
        stopped.set()
        got = {key: found.result() for key, found in reading.items()}
        assert process.wait(30) == 0
        ended = monotonic() - moment
        for one in (steady, holding):
            one.result()

    receipts = {key: found for key, found in got.items() if isinstance(found, dict)}
    others = {key: found for key, (_, found) in kept.items() if isinstance(found, dict)}
    failed = sorted({found for found in got.values() if isinstance(found, str)})
    rows, _ = counted(served)
    everybody = {**got, **{key: found for key, (_, found) in kept.items()}}
    again = post_again(served, everybody)
    refused = len(everybody) - len(receipts) - len(others)
    with capsys.disabled():
        print(
            f"\nSIGTERM: {len(got)} in flight, {len(got) - len(receipts)} failed {failed}; beside them"
            f" {len(others)} of {len(kept)} answered; closed after {closed:.2f} s, ended after {ended:.1f} s"
        )
    assert len(receipts) == IN_FLIGHT
    assert closed < 1
    assert ended < 30
    assert len(receipts | others) <= rows <= len(receipts | others) + refused
    assert all(again[key] == found for key, found in (receipts | others).items())
    assert counted(served) == (len(everybody), len(everybody))
    assert is_chain_whole(served)
