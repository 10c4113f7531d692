"""The mail itself: numbers and deadlines in both languages, never a word of a case."""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import partial
from urllib.parse import urlsplit

from site_api.dates import Say, day_words
from site_api.digests.queries import Told, Waiting
from site_api.installation import Installation
from site_api.reviewers.models import Actor
from site_api.settings import LANGUAGES, Mail

PORTAL = "/tinjau/"
RULE = "\n\n--\n\n"


def letter(
    place: Installation, mail: Mail, actor: Actor, address: str, day: date, told: Iterable[Told]
) -> EmailMessage:
    """Write the digest of a day; written again it has the same name, so that a second one can be folded."""
    message, given = EmailMessage(policy=SMTP), list(told)
    says = [partial(place.texts.say, language) for language in LANGUAGES]
    about = " / ".join(say("digest.subject") for say in says)
    message["Subject"] = f"{about}, {day.isoformat()}"
    message["From"] = mail.sender
    message["To"] = address
    message["Date"] = format_datetime(_now(place))
    message["Message-ID"] = name_of(place, actor, day)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(RULE.join("\n".join(_lines(place, say, day, given)) for say in says) + "\n")
    return message


def name_of(place: Installation, actor: Actor, day: date) -> str:
    """Give the Message-ID of a reviewer's digest of a day; nobody can tell from it whose it is."""
    named = f"digest:{actor.id}:{day.isoformat()}".encode()
    mark = hmac.new(place.settings.secret_key, named, hashlib.sha256).hexdigest()[:32]
    return f"<{mark}@{urlsplit(place.settings.public_url).hostname}>"


def _lines(place: Installation, say: Say, day: date, told: Iterable[Told]) -> Iterator[str]:
    yield say("digest.lead", date=day_words(day, say))
    for one in told:
        yield ""
        yield say(f"digest.{one.topic.value}", n=one.cases)
        yield from (f"- {_case(say, waiting)}" for waiting in one.first)
        if rest := one.cases - len(one.first):
            yield "- " + say("digest.more", n=rest)
    yield ""
    yield say("digest.open", address=f"{place.settings.public_url}{PORTAL}")
    yield say("digest.foot")


def _case(say: Say, waiting: Waiting) -> str:
    if waiting.due_on is None:
        return say("digest.line_open", number=waiting.number)
    return say("digest.line", number=waiting.number, date=day_words(waiting.due_on, say))


def _now(place: Installation) -> datetime:
    return place.now().astimezone(place.zone)
