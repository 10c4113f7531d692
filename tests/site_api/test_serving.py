import os
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path
from socket import socketpair
from types import SimpleNamespace

import pytest

from site_api import serving
from tests.faults.servers import ready, server

MORE_THAN_THREADS = 24


@pytest.fixture
def running(tmp_path):
    with server(ready(tmp_path)) as found:
        yield found


def line_to(port):
    return closing(HTTPConnection("127.0.0.1", port, timeout=15))


def is_alive(line):
    line.request("GET", "/healthz")
    answer = line.getresponse()
    answer.read()
    return answer.status == 200


def test_the_address_is_told_when_the_worker_is_ready(capsys):
    worker = SimpleNamespace(cfg=SimpleNamespace(address=[("127.0.0.1", 8112)]))

    serving.post_worker_init(worker)

    assert capsys.readouterr().out == "Piagam 112: http://127.0.0.1:8112/\n"


def test_lines_that_stay_open_keep_no_thread_from_those_beyond_the_number_of_threads(running):
    with ExitStack() as held:
        lines = [held.enter_context(line_to(running[0])) for _ in range(MORE_THAN_THREADS)]

        assert all(is_alive(line) for _ in range(3) for line in lines)
        assert all(is_alive(lines[0]) for _ in range(50))


def test_the_server_keeps_to_one_core(running):
    leader = running[1].pid
    with line_to(running[0]) as line:
        assert is_alive(line)
    (worker,) = Path(f"/proc/{leader}/task/{leader}/children").read_text().split()

    assert len(os.sched_getaffinity(int(worker))) == 1
    assert os.sched_getaffinity(leader) == os.sched_getaffinity(0)


def test_only_what_comes_at_once_follows_on_a_line():
    here, there = socketpair()
    with here:
        assert not serving.follows(here)
        there.send(b"GET")
        assert serving.follows(here)
        here.recv(3)
        assert not serving.follows(here)
        there.close()
        assert serving.follows(here)
