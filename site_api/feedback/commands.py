"""What the clock does to feedback: `flask --app site_api feedback`."""

from datetime import datetime

import click
from flask.cli import AppGroup

from site_api.dates import day_of, for_a_day
from site_api.feedback import queries, workflow
from site_api.installation import installation

commands = AppGroup("feedback", help="Feedback and its clock.")


@commands.command("close-due")
@for_a_day
def close_due(today: datetime | None) -> None:
    """Close what was answered ten working days ago; name what changed meanwhile and was left."""
    place, day = installation(), day_of(today)
    closed, left = workflow.close_due(place, queries.answered_before(place, day), day)
    click.echo(f"{closed} closed" + (f"; changed meanwhile and left: {', '.join(left)}" if left else ""))
