"""The lane diagram of the hand-over chain: what stands in each row, and the small drawings beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from charter_data.models import Charter, Promise, Service
from charter_data.snapshot import Figure
from scripts.charter_site.measures import NOTHING_MEASURED, Measures
from scripts.charter_site.results import brief, counts_within, is_average
from scripts.charter_site.views import Leg, event_names
from scripts.charter_site.words import Words

PITCH = 20
MIDDLE = 20
RADIUS = 9
BEND = 8
LANDING = 38
# Rows may end between two pixels: each begins a little inside the one above.
EDGE = -1
LEADS = 3
OTHERS = "others"
DAY = 86400
# A day beside seconds would leave nothing of the seconds: longer bars are cut.
LONGEST = 3600
# What lasts a moment stays a sliver that can be seen, in percent of the width.
SLIVER = 3


@dataclass(frozen=True)
class Head:
    """Hold the name of a lane and the line that leads from it into the lane."""

    name: str
    rail: Markup


@dataclass(frozen=True)
class Row:
    """Hold a leg with what is drawn and said beside it."""

    leg: Leg
    rail: Markup
    bar: Markup
    since: str
    beside: tuple[int, ...]
    figure: Figure | None
    measured: str


@dataclass(frozen=True)
class Diagram:
    """Hold the lanes of a service and its rows."""

    heads: tuple[Head, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Place:
    """Hold the lanes of those who have the call, of the silent among them, and of those it reaches."""

    own: tuple[int, ...]
    silent: tuple[int, ...]
    reached: tuple[int, ...]


@dataclass(frozen=True)
class Times:
    """Hold the limit and the measured time of a leg in seconds."""

    limit: float | None
    taken: float | None
    is_promise: bool


def lane_diagram(
    charter: Charter,
    service: Service,
    legs: Sequence[Leg],
    words: Words,
    measures: Measures = NOTHING_MEASURED,
) -> Diagram:
    """Give the diagram of a service: one lane a body, one row a step, knots where the call changes hands."""
    lanes = _lanes(service, legs)
    places = [_place(leg, lanes) for leg in legs]
    spans = _spans(places)
    figures = [measures.figure_of(leg.card.promise, service) if leg.card else None for leg in legs]
    times = [_times(leg, figure) for leg, figure in zip(legs, figures, strict=True)]
    scale = _scale(times)
    names = [words.labels["lanes"].get(key) or charter.agency[key].short for key in lanes]
    return Diagram(
        tuple(Head(name, _head(lane, len(lanes))) for lane, name in enumerate(names)),
        tuple(
            Row(
                leg,
                _rail(at, place, spans, leg.number, len(lanes)),
                _bar(times[at], scale),
                _since(charter, words, legs, at),
                _beside(leg, legs),
                figures[at],
                _measured(words, leg.card.promise, figures[at]) if leg.card else "",
            )
            for at, (leg, place) in enumerate(zip(legs, places, strict=True))
        ),
    )


def _lanes(service: Service, legs: Sequence[Leg]) -> list[str]:
    leads = dict.fromkeys(key for key in (service.lead, *service.co_lead.values()) if key != "operator")
    lanes = ["caller", "operator", *list(leads)[:LEADS]]
    taking_part = {key for leg in legs for key in (*leg.actors, *leg.receivers)}
    return [*lanes, OTHERS] if taking_part - set(lanes) else lanes


def _place(leg: Leg, lanes: list[str]) -> Place:
    def those(keys: Sequence[str]) -> tuple[int, ...]:
        return tuple(sorted({lanes.index(key if key in lanes else OTHERS) for key in keys}))

    own = those(leg.actors)
    nothing_promised = {body.key for body in leg.card.silent} if leg.card else set()
    promised = those([key for key in leg.actors if key not in nothing_promised])
    # The caller's call reaches the operator; whoever tells the caller comes back to him.
    calls = ("operator",) if "caller" in leg.actors else ()
    tells = ("caller",) if "caller" in leg.informed else ()
    reached = those([*leg.receivers, *calls, *tells])
    silent = tuple(lane for lane in own if lane not in promised)
    return Place(own, silent, tuple(lane for lane in reached if lane not in own))


def _spans(places: Sequence[Place]) -> dict[int, tuple[int, int]]:
    """Give the first and the last row in which a lane has a part."""
    spans: dict[int, tuple[int, int]] = {}
    for at, place in enumerate(places):
        for lane in (*place.own, *place.reached):
            spans[lane] = (spans.get(lane, (at, at))[0], at)
    return spans


def _times(leg: Leg, figure: Figure | None) -> Times:
    card = leg.card
    if card is None:
        return Times(None, None, is_promise=False)
    has_limit = card.has_figure and not card.is_silent
    limit = card.promise.targets[0].days * DAY if has_limit else None
    return Times(limit, _taken(card.promise, figure), card.is_promise)


def _taken(promise: Promise, figure: Figure | None) -> float | None:
    if figure is None or not figure.n:
        return None
    return figure.mean_s if is_average(promise) and figure.mean_s is not None else figure.median_s


def _scale(times: Sequence[Times]) -> float:
    given = [time for one in times for time in (one.limit, one.taken) if time is not None]
    return max((time for time in given if time <= LONGEST), default=LONGEST)


def _since(charter: Charter, words: Words, legs: Sequence[Leg], at: int) -> str:
    """Say from when a limit runs, or which gap it is; nothing if it runs from the event just before."""
    card = legs[at].card
    clock = card.promise.clock if card else None
    before = [leg.step.event for leg in legs[:at] if leg.step.event not in (None, legs[at].step.event)]
    name = event_names(charter).get(clock.start) if clock else None
    if clock is None or name is None or clock.start in before[-1:]:
        return ""
    form = words.labels["gap"] if clock.counts == "gap" else words.labels["leg_since"]
    return str(form.format(event=words.lower_first(words.text(name))))


def _beside(leg: Leg, legs: Sequence[Leg]) -> tuple[int, ...]:
    """Give the numbers of the steps that others take at the same stage."""
    return tuple(
        other.number
        for other in legs
        if leg.step.event and other.step.event == leg.step.event and not set(other.actors) & set(leg.actors)
    )


def _measured(words: Words, promise: Promise, figure: Figure | None) -> str:
    said = brief(words, promise, figure) if figure else ""
    if not said or figure is None or figure.median_s is None or not counts_within(promise, figure):
        return said
    median = words.labels["median"].format(time=words.seconds(figure.median_s)).rstrip(".")
    return f"{words.lower_first(median)}, {said}"


def _x(lane: int) -> int:
    return PITCH * lane + PITCH // 2


def _svg(lanes: int, parts: Sequence[Markup]) -> Markup:
    return Markup('<svg class="p-lanes__rail" width="{}" aria-hidden="true">{}</svg>').format(
        PITCH * lanes, Markup("").join(parts)
    )


@cache
def _line(kind: str, lane: int, top: int, bottom: str) -> Markup:
    return Markup('<line class="p-lanes__{0}" x1="{1}" x2="{1}" y1="{2}" y2="{3}"/>').format(
        kind, _x(lane), top, bottom
    )


def _head(lane: int, lanes: int) -> Markup:
    lead = Markup('<path class="p-lanes__off" d="M{} 12H{}q-8 0-8 8"/>').format(
        PITCH * lanes, _x(lane) + BEND
    )
    tracks = [_line("off", before, EDGE, "100%") for before in range(lane)]
    return _svg(lanes, [*tracks, lead, _line("off", lane, MIDDLE, "100%")])


def _rail(at: int, place: Place, spans: dict[int, tuple[int, int]], number: int, lanes: int) -> Markup:
    tracks = [
        part
        for lane in range(lanes)
        for part in (_line("off", lane, EDGE, "100%"), _active(at, lane, place, spans.get(lane)))
    ]
    hands = [_hand(place.own[0], lane) for lane in reversed(place.reached)]
    knots = [_knot(lane, number, is_silent=lane in place.silent) for lane in place.own]
    return _svg(lanes, [*tracks, *hands, *knots])


def _active(at: int, lane: int, place: Place, span: tuple[int, int] | None) -> Markup:
    if span is None or not span[0] <= at <= span[1] or span[0] == span[1]:
        return Markup("")
    turn = LANDING - BEND if lane in place.reached else MIDDLE
    return _line("on", lane, EDGE if at > span[0] else turn, "100%" if at < span[1] else str(turn))


def _hand(start: int, end: int) -> Markup:
    turn = BEND if end > start else -BEND
    return Markup(
        '<path class="p-lanes__gap" d="M{0} {1}H{2}"/>'
        '<path class="p-lanes__on" d="M{0} {1}H{2}q{3} 0 {3} 8v4"/>'
        '<path class="p-lanes__tip" d="M{4} {5}h12l-6 9z"/>'
    ).format(_x(start), MIDDLE, _x(end) - turn, turn, _x(end) - 6, LANDING - 9)


def _knot(lane: int, number: int, *, is_silent: bool) -> Markup:
    return Markup(
        '<circle class="p-lanes__knot{4}" cx="{0}" cy="{1}" r="{5}"/>'
        '<text class="p-lanes__number{4}" x="{0}" y="{2}">{3}</text>'
    ).format(_x(lane), MIDDLE, MIDDLE + 4.5, number, " p-lanes--silent" if is_silent else "", RADIUS)


def _bar(times: Times, scale: float) -> Markup:
    parts = []
    if times.limit is not None:
        kind = "limit" if times.is_promise else "limit p-lanes--proposed"
        parts.append(_strip(kind, 1, 10, times.limit, scale))
    if times.taken is not None:
        parts.append(_strip("taken", 3, 6, times.taken, scale))
    if max(times.limit or 0, times.taken or 0) > scale:
        parts.append(Markup('<line class="p-lanes__cut" x1="92%" x2="94%" y1="12" y2="0"/>'))
    svg = Markup('<svg class="p-lanes__bar" aria-hidden="true">{}</svg>')
    return svg.format(Markup("").join(parts)) if parts else Markup("")


def _strip(kind: str, top: int, height: int, time: float, scale: float) -> Markup:
    width = round(min(99.0, max(SLIVER, 99 * time / scale)), 1)
    return Markup('<rect class="p-lanes__{}" x="1" y="{}" width="{}%" height="{}"/>').format(
        kind, top, width, height
    )
