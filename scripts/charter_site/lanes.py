"""The lane diagram of the hand-over chain, as inline SVG; its table stands beside it."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from charter_data.models import Charter, Service
from scripts.charter_site.measures import NOTHING_MEASURED, Measures
from scripts.charter_site.results import brief
from scripts.charter_site.views import Leg
from scripts.charter_site.words import Words

WIDTH = 328
ROW = 66
LINES = 2
LINE = 16
LANE = 30
CHARACTER = 7.3
HEAD_CHARACTER = 8.6
OTHERS = "others"


@dataclass(frozen=True)
class Row:
    """Hold where a leg is drawn and what stands beside it."""

    leg: Leg
    y: int
    own: tuple[int, ...]
    silent: tuple[int, ...]
    reached: tuple[int, ...]
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        """Give the room it takes: more lines than usual take more."""
        return ROW + LINE * max(0, len(self.lines) - LINES)


def lane_diagram(
    charter: Charter,
    service: Service,
    legs: Sequence[Leg],
    words: Words,
    measures: Measures = NOTHING_MEASURED,
) -> Markup:
    """Give the diagram of a service: one lane a body, one row a step, knots where the call changes hands."""
    lanes = _lanes(service)
    names = [words.labels["lanes"].get(key) or charter.agency[key].short for key in lanes]
    head = round(max(len(name) for name in names) * HEAD_CHARACTER) + 12
    rows: list[Row] = []
    height = head
    for leg in legs:
        rows.append(_row(leg, height + ROW // 2, lanes, _said(leg, service, words, measures)))
        height += rows[-1].height
    parts = [
        _heads(names, head),
        _tracks(lanes, head, rows[-1].y),
        *(_draw(row, len(lanes), words) for row in rows),
    ]
    title = words.labels["lanes_title"].format(service=words.text(service.title))
    return Markup('<svg class="p-lanes" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, height, title, Markup("").join(parts)
    )


def _lanes(service: Service) -> list[str]:
    leads = dict.fromkeys((service.lead, *service.co_lead.values()))
    others = [OTHERS] if set(service.support) - set(leads) else []
    return ["caller", "operator", *(key for key in leads if key != "operator"), *others]


def _row(leg: Leg, y: int, lanes: list[str], lines: list[str]) -> Row:
    room = int((WIDTH - _edge(len(lanes))) / CHARACTER)
    wrapped = [part for line in lines for part in textwrap.wrap(line, room)]
    silent = tuple(body.key for body in leg.card.silent) if leg.card else ()
    return Row(
        leg,
        y,
        _places(leg.actors, lanes),
        _places([key for key in silent if key in leg.actors], lanes),
        _places(leg.receivers, lanes),
        tuple(wrapped),
    )


def _said(leg: Leg, service: Service, words: Words, measures: Measures) -> list[str]:
    state = _state(leg, words, words.labels["leg_target"])
    said = [f"{leg.apart}: {state}" if leg.apart else state]
    if leg.card and leg.card.owners:
        said += [f"{body.short}: {words.labels['leg_target']['silent']}" for body in leg.card.silent]
    figure = measures.figure_of(leg.card.promise, service) if leg.card else None
    value = brief(words, leg.card.promise, figure) if leg.card and figure else ""
    if value:
        form = words.labels["leg_simulated"] if measures.is_simulated else words.labels["leg_measured"]
        said.append(form.format(value=value))
    return said


def _state(leg: Leg, words: Words, label: dict[str, str]) -> str:
    card = leg.card
    if card is None:
        return label["none"]
    if card.is_silent or not card.has_figure:
        return label["silent"] if card.is_silent else label["no_figure"]
    kind = "promised" if card.is_promise else "proposed"
    return label[kind].format(target=words.duration(card.promise.targets[0]))


def _places(keys: Sequence[str], lanes: list[str]) -> tuple[int, ...]:
    found = [lanes.index(key) if key in lanes else len(lanes) - 1 for key in keys]
    return tuple(sorted(set(found)))


def _x(lane: int) -> int:
    return LANE * lane + LANE // 2


def _edge(lanes: int) -> int:
    return LANE * lanes + 8


def _heads(names: list[str], head: int) -> Markup:
    return Markup("").join(
        Markup('<text class="p-lanes__head" transform="translate({} {}) rotate(-90)">{}</text>').format(
            _x(lane) + 5, head - 8, name
        )
        for lane, name in enumerate(names)
    )


def _tracks(lanes: list[str], top: int, bottom: int) -> Markup:
    return Markup("").join(
        Markup('<line class="p-lanes__track" x1="{0}" y1="{1}" x2="{0}" y2="{2}"/>').format(
            _x(lane), top, bottom
        )
        for lane in range(len(lanes))
    )


def _draw(row: Row, lanes: int, words: Words) -> Markup:
    parts = [_arrow(row.y, row.own[0], lane) for lane in row.reached if lane not in row.own]
    parts += [_knot(row.y, lane, row.leg.number, is_silent=lane in row.silent) for lane in row.own]
    parts += [
        Markup('<text class="p-lanes__{}" x="{}" y="{}">{}</text>').format(
            "name" if line == 0 else "state", _edge(lanes), row.y - 8 + LINE * line, text
        )
        for line, text in enumerate((words.text(row.leg.title), *row.lines))
    ]
    return Markup("").join(parts)


def _knot(y: int, lane: int, number: int, *, is_silent: bool) -> Markup:
    return Markup(
        '<g class="{4}"><circle class="p-lanes__knot" cx="{0}" cy="{1}" r="11"/>'
        '<text class="p-lanes__number" x="{0}" y="{2}">{3}</text></g>'
    ).format(_x(lane), y, y + 4.5, number, "p-lanes__silent" if is_silent else "p-lanes__own")


def _arrow(y: int, start: int, end: int) -> Markup:
    tip = _x(end) - (10 if end > start else -10)
    back = tip - (7 if end > start else -7)
    return Markup(
        '<line class="p-lanes__hand" x1="{0}" y1="{1}" x2="{2}" y2="{1}"/>'
        '<path class="p-lanes__tip" d="M{2} {1}L{3} {4}V{5}Z"/>'
        '<circle class="p-lanes__end" cx="{6}" cy="{1}" r="4"/>'
    ).format(_x(start), y, tip, back, y - 5, y + 5, _x(end))
