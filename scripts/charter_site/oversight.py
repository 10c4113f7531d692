"""The ten figures for oversight: what the charter and a snapshot say of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from charter_data.models import Charter, Promise
from charter_data.models.clauses import Clock
from charter_data.snapshot import Counts, FeedbackCounts, Figure, Stance
from charter_data.vocabulary import CallClass, Event, Standing
from scripts.charter_site.measures import Measures
from scripts.charter_site.pooling import handed_over, leg_name, recorded
from scripts.charter_site.results import JUDGED_FROM, counts_within
from scripts.charter_site.tables import Table, by_class, by_promise, by_service, own_leg, share, timed
from scripts.charter_site.voices import accounted, oldest
from scripts.charter_site.words import SMALL, Words

MISUSE = (CallClass.NUISANCE, CallClass.FALSE_REPORT)
HANDED = (Event.PASSED_ON, Event.ACCEPTED)
OWN = (Event.ACCEPTED, Event.LEAVES)


@dataclass(frozen=True)
class Line:
    """Hold a measured promise of a card, and what tells it from the card's other lines."""

    promise: Promise
    figure: Figure | None
    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class Told:
    """Hold all there is to say of one of the ten figures: the headline, what is beside it, the table."""

    sentences: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    table: Table | None = None
    is_measured: bool = False


def tell(charter: Charter, words: Words, measures: Measures, key: str) -> Told:
    """Give what is known of one of the ten figures; nothing where it has not been measured."""
    if key == "kesepakatan":
        return Told((_seats(charter, words),), (_standings(charter, words),))
    if key == "janji_ditepati":
        said = (_kept(charter, words, measures),)
        table = by_promise(charter, words, measures) if measures.figures else None
        return Told(said, table=table, is_measured=bool(measures.figures))
    if key in COUNTED and measures.counts:
        table = _table(charter, words, measures.counts, key)
        headline, beside = (of[key](words, measures.counts) for of in (COUNTED, BESIDE))
        return Told(headline, beside, table=table, is_measured=True)
    return TIMED[key](charter, words, measures) if key in TIMED and measures.figures else Told()


def _table(charter: Charter, words: Words, counts: Counts, key: str) -> Table | None:
    if key == "suara_warga":
        return accounted(words, counts.feedback)
    return by_class(charter, words, counts) if key == "panggilan" else None


def findings(words: Words, counts: Counts) -> tuple[str, ...]:
    """Give what citizens told us of false calls, and what was found."""
    told, label = counts.hoax_reports, words.labels["finding"]
    said = [words.labels["hoax_received"].format(count=words.number(told.received))]
    if any(told.findings.values()):
        listed = _listed(words, {label[key.value]: count for key, count in told.findings.items()})
        said.append(words.labels["hoax_found"].format(findings=listed))
    return tuple(said)


def filled_seats(charter: Charter) -> int:
    """Give how many seats of the agreement somebody holds."""
    return sum(1 for party in charter.agreements.parties if party.holder)


def _calls(words: Words, counts: Counts) -> tuple[str, ...]:
    calls = counts.calls
    emergencies = calls.by_class.get(CallClass.EMERGENCY, 0)
    numbers = {"arrived": calls.arrived, "answered": calls.answered, "emergencies": emergencies}
    return (_filled(words, words.labels["calls_counted"], numbers),)


def _apart(words: Words, _counts: Counts) -> tuple[str, ...]:
    return (words.labels["calls_apart"],)


def _misuse(words: Words, counts: Counts) -> tuple[str, ...]:
    part, whole = sum(counts.calls.by_class.get(key, 0) for key in MISUSE), counts.calls.answered
    if not whole:
        return ()
    if whole < SMALL:
        return (_filled(words, words.labels["misuse_share"], {"part": part, "whole": whole}),)
    return (
        _filled(
            words,
            words.labels["misuse_hundred"],
            {"part": part, "whole": whole, "per": round(100 * part / whole, 1)},
        ),
    )


def _voices(words: Words, counts: Counts) -> tuple[str, ...]:
    feedback = counts.feedback
    said = _filled(words, words.labels["feedback_counted"], _numbers(feedback))
    if not feedback.overdue:
        return (said,)
    late = _filled(words, words.labels["feedback_overdue"], _numbers(feedback))
    return said, f"{late}, {words.lower_first(oldest(words, feedback.oldest_overdue_days))}."


def _outcomes(words: Words, counts: Counts) -> tuple[str, ...]:
    feedback, label = counts.feedback, words.labels["outcome"]
    said = [_filled(words, words.labels["feedback_beside"], _numbers(feedback))]
    if not feedback.in_time + feedback.late + feedback.overdue:
        said[0] += f" {words.labels['feedback_unpromised']}"
    if any(feedback.outcomes.values()):
        outcomes = {words.lower_first(label[key.value]): count for key, count in feedback.outcomes.items()}
        said.append(words.labels["feedback_outcomes"].format(outcomes=_listed(words, outcomes)))
    numbers = _numbers(feedback) | {"dissent": feedback.opinions.get(Stance.DISAGREES, 0)}
    told = {form: numbers[name] for name, form in words.labels["feedback_doubts"].items() if numbers[name]}
    said.append(" ".join(_filled(words, form, {"n": n}) for form, n in told.items()))
    return tuple(sentence for sentence in said if sentence)


def _numbers(feedback: FeedbackCounts) -> dict[str, int]:
    return {name: n for name, n in feedback if isinstance(n, int)}


def _kept(charter: Charter, words: Words, measures: Measures) -> str:
    promises = list(charter.promises())
    tally = measures.tally(one for one in promises if one.standing.is_promise)
    proposals = sum(1 for one in promises if one.is_proposal)
    return _filled(words, words.labels["door_promises"], {**tally, "proposals": proposals})


def _seats(charter: Charter, words: Words) -> str:
    seats = {"filled": filled_seats(charter), "all": len(charter.agreements.parties)}
    return _filled(words, words.labels["seats_filled"], seats)


def _standings(charter: Charter, words: Words) -> str:
    kinds: list[Standing] = [promise.standing for promise in charter.promises()]
    wanted = (Standing.AGREED, Standing.REQUIRED, Standing.PROPOSED)
    return _filled(
        words, words.labels["standings_counted"], {kind.name.lower(): kinds.count(kind) for kind in wanted}
    )


def _filled(words: Words, form: str, numbers: Mapping[str, float]) -> str:
    return str(form.format(**{name: words.number(value) for name, value in numbers.items()}))


def _listed(words: Words, counts: dict[str, int]) -> str:
    return ", ".join(f"{words.number(count)} {name}" for name, count in counts.items() if count)


def _answering(charter: Charter, words: Words, measures: Measures) -> Told:
    lines = tuple(
        Line(one, measures.of_every_call(one)) for one in charter.common.promises if _is_answering(one)
    )
    counts = measures.counts
    lost = counts.calls.arrived - counts.calls.answered if counts else 0
    said = (_filled(words, words.labels["unanswered"], {"count": lost}),) if lost > 0 else ()
    return _timed(lines, by_service(charter, words, measures, _is_answering), said)


def _handover(charter: Charter, words: Words, measures: Measures) -> Told:
    legs = [one for one in charter.common.promises if _is_handover(one)]
    lines = [
        Line(one, measures.of_every_call(one), leg_name(charter, words, one.clock))
        for one in legs
        if one.clock
    ]
    return _timed(tuple(lines), handed_over(charter, words, measures, legs)) if legs else Told()


def _arrival(charter: Charter, words: Words, measures: Measures) -> Told:
    given = [(*one, measures.of_service(one[1], one[0])) for one in timed(charter, _is_arrival)]
    lines = tuple(
        Line(promise, figure, words.text(service.title), own_leg(charter, words, promise, service))
        for service, promise, figure in sorted(given, key=lambda one: not one[1].standing.is_promise)
        if promise.standing.is_promise or _is_telling(promise, figure)
    )
    return _timed(lines, by_service(charter, words, measures, _is_arrival))


def _is_telling(promise: Promise, figure: Figure | None) -> bool:
    return figure is not None and counts_within(promise, figure) and (figure.n or 0) >= JUDGED_FROM


def _completeness(charter: Charter, words: Words, measures: Measures) -> Told:
    legs = [one for one in charter.common.promises if _is_own_leg(one)]
    table = recorded(charter, words, measures, legs)
    said = [
        _recorded(charter, words, one.clock, figure)
        for one in legs
        if one.clock and (figure := measures.of_every_call(one)) and not figure.is_hidden
    ]
    if not table.rows and not said:
        return Told()
    return Told(tuple(said), (words.labels["recorded_partly"],), table=table, is_measured=True)


def _recorded(charter: Charter, words: Words, clock: Clock, figure: Figure) -> str:
    usable = figure.n or 0
    whole = usable + (figure.missing or 0) + (figure.out_of_order or 0)
    cell = share(words, usable, whole)
    said = f"{cell.said} ({cell.beneath})" if cell.beneath else cell.said
    return str(words.labels["recorded"].format(leg=leg_name(charter, words, clock), share=said))


def _timed(lines: tuple[Line, ...], table: Table, beside: tuple[str, ...] = ()) -> Told:
    is_measured = any(line.figure for line in lines) or any(row.cells for row in table.rows)
    return Told((), beside, lines, table, is_measured=True) if is_measured else Told()


def _is_answering(promise: Promise) -> bool:
    return promise.clock is not None and promise.clock.end is Event.ANSWERED


def _is_handover(promise: Promise) -> bool:
    clock = promise.clock
    return clock is not None and clock.end in HANDED and clock.counts == "each" and bool(promise.targets)


def _is_own_leg(promise: Promise) -> bool:
    clock = promise.clock
    return clock is not None and clock.end in OWN and clock.counts == "each"


def _is_arrival(promise: Promise) -> bool:
    return promise.clock is not None and promise.clock.end in (Event.ARRIVES, Event.HELP_BEGINS)


COUNTED = {"panggilan": _calls, "penyalahgunaan": _misuse, "suara_warga": _voices}
BESIDE = {"panggilan": _apart, "penyalahgunaan": _apart, "suara_warga": _outcomes}
TIMED = {
    "diangkat": _answering,
    "serah_terima": _handover,
    "bantuan_tiba": _arrival,
    "kelengkapan": _completeness,
}
