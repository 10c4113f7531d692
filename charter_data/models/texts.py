"""What every page says: the 112 bar, notices, home, emergency pages, the three parts of the maklumat."""

from datetime import date
from typing import Annotated

from pydantic import Field

from charter_data.models.base import Code, Contact, Key, LegalReference, Line, Phone, Record, Source, Text
from charter_data.models.clauses import Clauses
from charter_data.vocabulary import Certainty


class Notices(Record):
    """Hold the honest lines on the charter's own state."""

    draft: Text
    unofficial: Text
    simulated: Text
    first_aid_unreviewed: Text
    reviewed: Text
    stale: Text
    unverified_112: Text
    verified_112: Text


class Card(Text):
    """Hold one card of the home page: one service, or several under one word."""

    services: Annotated[tuple[Code, ...], Field(min_length=1)]


class Redirect(Record):
    """Hold what 112 is not for, and where to go with it."""

    what: Text
    where: Text
    address: Contact | None


class ComplaintStep(Record):
    """Hold one station of the way of a complaint; no address means the officer of charter.yml."""

    key: Key
    name: Text
    text: Text
    address: Contact | None
    basis: tuple[LegalReference, ...] = ()


class Door(Record):
    """Hold one of the doors for those who are not in trouble."""

    key: Key
    title: Text
    text: Text


class Home(Record):
    """Hold the words of the home page."""

    title: Text
    lead: Text
    cards: Annotated[tuple[Card, ...], Field(min_length=1)]
    not_112: Text
    not_112_title: Text
    not_112_cases: tuple[Redirect, ...]
    doors_title: Text
    doors: tuple[Door, ...]


class FallbackNumber(Text):
    """Hold a national number for when 112 does not connect."""

    number: Phone
    certainty: Certainty
    locally_checked: bool | None = None
    on_sensitive_pages: bool = False


class FreeCall(Record):
    """Hold what has been said about calling without credit or SIM, with source and date."""

    text: Text
    source: Source


class EmergencyPage(Record):
    """Hold what is said on every emergency page."""

    first_line: Text
    say_first: Text
    why_city: Text
    stay: Text
    keep_free: Text
    name_later: Text
    recorded: Text
    neighbours: Text
    no_answer_title: Text
    no_answer_note: Text
    no_answer_numbers: Annotated[tuple[FallbackNumber, ...], Field(min_length=1)]
    free_call: FreeCall
    cannot_speak_title: Text
    cannot_speak: Text
    operator_asks: tuple[Text, ...]
    leave_title: Text
    leave_note: Text
    leave_keys: Text


class Texts(Record):
    """Gather the words of the charter that belong to no single service."""

    bar: Text
    notices: Notices
    home: Home
    emergency_page: EmergencyPage
    footer: Text
    maklumat: Annotated[tuple[Text, ...], Field(min_length=3, max_length=3)]
    complaint_path: Annotated[tuple[ComplaintStep, ...], Field(min_length=1)]
    unavailable: Text


class Common(Clauses):
    """Hold common.yml: the words, and the clauses of every call (UMUM) and of complaints (PGD)."""

    texts: Texts


class EmergencyNumber(Record):
    """Hold the number, and when and how it was last tested."""

    number: Phone
    verified_on: date | None
    verified_how: Line | None
    last_source: Source
