"""Signed proofs of submission: made from a case, and verified by whoever has the published keys."""

import base64
import hashlib
import hmac
import re
from functools import lru_cache
from typing import Annotated, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from charter_data.models import Charter
from charter_data.seals import canonical
from site_api.cases import Case, Submitted
from site_api.database import utc_text
from site_api.installation import Installation
from site_api.intake import as_kept, text_digest
from site_api.settings import Settings

FORMAT = "piagam112/proof/1"
KEY_ID_LENGTH = 16
BLANKS = re.compile(r"\s+")
QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "\ufeff": None})


class ProofFault(Exception):
    """A proof, or the keys to verify it with, does not hold; str() says what."""


def _hex(digits: int) -> StringConstraints:
    return StringConstraints(pattern=rf"^[0-9a-f]{{{digits}}}$")


class Record(BaseModel):
    """Be read strictly: no unknown member, nothing coerced."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Proof(Record):
    """Hold what was signed, in the order of its canonical form, and the signature."""

    city: Annotated[str, StringConstraints(pattern=r"^[0-9.]{4,13}$")]
    digest: Annotated[str, _hex(64)]
    format: Literal["piagam112/proof/1"]
    key: Annotated[str, _hex(KEY_ID_LENGTH)]
    nonce: Annotated[str, _hex(32)]
    noun: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]
    number: Annotated[str, StringConstraints(pattern=r"^[A-Z]-[0-9A-Z]{6}$")]
    received_at: Annotated[
        str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}){2}T([0-9]{2}:){2}[0-9]{2}Z$")
    ]
    seal: Annotated[str, _hex(64)]
    signature: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{86}$")]


class PublicKey(Record):
    """Hold one key that verifies; `id` is the first 16 digits of its SHA-256."""

    id: Annotated[str, _hex(KEY_ID_LENGTH)]
    state: Literal["current", "former"]
    public_key: Annotated[str, _hex(64)]
    pem: str


class PublicKeys(Record):
    """Hold what a city publishes, so that others can verify its proofs."""

    format: Literal["piagam112/proof-keys/1"]
    city: str
    algorithm: Literal["Ed25519"]
    keys: list[PublicKey]


def of_case(place: Installation, case: Case | Submitted) -> str | None:
    """Give the proof that a case was submitted; None once its text has been erased.

    Digest and nonce are those that the audit row binds. The same case and key give the same proof.
    """
    if case.salt is None:
        return None
    signer, key = _signer(place.settings.proof_key)
    payload = {
        "city": place.charter.area.bps_code,
        "digest": text_digest(case.salt, case.text or ""),
        "format": FORMAT,
        "key": key,
        "nonce": case.salt,
        "noun": case.noun,
        "number": case.number,
        "received_at": utc_text(case.received_at),
        "seal": case.seal,
    }
    signed = canonical(payload)
    # "signature" comes last in the order of names, so the proof is what was signed and one member more.
    return f'{signed[:-1].decode()},"signature":"{_base64(signer.sign(signed))}"}}'


def published_keys(settings: Settings, charter: Charter) -> PublicKeys:
    """Give the keys that verify the proofs of this city: the one that signs now, and those before it."""
    now = _signer(settings.proof_key)[0].public_key()
    former = map(Ed25519PublicKey.from_public_bytes, settings.former_proof_keys)
    return PublicKeys(
        format="piagam112/proof-keys/1",
        city=charter.area.bps_code,
        algorithm="Ed25519",
        keys=[_public(now, "current"), *(_public(key, "former") for key in former)],
    )


def read_keys(written: bytes) -> PublicKeys:
    """Read published keys; raises ProofFault."""
    try:
        keys = PublicKeys.model_validate_json(written)
    except ValidationError as error:
        place = "/".join(map(str, error.errors()[0]["loc"])) or "the whole"
        raise ProofFault(f"the file of keys is not what a city publishes: {place} is wrong") from None
    if any(one.id != _id_of(bytes.fromhex(one.public_key)) for one in keys.keys):
        raise ProofFault("the file of keys is not what a city publishes: an id does not fit its key")
    return keys


def verify(written: str, keys: PublicKeys) -> Proof:
    """Give what a proof says once its signature holds, however its lines were broken; raises ProofFault."""
    proof = _read(BLANKS.sub("", written.translate(QUOTES)))
    if proof.city != keys.city:
        raise ProofFault(f"the proof is of city {proof.city}, the keys are those of city {keys.city}")
    key = key_of(keys, proof.key)
    if key is None:
        raise ProofFault(f"the proof names the key {proof.key}, which is not among the published keys")
    if not has_signed(key, canonical(proof.model_dump(exclude={"signature"})), proof.signature):
        raise ProofFault("the signature does not hold: the proof was changed, or it was never ours")
    return proof


def key_of(keys: PublicKeys, key_id: str) -> PublicKey | None:
    """Give the published key with an id."""
    return next((one for one in keys.keys if one.id == key_id), None)


def has_signed(key: PublicKey, signed: bytes, signature: str) -> bool:
    """Tell whether a signature, spelt as we spell it, is of this key and these bytes."""
    try:
        raw = base64.urlsafe_b64decode(f"{signature}==")
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.public_key)).verify(raw, signed)
    except (InvalidSignature, ValueError):
        return False
    return _base64(raw) == signature


def key_id(settings: Settings) -> str:
    """Give the id of the key that signs now."""
    return _signer(settings.proof_key)[1]


def sign(settings: Settings, signed: bytes) -> str:
    """Give the signature of the key that signs now."""
    return _base64(_signer(settings.proof_key)[0].sign(signed))


def check_text(proof: Proof, text: str) -> None:
    """Hold a text to a proof that was verified; raises ProofFault for another text."""
    given = text_digest(proof.nonce, as_kept(text))
    if not hmac.compare_digest(given, proof.digest):
        raise ProofFault("the text is not the one that was submitted: its digest is another one")


def _read(written: str) -> Proof:
    try:
        proof = Proof.model_validate_json(written)
    except ValidationError as error:
        place = "/".join(map(str, error.errors()[0]["loc"]))
        what = f"{place} is missing or wrong" if place else "it is no JSON object"
        raise ProofFault(f"this is no proof of submission: {what}") from None
    signature = base64.urlsafe_b64decode(f"{proof.signature}==")
    # One proof, one spelling: no second text may pass for the same proof.
    if canonical(proof.model_dump()).decode() != written or _base64(signature) != proof.signature:
        raise ProofFault("this is no proof of submission: it is not written as it was given out")
    return proof


@lru_cache(maxsize=4)
def _signer(seed: bytes) -> tuple[Ed25519PrivateKey, str]:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return key, _id_of(key.public_key().public_bytes_raw())


def _id_of(public_key: bytes) -> str:
    return hashlib.sha256(public_key).hexdigest()[:KEY_ID_LENGTH]


def _public(key: Ed25519PublicKey, state: Literal["current", "former"]) -> PublicKey:
    raw = key.public_bytes_raw()
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return PublicKey(id=_id_of(raw), state=state, public_key=raw.hex(), pem=pem)


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
