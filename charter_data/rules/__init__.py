"""What needs several files or the law: one module a family of rules."""

from collections.abc import Callable, Iterator

from charter_data.drafts import Draft
from charter_data.problems import Finding
from charter_data.rules import completeness, references, standings, state

Rule = Callable[[Draft], Iterator[Finding]]

RULES: tuple[Rule, ...] = (*references.RULES, *standings.RULES, *completeness.RULES, *state.RULES)


def apply_rules(draft: Draft) -> Iterator[Finding]:
    """Yield the findings of every rule on whatever part of the charter is sound."""
    for rule in RULES:
        yield from rule(draft)
