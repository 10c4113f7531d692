"""The signed heads of the record of changes, for whoever holds the city to it."""

from charter_data.audit_heads import FILE, published
from charter_data.seals import canonical
from scripts.charter_site.measures import Measures

HEADS_FILE = f"data/{FILE}"


def heads_file(measures: Measures) -> str:
    """Give all heads as canonical JSON; raises ValueError without a snapshot."""
    if measures.snapshot is None:
        raise ValueError("without a snapshot there are no heads")
    held = measures.snapshot
    return canonical(published(held.city, held.kind, held.heads)).decode()
