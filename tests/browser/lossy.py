"""A line that loses answers: what the server has sent back is swallowed every second time a form goes out."""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import ClassVar
from urllib.parse import urlsplit

CHUNK = 65_536


class Relay(socketserver.BaseRequestHandler):
    """Carry one request there and its answer back; of every second POST the answer is thrown away."""

    upstream: ClassVar[tuple[str, int]]
    turns: ClassVar[Iterator[int]]
    swallowed: ClassVar[list[bytes]]

    def handle(self) -> None:
        request = _whole(self.request)
        if not request:
            return
        with socket.create_connection(self.upstream) as server:
            server.sendall(_closing(request))
            # The server closes once it has answered, and it answers once the row is on disk.
            answer = b"".join(iter(lambda: server.recv(CHUNK), b""))
        if request.startswith(b"POST /masukan ") and next(self.turns) % 2 == 0:
            self.swallowed.append(answer.split(b"\r\n", 1)[0])
            return
        self.request.sendall(answer)


def _whole(line: socket.socket) -> bytes:
    got = b""
    while b"\r\n\r\n" not in got:
        if not (piece := line.recv(CHUNK)):
            return b""
        got += piece
    head, _, body = got.partition(b"\r\n\r\n")
    fields = (field.partition(b":") for field in head.split(b"\r\n")[1:])
    length = next((int(value) for name, _, value in fields if name.lower() == b"content-length"), 0)
    while len(body) < length:
        body += line.recv(CHUNK)
    return head + b"\r\n\r\n" + body


def _closing(request: bytes) -> bytes:
    head, _, body = request.partition(b"\r\n\r\n")
    kept = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    return b"\r\n".join([*kept, b"Connection: close", b"", body])


@contextmanager
def lossy(address: str) -> Iterator[tuple[str, list[bytes]]]:
    """Give an address behind which a server is reached over a bad line, and what got lost."""
    to = urlsplit(address)
    swallowed: list[bytes] = []
    what = {"upstream": (to.hostname, to.port), "turns": count(), "swallowed": swallowed}
    handler = type("OneRelay", (Relay,), what)
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as relay:
        thread = threading.Thread(target=relay.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{relay.server_address[1]}", swallowed
        finally:
            relay.shutdown()
            thread.join()
