"""What the charter's words and figures mean."""

from typing import Literal

from charter_data.models.base import ClauseId, Key, Line, Record, Source, Text
from charter_data.vocabulary import (
    CallClass,
    Component,
    Event,
    Exclusion,
    FeedbackEvent,
    HandoverMode,
    SideEvent,
    Standing,
)


class EventDefinition(Record):
    """Hold the exact moment of an event."""

    key: Event
    code: Line
    name: Text
    moment: Text
    kept_for: Text
    if_unknown: Text


class Named(Record):
    """Hold a word of a closed vocabulary with its meaning."""

    key: Line
    name: Text
    meaning: Text


class CallClassDefinition(Record):
    """Hold a class of calls and whether it counts as misuse."""

    key: CallClass
    name: Text
    misuse: Literal["yes", "no", "never"]


class ComponentDefinition(Record):
    """Hold a component of the standard (UU 25/2009 art. 21, PermenPANRB 15/2014)."""

    key: Component
    name: Text
    group: Literal["delivery", "manufacturing"]


class FigureDefinition(Record):
    """Hold the definition of one of the ten figures for the council."""

    key: Key
    title: Text
    definition: Text
    denominator: Text
    question: Text


class ExclusionDefinition(Named):
    """Hold what takes a case out of a promise."""

    key: Exclusion


class Reference(Record):
    """Hold somebody else's figure, for comparison only."""

    text: Text
    clause: ClauseId | None = None
    source: Source


class SideEventDefinition(Named):
    """Hold the meaning of a side event."""

    key: SideEvent


class FeedbackEventDefinition(Named):
    """Hold the meaning of a moment of a piece of feedback."""

    key: FeedbackEvent


class ModeDefinition(Named):
    """Hold the meaning of a hand-over mode."""

    key: HandoverMode


class StandingDefinition(Named):
    """Hold the meaning of a standing."""

    key: Standing


class Abbreviation(Record):
    """Hold a short form that citizens meet, and what it stands for."""

    key: Line
    means: Text


class Definitions(Record):
    """Hold the meaning of every word and figure that the charter uses."""

    standings: tuple[StandingDefinition, ...]
    events: tuple[EventDefinition, ...]
    side_events: tuple[SideEventDefinition, ...]
    feedback_events: tuple[FeedbackEventDefinition, ...]
    modes: tuple[ModeDefinition, ...]
    call_classes: tuple[CallClassDefinition, ...]
    components: tuple[ComponentDefinition, ...]
    figures: tuple[FigureDefinition, ...]
    small_numbers: tuple[Text, ...]
    exclusions: tuple[ExclusionDefinition, ...]
    references: tuple[Reference, ...]
    abbreviations: tuple[Abbreviation, ...] = ()
