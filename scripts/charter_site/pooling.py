"""What each agency did in all services together; counts can be added up, medians cannot."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from charter_data.models import Agency, Charter, Promise
from charter_data.models.clauses import Clock
from charter_data.snapshot import Figure
from scripts.charter_site.measures import Measures
from scripts.charter_site.results import JUDGED_FROM
from scripts.charter_site.tables import Cell, Row, Table, left_out, share
from scripts.charter_site.views import event_names
from scripts.charter_site.words import Words


@dataclass(frozen=True)
class Pool:
    """Hold the added counts of one agency's leg."""

    n: int
    missing: int
    odd: int
    within: int | None

    @property
    def all(self) -> int:
        """Give how many cases there were, with both times or without."""
        return self.n + self.missing + self.odd


def pools(measures: Measures, promise: Promise) -> dict[str, Pool]:
    """Give what may be told of a promise, added up agency by agency."""
    given: dict[str, list[Figure]] = defaultdict(list)
    for figure in measures.figures:
        if figure.clause == promise.id and figure.agency and figure.service and not figure.is_hidden:
            given[figure.agency].append(figure)
    return {agency: _pool(figures) for agency, figures in given.items()}


def handed_over(charter: Charter, words: Words, measures: Measures, promises: Iterable[Promise]) -> Table:
    """Give a row for every agency with enough cases: how often each leg was done in time.

    What is left out of the last leg stands in the last column.
    """
    legs = [(promise, pools(measures, promise)) for promise in promises]
    enough, few = _by_size(charter, [pooled for _, pooled in legs])
    rows = tuple(_in_time(words, body, [pooled.get(body.key) for _, pooled in legs]) for body in enough)
    heads = [_limit_head(charter, words, promise) for promise, _ in legs]
    notes = [words.labels["handover_note"]]
    if few:
        notes.append(words.labels["too_few_agencies"].format(agencies=", ".join(body.short for body in few)))
    heads.append(words.labels["missing_of"].format(event=_end(charter, words, legs[-1][0])))
    return Table(words.labels["by_agency"], (words.labels["agency"], *heads), rows, " ".join(notes))


def recorded(charter: Charter, words: Words, measures: Measures, promises: Iterable[Promise]) -> Table:
    """Give a row for every agency: of how many of its cases both times of a leg can be used."""
    legs = [(promise.clock, pools(measures, promise)) for promise in promises if promise.clock]
    rows = tuple(
        Row(
            body.short,
            f"instansi/#{body.key}",
            cells=tuple(_usable(words, pooled.get(body.key)) for _, pooled in legs),
        )
        for body in charter.agencies
        if any(body.key in pooled for _, pooled in legs)
    )
    heads = (leg_name(charter, words, clock) for clock, _ in legs)
    return Table(words.labels["by_agency"], (words.labels["agency"], *heads), rows)


def leg_name(charter: Charter, words: Words, clock: Clock) -> str:
    """Give a leg by the moments at its two ends."""
    names = event_names(charter)
    start, end = (words.lower_first(words.text(names[moment])) for moment in (clock.start, clock.end))
    return str(words.labels["leg_from_to"].format(start=start, end=end))


def _pool(figures: list[Figure]) -> Pool:
    counted = [figure.within for figure in figures if figure.within is not None]
    return Pool(
        sum(figure.n or 0 for figure in figures),
        sum(figure.missing or 0 for figure in figures),
        sum(figure.out_of_order or 0 for figure in figures),
        sum(counted) if len(counted) == len(figures) else None,
    )


def _by_size(charter: Charter, legs: list[dict[str, Pool]]) -> tuple[list[Agency], list[Agency]]:
    there = [body for body in charter.agencies if any(body.key in pooled for pooled in legs)]
    large = {key for pooled in legs for key, one in pooled.items() if one.n >= JUDGED_FROM}
    return [body for body in there if body.key in large], [body for body in there if body.key not in large]


def _limit_head(charter: Charter, words: Words, promise: Promise) -> str:
    event, limit = _end(charter, words, promise), words.duration(promise.targets[0])
    return str(words.labels["leg_within_head"].format(event=event, limit=limit))


def _end(charter: Charter, words: Words, promise: Promise) -> str:
    return words.text(event_names(charter)[promise.clock.end]) if promise.clock else ""


def _in_time(words: Words, body: Agency, legs: list[Pool | None]) -> Row:
    last = legs[-1]
    left = left_out(words, last.missing, last.odd) if last else Cell(words.labels["unmeasured"])
    return Row(body.short, f"instansi/#{body.key}", cells=(*(_kept(words, one) for one in legs), left))


def _kept(words: Words, one: Pool | None) -> Cell:
    if one is None:
        return Cell(words.labels["unmeasured"])
    if one.n < JUDGED_FROM:
        return Cell(words.labels["below_ten"])
    return Cell(words.labels["uncounted"]) if one.within is None else share(words, one.within, one.n)


def _usable(words: Words, one: Pool | None) -> Cell:
    return share(words, one.n, one.all) if one and one.all else Cell(words.labels["unmeasured"])
