"""A made-up year of calls, as a log that comes in like any other; nothing of it happened."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from math import exp
from pathlib import Path
from random import Random
from statistics import NormalDist
from typing import Any, NamedTuple

import yaml

from charter_data.models import Charter, Service
from charter_data.vocabulary import CallClass, Event, SideEvent
from site_api.calls.models import OF_UNIT, DatasetKind
from site_api.calls.workflow import Imported, import_log
from site_api.installation import Installation

DAYS = 365
OTHER_CALLS_A_DAY = 20
FORM = "%Y-%m-%d %H:%M:%S"
NORMAL = NormalDist()

CASES = {"KLL": 40, "KBK": 33, "MED": 14, "HWN": 8, "POH": 6, "LIS": 5, "KAM": 5, "BKL": 4, "BJR": 3}
"""Genuine emergencies a year by service; any other service has two."""

OTHER_CALLS = {
    CallClass.NUISANCE: 46,
    CallClass.SILENT: 18,
    CallClass.MISDIALLED: 17,
    CallClass.DROPPED: 10,
    CallClass.NOT_EMERGENCY: 5,
    CallClass.INFORMATION: 3,
    CallClass.FALSE_REPORT: 0.2,
    CallClass.MISTAKEN: 0.2,
    CallClass.SAME_INCIDENT: 0.3,
    CallClass.TEST: 0.3,
}
"""Of a hundred other calls."""

MEDIAN_S = {
    Event.ANSWERED: 9,
    Event.LOGGED: 45,
    Event.PASSED_ON: 26,
    Event.ACCEPTED: 45,
    Event.LEAVES: 120,
    Event.ARRIVES: 480,
    Event.HELP_BEGINS: 90,
    Event.CLOSED: 2400,
    Event.CALLER_TOLD: 7200,
}
"""From the event before, in seconds."""

SIDE_EVENTS = (
    ("MED", "dinkes", SideEvent.AT_HOSPITAL, 2100),
    ("KLL", "dinkes", SideEvent.AT_HOSPITAL, 1900),
    ("BKL", "p3apm", SideEvent.COMPANION, 1500),
    ("BKL", "polres", SideEvent.PROTECTION, 14_000),
    ("LIS", "pln", SideEvent.POWER_CUT, 1300),
)
"""What else an agency does at a service, and how many seconds after it was told."""

COLUMNS = ("nomor", "kelas", "layanan", "kelurahan", "instansi", "unit")
Times = dict[Event | SideEvent, datetime]


class _Start(NamedTuple):
    """Hold when a call comes in and what it will turn out to be."""

    at: datetime
    call_class: CallClass
    service: str


def import_year(place: Installation, folder: Path, *, year_end: date, seed: int) -> Imported:
    """Write a simulated year to a folder and import it as any log; raises LogError beside real calls."""
    log, mapping = folder / "simulated.csv", folder / "simulated.mapping.yml"
    write_year(place.charter, log, year_end=year_end, seed=seed)
    mapping.write_text(yaml.safe_dump(mapping_of(place.charter), sort_keys=False), "utf-8")
    return import_log(place, log, mapping, DatasetKind.SIMULATED)


def write_year(charter: Charter, log: Path, *, year_end: date, seed: int) -> None:
    """Write a simulated year as CSV; the same seed gives the same bytes."""
    with log.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, (*COLUMNS, *Event, *SideEvent), lineterminator="\n")
        writer.writeheader()
        writer.writerows(simulated_rows(charter, year_end=year_end, seed=seed))


def mapping_of(charter: Charter) -> dict[str, Any]:
    """Give the mapping of a simulated log."""
    return {
        "dataset": "simulated-year",
        "source": "Made up by a program: none of these calls happened.",
        "time_zone": charter.info.time_zone,
        "row_key": ["nomor", "instansi", "unit"],
        "case_key": ["nomor"],
        "agency": {"column": "instansi"},
        "unit": {"column": "unit"},
        "service": {"column": "layanan"},
        "class": {"column": "kelas"},
        "district": {"column": "kelurahan"},
        "events": {event.value: {"column": event.value, "format": FORM} for event in (*Event, *SideEvent)},
    }


def simulated_rows(charter: Charter, *, year_end: date, seed: int) -> Iterator[dict[str, str]]:
    """Yield the rows of a year that ends on a day: one for each unit, or one for a call that sent nobody."""
    chance = Random(seed)  # noqa: S311 (nothing here is secret)
    for number, start in enumerate(sorted(_starts(charter, year_end, chance)), 1):
        head = {"nomor": f"S{number:06}", "kelas": start.call_class.value, "layanan": start.service}
        for row in _rows(charter, start, chance):
            yield head | row


def _starts(charter: Charter, year_end: date, chance: Random) -> Iterator[_Start]:
    for service in charter.emergencies:
        for _ in range(CASES.get(service.public_code, 2)):
            yield _Start(_moment(year_end, chance), CallClass.EMERGENCY, service.public_code)
    for _ in range(DAYS * OTHER_CALLS_A_DAY):
        call_class = chance.choices(tuple(OTHER_CALLS), tuple(OTHER_CALLS.values()))[0]
        yield _Start(_moment(year_end, chance), call_class, "")


def _moment(year_end: date, chance: Random) -> datetime:
    day = year_end - timedelta(days=int(chance.random() * DAYS))
    # Two draws, the later taken: fewer calls after midnight than in the evening.
    second = int(max(chance.random(), chance.random()) * 86_400)
    return datetime.combine(day, time()) + timedelta(seconds=second)


def _rows(charter: Charter, start: _Start, chance: Random) -> Iterator[dict[str, str]]:
    call: Times = {Event.CALL_ARRIVES: start.at}
    if start.call_class is CallClass.DROPPED:
        yield _written(call)
        return
    _follow(call, Event.ANSWERED, chance)
    if start.call_class in (CallClass.FALSE_REPORT, CallClass.MISTAKEN):
        _follow(call, Event.LOGGED, chance)
        yield _sent(call, "polres", 1, chance)
    elif start.call_class is CallClass.EMERGENCY:
        _follow(call, Event.LOGGED, chance)
        yield from _emergency(charter, charter.service_of_scope[start.service], call, chance)
    else:
        yield _written(call)


def _emergency(charter: Charter, service: Service, call: Times, chance: Random) -> Iterator[dict[str, str]]:
    districts = () if service.is_sensitive else tuple(charter.area.district)
    place = {"kelurahan": _any(districts, chance)} if districts else {}
    if chance.random() < 0.03:
        yield _written(_later(call, SideEvent.TRANSFER, Event.LOGGED, 40, chance)) | place
        return
    if chance.random() < 0.05:
        call[SideEvent.DOUBT] = call[Event.LOGGED]
    if service.public_code == "BJR" and chance.random() < 0.6:
        call = _later(call, SideEvent.MASS_INCIDENT, Event.LOGGED, 600, chance)
    if service.public_code == "MED" and chance.random() < 0.7:
        call = _later(call, SideEvent.GUIDANCE, Event.ANSWERED, 50, chance)
    told = _later(call, Event.CLOSED, Event.LOGGED, MEDIAN_S[Event.CLOSED], chance)
    if chance.random() < 0.6:
        _follow(told, Event.CALLER_TOLD, chance)
    for agency in _agencies(service, chance):
        for unit in range(1, 2 + (agency == "damkar")):
            yield _sent(told, agency, unit, chance, service.public_code) | place


def _agencies(service: Service, chance: Random) -> Iterator[str]:
    """Yield who is sent: those who lead, and now and then one who supports."""
    leading = tuple(dict.fromkeys((service.lead, *service.co_lead.values())))
    yield from leading
    yield from (agency for agency in service.support[:3] if agency not in leading and chance.random() < 0.2)


def _sent(call: Times, agency: str, unit: int, chance: Random, service: str = "") -> dict[str, str]:
    times = dict(call)
    last = times[Event.LOGGED] + timedelta(seconds=200 if SideEvent.DOUBT in times else 0)
    for event in OF_UNIT:
        last += _seconds(MEDIAN_S[event], chance)
        times[event] = last
    if times[Event.ACCEPTED] - times[Event.PASSED_ON] > timedelta(seconds=120):
        times = _later(times, SideEvent.ESCALATION, Event.PASSED_ON, 118, chance)
    for where, whose, side_event, median in SIDE_EVENTS:
        if (where, whose) == (service, agency):
            times = _later(times, side_event, Event.PASSED_ON, median, chance)
    _spoil(times, agency, chance)
    return {"instansi": agency, "unit": f"{agency}-{unit}"} | _written(times)


def _spoil(times: Times, agency: str, chance: Random) -> None:
    """Leave out times, as people do in a hurry; now and then the clock of an agency is slow."""
    if chance.random() < 0.04:
        times[Event.ACCEPTED] = times[Event.PASSED_ON] - timedelta(seconds=40)
    forgets = 0.35 if agency == "polres" else 0.08
    for event in (Event.ACCEPTED, Event.LEAVES, Event.ARRIVES, Event.HELP_BEGINS):
        if chance.random() < forgets:
            del times[event]


def _follow(times: Times, event: Event, chance: Random) -> None:
    times[event] = list(times.values())[-1] + _seconds(MEDIAN_S[event], chance)


def _later(times: Times, event: Event | SideEvent, after: Event, median: float, chance: Random) -> Times:
    return times | {event: times[after] + _seconds(median, chance)}


def _seconds(median: float, chance: Random) -> timedelta:
    """Draw a duration: half of them are longer than the median, a few much longer."""
    spread = NORMAL.inv_cdf(0.005 + 0.99 * chance.random())
    return timedelta(seconds=round(median * exp(0.55 * spread)))


def _any(values: tuple[str, ...], chance: Random) -> str:
    return values[int(chance.random() * len(values))]


def _written(times: Times) -> dict[str, str]:
    return {event.value: moment.strftime(FORM) for event, moment in times.items()}
