"""A local look at the site that follows every change of data, texts and templates."""

import stat
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
PORT = 8113
SECONDS_BETWEEN_LOOKS = 0.1


class Watch:
    """Remember how the files below some folders looked, from the moment it is made."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        """Take the first look."""
        self.folders = folders
        self.seen = self._look()

    def changes(self) -> set[str]:
        """Look again, and give the files of which name, size or time is another than before."""
        before, self.seen = self.seen, self._look()
        return {path for path, *_ in before ^ self.seen}

    def _look(self) -> frozenset[tuple[str, int, int]]:
        return frozenset(look for folder in self.folders for look in _looks(folder))


def _looks(folder: Path) -> Iterator[tuple[str, int, int]]:
    for path in folder.rglob("*"):
        if "__pycache__" in path.parts:
            continue
        with suppress(FileNotFoundError):  # editors write and remove files beside the one they save
            found = path.stat()
            if stat.S_ISREG(found.st_mode):
                yield str(path), found.st_size, found.st_mtime_ns


class Quiet(SimpleHTTPRequestHandler):
    """Serve files without a line a request."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class SiteServer(ThreadingHTTPServer):
    """Serve many at once; a browser that hangs up before the end is no fault."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell of every fault but a broken line."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def serve(site: Path, watch: Watch, rebuild: Callable[[set[str]], None], port: int = PORT) -> None:
    """Serve a folder and rebuild it after every change of what is watched, until interrupted."""
    with SiteServer((HOST, port), partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"http://{HOST}:{server.server_port}/", flush=True)
        try:
            follow(watch, rebuild, stop=threading.Event())
        except KeyboardInterrupt:
            server.shutdown()


def follow(
    watch: Watch,
    rebuild: Callable[[set[str]], None],
    *,
    stop: threading.Event,
    every: float = SECONDS_BETWEEN_LOOKS,
) -> None:
    """Call `rebuild` with the changed files after every change of what is watched, until `stop` is set."""
    while not stop.wait(every):
        if changed := watch.changes():
            rebuild(changed)
