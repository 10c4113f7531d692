"""Hands to the site what was answered and measured: `flask --app site_api snapshot`."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import click
from flask.cli import with_appcontext

from charter_data.snapshot import Answer, Counts, Opinion, Said, Snapshot
from charter_data.snapshot_files import write_snapshot
from site_api import anchors, audit
from site_api.calls import queries as calls_queries
from site_api.feedback import counting
from site_api.feedback import queries as feedback_queries
from site_api.feedback.models import Feedback
from site_api.feedback.models import Opinion as StoredOpinion
from site_api.figures.queries import figures
from site_api.heads import HeadsFault
from site_api.hoax_reports import queries as hoax_queries
from site_api.installation import Installation, installation


@click.command("snapshot")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="last day of the year that counts; today if left out"
)
@with_appcontext
def snapshot(folder: Path, today: datetime | None) -> None:
    """Write published answers and the figures of the last twelve months to FOLDER."""
    place = installation()
    made_at = datetime.combine(today, time(23, 59), place.zone) if today else place.now()
    try:
        made = take(place, made_at)
    except HeadsFault as fault:
        raise click.ClickException(f"{fault}: flask --app site_api audit verify") from None
    write_snapshot(folder, made)
    kind = "data simulasi" if made.is_simulated else "real data"
    click.echo(f"{folder}: {len(made.figures)} figures, {len(made.answers)} answers, {kind}")


def take(place: Installation, made_at: datetime) -> Snapshot:
    """Give what the site may know at a moment: foreign calls have no part in it."""
    last_day = place.local_date(made_at)
    first_day = _year_before(last_day) + timedelta(days=1)
    charter = place.charter
    sensitive = [service.public_code for service in charter.services if service.is_sensitive]
    return Snapshot(
        city=charter.area.bps_code,
        seal=place.seal,
        made_at=made_at,
        kind="simulated" if calls_queries.is_simulated() else "real",
        figures=figures(charter, first_day=first_day, last_day=last_day, zone=place.zone),
        answers=tuple(_answer(place, case) for case in feedback_queries.published(most=None)),
        removed=tuple(feedback_queries.removed()),
        counts=Counts(
            first_day=first_day,
            last_day=last_day,
            calls=calls_queries.call_counts(first_day, last_day, place.zone, sensitive),
            feedback=counting.counts(place, first_day, last_day),
            hoax_reports=hoax_queries.counts(place, first_day, last_day),
        ),
        audit_head=audit.head(),
        heads=anchors.kept_heads(),
    )


def _answer(place: Installation, case: Feedback) -> Answer:
    given = case.answer
    if given is None or case.answered_at is None:
        raise ValueError(f"{case.number} is published without an answer")
    return Answer(
        number=case.number,
        clause=case.clause,
        service=case.service,
        answered_on=place.local_date(case.answered_at),
        outcome=given.outcome,
        due_on=given.planned_on,
        refused_because=given.refused_because,
        lapor_number=given.lapor_number,
        theme=Said(id=given.theme_id, en=given.theme_en) if given.theme_id else None,
        summary=Said(id=given.summary_id, en=given.summary_en),
        text=Said(id=given.text_id, en=given.text_en),
        in_feeds=not case.is_sensitive,
        opinions=tuple(_opinion(place, one) for one in case.public_opinions),
    )


def _opinion(place: Installation, one: StoredOpinion) -> Opinion:
    return Opinion(
        role=one.role.value,
        organisation=one.organisation,
        stance=one.stance,
        written_on=place.local_date(one.written_at),
        text=Said(id=one.text_id, en=one.text_en),
    )


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)
