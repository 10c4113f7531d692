"""The state, ground, bodies, laws and parties of Kota Contoh."""

from typing import Any

from tests.kota_contoh.pieces import DAY, source, text


def charter() -> dict[str, Any]:
    return {
        "city": {"name": "Kota Contoh", "short": "Contoh"},
        "name": {"id": "Piagam 112 Kota Contoh", "en": "112 Charter of Kota Contoh"},
        "description": text("Piagam sebuah kota contoh"),
        "version": "0.1",
        "dated": DAY,
        "status": "draft",
        "official": False,
        "adopted_on": None,
        "intake": "pilot",
        "emergency_number": {
            "number": "112",
            "verified_on": DAY,
            "verified_how": "Ditelepon dari tiga operator seluler",
            "last_source": source("Berita tentang 112"),
        },
        "pledge": {"signed_by": "Kepala Contoh", "office": "Kepala Dinas", "signed_on": DAY},
        "complaint_officer": {"name": "Ibu Contoh", "address": "Jalan Contoh 1"},
        "owner": "diskominfo",
        "owner_note": text("Diskominfo memegang piagam"),
        "reviewed_on": DAY,
        "time_zone": "Asia/Jakarta",
        "public_url": None,
        "api_url": None,
        "licence": "CC BY 4.0",
        "security_contact": "mailto:aman@contoh.example",
        "agreement_rule": ["owner", "dprd"],
    }


def agencies() -> dict[str, Any]:
    return {
        "agencies": [
            _agency("diskominfo", "Diskominfo", bound=True),
            _agency("damkar", "Damkar", bound=True),
            _agency("polres", "Polres", bound=False),
        ]
    }


def _agency(key: str, short: str, *, bound: bool) -> dict[str, Any]:
    return {
        "key": key,
        "name": text(f"Instansi {short}"),
        "short": short,
        "role": text(f"Tugas {short}"),
        "bound_by_city": bound,
        "emergency_number": None,
        "phone": None,
        "address": None,
        "duty_post": None,
        "source": source(f"Situs {short}"),
    }


def area() -> dict[str, Any]:
    return {
        "bps_code": "9901",
        "kemendagri_code": "99.01",
        "area_km2": 12.5,
        "population": 20000,
        "population_on": "2025",
        "neighbours": text("Dikelilingi kabupaten contoh"),
        "hazards": text("Banjir"),
        "subdistricts": [
            {
                "code": "9901010",
                "name": "Contoh Hulu",
                "area_km2": 6.5,
                "population_2010": 9000,
                "districts": [
                    {"code": "9901010001", "name": "Mawar"},
                    {"code": "9901010002", "name": "Melati"},
                ],
            },
            {
                "code": "9901020",
                "name": "Contoh Hilir",
                "area_km2": 6.0,
                "population_2010": 8000,
                "districts": [{"code": "9901020001", "name": "Kenanga"}],
            },
        ],
        "sources": [source("Badan statistik")],
        "codes_licence": "CC0",
    }


def legal_basis() -> dict[str, Any]:
    return {
        "laws": [
            {
                "key": "uu-contoh",
                "short": "UU Contoh",
                "title": "Undang-Undang Contoh tentang Pelayanan",
                "about": text("Meminta standar pelayanan"),
                "url": "https://contoh.example/uu",
                "certainty": "high",
            },
            {
                "key": "permen-contoh",
                "short": "Permen Contoh",
                "title": "Peraturan Menteri Contoh tentang Pemadaman",
                "about": text("Meminta waktu tanggap"),
                "url": "https://contoh.example/permen",
                "certainty": "medium",
                "note": text("Belum dibaca langsung"),
            },
        ]
    }


def hoax_policy() -> dict[str, Any]:
    return {
        "standing": "usulan",
        "access": text("112 tidak pernah ditutup"),
        "cost": text("Ambulans bisa terlambat"),
        "steps": [
            {"key": "dengar", **text("Setiap panggilan diangkat")},
            {"key": "jelaskan", **text("Dijelaskan")},
        ],
        "never_counted": {"classes": ["senyap", "terputus"], "callers": [text("Anak di bawah 12 tahun")]},
        "practice": [{"text": text("Dulu begini"), "source": source("Berita lama")}],
        "parents": [text("Ajari anak")],
        "teachers": [text("Latih murid")],
        "reasons": [text("Satu ponsel dipakai banyak orang")],
        "appeal_decided_by": text("Pejabat lain"),
        "penalty": text("Belum dipastikan"),
    }


def agreements() -> dict[str, Any]:
    return {
        "parties": [
            _party("diskominfo", "provider", agency="diskominfo"),
            _party("damkar", "provider", agency="damkar"),
            _party("polres", "provider", agency="polres"),
            _party("dprd", "council"),
            _party("warga", "user"),
        ],
        "agreements": [],
        "open_points": [
            {
                "key": "panggilan_senyap",
                "question": text("Apa yang dilakukan setelah panggilan tanpa suara?"),
                "why": text("Penelepon mungkin tidak bisa bicara"),
                "options": [text("Menelepon kembali"), text("Mengirim polisi")],
                "ask": ["polres", "warga"],
                "clauses": ["UMUM.senyap"],
            }
        ],
        "take_part": text("Datang ke forum"),
    }


def _party(key: str, kind: str, agency: str | None = None) -> dict[str, Any]:
    party: dict[str, Any] = {"key": key, "name": text(f"Pihak {key}"), "kind": kind}
    if agency:
        party["agency"] = agency
    return {**party, "holder": f"Wakil {key}", "seated_on": DAY}
