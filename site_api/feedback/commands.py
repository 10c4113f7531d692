"""What the clock does to feedback: `flask --app site_api feedback`."""

from datetime import datetime

import click
from flask.cli import AppGroup

from site_api.feedback import queries, workflow
from site_api.installation import installation

commands = AppGroup("feedback", help="Feedback and its clock.")


@commands.command("close-due")
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="the date to count from; the city's if left out"
)
def close_due(today: datetime | None) -> None:
    """Close what was answered ten working days ago; name what changed meanwhile and was left."""
    place = installation()
    day, now = (today.date() if today else None), place.local_date(place.now())
    if day and day > now:
        raise click.ClickException(f"{day} has not come yet: today is {now}")
    day = day or now
    closed, left = workflow.close_due(place, queries.answered_before(place, day), day)
    click.echo(f"{closed} closed" + (f"; changed meanwhile and left: {', '.join(left)}" if left else ""))
