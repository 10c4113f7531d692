"""A local look at the site that follows every change of data, texts and templates."""

import threading
from collections.abc import Callable
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
            follow(watched, rebuild, threading.Event())
        except KeyboardInterrupt:
            server.shutdown()


def follow(watched: tuple[Path, ...], rebuild: Callable[[], None], stop: threading.Event) -> None:
    """Call `rebuild` whenever a file below the watched paths has changed, until `stop` is set."""
    seen = fingerprint(watched)
    while not stop.wait(SECONDS_BETWEEN_LOOKS):
        now = fingerprint(watched)
        if now != seen:
            seen = now
            rebuild()


def fingerprint(watched: tuple[Path, ...]) -> tuple[tuple[str, int, int], ...]:
    """Give name, size and time of every file below the paths."""
    files = (path for folder in watched for path in sorted(folder.rglob("*")) if path.is_file())
    return tuple((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files)
