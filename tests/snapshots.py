"""Snapshots made up for tests: one figure, one answer, or a whole simulated year of the city."""

from datetime import UTC, date, datetime
from typing import Any

from charter_data.models import Charter
from charter_data.snapshot import (
    Answer,
    CallCounts,
    Counts,
    DeclineReason,
    FeedbackCounts,
    Figure,
    Finding,
    HoaxCounts,
    Opinion,
    Outcome,
    Said,
    Snapshot,
    Stance,
    Verdict,
)
from charter_data.vocabulary import CallClass

HIDDEN: dict[str, Any] = dict.fromkeys(
    ("n", "missing", "out_of_order", "within", "mean_s", "median_s", "p90_s"), None
) | {"verdict": Verdict.NOT_JUDGED}


def figure(**changes: Any) -> Figure:
    whole: dict[str, Any] = {
        "clause": "KBK.siap",
        "service": "KBK",
        "first_day": date(2026, 1, 1),
        "last_day": date(2026, 12, 31),
        "n": 9,
        "missing": 2,
        "out_of_order": 0,
        "within": 7,
        "mean_s": None,
        "median_s": None,
        "p90_s": None,
        "verdict": Verdict.UNCERTAIN,
    }
    return Figure(**(whole | changes))


def answer(**changes: Any) -> Answer:
    whole: dict[str, Any] = {
        "number": "M-7KQ4F2",
        "clause": "KBK.siap",
        "service": "KBK",
        "answered_on": date(2026, 10, 2),
        "outcome": Outcome.DONE,
        "summary": Said(id="Ringkasan."),
        "text": Said(id="Jawaban.", en="Answer."),
    }
    return Answer(**(whole | changes))


def opinion(**changes: Any) -> Opinion:
    whole: dict[str, Any] = {
        "role": "dprd",
        "organisation": "DPRD Kota Contoh",
        "stance": Stance.DISAGREES,
        "written_on": date(2026, 10, 9),
        "text": Said(id="Dua mobil saja belum cukup."),
    }
    return Opinion(**(whole | changes))


def counts(**changes: Any) -> Counts:
    whole: dict[str, Any] = {
        "first_day": date(2026, 1, 1),
        "last_day": date(2026, 12, 31),
        "calls": CallCounts(
            arrived=50, answered=40, by_class={CallClass.EMERGENCY: 6, CallClass.NUISANCE: 20}
        ),
        "feedback": FeedbackCounts(
            received=9,
            answered=4,
            in_time=2,
            late=1,
            declined=1,
            declined_because={DeclineReason.SPAM: 1},
            withdrawn=1,
            erased_by_staff=0,
            waiting=3,
            published=2,
            outcomes={Outcome.DONE: 3, Outcome.REFUSED: 1},
            disputed=1,
            opinions={Stance.DISAGREES: 1, Stance.ADDS: 2},
            overdue=2,
            oldest_overdue_days=12,
            oldest_waiting_days=72,
            planned_overdue=1,
        ),
        "hoax_reports": HoaxCounts(received=3, findings={Finding.NOT_PROVEN: 1, Finding.NUISANCE: 2}),
    }
    return Counts(**(whole | changes))


def snapshot(charter: Charter, **changes: Any) -> Snapshot:
    whole: dict[str, Any] = {
        "city": charter.area.bps_code,
        "seal": "0" * 64,
        "made_at": datetime(2026, 11, 24, 8, 0, tzinfo=UTC),
        "kind": "simulated",
        "audit_head": "1" * 64,
        "figures": (figure(), figure(agency="damkar"), figure(clause="BKL.damping", service="BKL", **HIDDEN)),
        "answers": (answer(),),
        "removed": ("M-2ABCD3",),
        "counts": counts(),
    }
    return Snapshot(**(whole | changes))


def leg(clause: str, service: str | None, n: int, median: float, **changes: Any) -> Figure:
    """Give a leg that was timed `n` times and is not judged."""
    whole = {"within": None, "median_s": median, "verdict": Verdict.NOT_JUDGED}
    return figure(clause=clause, service=service, n=n, **(whole | changes))


def year(charter: Charter) -> Snapshot:
    """Give a simulated year of the city: crashes and fires agency by agency, answers, counts."""
    return snapshot(
        charter,
        figures=(*_every_call(), *_crashes(), *_fires(), *_families()),
        answers=_answers(),
        counts=counts(calls=_calls()),
    )


def _every_call() -> tuple[Figure, ...]:
    return (
        leg("UMUM.angkat", None, 412, 9, within=371, p90_s=21.0, missing=31),
        leg("UMUM.angkat", "KBK", 33, 9, within=29),
        leg("UMUM.angkat", "KLL", 14, 8, within=10),
        figure(clause="UMUM.angkat", service="BKL", **HIDDEN),
        leg("UMUM.catat", None, 96, 48, within=70, missing=4, out_of_order=2),
        leg("UMUM.terus", None, 94, 30, within=66, p90_s=88.0, missing=0),
        leg("UMUM.terima", None, 82, 61, within=50, p90_s=190.0, missing=11, out_of_order=1),
        leg("PGD.baca", None, 9, 172_800, within=7),
    )


def _crashes() -> tuple[Figure, ...]:
    both = [
        ("UMUM.terus", "polres", 32, 24.0),
        ("UMUM.terus", "dinkes", 34, 41.0),
        ("UMUM.terima", "polres", 21, 52.0),
        ("UMUM.terima", "dinkes", 33, 95.0),
        ("UMUM.berangkat", "dinkes", 30, 262.0),
    ]
    return (
        *(leg(clause, "KLL", n, median, agency=agency) for clause, agency, n, median in both),
        leg("UMUM.terus", "KLL", 66, 33, within=41, p90_s=88.0),
        leg("UMUM.terima", "KLL", 54, 74, within=25, p90_s=190.0, out_of_order=1),
        leg("KLL.serentak", "KLL", 31, 19, within=24, p90_s=64.0),
        leg("KLL.tiba-ambulans", "KLL", 34, 1128, agency="dinkes", within=13, p90_s=1905.0, missing=6),
        leg("KLL.tiba-polisi", "KLL", 18, 742, agency="polres", missing=15),
    )


def _fires() -> tuple[Figure, ...]:
    return (
        figure(n=28, within=19, mean_s=842.0, median_s=790.0, p90_s=1310.0, verdict=Verdict.KEPT),
        leg("KBK.siap-warga", "KBK", 28, 930, p90_s=1460.0),
        leg("UMUM.terima", "KBK", 28, 35, agency="damkar", within=25),
        leg("UMUM.berangkat", "KBK", 29, 118, agency="damkar", within=26),
    )


def _families() -> tuple[Figure, ...]:
    return tuple(figure(clause=key, service="BKL", **HIDDEN) for key in ("BKL.lindung", "BKL.damping"))


def _calls() -> CallCounts:
    classes = {
        CallClass.EMERGENCY: 74,
        CallClass.NUISANCE: 1902,
        CallClass.FALSE_REPORT: 11,
        CallClass.MISDIALLED: 655,
        CallClass.SILENT: 810,
    }
    return CallCounts(arrived=4120, answered=3871, by_class=classes)


def _answers() -> tuple[Answer, ...]:
    return (
        answer(
            summary=Said(
                id="Air baru memancar setelah dua puluh menit.",
                en="Water was on only after twenty minutes.",
            ),
            text=Said(
                id="Benar. Satu mobil sedang diperbaiki. Sejak September dua mobil siap setiap malam.",
                en="That is so. One engine was being repaired. Since September two stand ready every night.",
            ),
        ),
        answer(
            number="M-4TZ8WK",
            clause="KLL.tiba-ambulans",
            service="KLL",
            answered_on=date(2026, 11, 3),
            outcome=Outcome.PLANNED,
            due_on=date(2026, 11, 20),
            theme=Said(id="Waktu tunggu"),
            opinions=(opinion(), opinion(role="ngo", organisation="Forum Warga", stance=Stance.ADDS)),
            summary=Said(id="Polisi datang lebih dulu, ambulans menyusul setengah jam kemudian."),
            text=Said(id="Operator akan memberi tahu polisi dan ambulans serentak, bukan berurutan."),
        ),
        answer(
            number="M-9HN3RD",
            clause="UMUM.angkat",
            service="KBK",
            answered_on=date(2026, 8, 19),
            outcome=Outcome.REFUSED,
            summary=Said(id="Telepon berdering lama pada malam hari."),
            text=Said(id="Operator malam hanya satu orang. Anggaran tahun ini belum cukup untuk dua orang."),
        ),
    )
