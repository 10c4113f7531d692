"""Completeness: pairs of rights and obligations, all components, every word defined once."""

from collections.abc import Iterator
from enum import StrEnum

from charter_data.drafts import Draft
from charter_data.models import Obligation, Right
from charter_data.problems import Finding
from charter_data.vocabulary import (
    CallClass,
    Component,
    Event,
    Exclusion,
    FeedbackEvent,
    HandoverMode,
    Side,
    SideEvent,
    Standing,
)

VOCABULARIES: tuple[tuple[str, type[StrEnum]], ...] = (
    ("standings", Standing),
    ("events", Event),
    ("side_events", SideEvent),
    ("feedback_events", FeedbackEvent),
    ("modes", HandoverMode),
    ("call_classes", CallClass),
    ("exclusions", Exclusion),
    ("components", Component),
)


def rights_are_answered(draft: Draft) -> Iterator[Finding]:
    """Find rights that no obligation of the provider answers."""
    for place, clause in draft.clauses():
        if isinstance(clause, Right):
            for at, answer in enumerate(clause.answered_by):
                if ".kami-" not in answer:
                    message = f"`{answer}` is no obligation of the provider: name a `kami-` clause"
                    yield place.finding("right-unanswered", message, "answered_by", at)


def obligations_are_good_for_something(draft: Draft) -> Iterator[Finding]:
    """Find obligations of citizens that do not say what they are good for."""
    for place, clause in draft.clauses():
        if isinstance(clause, Obligation) and clause.side is Side.CITIZEN and clause.good_for is None:
            message = f"`{clause.id}` asks something of citizens: say under `good_for` what it is good for"
            yield place.finding("obligation-without-use", message)


def words_are_defined_once(draft: Draft) -> Iterator[Finding]:
    """Find words of a closed vocabulary that definitions.yml lacks or has twice."""
    for listing, vocabulary in VOCABULARIES:
        defined = draft.declared("definitions.yml", listing)
        if defined is None:
            return
        for word in vocabulary:
            if defined[word.value] != 1:
                message = (
                    f"`{word.value}` is defined {defined[word.value]} times under `{listing}`: define it once"
                )
                yield Finding("definitions.yml", (listing,), "definition-missing", message)


def components_are_all_there(draft: Draft) -> Iterator[Finding]:
    """Find components of the standard that common.yml does not name (UU 25/2009 art. 21)."""
    known = draft.declared("common.yml", "standard", "id")
    if known is None:
        return
    for component in Component:
        wanted = f"UMUM.std-{component.value}"
        if wanted not in known:
            message = f"`{wanted}` is missing: add it; `text: null` if it is not known"
            yield Finding("common.yml", ("standard",), "component-missing", message)


RULES = (
    rights_are_answered,
    obligations_are_good_for_something,
    words_are_defined_once,
    components_are_all_there,
)
