import pytest
from pydantic import ValidationError

from charter_data.models import LegalReference, Record, Source, Text
from charter_data.models.base import (
    FORMS,
    AreaCode,
    ClauseId,
    Code,
    Contact,
    FeedbackNumber,
    Hash,
    Key,
    Line,
    Pair,
    Phone,
    ReportAddress,
    SiteUrl,
    Slug,
    Url,
    Version,
    Zone,
)


class Every(Record):
    """Hold one value of each form."""

    key: Key = "damkar"
    slug: Slug = "kebakaran"
    code: Code = "KBK"
    url: Url = "https://contoh.example"
    site: SiteUrl = "https://contoh.example/"
    phone: Phone = "112"
    contact: Contact = "1708"
    report: ReportAddress = "mailto:celah@contoh.go.id"
    version: Version = "0.1"
    zone: Zone = "Asia/Jakarta"
    area: AreaCode = "1274"
    hash: Hash = "0" * 64
    number: FeedbackNumber = "M-7KQ4F2"
    pair: Pair = "0123456789ab-0123456789ab"
    clause: ClauseId = "KBK.siap"
    line: Line = "Satu baris"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("key", "dinas_2"),
        ("slug", "sakit-mendadak"),
        ("slug", "a" * 60),
        ("url", "http://contoh.example/a?b=c#d"),
        ("phone", "0621 112-113"),
        ("contact", "https://contoh.example/lapor"),
        ("contact", "123"),
        ("site", "http://127.0.0.1:8112/piagam/112"),
        ("version", "12.34"),
        ("zone", "America/Argentina/Buenos_Aires"),
        ("number", "M-0000ZZ"),
        ("area", "1274010001"),
        ("hash", "0123456789abcdef" * 4),
        ("clause", "UMUM.hak-dipercaya"),
        ("clause", "PGD.penanggung-jawab"),
        ("clause", "BKL.std-jaminan-pelayanan"),
        ("report", "mailto:celah@contoh.go.id"),
        ("report", "https://contoh.go.id/celah?a=1"),
        ("line", "“Sebut dulu” – 112 × 3, Kelurahan D.I. Panjaitan’s"),
        ("line", "a" * 2000),
    ],
)
def test_what_is_written_as_it_should_be_is_taken(field, value):
    assert getattr(Every(**{field: value}), field) == value


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("key", "Damkar"),
        ("key", "2damkar"),
        ("key", "dam-kar"),
        ("slug", "Sakit"),
        ("slug", "-sakit"),
        ("slug", "sakit--mendadak"),
        ("slug", "a/b"),
        ("slug", "a" * 61),
        ("code", "KB"),
        ("code", "kbk"),
        ("code", "KBKX"),
        ("url", "javascript:alert(1)"),
        ("url", "contoh.example"),
        ("url", 'https://contoh.example/"onclick'),
        ("url", "https://contoh.example/<b>"),
        ("phone", "+62"),
        ("phone", "1"),
        ("contact", "mailto:a@contoh.example"),
        ("url", "https://contoh.example/{x}|^`"),
        ("site", "https://contoh.example/?q=1"),
        ("site", "https://contoh.example/#f"),
        ("site", "https://contoh.example//"),
        ("contact", "javascript:alert(1)"),
        ("version", "1"),
        ("report", "celah@contoh.go.id"),
        ("report", "mailto:celah"),
        ("report", "mailto:celah@contoh.go.id?cc=a@contoh.go.id"),
        ("report", "http://contoh.go.id/celah"),
        ("report", "https://contoh.go.id/\nExpires: 2099-01-01"),
        ("report", "tel:112"),
        ("zone", "WIB"),
        ("zone", "Asia/../etc"),
        ("number", "M-7KQ4FI"),
        ("number", "P-7KQ4F2"),
        ("version", "1.2.3"),
        ("version", "01.0"),
        ("version", "1.00"),
        ("area", "127"),
        ("area", "12740100011"),
        ("hash", "0" * 63),
        ("hash", "A" * 64),
        ("clause", "KBK"),
        ("clause", "KBK."),
        ("clause", "KBK.Siap"),
        ("clause", "KBK.siap-2"),
        ("clause", "KBKX.siap"),
        ("clause", f"KBK.{'a' * 26}"),
        ("pair", "0123456789ab"),
        ("pair", "0123456789AB-0123456789ab"),
        ("line", ""),
        ("line", "   "),
        ("line", "a" * 2001),
        ("line", "dua\nbaris"),
        ("line", "bel\x07"),
        ("line", "\x1b[31m"),
        ("line", "nol\x00"),
        ("line", "arah\u202ekebalikan"),
        ("line", "baris\u2028baru"),
    ],
)
def test_what_is_not_written_so_is_refused(field, value):
    with pytest.raises(ValidationError):
        Every(**{field: value})


@pytest.mark.parametrize("value", ["112\n", "\n112"])
def test_a_line_break_at_the_edge_is_a_stray_space_and_goes(value):
    assert Every(phone=value).phone == "112"


def test_every_form_has_words_that_explain_it():
    patterns = {
        rule.pattern
        for info in Every.model_fields.values()
        for rule in info.metadata
        if getattr(rule, "pattern", None)
    }

    assert patterns == set(FORMS)


def test_records_are_frozen():
    text = Text(id="Api", en="Fire")

    with pytest.raises(ValidationError):
        text.id = "Asap"  # type: ignore[misc]


def test_records_refuse_unknown_keys():
    with pytest.raises(ValidationError):
        Text.model_validate({"id": "Api", "en": "Fire", "ms": "Api"})


def test_stray_spaces_are_taken_away():
    assert Text(id=" Api ", en="\tFire\n") == Text(id="Api", en="Fire")


@pytest.mark.parametrize("missing", ["id", "en"])
def test_a_text_needs_both_languages(missing):
    words = {"id": "Api", "en": "Fire"}
    del words[missing]

    with pytest.raises(ValidationError):
        Text.model_validate(words)


@pytest.mark.parametrize("certainty", ["yes", None, "HIGH"])
def test_a_source_says_how_sure_we_are(certainty):
    with pytest.raises(ValidationError):
        Source.model_validate({"title": "Berita", "certainty": certainty})


def test_a_legal_reference_may_name_the_law_alone():
    assert LegalReference(law="uu-25-2009").article is None
