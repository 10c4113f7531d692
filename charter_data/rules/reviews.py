"""Reviews: what was looked at long ago is looked at again, and nothing is dated ahead."""

from collections.abc import Iterator
from datetime import date, timedelta

from charter_data.drafts import Draft, Place
from charter_data.models import Agreements, Info
from charter_data.problems import Finding

WARN_BEFORE = timedelta(days=30)
Dated = tuple[Place, date | None]


def reviews_are_recent(draft: Draft) -> Iterator[Finding]:
    """Warn of pages and instructions whose last review is more than a year old."""
    for place, day in _reviews(draft):
        if draft.today and day and _a_year_after(day) < draft.today:
            message = f"last reviewed on {day}: review it again and write the new date"
            yield place.finding("review-past", message)


def security_contact_is_fresh(draft: Draft) -> Iterator[Finding]:
    """Warn from 30 days before the published address for faults of security stops to hold."""
    info = draft.record("charter.yml", Info)
    if info and info.security_contact and draft.today:
        until = info.security_contact_until
        if draft.today > until - WARN_BEFORE:
            says = "holds" if draft.today <= until else "held"
            message = f"security.txt {says} until {until}: check the address and write a new `dated`"
            yield draft.place("charter.yml", "security_contact").finding("security-contact-old", message)


def nothing_is_dated_ahead(draft: Draft) -> Iterator[Finding]:
    """Find reviews, signatures, tests and agreements of days that have not come."""
    for place, day in (*_reviews(draft), *_acts(draft)):
        if draft.today and day and day > draft.today:
            yield place.finding("date-ahead", f"{day} has not come yet: correct the date")


def _reviews(draft: Draft) -> Iterator[Dated]:
    info = draft.record("charter.yml", Info)
    if info:
        yield draft.place("charter.yml", "reviewed_on"), info.reviewed_on
    for name, service in draft.services.items():
        yield draft.place(name, "reviewed_on"), service.reviewed_on
        yield draft.place(name, "first_aid", "reviewed_on"), service.first_aid.reviewed_on
        for index, case in enumerate(service.special_cases):
            if case.first_aid:
                place = draft.place(name, "special_cases", index, "first_aid", "reviewed_on")
                yield place, case.first_aid.reviewed_on


def _acts(draft: Draft) -> Iterator[Dated]:
    info = draft.record("charter.yml", Info)
    if info:
        yield draft.place("charter.yml", "adopted_on"), info.adopted_on
        yield draft.place("charter.yml", "pledge", "signed_on"), info.pledge.signed_on
        tested = draft.place("charter.yml", "emergency_number", "verified_on")
        yield tested, info.emergency_number.verified_on
    agreements = draft.record("agreements.yml", Agreements)
    for index, agreement in enumerate(agreements.agreements if agreements else ()):
        yield draft.place("agreements.yml", "agreements", index, "agreed_on"), agreement.agreed_on


def _a_year_after(day: date) -> date:
    # 29 February has no twin in the next year.
    return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)


RULES = (reviews_are_recent, security_contact_is_fresh, nothing_is_dated_ahead)
