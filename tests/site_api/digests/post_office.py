"""A real mail server on loopback that keeps what it is given, or does what a test asks of it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller

from site_api.settings import Mail

SENDER = "112@kota.example"


class Box:
    """Take mail for everybody but those who are refused; `on_data` may do more before it answers."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []
        self.refused: set[str] = set()
        self.on_data = lambda _server: None

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 (theirs)
        if address in self.refused:
            return f"550 5.1.1 <{address}> nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802 (theirs)
        self.mails.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=default)))
        self.on_data(server)
        return "250 OK"

    @property
    def by_address(self):
        return {to[0]: message for to, message in self.mails}


@contextmanager
def post_office(box) -> Iterator[Mail]:
    """Run the server; give the settings that lead to it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield Mail("smtp", "127.0.0.1", port, SENDER)
    finally:
        controller.stop()
