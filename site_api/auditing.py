"""Holds the chain and the stored texts to what was written: `flask --app site_api audit verify`."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from charter_data.audit_heads import AuditHead
from site_api import anchors, heads
from site_api.anchors import NotAnchored
from site_api.approvals.models import Approval
from site_api.approvals.workflow import words_of as words_of_request
from site_api.audit import PUBLIC, AuditEntry
from site_api.cases import Case, Guarded
from site_api.database import db, is_migrated
from site_api.dates import day_of, for_a_day
from site_api.feedback import models as feedback
from site_api.feedback.schemas import words_of, words_of_opinion
from site_api.heads import SITE_FILE, HeadsFault
from site_api.hoax_reports import models as hoax_reports
from site_api.installation import installation
from site_api.intake import text_digest
from site_api.measures import models as measures

BATCH = 500
PATH = click.Path(exists=True, path_type=Path)


class Stored(NamedTuple):
    """Hold where a text stands and its digest; None if nothing is left to prove it by."""

    subject: str
    verb: str
    what: str
    digest: str | None


def unproven() -> list[str]:
    """Name every stored text that is not what the audit proves; what was erased needs no proof."""
    # The texts first: what is written meanwhile then adds digests that nobody asks for.
    models = feedback.Feedback, hoax_reports.HoaxReport
    requests = chain.from_iterable(map(_of_requests, models))
    stored = [*_of_feedback(), *_of_hoax_reports(), *_of_measures(), *requests]
    digests = select(AuditEntry.subject, AuditEntry.verb, AuditEntry.digest)
    proven = {tuple(row) for row in db.session.execute(digests.where(AuditEntry.digest.is_not(None)))}
    return [
        f"{text.subject}: the {text.what} is not what the audit proves"
        for text in stored
        if (text.subject, text.verb, text.digest) not in proven
    ]


def _of_feedback() -> Iterator[Stored]:
    of = feedback.Feedback
    kept = of.answers, of.stays, of.messages, of.notes, of.opinions
    cases = select(of).options(*map(selectinload, kept)).execution_options(yield_per=BATCH)
    for case in db.session.scalars(cases):
        texts = [("submit", "message", case.text)]
        if case.salt or case.is_published:  # without its salt, only what is public still needs a proof
            # The stay that an objection begins has no reason of staff: the objection is a message.
            texts += [("assign", "reason", stay.reason) for stay in case.stays if stay.started_by != PUBLIC]
            texts += [("answer", "answer", words_of(answer)) for answer in case.answers]
            beside = ((one.stance, one.text_id, one.text_en) for one in case.opinions if one.text_id)
            texts += [("opine", "opinion", words_of_opinion(*one)) for one in beside]
        texts += [
            ("dispute" if said.is_objection else "message", "message", said.text) for said in case.messages
        ]
        texts += [("note", "note", note.text) for note in case.notes]
        texts += [("extend", "reason of the extension", case.extended_because)]
        yield from _stored(case, feedback.NOUN, texts)


def _of_hoax_reports() -> Iterator[Stored]:
    reports = select(hoax_reports.HoaxReport).execution_options(yield_per=BATCH)
    for report in db.session.scalars(reports):
        yield from _stored(report, hoax_reports.NOUN, [("submit", "message", report.text)])


def _of_requests(model: type[Case]) -> Iterator[Stored]:
    found = select(model, Approval).join(Approval, Approval.subject == model.number)
    for case, request in db.session.execute(found.where(Approval.detail.is_not(None))):
        words = words_of_request(request.detail or "", request.reason)
        yield from _stored(case, model.noun, [("ask", "request", words)])


def _of_measures() -> Iterator[Stored]:
    for one in db.session.scalars(select(measures.Measure).execution_options(yield_per=BATCH)):
        decided = "refuse" if one.state is measures.State.REFUSED else "second"
        texts = [("propose", "reasons", one.reason), (decided, "reasons", one.decision)]
        texts += [("appeal", "objection", one.appeal), ("judge", "decision", one.judgement)]
        yield from _stored(one, measures.NOUN, texts)


def _stored(case: Guarded, noun: str, texts: Iterable[tuple[str, str, str | None]]) -> Iterator[Stored]:
    for verb, what, text in texts:
        if text is not None:
            digest = text_digest(case.salt, text) if case.salt else None
            yield Stored(case.number, f"{noun}.{verb}", what, digest)


commands = AppGroup("audit", help="The chain of all changes.")


@commands.command("verify")
@click.option("--head", "kept", help="hash that was kept elsewhere, such as audit_head of a snapshot")
@click.option(
    "--heads", "published", type=PATH, multiple=True, help="published heads: file, snapshot or site"
)
def verify_chain(kept: str | None, published: tuple[Path, ...]) -> None:
    """Recompute every row and the digest of every text; exit 1 and name what does not fit."""
    _check_tables()
    found, faults = anchors.walk(installation(), _read(published), kept)
    faults += [] if found.fault else unproven()
    if faults:
        raise click.ClickException("\n".join(faults))
    click.echo(f"{found.rows} rows, unbroken; head {found.head}")


@commands.command("anchor")
@for_a_day
@click.option("--after-loss", is_flag=True, help="sign although published heads tell of more rows")
def anchor_chain(*, today: datetime | None, after_loss: bool) -> None:
    """Sign the head of the chain, once a day; exit 1 if the chain, or what was published, does not hold."""
    place, day = installation(), day_of(today)
    _check_tables()
    site = place.settings.site_dir
    others = _read([site]) if (site / SITE_FILE).is_file() else ()
    try:
        head, is_new = anchors.anchor(place, day, others, is_loss_known=after_loss)
    except (NotAnchored, HeadsFault) as fault:
        raise click.ClickException(f"nothing signed: {fault}") from None
    state = "signed" if is_new else "signed before"
    click.echo(f"head {head.sequence} of {head.day}, {state}: {head.rows} rows, {head.head}")


def _check_tables() -> None:
    if not is_migrated():
        raise click.ClickException("the tables are not of this version: flask --app site_api db upgrade")


def _read(paths: Iterable[Path]) -> list[AuditHead]:
    try:
        return [head for path in paths for head in heads.read(path)]
    except HeadsFault as fault:
        raise click.ClickException(str(fault)) from None
