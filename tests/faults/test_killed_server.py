"""The server is killed while feedback comes in: what was acknowledged is there, once, and the chain holds."""

import os
import signal
import sqlite3

import pytest

from site_api import create_app
from site_api.audit import verify
from site_api.database import close_app
from tests.apps import settings_in
from tests.faults.servers import CLIENTS, Citizens, post_again, ready, server, write_and_kill

RECEIPTS = 10_000
KILLS = 20


@pytest.fixture
def served(tmp_path):
    return ready(tmp_path)


def counted(served):
    """Give how many cases and how many audit rows there are."""
    with sqlite3.connect(served.database) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (rows,) = database.execute("SELECT count(*) FROM feedback").fetchone()
        (entries,) = database.execute("SELECT count(*) FROM audit").fetchone()
    database.close()
    return rows, entries


def is_chain_whole(served):
    app = create_app(settings_in(served.folder))
    with app.app_context():
        fault = verify().fault
    close_app(app)
    return fault is None


def test_nothing_acknowledged_is_lost_or_doubled(served, capsys):
    citizens = write_and_kill(served, RECEIPTS, KILLS)
    again = post_again(served, citizens.receipts)

    rows, entries = counted(served)
    lost = sum(again[key] != receipt for key, receipt in citizens.receipts.items())
    with capsys.disabled():
        print(f"\n{KILLS} kills: {len(again):,} acknowledged, {rows:,} stored, {lost} lost")
    assert lost == 0
    # What was stored and not acknowledged is what clients have sent again, each under the same key.
    assert len(again) <= rows == entries <= len(again) + CLIENTS
    assert is_chain_whole(served)


def test_a_server_that_is_asked_to_stop_finishes_what_it_holds(served):
    citizens = Citizens()
    with server(served) as (port, process):

        def stop():
            os.kill(process.pid, signal.SIGTERM)
            assert process.wait(30) == 0

        citizens.write_until(port, 60, stop)

    assert not (served.folder / "piagam.sqlite3-wal").exists()
    rows, _ = counted(served)
    assert len(citizens.receipts) <= rows <= len(citizens.receipts) + CLIENTS
