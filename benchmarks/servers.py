"""Servers to be measured: each started alone on a port of this machine, driven by wrk, and stopped."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from site_api.settings import KEY_NAMES, ROOT

HOST = "127.0.0.1"
CONNECTIONS = 16
START_S = 30.0
LIMITS = "submissions=9999999,drafts=9999999,codes=9999999,system=9999999"
THREADS = 16
PATIENCE = "20s"  # somebody may wait long; a wait is no failure
SCRIPT = Path(__file__).with_name("submit.lua")
OURS = "site_api:create_app()"
AS_WE_SERVE = ("-c", "python:site_api.serving")
IN_ONE_PROCESS = ("-w", "1", "--threads", str(THREADS), "--no-control-socket")
AS_IT_COMES = ("-k", "gthread", *IN_ONE_PROCESS)
BY_OUR_WORKER = ("-k", "site_api.serving.Worker", *IN_ONE_PROCESS)
KIB_A_MIB = 1024


@dataclass(frozen=True)
class Served:
    """Be a way to serve: the command without its port, its settings, and what it is asked."""

    command: Sequence[str]
    settings: Mapping[str, str] = field(default_factory=dict)
    path: str = "/api/v1/feedback"
    body: Mapping[str, object] = field(default_factory=dict)
    is_talkative: bool = False


@dataclass(frozen=True)
class Rate:
    """Hold answers a second, how long most and the slowest hundredth waited, and the memory of the server."""

    per_second: float
    p50_ms: float
    p99_ms: float
    mib: float


class BadAnswerError(Exception):
    """Say what a server did in place of answering."""


def gunicorn(
    app: str, settings: Mapping[str, str] | None = None, how: Sequence[str] = AS_IT_COMES, **asked: object
) -> Served:
    """Give an app of this Python in one process with threads: gunicorn's own way, or ours (`make run`)."""
    command = (beside("gunicorn"), *how, "--log-level", "error", app, "-b")
    return Served(command, settings or {}, **asked)  # type: ignore[arg-type]  # only the body


def beside(command: str) -> str:
    """Give a command that was installed with this Python."""
    return str(Path(sys.executable).with_name(command))


def installed(database: Path) -> dict[str, str]:
    """Make the tables of our own app; give its settings, the limits raised."""
    keys = {name: secrets.token_hex(32) for name in KEY_NAMES}
    settings = keys | {"PIAGAM_DATABASE_URL": f"sqlite:///{database}", "PIAGAM_LIMITS": LIMITS}
    migrate = [beside("flask"), "--app", "site_api", "db", "upgrade"]
    subprocess.run(migrate, cwd=ROOT, env=os.environ | settings, check=True)  # noqa: S603 (our own command)
    return settings


@contextmanager
def served(database: Path, **settings: str) -> Iterator[str]:
    """Run our own app with a database of its own and with more settings, and give its address."""
    with running(gunicorn(OURS, installed(database) | settings, AS_WE_SERVE)) as (port, _):
        yield f"http://{HOST}:{port}/"


def drive(server: Served, folder: Path, warm_up_s: float, seconds: float, *, pinned: bool) -> Rate:
    """Start a server, on one core if told, keep every connection busy, and stop it; raises BadAnswerError."""
    body = folder / "body.json"
    body.write_text(json.dumps(server.body))
    with running(server, ("taskset", "-c", "0") if pinned else ()) as (port, process):
        address = f"http://{HOST}:{port}{server.path}"
        _wrk(address, body, warm_up_s)
        told = _wrk(address, body, seconds)
        mib = _memory(process.pid)
    if told["failed"] or not told["requests"]:
        raise BadAnswerError(
            f"{server.command[0]}: {told['failed']} of {told['requests']} answers are no success"
        )
    per_second = told["requests"] / told["microseconds"] * 1e6
    return Rate(per_second, told["p50_us"] / 1000, told["p99_us"] / 1000, mib)


@contextmanager
def running(server: Served, before: Sequence[str] = ()) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """Run a server on a free port; raises BadAnswerError when it does not come up."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    last = f"{HOST}:{port}" if server.command[-1] == "-b" else str(port)
    process = subprocess.Popen(  # noqa: S603 (commands of this file)
        [*before, *server.command, last],
        cwd=ROOT,
        env=os.environ | server.settings,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL if server.is_talkative else None,
    )
    try:
        _wait_for(port, process)
        yield port, process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(START_S)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wrk(address: str, body: Path, seconds: float) -> dict[str, int]:
    duration = f"{seconds:g}s"
    # The first figure starts the keys, so that no run repeats those of another.
    command = [
        "wrk",
        "-t",
        "1",
        "-c",
        str(CONNECTIONS),
        "-d",
        duration,
        "--timeout",
        PATIENCE,
        "-s",
        str(SCRIPT),
        address,
    ]
    seed = str(secrets.randbelow(2**31))
    ran = subprocess.run([*command, "--", str(body), seed], capture_output=True, text=True, check=True)  # noqa: S603
    told: dict[str, int] = json.loads(ran.stdout.splitlines()[-1])
    return told


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    # gunicorn listens before its worker has loaded the app: only an answer tells that it serves.
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError, HTTPException):
            line = HTTPConnection(HOST, port, timeout=START_S)
            line.request("GET", "/")
            line.getresponse().read()
            line.close()
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
    raise BadAnswerError(f"no server came up on port {port}")


def _memory(leader: int) -> float:
    """Give what a server and its processes keep in memory, in MiB; what they share counts once."""
    session = str(leader)
    total = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if status.read_text().rpartition(")")[2].split()[3] == session:
                lines = status.with_name("smaps_rollup").read_text().splitlines()
                total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / KIB_A_MIB
