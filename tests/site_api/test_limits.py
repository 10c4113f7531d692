"""How a body arrives: in one piece, in chunks, or cut off by a line that was lost."""

import socket
import sqlite3
from contextlib import closing

import pytest

from tests.faults.servers import ready, server

KEY = "k" * 32
HEAD = b"POST /masukan HTTP/1.1\r\nHost: kota\r\nContent-Type: application/x-www-form-urlencoded\r\n"
FORM = (
    b"kind=complaint&happened=past&may_publish=yes&may_pass_on=yes&idempotency_key=%s"
    b"&message=Mobil+pemadam+datang+setelah+empat+puluh+menit" % KEY.encode()
)


@pytest.fixture
def served(tmp_path):
    return ready(tmp_path)


def in_one_piece(form):
    return HEAD + b"Content-Length: %d\r\n\r\n" % len(form) + form


def in_chunks(form):
    halves = form[: len(form) // 2], form[len(form) // 2 :]
    pieces = b"".join(b"%x\r\n%s\r\n" % (len(half), half) for half in halves)
    return HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + pieces + b"0\r\n\r\n"


def answer_to(port, raw):
    """Send bytes, and hang up as a phone does that lost its line; give the status that comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=15) as line:
        line.sendall(raw)
        line.shutdown(socket.SHUT_WR)
        with line.makefile("rb") as answer:
            return int(answer.readline().split()[1])


def texts_in(served):
    with closing(sqlite3.connect(served.database)) as database:
        return [text for (text,) in database.execute("SELECT text FROM feedback")]


@pytest.mark.parametrize("way", [in_one_piece, in_chunks])
def test_a_form_that_was_cut_off_on_its_way_is_not_stored_and_may_come_again(served, way):
    whole = way(FORM)
    with server(served) as (port, _):
        statuses = [answer_to(port, whole[:-cut]) for cut in (30, 12)]
        before = texts_in(served)
        again = answer_to(port, whole)

    assert (statuses, before, again) == ([400, 400], [], 201)
    assert texts_in(served) == ["Mobil pemadam datang setelah empat puluh menit"]
