"""Canonical form and seals: what two people must have agreed to when they say the same version."""

import hashlib
from typing import Any

import rfc8785

from charter_data.models import Charter, Clause

UNSEALED = frozenset({"agreements", "standing"})
SHORT = 12


def canonical(value: Any) -> bytes:
    """Give RFC 8785 JSON: the same data gives the same bytes."""
    return rfc8785.dumps(value)


def seal(charter: Charter) -> str:
    """Give the SHA-256 of the charter without agreements and standings, in hexadecimal."""
    return _sha256(charter.model_dump(mode="json"))


def short_seal(charter: Charter) -> str:
    """Give the first twelve digits of the seal, as pages print it."""
    return seal(charter)[:SHORT]


def clause_hash(clause: Clause) -> str:
    """Give the SHA-256 that an agreement on this clause binds."""
    return _sha256(clause.model_dump(mode="json"))


def _sha256(data: Any) -> str:
    return hashlib.sha256(canonical(_without(data))).hexdigest()


def _without(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _without(value) for key, value in data.items() if key not in UNSEALED}
    if isinstance(data, list):
        return [_without(value) for value in data]
    return data
