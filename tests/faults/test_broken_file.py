"""The database file is broken: the app says so and shows nobody a traceback."""

import json
import random

import pytest

from site_api import create_app
from site_api.database import close_app
from tests.apps import make_tables, settings_in
from tests.faults.servers import Served, server
from tests.faults.test_full_disk import asked
from tests.site_api.stories import sent

PAGE = 4096


@pytest.fixture
def served(tmp_path):
    app = create_app(settings_in(tmp_path))
    make_tables(app)
    with app.app_context():
        client = app.test_client()
        for _ in range(50):
            assert client.post("/api/v1/feedback", json=sent()).status_code == 201
    close_app(app)
    return Served(tmp_path)


def flip(path):
    """Change a thousand bytes behind the first page."""
    chance, raw = random.Random(112), bytearray(path.read_bytes())  # noqa: S311
    for _ in range(1000):
        raw[chance.randrange(PAGE, len(raw))] ^= 0xFF
    path.write_bytes(raw)


def cut_short(path):
    path.write_bytes(path.read_bytes()[: PAGE * 3])


def empty(path):
    path.write_bytes(b"")


def no_database(path):
    path.write_bytes(b"this was a letter" * 5000)


@pytest.mark.parametrize("spoil", [flip, cut_short, empty, no_database])
def test_a_broken_file_gives_a_named_failure_and_never_a_receipt_or_a_traceback(served, spoil, capfd):
    spoil(served.database)

    with server(served) as (port, _):
        sending = [asked(port, "POST", "/api/v1/feedback", json.dumps(sent())) for _ in range(3)]
        ready = asked(port, "GET", "/readyz")
        alive = asked(port, "GET", "/healthz")

    assert alive[0] == 200
    assert ready[0] == 503
    for status, kind, body, _ in (*sending, ready):
        assert status in (422, 503), body
        assert kind == "application/problem+json"
        assert b"Traceback" not in body
        assert b"sqlite" not in body.lower()


@pytest.mark.parametrize("spoil", [flip, cut_short, no_database])
def test_the_doctor_says_what_to_do_with_a_broken_file(served, spoil):
    spoil(served.database)
    app = create_app(settings_in(served.folder))

    told = app.test_cli_runner().invoke(args=["doctor"])

    close_app(app)
    assert told.exit_code == 1
    assert isinstance(told.exception, SystemExit), told.exception
    assert "put the newest good copy in its place" in told.output
