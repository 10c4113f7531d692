"""Law: no deadline later than the law's, every reference with its article, every law with its text."""

from collections.abc import Iterator

from charter_data.drafts import Draft, LawFile, Place
from charter_data.models import LegalReference, Promise, Target
from charter_data.problems import Finding
from charter_data.rules.references import law_uses
from charter_data.vocabulary import Standing


def deadlines_keep_within_the_law(draft: Draft) -> Iterator[Finding]:
    """Find targets that allow more time than a law that the promise names."""
    for place, clause in draft.clauses():
        if isinstance(clause, Promise):
            for reference in clause.basis:
                yield from _too_late(place, clause, reference)


def required_figures_are_the_law_s(draft: Draft) -> Iterator[Finding]:
    """Find figures called `wajib` whose law is not quoted with its own limit."""
    for place, clause in draft.clauses():
        if (
            isinstance(clause, Promise)
            and clause.standing is Standing.REQUIRED
            and clause.targets
            and clause.basis
            and not any(reference.limit for reference in clause.basis)
        ):
            message = f"`{clause.id}` has a figure by law: write the law's own under `basis`, `limit`"
            yield place.finding("limit-missing", message, "basis")


def references_name_their_article(draft: Draft) -> Iterator[Finding]:
    """Warn of references to a whole law."""
    for place, reference in law_uses(draft):
        if reference.article is None:
            message = f"which article of `{reference.law}`: write it under `article` once it has been read"
            yield place.finding("article-missing", message)


def laws_can_be_read(draft: Draft) -> Iterator[Finding]:
    """Warn of laws without a link to their text."""
    file = draft.record("legal_basis.yml", LawFile)
    for index, law in enumerate(file.laws if file else ()):
        if law.url is None:
            place = draft.place("legal_basis.yml", "laws", index, "url")
            yield place.finding("law-unlinked", f"`{law.key}` has no address where citizens can read it")


def _too_late(place: Place, promise: Promise, reference: LegalReference) -> Iterator[Finding]:
    limit = reference.limit
    for index, target in enumerate(promise.targets):
        if limit and target.days > limit.days:
            message = (
                f"`{promise.id}` allows {_said(target)}, but {reference.law} allows {_said(limit)} at most: "
                "shorten it (a working day counts with the weekend it may wait for)"
            )
            yield place.finding("deadline-after-law", message, "targets", index)


def _said(target: Target) -> str:
    return f"{target.value:g} {target.unit.value}"


RULES = (
    deadlines_keep_within_the_law,
    required_figures_are_the_law_s,
    references_name_their_article,
    laws_can_be_read,
)
