"""What every form of intake shares: keys, codes, numbers, and text that is only text."""

import base64
import hmac
import json
import re
import secrets
from collections import Counter
from typing import Annotated, Any, TypeVar
from unicodedata import normalize

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from site_api.errors import BadRequest, FieldFault, IdempotencyKeyInvalid, Invalid

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
OF_BASE_32 = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", CROCKFORD)  # that of RFC 4648
CODE_LENGTH = 16
NUMBER_LENGTH = 6
LONGEST_TEXT = 4000
KEY_FORM = re.compile(r"[A-Za-z0-9_-]{26,128}")
FORGIVEN = str.maketrans("OIL", "011", " -\t\r\n\u00a0")
CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
JOINERS = re.compile(r"[\u200c\u200d]")
PHONE = re.compile(
    r"(?<![\d.,])(?:(?:\+?62[ .-]?|0)8\d{1,2}[ .-]?\d{3,4}[ .-]?\d{2,5}|\(?0\d{2,3}\)?[ .-]?\d{5,8})(?!\d)"
)
DIGITS = re.compile(r"\d\d")
IDENTITY = re.compile(r"(?<!\d)\d{16}(?!\d)")
# Bounded on both sides of the sign, so that a long text costs no more than its length.
MAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}\.[A-Za-z]{2,24}")


def idempotency_key(given: str | None) -> str:
    """Give the client's key, or a random one; raises IdempotencyKeyInvalid for one easily met again."""
    if given is None:
        return secrets.token_urlsafe(32)
    if not KEY_FORM.fullmatch(given):
        raise IdempotencyKeyInvalid
    return given


def tracking_code(code_key: bytes, noun: str, key: str) -> str:
    """Give the secret code that belongs to an idempotency key: 80 bits, so the same key has the same code."""
    digest = hmac.digest(code_key, f"{noun}:{key}".encode(), "sha256")
    return _letters(digest[:10])


def read_code(written: str) -> str | None:
    """Read a code as people write it: any case, spaces or hyphens, O for 0, I and L for 1."""
    code = written.upper().translate(FORGIVEN)
    return code if len(code) == CODE_LENGTH and set(code) <= set(CROCKFORD) else None


def grouped(code: str) -> str:
    """Give a code as it is shown: four groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def keyed_hash(key: bytes, purpose: str, value: str) -> str:
    """Give what may lie in the database in place of a secret."""
    return hmac.digest(key, f"{purpose}:{value}".encode(), "sha256").hex()


def payload_digest(code_key: bytes, payload: str) -> str:
    """Give what tells two payloads under the same key apart."""
    return hmac.digest(code_key, f"payload:{payload}".encode(), "sha256").hex()


def text_digest(salt: str, text: str) -> str:
    """Give what proves a text as long as its salt is kept; without the salt it says nothing."""
    return hmac.digest(salt.encode(), text.encode(), "sha256").hex()


def random_number(prefix: str) -> str:
    """Give a public number that tells nothing: no order, no date."""
    return f"{prefix}-{_letters(secrets.token_bytes(5))[:NUMBER_LENGTH]}"


def _letters(data: bytes) -> str:
    """Write five bytes as eight letters, and so on."""
    return base64.b32encode(data).decode().translate(OF_BASE_32)


def as_kept(text: str) -> str:
    """Give a text as it is kept: one kind of line break, letters with marks in one form, no blanks around."""
    return normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _plain(value: str) -> str:
    text = as_kept(value)
    if len(text) > LONGEST_TEXT:
        return text  # longer than any field takes: its limit refuses it, and no pattern has to run over it
    shown = text
    if not text.isprintable():  # most texts are, and then hold nothing that these look for
        if CONTROL.search(text):
            raise PydanticCustomError("control_character", "control or invisible character")
        shown = JOINERS.sub("", text)  # faces are joined by them, and numbers could be parted
    if "@" in shown and MAIL.search(shown):
        raise PydanticCustomError("has_mail", "personal data")
    if DIGITS.search(shown):
        for name, form in (("has_identity", IDENTITY), ("has_phone", PHONE)):
            if form.search(shown):
                raise PydanticCustomError(name, "personal data")
    return text


PlainText = Annotated[str, AfterValidator(_plain)]
PlainLine = Annotated[PlainText, StringConstraints(pattern=r"^[^\n\t]*$")]


class Submission(BaseModel):
    """Be what a client may send: no unknown keys, nothing coerced."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


S = TypeVar("S", bound=Submission)
UNREADABLE = {"json_invalid", "model_type"}
WORDS = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "string_too_short": "too_short",
    "too_short": "too_short",
    "string_too_long": "too_long",
    "too_long": "too_long",
    "enum": "unknown_choice",
    "literal_error": "unknown_choice",
    "bool_type": "wrong_type",
    "string_type": "wrong_type",
    "control_character": "control_character",
    "wrong_time": "wrong_time",
    "has_phone": "has_phone",
    "has_identity": "has_identity",
    "has_mail": "has_mail",
}


def read(kind: type[S], body: bytes) -> S:
    """Read a submission from JSON; raises BadRequest for what is no JSON object, Invalid with every fault.

    A name that stands twice is refused (I-JSON, RFC 7493): readers differ in which of the two they believe.
    """
    try:
        sent = kind.model_validate_json(body)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
    else:
        _PAIRS.decode(body.decode())
        return sent
    if faults[0]["type"] in UNREADABLE and not faults[0]["loc"]:
        raise BadRequest from None
    raise Invalid([_fault(fault["loc"], fault["type"], fault.get("ctx", {})) for fault in faults])


def _refuse_repeated(pairs: list[tuple[str, Any]]) -> None:
    if len(dict(pairs)) < len(pairs):
        names = Counter(name for name, _ in pairs)
        raise Invalid([FieldFault(name, "repeated_field") for name, count in names.items() if count > 1])


_PAIRS = json.JSONDecoder(object_pairs_hook=_refuse_repeated)


def _fault(place: tuple[int | str, ...], kind: str, limits: dict[str, Any]) -> FieldFault:
    values = {
        key: limits[name] for key, name in (("min", "min_length"), ("max", "max_length")) if name in limits
    }
    what = (
        "wrong_day"
        if kind.startswith("date")
        else "wrong_time"
        if kind.startswith("time")
        else WORDS.get(kind)
    )
    return FieldFault("/".join(map(str, place)), what or "wrong_value", values)
