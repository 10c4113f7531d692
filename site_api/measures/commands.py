"""What the clock does to measures: `flask --app site_api measures`."""

from datetime import datetime

import click
from flask.cli import AppGroup

from site_api.dates import day_of, for_a_day
from site_api.installation import installation
from site_api.measures import queries, workflow

commands = AppGroup("measures", help="Measures against misuse of 112, and their clock.")


@commands.command("end-due")
@for_a_day
def end_due(today: datetime | None) -> None:
    """End what has stood its days, and proposals that nobody has seconded; name what was left."""
    place, day = installation(), day_of(today)
    over, left = workflow.end_due(place, queries.due(day))
    click.echo(f"{over} ended" + (f"; changed meanwhile and left: {', '.join(left)}" if left else ""))
