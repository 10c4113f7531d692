"""The second factor: codes of an authenticator app (TOTP, RFC 6238), and recovery codes on paper."""

import base64
import hashlib
import hmac
import re
import secrets
from datetime import datetime

import pyotp

from site_api.intake import CROCKFORD, FORGIVEN, keyed_hash

STEP_S = 30
SECRET_BYTES = 20
RECOVERY_CODES = 10
RECOVERY_LENGTH = 12
SIX_DIGITS = re.compile(r"[0-9]{6}")


def new_salt() -> str:
    """Give what a new secret is derived from; without our key it says nothing."""
    return secrets.token_hex(16)


def secret_of(key: bytes, salt: str) -> str:
    """Derive the secret that an authenticator app holds; it lies nowhere in the database."""
    digest = hmac.digest(key, f"totp:{salt}".encode(), hashlib.sha256)
    return base64.b32encode(digest[:SECRET_BYTES]).decode()


def address_of(secret: str, name: str, issuer: str) -> str:
    """Give the address that an authenticator app reads off a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def code_at(secret: str, moment: datetime) -> str:
    """Give the code that an authenticator app shows at a moment."""
    return pyotp.TOTP(secret).at(moment)


def step_of(secret: str, typed: str, now: datetime) -> int | None:
    """Give the step of 30 seconds that a code belongs to: this one, or one to either side."""
    code = typed.translate(FORGIVEN)
    if not SIX_DIGITS.fullmatch(code):
        return None
    totp, this = pyotp.TOTP(secret), int(now.timestamp()) // STEP_S
    steps = (this - 1, this, this + 1)
    return max((step for step in steps if hmac.compare_digest(totp.generate_otp(step), code)), default=None)


def recovery_codes() -> list[str]:
    """Make ten codes of 60 bits, in three groups of four."""
    return [
        _grouped([secrets.choice(CROCKFORD) for _ in range(RECOVERY_LENGTH)]) for _ in range(RECOVERY_CODES)
    ]


def recovery_hash(key: bytes, reviewer_id: int, typed: str) -> str:
    """Give what lies in the database in place of a recovery code, however it was typed."""
    return keyed_hash(key, f"recovery:{reviewer_id}", typed.upper().translate(FORGIVEN))


def _grouped(signs: list[str]) -> str:
    return "-".join("".join(signs[start : start + 4]) for start in range(0, RECOVERY_LENGTH, 4))
