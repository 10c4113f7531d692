"""The two services of Kota Contoh: an ordinary one, and one that hides behind a neutral code."""

from typing import Any

from tests.kota_contoh.pieces import DAY, by, promise, review, source, text


def fire() -> dict[str, Any]:
    return {
        "code": "KBK",
        "slug": "kebakaran",
        "name": {"id": "Kebakaran", "en": "Fire"},
        "line": text("Api di rumah atau lahan"),
        "search_words": {"id": ["api", "asap"], "en": ["smoke"]},
        "do_now": [{"picture": "do-exit", **text("Keluar")}, {"picture": "do-call", **text("Telepon 112")}],
        "dont": text("Jangan masuk lagi"),
        "special_cases": [
            {"title": text("Terjebak"), "do": [text("Tutup pintu"), text("Merunduk")], "first_aid": review()},
            {"title": text("Tidak aman untuk bicara"), "same_as": "KDR"},
        ],
        "tell_operator": [text("Tempat dan patokan")],
        "operator_asks": [text("Semua sudah di luar?")],
        "first_aid": review(),
        "lead": "damkar",
        "support": ["polres"],
        "lead_certainty": "high",
        "owner": "diskominfo",
        "reviewed_on": DAY,
        "legal": [{"law": "permen-contoh", "article": "4", "says": text("Petugas siap dalam 15 menit")}],
        "sources": [source("Berita kebakaran")],
        **_fire_clauses(),
    }


def _fire_clauses() -> dict[str, Any]:
    return {
        "steps": [
            {
                "id": "KBK.langkah-padamkan",
                "text": text("Air memancar"),
                "actor": "lead",
                **by("Petugas piket"),
                "event": "tolong",
                "promise": "KBK.siap",
            },
            {
                "id": "KBK.langkah-arus",
                "text": text("Arus diputus"),
                "actor": "polres",
                **by("Petugas piket"),
                "event": "arus_padam",
                "after": "tiba",
            },
        ],
        "promises": [
            {
                **promise(
                    "KBK.siap",
                    "Damkar siap memadamkan",
                    "terus",
                    "tolong",
                    [{"value": 15, "unit": "min", "share": "average"}],
                    owner="damkar",
                ),
                "standing": "wajib",
                "basis": [
                    {
                        "law": "permen-contoh",
                        "article": "4",
                        "limit": {"value": 15, "unit": "min", "share": "average"},
                    }
                ],
                "source": source("Permen Contoh"),
            },
            promise(
                "KBK.siap-warga", "Kami berharap waktu ini dijanjikan", "masuk", "tolong", owner="damkar"
            ),
        ],
        "rights": [
            {"id": "KBK.hak-orang", "text": text("Orang lebih dulu"), "answered_by": ["KBK.kami-orang"]},
        ],
        "obligations": [
            {"id": "KBK.kami-orang", "text": text("Kami menyelamatkan orang dulu")},
            {
                "id": "KBK.wajib-keluar",
                "text": text("Keluar dulu"),
                "good_for": text("Anda tidak perlu dicari"),
            },
        ],
        "powers": [{"id": "KBK.wenang-batas", "text": text("Pimpinan regu menentukan batas")}],
        "partners": [{"id": "KBK.mitra-listrik", "text": text("PLN memutus arus"), "about": ["KBK.siap"]}],
        "standard": [{"id": "KBK.std-biaya", "text": text("Pemadaman tidak dipungut")}],
    }


def family() -> dict[str, Any]:
    return {
        "code": "KDR",
        "public_code": "BKL",
        "slug": "bantuan-keluarga",
        "name": {"id": "Kekerasan di rumah", "en": "Violence at home"},
        "title_tag": {"id": "Bantuan keluarga", "en": "Family help"},
        "card": {"id": "Merasa tidak aman di rumah", "en": "Not safe at home"},
        "line": text("Dipukul atau diancam"),
        "do_now": [{"picture": "do-exit", **text("Bergerak ke pintu")}],
        "dont": text("Tidak perlu membuktikan"),
        "special_cases": [
            {
                "title": text("Tidak aman untuk bicara"),
                "needs": {"clause": "UMUM.senyap", "standing": "disepakati", "lines_until_then": 2},
                "do": [text("Sebut alamat"), text("Jawab ya atau tidak"), text("Biarkan operator mendengar")],
            }
        ],
        "tell_operator": [text("Alamat dulu")],
        "first_aid": review(),
        "lead": "polres",
        "co_lead": {"companion": "diskominfo"},
        "lead_certainty": "medium",
        "owner": "diskominfo",
        "reviewed_on": DAY,
        "note": "Catatan yang tidak dicetak",
        "steps": [
            {
                "id": "BKL.langkah-damping",
                "text": text("Pendamping bicara"),
                "actor": "co_lead",
                **by("Petugas piket"),
                "event": "damping",
                "after": "terima",
                "promise": "BKL.damping",
            }
        ],
        "promises": [
            promise(
                "BKL.tiba-polisi", "Kami berharap polisi menetapkan waktu", "masuk", "tiba", owner="polres"
            ),
            promise(
                "BKL.damping",
                "Pendamping menghubungi Anda",
                "catat",
                "damping",
                [{"value": 30, "unit": "min"}],
            ),
        ],
        "rights": [
            {"id": "BKL.hak-izin", "text": text("Anda yang menentukan"), "answered_by": ["BKL.kami-izin"]}
        ],
        "obligations": [
            {"id": "BKL.kami-izin", "text": text("Kami tidak menelepon tanpa izin")},
            {
                "id": "BKL.wajib-tolong",
                "text": text("Tolong semampunya"),
                "good_for": text("Korban sering tidak bisa"),
            },
        ],
        "powers": [
            {"id": "BKL.wenang-sirene", "text": text("Tanpa sirene"), "limit": text("Jika membahayakan")}
        ],
        "partners": [{"id": "BKL.mitra-damping", "text": text("LSM mendampingi"), "about": ["BKL.damping"]}],
        "standard": [{"id": "BKL.std-persyaratan", "text": text("Tidak perlu bukti")}],
    }
