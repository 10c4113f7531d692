"""What needs several files or the law: one module a family of rules."""

from collections.abc import Callable, Iterator

from charter_data.drafts import Draft
from charter_data.problems import Finding
from charter_data.rules import (
    changes,
    completeness,
    figures,
    law,
    links,
    plain_language,
    procedures,
    references,
    reviews,
    standings,
    state,
    translations,
)

Rule = Callable[[Draft], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    *references.RULES,
    *standings.RULES,
    *completeness.RULES,
    *law.RULES,
    *procedures.RULES,
    *state.RULES,
    *reviews.RULES,
    *figures.RULES,
    *links.RULES,
    *plain_language.RULES,
    *translations.RULES,
    *changes.RULES,
)


def apply_rules(draft: Draft) -> Iterator[Finding]:
    """Yield the findings of every rule on whatever part of the charter is sound."""
    for rule in RULES:
        yield from rule(draft)
