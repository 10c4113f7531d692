"""What the clock does to hoax reports: `flask --app site_api hoax-reports`."""

from datetime import datetime

import click
from flask.cli import AppGroup

from site_api.dates import day_of, for_a_day
from site_api.hoax_reports import queries, workflow
from site_api.installation import installation

commands = AppGroup("hoax-reports", help="Reports of false calls, and their clock.")


@commands.command("close-due")
@for_a_day
def close_due(today: datetime | None) -> None:
    """Close what was found ten working days ago; name what changed meanwhile and was left."""
    place, day = installation(), day_of(today)
    closed, left = workflow.close_due(place, queries.found_before(place, day), day)
    click.echo(f"{closed} closed" + (f"; changed meanwhile and left: {', '.join(left)}" if left else ""))
