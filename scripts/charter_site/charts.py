"""Bars for paper: each row says its number in words, the bar beside it only helps to compare."""

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from charter_data.models import Charter
from charter_data.snapshot import Verdict
from charter_data.vocabulary import Standing
from scripts.charter_site.measures import Measures
from scripts.charter_site.oversight import MISUSE, Line, Told, filled_seats
from scripts.charter_site.results import counted, counts_within, headline, unmeasured
from scripts.charter_site.voices import accounts
from scripts.charter_site.words import Words

WIDTH, HEIGHT = 200, 10
SLIVER = 1.5  # what is there is seen, however little it is beside the rest


@dataclass(frozen=True)
class Bar:
    """Hold one row of a chart: its name, its number in words, and its part of the whole or of the longest."""

    name: str
    said: str
    part: float | None = None
    beneath: str = ""
    is_share: bool = False

    @property
    def picture(self) -> str:
        """Give the bar as an SVG data address: dark on an outline, so that a grey copier keeps it."""
        width = round(WIDTH * min(max(self.part or 0, 0), 1), 1)
        filled = max(width, SLIVER) if self.part else 0
        whole = (
            f'<rect x=".5" y=".5" width="{WIDTH - 1}" height="{HEIGHT - 1}" fill="#fff" stroke="#767676"/>'
        )
        drawn = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
            f' preserveAspectRatio="none">{whole if self.is_share else ""}'
            f'<rect width="{filled}" height="{HEIGHT}" fill="#333"/></svg>'
        )
        return f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}"


def bars(charter: Charter, words: Words, measures: Measures, key: str, told: Told) -> tuple[Bar, ...]:
    """Give the bars of one of the ten figures; none where there is nothing to compare."""
    if told.lines:
        wanted = (line for line in told.lines if line.figure or line.promise.standing.is_promise)
        return tuple(_line(charter, words, line) for line in wanted)
    of = OF.get(key)
    return of(charter, words, measures) if of else ()


def compared(words: Words, rows: Iterable[tuple[str, int, str]]) -> tuple[Bar, ...]:
    """Give bars of numbers, the longest as long as there is room."""
    given = list(rows)
    most = max((n for _, n, _ in given), default=0)
    return tuple(Bar(name, words.number(n), n / most if most else 0, beneath) for name, n, beneath in given)


def _line(charter: Charter, words: Words, line: Line) -> Bar:
    promise, figure = line.promise, line.figure
    name = line.name or words.text(promise.text) if promise.text else line.name
    beneath = f"{line.note}, {words.labels['standing'][promise.standing.value]}".removeprefix(", ")
    if figure is None or figure.is_hidden or not figure.n:
        hidden = (
            words.labels["hidden"] if figure and figure.is_hidden else unmeasured(charter, words, promise)
        )
        return Bar(name, hidden, None, beneath)
    is_share = counts_within(promise, figure)
    said = [headline(words, promise, figure)]
    if promise.standing.is_promise and figure.verdict is not Verdict.NOT_JUDGED:
        said.append(f"({words.labels['verdict'][figure.verdict.value]})")
    part = (figure.within or 0) / figure.n if is_share else None
    from_ = words.labels["counted_from"].format(counted=counted(words, promise, figure))
    return Bar(name, " ".join([*said, from_]), part, beneath, is_share)


def _calls(charter: Charter, words: Words, measures: Measures) -> tuple[Bar, ...]:
    by_class = measures.counts.calls.by_class if measures.counts else {}
    named = ((words.text(one.name), one.key) for one in charter.definitions.call_classes)
    return compared(words, [(name, by_class[key], "") for name, key in named if key in by_class])


def _misuse(charter: Charter, words: Words, measures: Measures) -> tuple[Bar, ...]:
    calls = measures.counts.calls if measures.counts else None
    if calls is None or not calls.answered:
        return ()
    name = {one.key: words.text(one.name) for one in charter.definitions.call_classes}
    found = ((key, calls.by_class.get(key, 0)) for key in MISUSE)
    return tuple(
        Bar(name[key], words.number(n), n / calls.answered, is_share=True) for key, n in found if key in name
    )


def _promises(charter: Charter, words: Words, measures: Measures) -> tuple[Bar, ...]:
    tally = measures.tally(one for one in charter.promises() if one.standing.is_promise)
    said = words.labels["council"]["promises"]
    return compared(words, [(said[key], n, "") for key, n in tally.items()])


def _voices(_charter: Charter, words: Words, measures: Measures) -> tuple[Bar, ...]:
    return compared(words, accounts(words, measures.counts.feedback)) if measures.counts else ()


def _agreement(charter: Charter, words: Words, _measures: Measures) -> tuple[Bar, ...]:
    seats, said = len(charter.agreements.parties), words.labels["council"]["standings"]
    kinds: list[Standing] = [promise.standing for promise in charter.promises()]
    wanted = (Standing.AGREED, Standing.REQUIRED, Standing.PROPOSED)
    filled = filled_seats(charter)
    share = words.labels["x_of_y"].format(part=filled, whole=seats)
    taken = Bar(said["seats"], share, filled / seats if seats else 0, is_share=True)
    return (
        taken,
        *compared(words, [(said[kind.name.lower()], kinds.count(kind), "") for kind in wanted]),
    )


OF: dict[str, Callable[[Charter, Words, Measures], tuple[Bar, ...]]] = {
    "panggilan": _calls,
    "penyalahgunaan": _misuse,
    "janji_ditepati": _promises,
    "suara_warga": _voices,
    "kesepakatan": _agreement,
}
