"""The folded table of a figure: a row a service, a promise or a kind of call; never a ranking."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from charter_data.models import Charter, Promise, Service
from charter_data.snapshot import Counts, Figure, Verdict
from charter_data.vocabulary import Event, FeedbackEvent, ServiceKind
from scripts.charter_site.measures import Measures
from scripts.charter_site.results import counts_within, is_average
from scripts.charter_site.views import event_names, home_of, in_order
from scripts.charter_site.words import SMALL, Words

Wanted = Callable[[Promise], bool]


@dataclass(frozen=True)
class Cell:
    """Hold what a cell says, and what stands quietly beneath it."""

    said: str
    beneath: str = ""


@dataclass(frozen=True)
class Row:
    """Hold a row: its name, where that leads, and its cells, or one word instead of all of them."""

    name: str
    address: str = ""
    note: str = ""
    cells: tuple[Cell, ...] = ()
    instead: str = ""


@dataclass(frozen=True)
class Table:
    """Hold a table with the words that open it; the first head is that of the rows' names."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""


def timed(charter: Charter, wanted: Wanted) -> Iterator[tuple[Service, Promise]]:
    """Yield the emergency services in the order of the home page with each wanted promise that times them."""
    for service in in_order(charter):
        if service.kind is ServiceKind.EMERGENCY:
            promises = (*charter.common.promises, *service.promises)
            yield from ((service, promise) for promise in promises if wanted(promise))


def leg(charter: Charter, words: Words, promise: Promise) -> str:
    """Give in few words what a promise times: whose leg, and its start unless that is the call."""
    clock = promise.clock
    if clock is None or isinstance(clock.end, FeedbackEvent):
        return ""
    start, said = (
        words.lower_first(words.text(event_names(charter)[one])) for one in (clock.start, clock.end)
    )
    if clock.start is not Event.CALL_ARRIVES:
        said = words.labels["from_to"].format(start=start, end=said)
    return f"{charter.agency[clock.agency].short}: {said}" if clock.agency else said


def own_leg(charter: Charter, words: Words, promise: Promise, service: Service) -> str:
    """Give what a service's own promise times; nothing where that would say what a neutral title does not."""
    is_told = promise.scope == service.public_code and not service.is_sensitive
    return leg(charter, words, promise) if is_told else ""


def by_service(charter: Charter, words: Words, measures: Measures, wanted: Wanted) -> Table:
    """Give a row for every emergency service; rows that say the same stand once."""
    label, promises = words.labels, list(timed(charter, wanted))
    limits = {words.duration(one.targets[0]) if one.targets else "" for _, one in promises}
    shared = limits.pop() if len(limits) == 1 else ""
    rows = dict.fromkeys(
        _service_row(charter, words, measures.of_service(promise, service), service, promise, shared)
        for service, promise in promises
    )
    within = label["within_head"].format(limit=shared) if shared else label["within_any_head"]
    heads = (label["service"], within, label["median_head"], label["count"], label["missing"])
    return Table(label["by_service"], heads, tuple(rows))


def by_class(charter: Charter, words: Words, counts: Counts) -> Table:
    """Give a row for every kind of call that was counted."""
    given = counts.calls.by_class
    rows = tuple(
        Row(words.text(item.name), cells=(Cell(words.number(given[item.key])),))
        for item in charter.definitions.call_classes
        if item.key in given
    )
    return Table(words.labels["by_class"], (words.labels["class"], words.labels["count"]), rows)


def by_promise(charter: Charter, words: Words, measures: Measures) -> Table:
    """Give a row for every promise that somebody is held to, with what came of it."""
    rows = []
    for promise in charter.promises():
        if promise.standing.is_promise and promise.clock:
            service = charter.service_of_scope.get(promise.scope)
            # The words of a sensitive clause would say what the neutral title does not.
            text = service.title if service and service.is_sensitive else promise.text
            rows.append(
                _judged_row(words, measures.figure_of(promise), words.text(text), home_of(charter, promise))
            )
    return Table(words.labels["one_by_one"], (words.labels["promise"], words.labels["measured"]), tuple(rows))


def share(words: Words, part: int, whole: int) -> Cell:
    """Give how many of how many, with a percentage only where there are enough."""
    said = words.labels["x_of_y"].format(part=words.number(part), whole=words.number(whole))
    return Cell(said, words.share(part, whole) if whole >= SMALL else "")


def left_out(words: Words, missing: int, odd: int) -> Cell:
    """Give how many cases had no time, and how many an impossible order of times."""
    return Cell(words.number(missing), words.labels["odd"].format(odd=words.number(odd)) if odd else "")


def _service_row(
    charter: Charter, words: Words, figure: Figure | None, service: Service, promise: Promise, shared: str
) -> Row:
    name, address = words.text(service.title), f"layanan/{service.slug}/"
    note = own_leg(charter, words, promise, service)
    instead = _instead(words, figure)
    if figure is None or instead:
        return Row(name, address, note, instead=instead)
    timed = words.labels["not_printed"] if figure.median_s is None else words.seconds(figure.median_s)
    cells = (
        _within(words, promise, figure, shared),
        Cell(timed),
        Cell(words.number(figure.n or 0)),
        left_out(words, figure.missing or 0, figure.out_of_order or 0),
    )
    return Row(name, address, note, cells)


def _instead(words: Words, figure: Figure | None) -> str:
    if figure is None:
        return str(words.labels["unmeasured"])
    if figure.is_hidden:
        return str(words.labels["hidden"])
    if figure.n or not figure.missing:
        return "" if figure.n else str(words.labels["unmeasured"])
    return str(words.labels["unmeasured_missing"].format(missing=words.number(figure.missing)))


def _within(words: Words, promise: Promise, figure: Figure, shared: str) -> Cell:
    if not promise.targets:
        return Cell(words.labels["leg_target"]["none"])
    limit = "" if shared else words.labels["limit"].format(limit=words.duration(promise.targets[0]))
    if is_average(promise) and figure.mean_s is not None:
        return Cell(words.seconds(figure.mean_s), _joined(words.labels["mean_beneath"], limit))
    if not counts_within(promise, figure):
        return Cell(words.labels["uncounted"])
    kept = share(words, figure.within or 0, figure.n or 0)
    return Cell(kept.said, _joined(limit, kept.beneath))


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _judged_row(words: Words, figure: Figure | None, name: str, address: str) -> Row:
    if figure and not figure.is_hidden and figure.verdict is not Verdict.NOT_JUDGED:
        return Row(name, address, cells=(Cell(words.labels["verdict"][figure.verdict.value]),))
    return Row(name, address, instead=_instead(words, figure) or words.labels["too_few"])
