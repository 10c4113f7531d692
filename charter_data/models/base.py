"""What all records share: frozen, no unknown keys, both languages, sources."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from charter_data.vocabulary import Certainty

KEY_FORM = r"^[a-z][a-z0-9_]*$"
SLUG_FORM = r"^[a-z0-9]+(-[a-z0-9]+)*$"
CODE_FORM = r"^[A-Z]{3}$"
URL_FORM = r"^https?://[^\s<>\"']+$"
PHONE_FORM = r"^[0-9][0-9 -]{1,20}$"
VERSION_FORM = r"^[0-9]+\.[0-9]+$"
AREA_FORM = r"^[0-9]{4,10}$"
HASH_FORM = r"^[0-9a-f]{64}$"
LINE_FORM = r"^[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*$"
CLAUSE_FORM = r"^(UMUM|PGD|[A-Z]{3})\.((langkah|hak|wajib|kami|wenang|mitra|std)-)?[a-z]+(-[a-z]+)*$"

FORMS = {
    KEY_FORM: "lower-case letters, digits and _ , such as damkar",
    SLUG_FORM: "lower-case words with hyphens, such as sakit-mendadak",
    CODE_FORM: "three capital letters, such as KBK",
    URL_FORM: "a whole address that begins with http:// or https://",
    PHONE_FORM: 'digits in quotes, such as "112"',
    VERSION_FORM: 'two numbers in quotes, such as "1.2"',
    AREA_FORM: 'a BPS code of 4 to 10 digits in quotes, such as "1274010001"',
    HASH_FORM: "64 hexadecimal digits",
    LINE_FORM: "one line of text, without line breaks and control characters",
    CLAUSE_FORM: "a clause id such as KBK.siap or UMUM.hak-dipercaya",
}

Line = Annotated[str, StringConstraints(pattern=LINE_FORM, min_length=1, max_length=2000)]
Key = Annotated[str, StringConstraints(pattern=KEY_FORM)]
Slug = Annotated[str, StringConstraints(pattern=SLUG_FORM, max_length=60)]
Code = Annotated[str, StringConstraints(pattern=CODE_FORM)]
Url = Annotated[str, StringConstraints(pattern=URL_FORM)]
Phone = Annotated[str, StringConstraints(pattern=PHONE_FORM)]
Version = Annotated[str, StringConstraints(pattern=VERSION_FORM)]
AreaCode = Annotated[str, StringConstraints(pattern=AREA_FORM)]
Hash = Annotated[str, StringConstraints(pattern=HASH_FORM)]
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


class LegalReference(Record):
    """Point at an article of a law of legal_basis.yml."""

    law: Slug
    article: Line | None = None
    says: Text | None = None
