"""Signed heads of the audit chain: signed here, and held to the keys, to each other and to the chain."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from charter_data.audit_heads import FILE, AuditHead
from charter_data.snapshot_files import HEADS
from site_api import proofs
from site_api.audit import START, Chain
from site_api.database import utc_text
from site_api.installation import Installation
from site_api.proofs import PublicKeys

SITE_FILE = f"data/{FILE}"
PLACES = (f"{HEADS}.json", SITE_FILE, FILE)
"""Where heads lie in a snapshot and in a site."""


class HeadsFault(Exception):
    """What should hold heads cannot be read; str() says what."""


def signed(place: Installation, day: date, rows: int, head: str, before: AuditHead | None) -> AuditHead:
    """Sign that the chain ends in this hash after so many rows."""
    bare = AuditHead(
        city=place.charter.area.bps_code,
        day=day,
        head=head,
        key=proofs.key_id(place.settings),
        made_at=utc_text(place.now()),
        previous=before.digest if before else START,
        rows=rows,
        sequence=before.sequence + 1 if before else 1,
    )
    return bare.model_copy(update={"signature": proofs.sign(place.settings, bare.signed)})


def read(path: Path) -> tuple[AuditHead, ...]:
    """Give the heads of a file, a snapshot or a site; raises HeadsFault."""
    found = path if path.is_file() else next((path / one for one in PLACES if (path / one).is_file()), None)
    if found is None:
        raise HeadsFault(f"{path}: there is no {', '.join(PLACES)}")
    try:
        data: Any = json.loads(found.read_bytes())
        listed = data["heads"] if isinstance(data, dict) else data
        return tuple(AuditHead.model_validate(one) for one in listed)
    except (ValueError, ValidationError, KeyError, TypeError):
        raise HeadsFault(f"{found}: holds no list of signed heads") from None


def in_order(heads: Iterable[AuditHead]) -> list[AuditHead]:
    """Give heads of several places, each once and the oldest first."""
    once = {head.digest: head for head in heads}
    return sorted(once.values(), key=lambda one: (one.sequence, one.made_at))


def faults(heads: Collection[AuditHead], keys: PublicKeys) -> list[str]:
    """Say what does not hold of heads, whatever places they come from: signatures, numbers, the line."""
    ordered = in_order(heads)
    return [*_unsigned(ordered, keys), *_out_of_line(ordered)]


def gone(lists: Sequence[Collection[AuditHead]]) -> list[str]:
    """Name the heads of earlier lists that the last one no longer has."""
    still = {head.digest for head in lists[-1]}
    before = in_order(head for one in lists[:-1] for head in one)
    return [_named(head) for head in before if head.digest not in still]


def fault_of_rows(heads: Collection[AuditHead], chain: Chain) -> str | None:
    """Say which rows are no longer those that were signed; the walk was asked for the rows of all heads."""
    before, since, most = 0, "the beginning", max((head.rows for head in heads), default=0)
    for head in in_order(heads):
        if chain.hashes.get(head.rows) == head.head:
            before, since = head.rows, head.day.isoformat()
        elif most > chain.rows:
            return (
                f"missing {most - chain.rows} rows since {since}, if not more: row {chain.rows} is the last "
                "here; an older backup was restored, or the end was cut off"
            )
        else:
            return (
                f"{_named(head)}: row {head.rows} is not the one that was signed; "
                f"rows after row {before}, since {since}, were replaced"
            )
    return None


def _unsigned(heads: Iterable[AuditHead], keys: PublicKeys) -> Iterator[str]:
    for head in heads:
        key = proofs.key_of(keys, head.key)
        if head.city != keys.city:
            yield f"{_named(head)} is of city {head.city}, the keys are those of city {keys.city}"
        elif key is None:
            yield f"{_named(head)}: its key {head.key} is not among the published keys"
        elif not proofs.has_signed(key, head.signed, head.signature):
            yield f"{_named(head)}: the signature does not hold"


def _out_of_line(heads: list[AuditHead]) -> Iterator[str]:
    digests = {head.digest for head in heads}
    for one, other in pairwise(heads):
        if one.sequence == other.sequence:
            yield f"{_told(one)} and {_told(other)}: an older backup was restored, or one list was changed"
        elif other.sequence > one.sequence + 1:
            yield f"head {one.sequence + 1} is missing before {_named(other)}"
        elif other.previous not in digests:
            yield f"{_named(other)} does not follow the head {one.sequence} that is here"
        elif other.rows < one.rows or other.day <= one.day:
            yield f"{_told(other)}, but {_told(one)}"
    yield from (f"{_named(one)} is not the first" for one in heads if _is_false_first(one))


def _is_false_first(head: AuditHead) -> bool:
    return (head.sequence == 1) != (head.previous == START)


def _named(head: AuditHead) -> str:
    return f"head {head.sequence} of {head.day}"


def _told(head: AuditHead) -> str:
    return f"{_named(head)} is after {head.rows} rows"
