"""What a service is: first steps, special cases, agencies, and its clauses."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from charter_data.models.base import ClauseId, Code, Key, LegalReference, Line, Record, Slug, Source, Text
from charter_data.models.clauses import Clauses
from charter_data.vocabulary import Certainty, ServiceKind, Standing

CommonLine = Literal["neighbours", "keep_free", "operator_asks"]


class Action(Text):
    """Hold one first step: a sentence and its picture."""

    picture: Slug


class Review(Record):
    """Say where an instruction comes from and who has checked it."""

    source: Annotated[tuple[Source, ...], Field(min_length=1)]
    reviewer: Line
    reviewed_by: Line | None
    reviewed_on: date | None

    @property
    def is_reviewed(self) -> bool:
        """Tell whether somebody has checked the instruction."""
        return self.reviewed_by is not None and self.reviewed_on is not None


class Needs(Record):
    """Hold lines back until a clause has reached a standing."""

    clause: ClauseId
    standing: Standing
    lines_until_then: Annotated[int, Field(ge=0)]


class SpecialCase(Record):
    """Hold a folded special case: its own lines, or those of another service."""

    title: Text
    do: tuple[Text, ...] = ()
    same_as: Code | None = None
    needs: Needs | None = None
    first_aid: Review | None = None

    @model_validator(mode="after")
    def _lines_or_reference(self) -> Self:
        if bool(self.do) == bool(self.same_as):
            raise ValueError("give either `do` (lines) or `same_as` (a service code)")
        return self


class SearchWords(Record):
    """Hold everyday words, in each language its own, that lead to a service."""

    id: tuple[Line, ...] = ()
    en: tuple[Line, ...] = ()


class Service(Clauses):
    """Hold one of the twelve services with its clauses."""

    code: Code
    public_code_: Code | None = Field(default=None, alias="public_code")
    slug: Slug
    kind: ServiceKind = ServiceKind.EMERGENCY
    name: Text
    title_tag: Text | None = None
    card: Text | None = None
    line: Text
    search_words: SearchWords = SearchWords()
    do_now: Annotated[tuple[Action, ...], Field(min_length=1, max_length=3)]
    dont: Text
    special_cases: tuple[SpecialCase, ...] = ()
    tell_operator: Annotated[tuple[Text, ...], Field(min_length=1)]
    operator_asks: tuple[Text, ...] = ()
    leaves_out: tuple[CommonLine, ...] = ()
    first_aid: Review
    lead: Key
    co_lead: dict[Key, Key] = Field(default_factory=dict)
    support: tuple[Key, ...] = ()
    lead_certainty: Certainty
    owner: Key
    reviewed_on: date | None
    legal: tuple[LegalReference, ...] = ()
    sources: tuple[Source, ...] = ()
    note: Line | None = None

    @model_validator(mode="after")
    def _nobody_is_led_to_what_hides(self) -> Self:
        if self.is_sensitive and self.search_words != SearchWords():
            raise ValueError("`search_words` do not go with `public_code`: they would say what it hides")
        return self

    @property
    def public_code(self) -> str:
        """Give the code that addresses, feeds and exports use."""
        return self.public_code_ or self.code

    @property
    def is_sensitive(self) -> bool:
        """Tell whether the service hides behind a neutral code, title and address."""
        return self.public_code_ is not None

    @property
    def title(self) -> Text:
        """Give the name that tabs and the browser's history may show."""
        return self.title_tag or self.name

    @property
    def agencies(self) -> tuple[str, ...]:
        """Give every agency of the service, the leading one first, each once."""
        return tuple(dict.fromkeys((self.lead, *self.co_lead.values(), *self.support)))
