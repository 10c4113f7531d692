"""How logs of calls come in: `flask --app site_api calls`."""

from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import AppGroup

from charter_data.models import Charter, Promise
from site_api.calls import queries, workflow
from site_api.calls.durations import Legs, mean, quantile, sort_legs, within
from site_api.calls.models import DatasetKind
from site_api.calls.reading import LogError
from site_api.calls.schemas import MappingError
from site_api.calls.workflow import Imported
from site_api.errors import Problem
from site_api.installation import installation

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
COLUMNS = ("leg", "n", "missing", "out of order", "mean s", "median s", "P90 s", "within target")
ROW = "{:<24}{:>10}{:>10}{:>14}{:>10}{:>10}{:>8}   {}"

commands = AppGroup("calls", help="Logs of calls.")


@commands.command("import")
@click.argument("file", type=FILE)
@click.option("--mapping", type=FILE, required=True, help="YAML file that says what each column means")
@click.option("--kind", type=click.Choice([kind.value for kind in DatasetKind]), required=True)
def import_calls(file: Path, mapping: Path, kind: str) -> None:
    """Import a CSV log and print how long its legs took.

    A row that cannot be read is refused and named; all other rows are imported. Exit 0 if none was refused,
    1 if one was or nothing could be imported. A log may be imported again: what is there stays as it is.
    """
    place = installation()
    try:
        imported = workflow.import_log(place, file, mapping, DatasetKind(kind))
    except (LogError, MappingError) as error:
        raise click.ClickException(str(error)) from None
    except Problem as problem:
        message = f"the database did not confirm ({problem}): free what it lacks, then import again"
        raise click.ClickException(message) from None
    for line in (*_counted(imported), "", *_measured(imported, place.charter)):
        click.echo(line)
    for number, reason in imported.refused:
        click.echo(f"{file.name}:{number}: {reason}", err=True)
    if imported.refused:
        raise click.exceptions.Exit(1)


def _counted(imported: Imported) -> Iterator[str]:
    yield f"{imported.mapping.dataset} ({imported.kind}): {imported.rows:,} rows read"
    yield f"  {imported.added:,} added"
    yield f"  {imported.duplicates:,} exact duplicates of a row of this file, counted once"
    yield f"  {imported.already_there:,} already there from an earlier import"
    yield f"  {len(imported.refused):,} refused"
    if imported.mapping.caller is not None:
        yield f"  {imported.callers:,} rows with a caller, whose number is kept as a keyed hash alone"
    if not imported.added and not imported.refused:
        yield "Nothing new: the log had been imported before."


def _measured(imported: Imported, charter: Charter) -> Iterator[str]:
    yield ROW.format(*COLUMNS).rstrip()
    for (start, end), durations in queries.legs_of(imported.mapping.dataset, imported.mapping.main_events):
        found = sort_legs(durations)
        judged = imported.kind is not DatasetKind.FOREIGN
        promises = (one for one in charter.promises() if judged and _has_clock(one, start, end))
        shares = "; ".join(_share(promise, found) for promise in promises)
        times = (mean(found.seconds), quantile(found.seconds, 50), quantile(found.seconds, 90))
        counts = (found.n, found.missing, found.out_of_order)
        shown = ["-" if time is None else f"{time:,.0f}" for time in times]
        yield ROW.format(f"{start} - {end}", *(f"{count:,}" for count in counts), *shown, shares).rstrip()


def _has_clock(promise: Promise, start: str, end: str) -> bool:
    if promise.clock is None or not promise.targets or promise.clock.counts == "gap":
        return False
    return (promise.clock.start, promise.clock.end, promise.clock.agency) == (start, end, None)


def _share(promise: Promise, found: Legs) -> str:
    target = promise.targets[0]
    return f"{promise.id}: {within(found.seconds, target)} of {found.n} in {target.value:g} {target.unit}"
