"""The words and clauses of every call in Kota Contoh, and what its words mean."""

from typing import Any

from charter_data.vocabulary import (
    CallClass,
    Component,
    Event,
    Exclusion,
    FeedbackEvent,
    HandoverMode,
    SideEvent,
    Standing,
)
from tests.kota_contoh.pieces import by, promise, source, text


def common() -> dict[str, Any]:
    return {
        "texts": texts(),
        "steps": [_common_step(event) for event in Event],
        "promises": [
            promise(
                "UMUM.angkat",
                "Operator mengangkat",
                "masuk",
                "angkat",
                [{"value": 15, "unit": "s", "share": 90}],
            ),
            promise("UMUM.terus", "Operator meneruskan", "catat", "terus", [{"value": 30, "unit": "s"}]),
            promise(
                "UMUM.terima",
                "Instansi menerima",
                "terus",
                "terima",
                [{"value": 60, "unit": "s"}],
                owner="each",
            ),
            promise("UMUM.senyap", "Panggilan tanpa suara diperiksa", None, None),
            {
                **promise(
                    "PGD.jawab",
                    "Masukan dijawab",
                    "masukan_diterima",
                    "masukan_dijawab",
                    [{"value": 10, "unit": "working_day"}],
                ),
                "standing": "wajib",
                "basis": [
                    {"law": "uu-contoh", "article": "36", "limit": {"value": 14, "unit": "working_day"}}
                ],
            },
            promise("PGD.penanggung-jawab", "Nama penanggung jawab diumumkan", None, None),
        ],
        "rights": [
            {
                "id": "UMUM.hak-dipercaya",
                "text": text("Anda berhak dipercaya"),
                "answered_by": ["UMUM.kami-percaya"],
                "basis": [{"law": "uu-contoh", "article": "18", "says": text("Warga berhak dilayani")}],
            },
            {"id": "PGD.hak-mengadu", "text": text("Anda berhak mengadu"), "answered_by": ["PGD.kami-jawab"]},
        ],
        "obligations": [
            {"id": "UMUM.kami-percaya", "text": text("Kami mengirim dulu")},
            {"id": "PGD.kami-jawab", "text": text("Kami menjawab tertulis")},
            {
                "id": "UMUM.wajib-jujur",
                "text": text("Ceritakan yang sebenarnya"),
                "good_for": text("Bantuan yang tepat datang"),
                "basis": [{"law": "uu-contoh", "article": "19"}],
            },
        ],
        "powers": [
            {
                "id": "UMUM.wenang-kirim",
                "text": text("Operator boleh mengirim"),
                "limit": text("Alasannya dicatat"),
            }
        ],
        "partners": [
            {
                "id": "UMUM.mitra-awasi",
                "text": text("DPRD boleh bertanya"),
                "about": ["UMUM.angkat", "PGD.jawab"],
            }
        ],
        "standard": [
            {"id": f"UMUM.std-{component.value}", "text": text(f"Komponen {component.value}")}
            for component in Component
        ],
    }


def _common_step(event: Event) -> dict[str, Any]:
    step: dict[str, Any] = {
        "id": f"UMUM.langkah-{event.value}",
        "text": text(f"Langkah {event.value}"),
        "actor": {"masuk": "caller", "angkat": "operator", "catat": "operator", "terus": "operator"}.get(
            event, "lead"
        ),
        **by(f"Petugas {event.value}"),
        "event": event.value,
    }
    if event in (Event.ANSWERED, Event.PASSED_ON, Event.ACCEPTED):
        step["promise"] = f"UMUM.{event.value}"
    if event is Event.PASSED_ON:
        step["handover"] = {"to": ["lead", "co_lead", "support"], "mode": "relay"}
    return step


def texts() -> dict[str, Any]:
    notices = ("draft", "unofficial", "simulated", "first_aid_unreviewed", "reviewed", "stale")
    words = (
        "first_line",
        "say_first",
        "why_city",
        "stay",
        "keep_free",
        "name_later",
        "recorded",
        "neighbours",
    )
    more = (
        "no_answer_title",
        "no_answer_note",
        "cannot_speak_title",
        "cannot_speak",
        "leave_title",
        "leave_note",
        "leave_keys",
    )
    return {
        "bar": {"id": "Darurat? Telepon 112. Gratis.", "en": "Emergency? Call 112. Free."},
        "notices": {
            key: text(f"Catatan {key}".replace("draft", "rancangan"))
            for key in (*notices, "unverified_112", "verified_112")
        },
        "home": {
            "title": text("Apa yang terjadi?"),
            "lead": text("Pilih satu"),
            "cards": [
                {"services": ["KBK"], "id": "Kebakaran", "en": "Fire"},
                {"services": ["KDR"], "id": "Merasa tidak aman di rumah", "en": "Not safe at home"},
            ],
            "not_112": text("Gunakan LAPOR"),
            "not_112_title": text("Bukan darurat?"),
            "not_112_cases": [
                {"what": text("Listrik padam"), "where": text("PLN"), "address": "123"},
                {"what": text("Sakit ringan"), "where": text("Puskesmas"), "address": None},
            ],
            "doors_title": text("Piagam ini milik Anda juga"),
            "doors": [
                {"key": key, "title": text(key), "text": text(key)} for key in ("promises", "tell", "watch")
            ],
        },
        "emergency_page": {
            **{key: text(f"Kata {key}") for key in (*words, *more)},
            "no_answer_numbers": [
                {"number": "110", "id": "Polisi", "en": "Police", "certainty": "high"},
                {
                    "number": "113",
                    "id": "Damkar",
                    "en": "Fire service",
                    "certainty": "medium",
                    "locally_checked": True,
                },
            ],
            "free_call": {"text": text("Gratis selama ada sinyal"), "source": source("Siaran pers")},
            "operator_asks": [text("Di mana kejadiannya?"), text("Apa yang terjadi?")],
        },
        "footer": text("Piagam, versi {version}. {standing}."),
        "maklumat": [text("Kami sanggup"), text("Kami memperbaiki"), text("Kami menerima sanksi")],
        "complaint_path": [
            {"key": "penyelenggara", "name": text("Penyelenggara"), "text": text("Adukan"), "address": None},
            {
                "key": "ombudsman",
                "name": text("Ombudsman"),
                "text": text("Setelah penyelenggara"),
                "address": "https://contoh.example/ombudsman",
                "basis": [{"law": "uu-contoh", "article": "24"}],
            },
        ],
        "unavailable": text("Telepon 112"),
    }


def definitions() -> dict[str, Any]:
    def named(vocabulary: Any) -> list[dict[str, Any]]:
        return [
            {"key": word.value, "name": text(word.value), "meaning": text(f"Arti {word.value}")}
            for word in vocabulary
        ]

    return {
        "standings": named(Standing),
        "events": [
            {
                "key": event.value,
                "code": f"T{at}",
                "name": text(event.value),
                "moment": text(f"Saat {event.value}"),
                "kept_for": text("panggilan"),
                "if_unknown": text("Dibiarkan kosong"),
            }
            for at, event in enumerate(Event)
        ],
        "side_events": named(SideEvent),
        "feedback_events": named(FeedbackEvent),
        "modes": named(HandoverMode),
        "call_classes": [{"key": word.value, "name": text(word.value), "misuse": "no"} for word in CallClass],
        "components": [
            {"key": word.value, "name": text(word.value), "group": "delivery"} for word in Component
        ],
        "figures": [
            {
                "key": "diangkat",
                "title": text("Diangkat dalam 15 detik"),
                "definition": text("Bagian panggilan"),
                "denominator": text("Semua panggilan"),
                "question": text("Cukupkah operator?"),
            }
        ],
        "small_numbers": [text("Di bawah 20 kejadian tanpa persen")],
        "exclusions": named(Exclusion),
        "references": [
            {"text": text("Kota lain: 10 detik"), "clause": "UMUM.angkat", "source": source("Kota lain")}
        ],
        "abbreviations": [
            {"key": key, "means": text(f"Kepanjangan {key.lower()}")}
            for key in ("DPRD", "LAPOR", "LSM", "PLN")
        ],
    }
