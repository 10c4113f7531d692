"""How proofs of submission are verified: the keys that a city publishes, and the command for everybody."""

from pathlib import Path
from typing import TextIO

import click
from flask import Blueprint, has_app_context, jsonify, request
from werkzeug.wrappers import Response

from charter_data.audit_heads import AuditHead
from site_api import heads, proofs
from site_api.heads import HeadsFault
from site_api.installation import installation
from site_api.proofs import Proof, ProofFault, PublicKeys

HOUR = 60 * 60
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

blueprint = Blueprint("proofs", __name__)


@blueprint.get("/.well-known/piagam112-proof-keys.json")
def keys() -> Response:
    """Give the public keys that verify every proof of this city."""
    place = installation()
    response = jsonify(proofs.published_keys(place.settings, place.charter).model_dump())
    response.cache_control.public = True
    response.cache_control.max_age = HOUR
    response.add_etag()
    return response.make_conditional(request)


# No AppGroup: with --keys it needs neither settings nor database.
@click.group("proof", help="Proofs of submission.")
def commands() -> None:
    """Hold the commands."""


@commands.command("verify")
@click.argument("file", type=click.File(encoding="utf-8-sig"))
@click.option("--keys", "published", type=FILE, help="the published piagam112-proof-keys.json; works offline")
@click.option("--text", type=FILE, help="the text that is said to have been submitted")
def verify_proof(file: TextIO, published: Path | None, text: Path | None) -> None:
    """Say what a proof from a receipt proves; exit 1 and name what does not hold. FILE may be - ."""
    try:
        proof = proofs.verify(file.read(), _keys(published))
        if text is not None:
            proofs.check_text(proof, text.read_text("utf-8-sig"))
    except ProofFault as fault:
        raise click.ClickException(f"Not proven: {fault}.") from None
    except UnicodeDecodeError:
        raise click.ClickException("Not proven: a file is not UTF-8 text.") from None
    click.echo("\n".join(_words(proof, is_text_proven=text is not None)))


@commands.command("heads")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--keys", "published", type=FILE, help="the published piagam112-proof-keys.json; works offline")
def verify_heads(files: tuple[Path, ...], published: Path | None) -> None:
    """Hold signed heads to their keys and to each other; exit 1 names what does not hold.

    Of several FILES (or folders of a site or snapshot) the last is what is published now: it must still have
    every head that the others have.
    """
    try:
        lists = [heads.read(path) for path in files]
        faults = heads.faults([head for one in lists for head in one], _keys(published))
    except (HeadsFault, ProofFault) as fault:
        raise click.ClickException(f"Not proven: {fault}.") from None
    faults += [f"{one} is no longer published" for one in heads.gone(lists)]
    if faults:
        raise click.ClickException("\n".join(f"Not proven: {fault}." for fault in faults))
    click.echo(_words_of_heads(heads.in_order(lists[-1])))


def _words_of_heads(held: list[AuditHead]) -> str:
    if not held:
        return "No head has been signed yet."
    last = held[-1]
    return f"Proven: {len(held)} heads until {last.day}; the last is after {last.rows} rows: {last.head}"


def _keys(published: Path | None) -> PublicKeys:
    if published is not None:
        return proofs.read_keys(published.read_bytes())
    if not has_app_context():
        raise click.UsageError("--keys names the file with the keys that the city publishes.")
    place = installation()
    return proofs.published_keys(place.settings, place.charter)


def _words(proof: Proof, *, is_text_proven: bool) -> list[str]:
    about = (
        "The text is the one that was submitted, letter by letter."
        if is_text_proven
        else "Of the text it holds a digest; --text FILE tells whether a text is the one."
    )
    return [
        f"Proven: city {proof.city} received {proof.noun} {proof.number} at {proof.received_at} (UTC).",
        about,
        f"Charter in force then: seal {proof.seal}.",
        f"Signed with key {proof.key}.",
    ]
