"""What there is to know of this installation: `flask --app site_api doctor`."""

from datetime import timedelta

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DatabaseError

from site_api import anchors
from site_api.database import SOUND_FILE, diagnosis, is_migrated
from site_api.errors import CannotStore
from site_api.installation import installation

LATE = timedelta(hours=26)
BROKEN = (
    "The database cannot be read or written whole: the file is broken, is not SQLite, or the disk is full."
    " Stop the app, keep the file aside, put the newest good copy in its place."
)


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Say which SQLite and which journal run here, and what that means; ends with 1 for a broken file."""
    try:
        told = [*diagnosis(), _head()]
    except (CannotStore, DatabaseError, UnicodeDecodeError):
        raise click.ClickException(BROKEN) from None
    click.echo("\n".join(told))
    if SOUND_FILE not in told:
        raise click.ClickException(BROKEN)


def _head() -> str:
    newest = anchors.newest() if is_migrated() else None
    if newest is None:
        return "signed head: none yet: flask --app site_api audit anchor"
    age = installation().now() - newest
    hours = f"signed head: {age // timedelta(hours=1)} hours old"
    return hours if age <= LATE else f"{hours}, older than 26: is `audit anchor` still run every day?"
