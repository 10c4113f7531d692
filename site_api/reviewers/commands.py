"""Accounts at the command line: `flask --app site_api reviewer`."""

import json

import click
from flask.cli import AppGroup

from site_api.errors import Conflict, FieldFault, Invalid
from site_api.installation import installation
from site_api.intake import read
from site_api.reviewers import invitations
from site_api.reviewers.models import Role
from site_api.reviewers.schemas import NewAccount

ACTOR = "command"

commands = AppGroup("reviewer", help="Accounts of the portal.")


@commands.command("invite")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--agency", help="key of the agency, for role agency")
@click.option("--organisation", help="whom the person speaks for; an NGO names itself")
@click.option("--basis", help="number and date of the document on whose ground an NGO reads")
@click.option("--email", help="where the daily digest goes")
def invite(name: str, role: str, **rest: str | None) -> None:
    """Make the account NAME and print the link by which its owner sets password and authenticator."""
    place = installation()
    given = {option: value for option, value in rest.items() if value}
    try:
        token = invitations.invite(place, ACTOR, _read({"name": name, "role": role} | given))
    except Invalid as problem:
        raise click.ClickException("; ".join(map(_in_words, problem.faults))) from None
    _print_link(token)


@commands.command("link")
@click.argument("name")
def link(name: str) -> None:
    """Print a new link for NAME, who has lost the authenticator; password and sessions end at once."""
    try:
        _print_link(invitations.invite_again(installation(), ACTOR, name))
    except Conflict:
        raise click.ClickException(f"there is no account {name!r}") from None


@commands.command("deactivate")
@click.argument("name")
def deactivate(name: str) -> None:
    """Switch the account NAME off; its sessions end at once."""
    try:
        invitations.deactivate(installation(), ACTOR, name)
    except Conflict:
        raise click.ClickException(f"there is no account {name!r} that is switched on") from None
    click.echo(f"{name} is out")


def _read(given: dict[str, str]) -> NewAccount:
    return read(NewAccount, json.dumps(given).encode())


def _print_link(token: str) -> None:
    click.echo(f"{invitations.address_of(installation(), token)}\nIt works once, within 72 hours.")


def _in_words(fault: FieldFault) -> str:
    say = installation().texts.say
    return f"--{fault.field}: {say('en', f'fields.{fault.what}', **fault.values)}"
