"""Why clauses changed, and which were withdrawn: what a version says beside its wording."""

from typing import Annotated

from pydantic import Field

from charter_data.models.base import ClauseId, FeedbackNumber, Record, Text, Version


class Change(Record):
    """Say why clauses read differently from a version on, and which feedback led to it."""

    version: Version
    clauses: Annotated[tuple[ClauseId, ...], Field(min_length=1)]
    why: Text
    evidence: tuple[FeedbackNumber, ...] = ()


class Withdrawal(Record):
    """Say in which version a clause was withdrawn, why, and what stands in its place."""

    clause: ClauseId
    version: Version
    replaced_by: tuple[ClauseId, ...] = ()
    why: Text


class Changes(Record):
    """Hold changes.yml, which a city has once it has a sealed version."""

    changes: tuple[Change, ...] = ()
    withdrawn: tuple[Withdrawal, ...] = ()

    @property
    def withdrawn_clauses(self) -> dict[str, Withdrawal]:
        """Give every withdrawal by its clause."""
        return {one.clause: one for one in self.withdrawn}
