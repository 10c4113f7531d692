"""What all records share: frozen, no unknown keys, both languages, sources."""

from datetime import date
from math import ceil
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from charter_data.vocabulary import Certainty, Unit

KEY_FORM = r"^[a-z][a-z0-9_]*$"
SLUG_FORM = r"^[a-z0-9]+(-[a-z0-9]+)*$"
CODE_FORM = r"^[A-Z]{3}$"
URL_FORM = r"^https?://[^\s<>\"'{}|\\^`]+$"
SITE_FORM = r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?$"
PHONE_FORM = r"^[0-9][0-9 -]{1,20}$"
CONTACT_FORM = r"^(https?://[^\s<>\"'{}|\\^`]+|[0-9][0-9 -]{1,20})$"
REPORT_FORM = r"^(mailto:[^\s<>\"'?@]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+|https://[^\s<>\"'{}|\\^`]+)$"
VERSION_FORM = r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$"
AREA_FORM = r"^[0-9]{4,10}$"
ZONE_FORM = r"^[A-Z][A-Za-z]+(/[A-Z][A-Za-z_]+)+$"
HASH_FORM = r"^[0-9a-f]{64}$"
NUMBER_FORM = r"^M-[0-9A-HJKMNP-TV-Z]{6}$"
PAIR_FORM = r"^[0-9a-f]{12}-[0-9a-f]{12}$"
# Beside controls, what nobody can see: marks that turn the reading order, letters of no width, hidden tags.
LINE_FORM = (
    "^[^\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff"
    "\\ufff0-\\ufffb\\ufffe\\uffff\U000e0000-\U000e0fff]*$"
)
CLAUSE_FORM = r"^(UMUM|PGD|[A-Z]{3})\.((langkah|hak|wajib|kami|wenang|mitra|std)-)?[a-z]+(-[a-z]+)*$"

FORMS = {
    KEY_FORM: "lower-case letters, digits and _ , such as damkar",
    SLUG_FORM: "lower-case words with hyphens, such as sakit-mendadak",
    CODE_FORM: "three capital letters, such as KBK",
    SITE_FORM: "the address of a site, such as https://112.contoh.example, without ? and #",
    URL_FORM: "a whole address that begins with http:// or https://",
    PHONE_FORM: 'digits in quotes, such as "112"',
    CONTACT_FORM: "a whole address that begins with https://, or the digits of a phone in quotes",
    REPORT_FORM: "where faults of security are told: mailto: with a mail address, or an https:// address",
    VERSION_FORM: 'two numbers in quotes, without zeros before them, such as "1.2"',
    AREA_FORM: 'a BPS code of 4 to 10 digits in quotes, such as "1274010001"',
    ZONE_FORM: "the name of a time zone, such as Asia/Jakarta",
    HASH_FORM: "64 hexadecimal digits",
    NUMBER_FORM: "the number of a piece of feedback, such as M-7KQ4F2",
    PAIR_FORM: "two short hashes with a hyphen, as `build_charter.py translated FILE` writes them",
    LINE_FORM: "one line of text, without line breaks, control characters and signs that nobody sees",
    CLAUSE_FORM: "a clause id such as KBK.siap or UMUM.hak-dipercaya",
}

PER_DAY = {Unit.DAY: 1, Unit.HOUR: 24, Unit.MINUTE: 1440, Unit.SECOND: 86400}

Line = Annotated[str, StringConstraints(pattern=LINE_FORM, min_length=1, max_length=2000)]
Key = Annotated[str, StringConstraints(pattern=KEY_FORM, max_length=60)]
Slug = Annotated[str, StringConstraints(pattern=SLUG_FORM, max_length=60)]
Code = Annotated[str, StringConstraints(pattern=CODE_FORM)]
SiteUrl = Annotated[str, StringConstraints(pattern=SITE_FORM, max_length=200)]
Url = Annotated[str, StringConstraints(pattern=URL_FORM, max_length=2000)]
Contact = Annotated[str, StringConstraints(pattern=CONTACT_FORM, max_length=2000)]
ReportAddress = Annotated[str, StringConstraints(pattern=REPORT_FORM, max_length=200)]
Phone = Annotated[str, StringConstraints(pattern=PHONE_FORM)]
Version = Annotated[str, StringConstraints(pattern=VERSION_FORM)]
AreaCode = Annotated[str, StringConstraints(pattern=AREA_FORM)]
Zone = Annotated[str, StringConstraints(pattern=ZONE_FORM, max_length=60)]
Hash = Annotated[str, StringConstraints(pattern=HASH_FORM)]
Pair = Annotated[str, StringConstraints(pattern=PAIR_FORM)]
FeedbackNumber = Annotated[str, StringConstraints(pattern=NUMBER_FORM)]
ClauseId = Annotated[str, StringConstraints(pattern=CLAUSE_FORM, max_length=29)]


class Record(BaseModel):
    """Be the one law of all records: frozen, no unknown keys, no stray spaces."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)


class Text(Record):
    """Hold one text in both languages."""

    id: Line
    en: Line


class Source(Record):
    """Say where a fact comes from."""

    title: Line
    url: Url | None = None
    dated: date | None = None
    certainty: Certainty


class Target(Record):
    """Hold one figure of a promise: value, unit, and for how many of 100 (or on average)."""

    value: Annotated[float, Field(gt=0)]
    unit: Unit
    share: Annotated[int, Field(ge=1, le=100)] | Literal["average"] = 100

    @property
    def days(self) -> float:
        """Give the longest this may take in days: working days with their weekends, without holidays."""
        if self.unit is Unit.WORKING_DAY:
            return self.value + 2 * ceil(self.value / 5)
        return self.value / PER_DAY[self.unit]


class LegalReference(Record):
    """Point at an article of a law of legal_basis.yml, with the time that it allows at most."""

    law: Slug
    article: Line | None = None
    says: Text | None = None
    limit: Target | None = None
