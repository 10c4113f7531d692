"""What a form carries in place of a caller: sealed, short-lived, and good for one member of staff alone."""

import hashlib
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken

from site_api.errors import HandleExpired
from site_api.installation import Installation
from site_api.reviewers.models import Actor

LONGEST_S = 30 * 60


def handle_of(place: Installation, actor: Actor, caller_hash: str) -> str:
    """Seal a caller for the forms of one member of staff."""
    said = f"{actor.name} {caller_hash}".encode()
    return _box(place).encrypt_at_time(said, _second(place)).decode()


def caller_of(place: Installation, actor: Actor, handle: str) -> str:
    """Give the caller that a form means; raises HandleExpired for one that is old, forged or another's."""
    try:
        said = _box(place).decrypt_at_time(handle.encode(), LONGEST_S, _second(place)).decode()
    except InvalidToken:
        raise HandleExpired from None
    name, _, caller_hash = said.partition(" ")
    if name != actor.name:
        raise HandleExpired
    return caller_hash


def _box(place: Installation) -> Fernet:
    key = hashlib.sha256(b"caller-handle:" + place.settings.secret_key).digest()
    return Fernet(urlsafe_b64encode(key))


def _second(place: Installation) -> int:
    return int(place.now().timestamp())
