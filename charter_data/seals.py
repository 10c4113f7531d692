"""Canonical form and seals: what two people must have agreed to when they say the same version."""

import hashlib
import json
from typing import Any

import rfc8785

from charter_data.models import Charter, Clause, Promise

UNSEALED = frozenset({"agreements", "changes", "standing"})
SHORT = 12
PLAIN = {str, bool, int, type(None)}
PYTHONS = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
LARGEST = 2**53 - 1


def canonical(value: Any) -> bytes:
    """Give RFC 8785 JSON: the same data gives the same bytes."""
    if type(value) is dict and _is_plain(value):
        # Of names in ASCII with texts or whole numbers Python makes that form itself, ten times as fast.
        return PYTHONS.encode(value).encode()
    return rfc8785.dumps(value)


def _is_plain(value: dict[Any, Any]) -> bool:
    kinds = set(map(type, value.values()))
    if not kinds <= PLAIN or not set(map(type, value)) <= {str} or not "".join(value).isascii():
        return False
    return int not in kinds or all(abs(held) <= LARGEST for held in value.values() if type(held) is int)


def fingerprint(data: Any) -> str:
    """Give the SHA-256 of data in its canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(data)).hexdigest()


def sealed_data(charter: Charter) -> dict[str, Any]:
    """Give what the seal covers: the charter without agreements, standings, reasons and empty fields."""
    data: dict[str, Any] = _without(charter.model_dump(mode="json"))
    return data


def standings(charter: Charter) -> dict[str, str]:
    """Give the standing of every promise by its id; a sealed version records it outside the seal."""
    return {clause.id: str(clause.standing) for clause in charter.clauses() if isinstance(clause, Promise)}


def seal(charter: Charter) -> str:
    """Give the SHA-256 of what the seal covers, in hexadecimal."""
    if "seal" not in charter.worked_out:
        charter.worked_out["seal"] = fingerprint(sealed_data(charter))
    return charter.worked_out["seal"]


def short_seal(charter: Charter) -> str:
    """Give the first twelve digits of the seal, as pages print it."""
    return seal(charter)[:SHORT]


def clause_hash(clause: Clause) -> str:
    """Give the SHA-256 that an agreement on this clause binds."""
    return fingerprint(_without(clause.model_dump(mode="json")))


def _without(data: Any) -> Any:
    # Empty fields are left out, so that one which later software adds leaves old wordings as they are.
    if isinstance(data, dict):
        kept = ((key, _without(value)) for key, value in data.items() if key not in UNSEALED)
        return {key: value for key, value in kept if value not in (None, [], {})}
    if isinstance(data, list):
        return [_without(value) for value in data]
    return data
