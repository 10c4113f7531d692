"""The app in a process group that can be killed, and citizens who send again until they have a receipt."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from threading import Event
from time import monotonic
from uuid import uuid4

from site_api import create_app
from site_api.database import close_app
from tests.apps import make_tables, settings_in
from tests.site_api.stories import sent

CLIENTS = 8
APP = "site_api:create_app()"
KEYS = {
    "PIAGAM_SECRET_KEY": b"s",
    "PIAGAM_CODE_KEY": b"c",
    "PIAGAM_NUMBER_KEY": b"n",
    "PIAGAM_PROOF_KEY": b"p",
}
GENEROUS = "submissions=9999999,drafts=9999999,system=9999999"
Receipt = dict[str, str]


@dataclass(frozen=True)
class Served:
    """Hold what one server needs: where its database lies, which app it is, and what stands around it."""

    folder: Path
    app: str = APP
    around: dict[str, str] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        return self.folder / "piagam.sqlite3"

    @property
    def environment(self) -> dict[str, str]:
        keys = {name: (letter * 32).hex() for name, letter in KEYS.items()}
        settings = {"PIAGAM_DATABASE_URL": f"sqlite:///{self.database}", "PIAGAM_LIMITS": GENEROUS}
        return os.environ | keys | settings | self.around


def ready(folder: Path, **around: str) -> Served:
    """Make the tables of a server in a folder; give it, with what stands around it."""
    app = create_app(settings_in(folder))
    make_tables(app)
    close_app(app)
    return Served(folder, around=around)


@contextmanager
def server(served: Served) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """Run the app as `make run` does, in a process group of its own that can be killed at once."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    gunicorn = str(Path(sys.executable).with_name("gunicorn"))
    process = subprocess.Popen(  # noqa: S603 (the server beside this Python)
        [gunicorn, "-c", "python:site_api.serving", "-b", f"127.0.0.1:{port}", served.app],
        env=served.environment,
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


def post(port: int, key: str) -> Receipt | None:
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


def post_again(served: Served, receipts: Mapping[str, Receipt]) -> dict[str, Receipt | None]:
    """Send what has a receipt once more; whoever was stored gets the same receipt."""
    with server(served) as (port, _), ThreadPoolExecutor(CLIENTS) as pool:
        return dict(zip(receipts, pool.map(lambda key: post(port, key), receipts), strict=True))


class Citizens:
    """Send feedback from eight clients; each keeps its key until that has a receipt."""

    def __init__(self) -> None:
        self.receipts: dict[str, Receipt] = {}
        self._keys = [str(uuid4()) for _ in range(CLIENTS)]
        self._stopped = Event()
        self._enough = Event()
        self._wanted = 0

    def write_until(self, port: int, wanted: int, stop: Callable[[], None]) -> None:
        """Send until so many receipts are there; then stop the server in the middle of the others."""
        self._stopped.clear()
        self._enough.clear()
        self._wanted = wanted
        with ThreadPoolExecutor(CLIENTS) as pool:
            done = [pool.submit(self._write, port, client) for client in range(CLIENTS)]
            was_enough = self._enough.wait(120)
            stop()
            self._stopped.set()
        for one in done:
            one.result()
        assert was_enough, f"only {len(self.receipts)} receipts"

    def _write(self, port: int, client: int) -> None:
        while not self._stopped.is_set():
            if receipt := post(port, self._keys[client]):
                self.receipts[self._keys[client]] = receipt
                self._keys[client] = str(uuid4())
            if len(self.receipts) >= self._wanted:
                self._enough.set()


def write_and_kill(
    served: Served, receipts: int, kills: int, after: Callable[[], None] = lambda: None
) -> Citizens:
    """Kill the server so often, at random, until there are so many receipts; `after` follows every kill."""
    citizens, chance = Citizens(), Random(112)  # noqa: S311 (moments, no secrets)
    shares = sorted(chance.uniform(0.02, 1) for _ in range(kills))
    for share in shares:
        with server(served) as (port, process):
            wanted = max(len(citizens.receipts) + 1, int(share * receipts))
            citizens.write_until(port, wanted, partial(os.killpg, process.pid, signal.SIGKILL))
        after()
    with server(served) as (port, _):
        citizens.write_until(port, receipts, lambda: None)
    return citizens
