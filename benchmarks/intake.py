"""How fast feedback is stored for good, beside an empty handler and plain commits, in one run."""

import json
import os
import re
import secrets
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from site_api.settings import KEY_NAMES, ROOT

HOST = "127.0.0.1"
CONNECTIONS = 16
WARM_UP_S = 0.5
SECONDS = 2.0
ROUNDS = 3
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
START_S = 30.0
LIMITS = "submissions=9999999,drafts=9999999,codes=9999999,system=9999999"
GUNICORN = ("-k", "gthread", "-w", "1", "--threads", "16", "--no-control-socket", "--log-level", "error")
BODY = {
    "kind": "complaint",
    "clause": "KBK.siap",
    "message": "Damkar datang setelah setengah jam. Rumah tetangga saya sudah habis terbakar. " * 4,
    "happened": "past",
    "may_publish": True,
    "may_pass_on": False,
}


@dataclass(frozen=True)
class Rate:
    """Hold answers a second and how long most and the slowest hundredth waited."""

    per_second: float
    p50_ms: float
    p99_ms: float


class BadAnswerError(Exception):
    """Say what a server answered in place of 201."""


def measure(folder: Path) -> dict[str, list[Rate]]:
    """Measure each server in turn, round by round, so that all meet the same weather."""
    ours = _installed(folder / "ours.sqlite3")
    servers = {
        "empty handler": ("benchmarks.peers:empty()", {}),
        "plain commits": ("benchmarks.peers:plain()", {"PEER_DATABASE": f"{folder}/plain.sqlite3"}),
        "feedback": ("site_api:create_app()", ours),
    }
    rates: dict[str, list[Rate]] = {name: [] for name in servers}
    for _ in range(ROUNDS):
        for name, (app, settings) in servers.items():
            with _server(app, settings) as port:
                _drive(port, WARM_UP_S)
                rates[name].append(_drive(port, SECONDS))
    return rates


def report(rates: Mapping[str, list[Rate]]) -> str:
    """Give the figures as lines, ours as ratio to each peer of the same round."""
    lines = [f"Durable feedback, {CONNECTIONS} connections, the median of {ROUNDS} rounds of {SECONDS:g} s:"]
    for name, found in rates.items():
        per_second, p50, p99 = (
            median(getattr(rate, part) for rate in found) for part in ("per_second", "p50_ms", "p99_ms")
        )
        lines.append(
            f"{name}: {per_second:.0f} a second, half within {p50:.1f} ms, 99 of 100 within {p99:.1f} ms"
        )
    for peer in ("empty handler", "plain commits"):
        ratios = [a.per_second / b.per_second for a, b in zip(rates["feedback"], rates[peer], strict=True)]
        lines.append(f"feedback / {peer}: {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
    return "\n".join(lines)


@contextmanager
def served(database: Path, **settings: str) -> Iterator[str]:
    """Run our own app with a database of its own and with more settings, and give its address."""
    with _server("site_api:create_app()", _installed(database) | settings) as port:
        yield f"http://{HOST}:{port}/"


def _installed(database: Path) -> dict[str, str]:
    """Make the tables; give the settings."""
    keys = {name: secrets.token_hex(32) for name in KEY_NAMES}
    url = f"sqlite:///{database}"
    settings = keys | {"PIAGAM_DATABASE_URL": url, "PIAGAM_LIMITS": LIMITS}
    flask = str(Path(sys.executable).with_name("flask"))
    migrate = [flask, "--app", "site_api", "db", "upgrade"]
    subprocess.run(migrate, cwd=ROOT, env=os.environ | settings, check=True)  # noqa: S603 (our own command)
    return settings


@contextmanager
def _server(app: str, settings: Mapping[str, str]) -> Iterator[int]:
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    gunicorn = str(Path(sys.executable).with_name("gunicorn"))
    process = subprocess.Popen(  # noqa: S603 (the server beside this Python)
        [gunicorn, *GUNICORN, "-b", f"{HOST}:{port}", app], cwd=ROOT, env=os.environ | settings
    )
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(START_S)


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
    raise BadAnswerError(f"no server came up on port {port}")


def _drive(port: int, seconds: float) -> Rate:
    """Keep every connection busy with one request after the other."""
    waits: list[float] = []
    with selectors.DefaultSelector() as ready:
        lines = [Line(port) for _ in range(CONNECTIONS)]
        begun = now = time.perf_counter()
        for line in lines:
            ready.register(line.socket, selectors.EVENT_READ, line)
            line.ask()
        while now - begun < seconds:
            for key, _ in ready.select(1):
                line = key.data
                if line.has_answer():
                    now = time.perf_counter()
                    waits.append(now - line.asked_at)
                    line.ask()
        for line in lines:
            line.socket.close()
    waits.sort()
    p50, p99 = (waits[int(len(waits) * part)] * 1000 for part in (0.5, 0.99))
    return Rate(len(waits) / (now - begun), p50, p99)


class Line:
    """Be one connection that stays open, as a browser or a proxy keeps it."""

    def __init__(self, port: int) -> None:
        """Connect."""
        self.socket = socket.create_connection((HOST, port))
        self.asked_at = 0.0
        self._got = b""

    def ask(self) -> None:
        """Send feedback under a new key."""
        body = json.dumps(BODY).encode()
        head = (
            f"POST /api/v1/feedback HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\n"
            f"Idempotency-Key: {secrets.token_urlsafe(24)}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._got = b""
        self.socket.sendall(head.encode() + body)
        self.asked_at = time.perf_counter()

    def has_answer(self) -> bool:
        """Read what has come, and tell whether it is the whole answer; raises BadAnswerError for another."""
        self._got += self.socket.recv(65536)
        head, _, body = self._got.partition(b"\r\n\r\n")
        if not self._got.startswith(b"HTTP/1.1 201"):
            raise BadAnswerError(self._got[:300].decode(errors="replace"))
        length = LENGTH.search(head)
        return length is not None and len(body) == int(length[1])
