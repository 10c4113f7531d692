"""Accounts at the command line: `flask --app site_api reviewer`."""

import click
from flask.cli import AppGroup

from site_api.installation import installation
from site_api.reviewers import workflow
from site_api.reviewers.models import Role

commands = AppGroup("reviewer", help="Accounts of the portal.")


@commands.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--agency", help="key of the agency, for role agency")
@click.password_option(help="asked for if left out; at least 15 characters")
def add_reviewer(name: str, role: str, agency: str | None, password: str) -> None:
    """Add the account NAME."""
    try:
        workflow.add(installation(), name, Role(role), agency, password)
    except workflow.AccountError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{name} can sign in at /tinjau/")
