"""Hands mail to the city's mail server, and tells what surely did not arrive from what may have."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)

from site_api.settings import Mail

PATIENCE_S = 20


class NotSent(Exception):
    """A mail surely did not leave; str() says why without an address."""


class Unreachable(NotSent):
    """The mail server takes nothing at all."""


class Unsure(Exception):
    """The line broke before the server confirmed: the mail may have left."""


@contextmanager
def server(mail: Mail) -> Iterator[SMTP]:
    """Be signed in at the mail server; raises Unreachable, also without the security that is asked for."""
    try:
        line = _connected(mail)
    except (OSError, SMTPException, ValueError) as error:
        raise Unreachable(f"the mail server cannot be used: {_why(error)}") from None
    try:
        yield line
    finally:
        with suppress(OSError, SMTPException):
            line.quit()


def post(line: SMTP, mail: Mail, address: str, message: EmailMessage) -> None:
    """Send a mail to one address; raises NotSent, or Unsure."""
    try:
        line.send_message(message, mail.sender, [address])
    except SMTPServerDisconnected:
        raise Unsure("the line broke before the mail server confirmed") from None
    except SMTPException as error:
        raise NotSent(f"refused by the mail server: {_why(error)}") from None
    except OSError:
        raise Unsure("the line broke before the mail server confirmed") from None


def _connected(mail: Mail) -> SMTP:
    if mail.security == "smtps":
        line: SMTP = SMTP_SSL(mail.host, mail.port, timeout=PATIENCE_S, context=ssl.create_default_context())
    else:
        line = SMTP(mail.host, mail.port, timeout=PATIENCE_S)
    try:
        if mail.security == "smtp+starttls":
            line.starttls(context=ssl.create_default_context())
        if mail.user is not None and mail.password is not None:
            line.login(mail.user, mail.password)
    except (OSError, SMTPException):
        line.close()
        raise
    return line


def _why(error: Exception) -> str:
    """Give the code of an answer, never its words: they may hold an address or a password."""
    if isinstance(error, SMTPRecipientsRefused):
        return ", ".join(str(code) for code, _ in error.recipients.values())
    if isinstance(error, SMTPResponseException):
        return str(error.smtp_code)
    return type(error).__name__
