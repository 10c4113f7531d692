"""Sends the daily digests: `flask --app site_api digest send`."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

import click
from flask.cli import AppGroup

from site_api.database import is_migrated
from site_api.dates import day_of, for_a_day
from site_api.digests import workflow
from site_api.digests.letters import letter
from site_api.digests.posting import NotSent, Unreachable, Unsure, post, server
from site_api.digests.queries import Told, recipients, waiting_for
from site_api.installation import Installation, installation
from site_api.reviewers.models import Actor
from site_api.settings import ADDRESS_FORM, Mail

commands = AppGroup("digest", help="The daily mail to reviewers.")


class Due(NamedTuple):
    """Hold who is to be told what."""

    actor: Actor
    address: str
    told: list[Told]


@commands.command("send")
@for_a_day
def send(*, today: datetime | None) -> None:
    """Mail each reviewer what waits, once a day; exit 1 names whose mail did not leave, by account."""
    place, day = installation(), day_of(today)
    if not is_migrated():
        raise click.ClickException("the tables are not of this version: flask --app site_api db upgrade")
    mail = place.settings.mail
    if mail is None:
        click.echo("nothing sent: PIAGAM_SMTP_URL and PIAGAM_MAIL_FROM are not set")
        return
    due = list(_due(place, day))
    faults = [fault for one in due if (fault := _sent(place, mail, one, day))]
    click.echo(f"{len(due) - len(faults)} sent")
    if faults:
        raise click.ClickException("\n".join(faults))


def _due(place: Installation, day: date) -> Iterator[Due]:
    """Yield who has something to be told and has not been told yet."""
    for actor, address in recipients():
        told = waiting_for(place, actor, day)
        if told and not workflow.is_sent(actor, day):
            yield Due(actor, address, told)


def _sent(place: Installation, mail: Mail, due: Due, day: date) -> str | None:
    """Send one digest; give what went wrong, by account and never by address."""
    name = due.actor.name
    if not ADDRESS_FORM.fullmatch(due.address):
        return f"{name}: the account has no usable mail address"
    try:
        with server(mail) as line:
            if not workflow.claim(place, due.actor, day):
                return f"{name}: another run began to send and has not confirmed: run again in 15 minutes"
            post(line, mail, due.address, letter(place, mail, due.actor, due.address, day, due.told))
    except Unreachable as fault:
        return f"{name}: {fault}"
    except NotSent as fault:
        workflow.release(due.actor, day)
        return f"{name}: {fault}"
    except Unsure as fault:
        return f"{name}: {fault}: run again in 15 minutes"
    workflow.confirm(place, due.actor, day)
    return None
