"""Changes: what changes.yml says of clauses, and that no sealed clause goes unnoticed or comes back."""

from collections.abc import Iterator

from charter_data.drafts import CHANGES, Draft
from charter_data.models import Changes
from charter_data.problems import Finding

INFO = "charter.yml"


def changes_name_clauses(draft: Draft) -> Iterator[Finding]:
    """Find reasons and withdrawals of clauses that there never were."""
    changes = draft.record(CHANGES, Changes)
    if changes is None:
        return
    known = {*draft.declared_clauses, *changes.withdrawn_clauses, *_ever(draft)}
    for index, change in enumerate(changes.changes):
        for at, clause in enumerate(change.clauses):
            yield from _unknown(draft, clause, known, "changes", index, "clauses", at)
    for index, gone in enumerate(changes.withdrawn):
        for at, clause in enumerate(gone.replaced_by):
            yield from _unknown(draft, clause, known, "withdrawn", index, "replaced_by", at)
        if draft.released:
            sealed = _ever(draft) | draft.declared_clauses
            yield from _unknown(draft, gone.clause, sealed, "withdrawn", index, "clause")


def ids_are_never_used_again(draft: Draft) -> Iterator[Finding]:
    """Find withdrawn clauses that stand all the same."""
    changes = draft.record(CHANGES, Changes)
    seen: set[str] = set()
    for index, gone in enumerate(changes.withdrawn if changes else ()):
        if gone.clause in seen or gone.clause in gone.replaced_by:
            message = f"`{gone.clause}` is withdrawn once, and by other clauses: keep one entry that says so"
            yield draft.place(CHANGES, "withdrawn", index, "clause").finding("duplicate-id", message)
        seen.add(gone.clause)
        if gone.clause in draft.declared_clauses:
            message = (
                f"`{gone.clause}` was withdrawn in {gone.version} and stands again: give it another id, "
                "or take the withdrawal out if that version is not sealed yet"
            )
            yield draft.place(CHANGES, "withdrawn", index, "clause").finding("clause-reused", message)


def sealed_clauses_stand_or_are_withdrawn(draft: Draft) -> Iterator[Finding]:
    """Find clauses of sealed versions that are gone without a word, or back after they were gone."""
    changes = draft.record(CHANGES, Changes)
    if INFO not in draft.files or CHANGES in draft.unread or (CHANGES in draft.files and changes is None):
        return
    withdrawn = changes.withdrawn_clauses if changes else {}
    for clause in sorted(_ever(draft) - draft.declared_clauses - withdrawn.keys()):
        if not draft.is_lost(clause):
            message = (
                f"`{clause}` stands in a sealed version and is gone: name it in changes.yml, `withdrawn`"
            )
            yield Finding(INFO, ("version",), "clause-vanished", message)
    for clause in sorted(_gone(draft) & draft.declared_clauses - withdrawn.keys()):
        message = f"`{clause}` was gone in a sealed version and stands again: give it another id"
        yield Finding(INFO, ("version",), "clause-reused", message)


def sealed_versions_can_be_read(draft: Draft) -> Iterator[Finding]:
    """Find files of sealed versions that cannot be read, so that nothing is known of their clauses."""
    if draft.broken and INFO in draft.files:
        message = f"a sealed version cannot be read ({', '.join(draft.broken)}): run `verify`"
        yield Finding(INFO, ("version",), "release-broken", message)


def _unknown(draft: Draft, clause: str, known: set[str], *path: str | int) -> Iterator[Finding]:
    if clause not in known and not draft.is_lost(clause):
        message = f"there is no clause `{clause}`: correct the id"
        yield draft.place(CHANGES, *path).finding("unknown-clause", message)


def _ever(draft: Draft) -> set[str]:
    return {clause for version in draft.released for clause in version}


def _gone(draft: Draft) -> set[str]:
    return _ever(draft) - draft.released[-1] if draft.released else set()


RULES = (
    changes_name_clauses,
    ids_are_never_used_again,
    sealed_clauses_stand_or_are_withdrawn,
    sealed_versions_can_be_read,
)
