"""The disk is full: nothing is acknowledged that is not stored, pages still come, and space heals it."""

import http.client
import json
import os
import sqlite3
import subprocess
from time import monotonic
from uuid import uuid4

import pytest

from tests.faults.servers import post, ready, server
from tests.faults.test_killed_server import is_chain_whole
from tests.site_api.stories import sent

SIZE = "8m"
FEW = 50


@pytest.fixture
def disk(tmp_path):
    """Give a folder on a disk of eight megabytes, and take it away again."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], check=True)  # noqa: S603, S607
    yield folder
    subprocess.run(["umount", folder], check=True)  # noqa: S603, S607


def fill(disk):
    """Leave not one byte."""
    with (disk / "filler").open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(b"x" * 4096)
        except OSError:
            return


def asked(port, method, path, body=None):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    begun = monotonic()
    try:
        line.request(method, path, body, {"Content-Type": "application/json"})
        response = line.getresponse()
        return response.status, response.getheader("Content-Type"), response.read(), monotonic() - begun
    finally:
        line.close()


def test_a_full_disk_is_told_and_space_heals_it_without_a_restart(disk):
    served = ready(disk, PIAGAM_SITE_DIR=str(disk / "site"))
    with server(served) as (port, _):
        before = {key: post(port, key) for key in (str(uuid4()) for _ in range(FEW))}
        fill(disk)
        answers = [
            asked(port, "POST", "/api/v1/feedback", json.dumps(sent(message="a" * 3000))) for _ in range(FEW)
        ]
        pages = [asked(port, "GET", path)[0] for path in ("/masukan", "/lacak", "/api/v1/answers", "/readyz")]
        (disk / "filler").unlink()
        healed = post(port, str(uuid4())) or {}
        again = {key: post(port, key) for key in before}

    stored = [json.loads(body)["number"] for status, _, body, _ in answers if status == 201]
    refused = [answer for answer in answers if answer[0] != 201]
    assert refused
    assert {(status, kind) for status, kind, *_ in refused} == {(503, "application/problem+json")}
    assert all(json.loads(body)["emergency"]["number"] == "112" for _, _, body, _ in refused)
    assert max(seconds for *_, seconds in refused) < 1
    assert pages == [200, 200, 200, 503]  # no site was built here
    assert again == before
    with sqlite3.connect(served.database) as database:
        numbers = {number for (number,) in database.execute("SELECT number FROM feedback")}
    database.close()
    assert numbers == {receipt["number"] for receipt in before.values() if receipt} | {
        *stored,
        healed["number"],
    }
    assert is_chain_whole(served)
