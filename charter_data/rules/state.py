"""State: what the charter itself must still say about itself; mostly warnings."""

from collections.abc import Iterator

from charter_data.drafts import Draft
from charter_data.models import Agreements, Area, Info, StandardComponent
from charter_data.problems import Finding
from charter_data.vocabulary import Intake


def number_is_tested(draft: Draft) -> Iterator[Finding]:
    """Warn while nobody has tested the emergency number."""
    info = draft.record("charter.yml", Info)
    if info and info.emergency_number.verified_on is None:
        message = "no test of the number is recorded: pages say so until `verified_on` has a date"
        yield draft.place("charter.yml", "emergency_number", "verified_on").finding(
            "number-unverified", message
        )


def complaints_have_an_officer(draft: Draft) -> Iterator[Finding]:
    """Refuse open intake without a named officer (UU 25/2009 art. 36(4)), warn before that."""
    info = draft.record("charter.yml", Info)
    if info and info.complaint_officer is None:
        if info.intake is Intake.OPEN:
            message = "`open` promises dates of answer: name `complaint_officer` first, or use `pilot`"
            yield draft.place("charter.yml", "intake").finding("intake-without-officer", message)
        message = "no officer is named: pages say `belum ditunjuk`"
        yield draft.place("charter.yml", "complaint_officer").finding("officer-missing", message)


def adoption_has_a_date(draft: Draft) -> Iterator[Finding]:
    """Find a charter that is adopted without a date, or has a date without being adopted."""
    info = draft.record("charter.yml", Info)
    if info and (info.status == "adopted") != (info.adopted_on is not None):
        message = (
            f"`status: {info.status}` with `adopted_on: {info.adopted_on or 'null'}`: correct one of them"
        )
        yield draft.place("charter.yml", "adopted_on").finding("adoption-undated", message)


def pledge_is_signed(draft: Draft) -> Iterator[Finding]:
    """Warn while nobody has signed the maklumat (UU 25/2009 art. 22)."""
    info = draft.record("charter.yml", Info)
    if info and not info.pledge.is_signed:
        message = "nobody has signed the maklumat: the page says `belum ditandatangani`"
        yield draft.place("charter.yml", "pledge").finding("pledge-unsigned", message)


def instructions_are_reviewed(draft: Draft) -> Iterator[Finding]:
    """Warn of first-aid instructions and pages that nobody has checked."""
    for name, service in draft.services.items():
        if not service.first_aid.is_reviewed:
            message = f"waits for {service.first_aid.reviewer}: the page says that nobody has checked it"
            yield draft.place(name, "first_aid", "reviewed_by").finding("first-aid-unreviewed", message)
        for index, case in enumerate(service.special_cases):
            if case.first_aid and not case.first_aid.is_reviewed:
                place = draft.place(name, "special_cases", index, "first_aid", "reviewed_by")
                message = f"`{case.title.id}` waits for {case.first_aid.reviewer}: nobody has checked it yet"
                yield place.finding("first-aid-unreviewed", message)
        if service.reviewed_on is None:
            message = f"{service.public_code} has no review date: the page says so"
            yield draft.place(name, "reviewed_on").finding("page-unreviewed", message)


def facts_are_found(draft: Draft) -> Iterator[Finding]:
    """Warn of facts that have not been found."""
    for place, clause in draft.clauses():
        if isinstance(clause, StandardComponent) and clause.text is None:
            yield place.finding("fact-missing", f"`{clause.id}` is not known: pages say so", "text")


def ground_is_known(draft: Draft) -> Iterator[Finding]:
    """Warn of codes, figures and subdistricts that area.yml does not have yet."""
    area = draft.record("area.yml", Area)
    if area:
        for key in ("kemendagri_code", "area_km2", "population", "population_on", "codes_licence"):
            if getattr(area, key) is None:
                yield draft.place("area.yml", key).finding("fact-missing", f"`{key}` is not known yet")
        if not area.subdistricts:
            message = "no kecamatan and kelurahan are listed: pages say so, and forms cannot offer them"
            yield draft.place("area.yml", "subdistricts").finding("fact-missing", message)
        for index, part in enumerate(area.subdistricts):
            for key in ("area_km2", "population_2010"):
                if getattr(part, key) is None:
                    place = draft.place("area.yml", "subdistricts", index, key)
                    yield place.finding("fact-missing", f"`{key}` of {part.name} is not known: pages say so")


def seats_are_taken(draft: Draft) -> Iterator[Finding]:
    """Warn of empty seats at the table."""
    agreements = draft.record("agreements.yml", Agreements)
    for index, party in enumerate(agreements.parties if agreements else ()):
        if party.holder is None:
            place = draft.place("agreements.yml", "parties", index, "holder")
            yield place.finding("seat-empty", f"`{party.key}` has nobody at the table yet")


RULES = (
    number_is_tested,
    complaints_have_an_officer,
    adoption_has_a_date,
    pledge_is_signed,
    instructions_are_reviewed,
    facts_are_found,
    ground_is_known,
    seats_are_taken,
)
