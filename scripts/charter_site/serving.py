"""A local look at the site that follows every change of data, texts and templates."""

import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HOST = "127.0.0.1"
PORT = 8113
SECONDS_BETWEEN_LOOKS = 0.5


class Quiet(SimpleHTTPRequestHandler):
    """Serve files without a line a request."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def serve(site: Path, watched: tuple[Path, ...], rebuild: Callable[[], None], port: int = PORT) -> None:
    """Serve a folder and rebuild it after every change below the watched paths, until interrupted."""
    with ThreadingHTTPServer((HOST, port), partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"http://{HOST}:{server.server_port}/", flush=True)
        try:
            follow(watched, rebuild, stop=threading.Event())
        except KeyboardInterrupt:
            server.shutdown()


def follow(
    watched: tuple[Path, ...],
    rebuild: Callable[[], None],
    *,
    stop: threading.Event,
    every: float = SECONDS_BETWEEN_LOOKS,
) -> None:
    """Call `rebuild` whenever a file below the watched paths has changed, until `stop` is set."""
    seen = fingerprint(watched)
    while not stop.wait(every):
        now = fingerprint(watched)
        if now != seen:
            seen = now
            rebuild()


def fingerprint(watched: tuple[Path, ...]) -> tuple[tuple[str, int, int], ...]:
    """Give name, size and time of every file below the paths."""
    return tuple(_looks(path for folder in watched for path in sorted(folder.rglob("*"))))


def _looks(paths: Iterator[Path]) -> Iterator[tuple[str, int, int]]:
    for path in paths:
        with suppress(FileNotFoundError):  # editors write and remove files beside the one they save
            found = path.stat()
            if stat.S_ISREG(found.st_mode):
                yield str(path), found.st_size, found.st_mtime_ns
