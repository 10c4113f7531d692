"""The smallest fault for every code of the check: what stands in the reference stands here too."""

from dataclasses import dataclass
from datetime import date

from charter_data.releases import seal_version
from charter_data.sealed import History
from charter_data.translations import SIDECAR
from tests.factories import (
    DAY,
    Files,
    added,
    agreed,
    as_yaml,
    changed,
    city_files,
    confirming,
    make_charter,
    text,
    without,
)

CITY = city_files()
FIRE, FAMILY = "services/KBK.yml", "services/KDR.yml"
AREA = as_yaml(CITY["area.yml"])
SEATS = [party["key"] for party in CITY["agreements.yml"]["parties"]]
# A version before the first, with a clause that is gone since.
GHOST = {"id": "KBK.kami-hantu", "text": text("Kami menjaga")}
ONCE = seal_version(
    make_charter(("charter.yml", ("version",), "0.0"), files=added(CITY, FIRE, ("obligations",), GHOST)),
    "0.0",
    DAY,
    History(),
)


@dataclass(frozen=True)
class Example:
    """Hold a city with one fault; `at` is the first text of the file that stands where the fault is."""

    code: str
    file: str
    files: Files
    at: str | None = None
    follows: frozenset[str] = frozenset()


def fault(code, file, path, value, at):
    return Example(code, file, changed(CITY, file, path, value), at)


def raw(code, file, content, at=None):
    return Example(code, file, {**CITY, file: content}, at)


def raw_beside(code, file, content):
    return Example(code, "charter.yml", {**CITY, file: content}, "version:")


def lacks(code, file, path, at=None):
    return Example(code, file, without(CITY, file, path), at)


UNANSWERABLE = changed(
    changed(CITY, "charter.yml", ("intake",), "open"), "charter.yml", ("complaint_officer",), None
)
MOVED_ON = changed(CITY, FIRE, ("dont", "id"), "Jangan kembali ke dalam")
NEWER = changed(CITY, FIRE, ("dont",), text("Jangan lari"))
WORDY = changed(
    changed(CITY, "area.yml", ("neighbours",), text("kata " * 16)),
    "area.yml",
    ("hazards",),
    text("kata " * 16),
)

EXAMPLES = (
    lacks("file-missing", "area.yml", ()),
    raw("file-unknown", "catatan.yml", "a: b\n"),
    Example(
        "file-name", "services/API.yml", {**without(CITY, FIRE), "services/API.yml": CITY[FIRE]}, "code: KBK"
    ),
    raw("file-too-large", "area.yml", AREA + "#" * 512 * 1024),
    raw("file-not-utf8", "area.yml", f"# Jalan Caf\u00e9\n{AREA}".encode("latin-1")),
    raw("yaml-syntax", "area.yml", f"{AREA}a:\n\tb: c\n", "\tb: c"),
    raw("yaml-tag", "area.yml", f"{AREA}a: !!python/object/apply:os.system [ls]\n", "!!python"),
    raw("yaml-alias", "area.yml", f"{AREA}a: &satu b\nc: *satu\n", "*satu"),
    raw("yaml-depth", "area.yml", f"{AREA}a: {'[' * 32}{']' * 32}\n", f"[{']' * 32}"),
    raw("yaml-duplicate-key", "area.yml", f"{AREA}population: 7\n", "population: 7"),
    raw("yaml-value", "area.yml", f"{AREA}a: 2026-02-30\n", "2026-02-30"),
    fault("unknown-key", "charter.yml", ("stattus",), "draft", "stattus:"),
    lacks("missing-key", "charter.yml", ("status",), "city:"),
    lacks("missing-translation", FIRE, ("dont", "en"), "dont:"),
    fault("wrong-value", "charter.yml", ("intake",), "terbuka", "intake:"),
    fault("wrong-form", FIRE, ("slug",), "Kebakaran!", "slug:"),
    fault("wrong-scope", FIRE, ("promises", 1, "id"), "KDR.siap-warga", "id: KDR."),
    fault("duplicate-id", FAMILY, ("slug",), "kebakaran", "slug:"),
    fault("unknown-agency", FIRE, ("lead",), "hantu", "lead:"),
    fault("unknown-clause", FIRE, ("partners", 0, "about", 0), "KBK.hantu", "KBK.hantu"),
    fault("unknown-law", FIRE, ("legal", 0, "law"), "uu-hantu", "law: uu-hantu"),
    fault("unknown-service", "common.yml", ("texts", "home", "cards", 0, "services", 0), "HTU", "HTU"),
    fault("unknown-case", FIRE, ("special_cases", 1, "title"), text("Judul lain"), "same_as:"),
    fault("unknown-party", "charter.yml", ("agreement_rule", 1), "hantu", "hantu"),
    fault("standing-without-agreement", FIRE, ("promises", 1, "standing"), "disepakati", "standing: dis"),
    fault(
        "figure-without-consent",
        FAMILY,
        ("promises", 0, "targets"),
        [{"value": 9, "unit": "min"}],
        "targets:",
    ),
    lacks("law-missing", FIRE, ("promises", 0, "basis"), "standing: wajib"),
    Example(
        "remedy-missing",
        FIRE,
        agreed(without(CITY, FIRE, ("promises", 1, "remedy")), "KBK.siap-warga", "damkar", "dprd"),
        "id: KBK.siap-warga",
    ),
    fault("right-unanswered", FIRE, ("rights", 0, "answered_by", 0), "KBK.wajib-keluar", "KBK.wajib-keluar"),
    lacks("obligation-without-use", FIRE, ("obligations", 1, "good_for"), "id: KBK.wajib-keluar"),
    lacks("definition-missing", "definitions.yml", ("events", 0), "events:"),
    lacks("component-missing", "common.yml", ("standard", 0), "standard:"),
    Example("intake-without-officer", "charter.yml", UNANSWERABLE, "intake:", frozenset({"officer-missing"})),
    raw(
        "clause-reused",
        "changes.yml",
        {"withdrawn": [{"clause": "KBK.siap", "version": "0.1", "why": text("Sudah lewat")}]},
        "clause: KBK.siap",
    ),
    Example(
        "clause-vanished",
        "charter.yml",
        {**CITY, "releases/0.0.json": ONCE},
        "version:",
    ),
    fault("number-unverified", "charter.yml", ("emergency_number", "verified_on"), None, "verified_on:"),
    fault("officer-missing", "charter.yml", ("complaint_officer",), None, "complaint_officer:"),
    fault("first-aid-unreviewed", FIRE, ("first_aid", "reviewed_by"), None, "reviewed_by: null"),
    fault("page-unreviewed", FAMILY, ("reviewed_on",), None, "reviewed_on: null"),
    fault("fact-missing", "common.yml", ("standard", 7, "text"), None, "text: null"),
    fault("seat-empty", "agreements.yml", ("parties", 3, "holder"), None, "holder: null"),
    fault(
        "deadline-after-law",
        FIRE,
        ("promises", 0, "targets", 0),
        {"value": 16, "unit": "min", "share": "average"},
        "value: 16",
    ),
    lacks("limit-missing", FIRE, ("promises", 0, "basis", 0, "limit"), "basis:"),
    lacks("calendar-missing", FIRE, ("promises", 1, "calendar"), "clock:\n    start: masuk"),
    fault("calendar-wrong", FIRE, ("promises", 0, "calendar"), "hari_kerja", "unit: min"),
    fault("part-twice", FIRE, ("steps", 0, "informed"), ["lead"], "lead\n- id: KBK.langkah-arus"),
    fault("adoption-undated", "charter.yml", ("status",), "adopted", "adopted_on:"),
    Example(
        "seat-empty-agrees",
        "agreements.yml",
        changed(
            agreed(CITY, "KBK.siap-warga", "damkar", "dprd"),
            "agreements.yml",
            ("parties", SEATS.index("dprd"), "holder"),
            None,
        ),
        "party: dprd",
        frozenset({"seat-empty"}),
    ),
    fault("date-ahead", FIRE, ("reviewed_on",), date(2026, 11, 25), "reviewed_on: 2026-11-25"),
    fault("cost-missing", FIRE, ("steps", 1, "cost"), None, "cost: null"),
    lacks("article-missing", FIRE, ("legal", 0, "article"), "law: permen-contoh\n  says"),
    fault("law-unlinked", "legal_basis.yml", ("laws", 1, "url"), None, "url: null"),
    raw_beside("release-broken", "releases/1.0.json", "{}"),
    fault("pledge-unsigned", "charter.yml", ("pledge", "signed_by"), None, "pledge:"),
    fault("review-past", FAMILY, ("reviewed_on",), date(2025, 11, 23), "reviewed_on: 2025-11-23"),
    fault("security-contact-old", "charter.yml", ("dated",), date(2025, 12, 24), "security_contact:"),
    fault(
        "figure-without-promise",
        FIRE,
        ("obligations", 0, "text"),
        text("Kami datang dalam 7 menit"),
        "text:\n    id: Kami datang",
    ),
    Example("translation-unconfirmed", FIRE, {**NEWER, SIDECAR: confirming(CITY)}, "dont:"),
    Example("translation-outdated", FIRE, {**MOVED_ON, SIDECAR: confirming(CITY)}, "dont:"),
    fault("sentence-long", FIRE, ("dont",), text("kata " * 20 + "akhir"), "id: kata"),
    Example("sentences-long", "area.yml", WORDY, "bps_code:"),
    fault("word-unplain", FIRE, ("dont",), text("Jangan submit"), "id: Jangan submit"),
    fault("link-broken", FIRE, ("dont",), {"id": "Lihat KBK.hantu", "en": "See there"}, "id: Lihat KBK"),
    fault("abbreviation-unknown", FIRE, ("dont",), text("Jangan ke UGD"), "id: Jangan ke UGD"),
)
