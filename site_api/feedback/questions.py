"""The questions of the feedback form, which of them are asked, and what makes it a quiet one."""

import re
from collections.abc import Mapping

from charter_data.models import Charter
from site_api import asking
from site_api.asking import Question, Typed
from site_api.errors import FieldFault, Invalid
from site_api.feedback.models import FeedbackKind, Happened
from site_api.feedback.schemas import NewFeedback, check_place
from site_api.installation import Installation
from site_api.intake import read
from site_api.pages import form_as_json
from site_api.settings import LANGUAGES
from site_api.steps import Form, choose_unknown, without
from site_api.texts import Texts

FLAGS = ("may_publish", "may_pass_on", "confidential", "was_disbelieved")
DISBELIEVED = "disbelieved"
"""The branch of a complaint that counts true calls for help which were doubted."""
CARRIED = ("clause", "is_service_given", "is_neutral", "go_on", "was_disbelieved", "in_danger")
ASIDE = ("in_danger", "is_service_given", "go_on", "went_on", "is_neutral")
HARMLESS: Mapping[str, str] = {
    "kind": FeedbackKind.PRAISE,
    "message": "sepuluh huruf",
    "happened": Happened.PAST,
}
"""Stands for the answers of other questions while one is held to the schema."""


def questions(charter: Charter, texts: Texts) -> tuple[Question, ...]:
    """Give the questions in their order."""

    def is_event(typed: Typed) -> bool:
        return typed.get("happened") != Happened.IDEA

    def may_be_in_danger(typed: Typed) -> bool:
        is_past_the_numbers = typed.get("happened") == Happened.NOW
        return not is_past_the_numbers and suggests_danger(texts, typed.get("message", ""))

    def has_district(typed: Typed) -> bool:
        return is_event(typed) and bool(charter.area.subdistricts) and not is_quiet(charter, typed)

    return (
        Question("when", ("happened",)),
        Question("what", ("kind",)),
        Question("service", ("service",), lambda typed: "is_service_given" not in typed),
        Question("quiet", ("confidential",), lambda typed: not has_sensitive_service(charter, typed)),
        Question("story", ("message",)),
        Question("danger", ("in_danger",), may_be_in_danger, is_once=True),
        Question("date", ("occurred_on",), is_event),
        Question("district", ("district",), has_district),
        Question("permissions", ("may_publish", "may_pass_on")),
    )


def opened(charter: Charter, given: Mapping[str, str]) -> Form:
    """Give what a form knows from where it was opened: a clause, its service, or a service alone."""
    clause = charter.by_id.get(given.get("clause", ""))
    scope = clause.scope if clause and clause.scope in charter.service_of_scope else given.get("service")
    known = Form()
    if clause:
        known["clause"] = clause.id
    if scope in charter.service_of_scope:
        known.update({"service": str(scope), "is_service_given": "yes"})
    return known


def settled(charter: Charter, sent: Form) -> Form:
    """Give answers that fit each other: what a later choice makes pointless is taken out."""
    typed = choose_unknown(sent, "service")
    kind = typed.get("kind")
    if kind == DISBELIEVED:
        typed.setlist("kind", [FeedbackKind.COMPLAINT])
        typed["was_disbelieved"] = "yes"
    elif typed.get("question") == "what" and kind:
        typed.poplist("was_disbelieved")
    gone = {"was_disbelieved"} if kind not in (DISBELIEVED, FeedbackKind.COMPLAINT) else set()
    if typed.get("happened") == Happened.IDEA:
        gone |= {"occurred_on", "district", "was_disbelieved"}
    if has_sensitive_service(charter, typed):
        gone.add("confidential")
    if is_quiet(charter, typed):
        gone.add("district")
    return without(typed, *gone, *(asking.unknown(name) for name in gone))


def faults_of(place: Installation, question: Question, typed: Typed) -> list[FieldFault]:
    """Hold one answer to what the whole form is held to, and name its faults; gaps are named elsewhere."""
    own = {
        name: typed[name]
        for name in (*question.fields, "clause", "service")
        if typed.get(name) and name not in ASIDE
    }
    whole = {name: value for name, value in HARMLESS.items() if name not in question.fields}
    try:
        sent = read(NewFeedback, form_as_json(whole | own, FLAGS))
        check_place(place.charter, sent, place.local_date(place.now()))
    except Invalid as invalid:
        return [
            fault
            for fault in invalid.faults
            if fault.field in question.fields and asking.is_answered(fault.field, typed)
        ]
    return []


def has_sensitive_service(charter: Charter, typed: Typed) -> bool:
    """Tell whether the form is about a service whose name nobody should see over a shoulder."""
    service = charter.service_of_scope.get(typed.get("service", ""))
    return service is not None and service.is_sensitive


def is_quiet(charter: Charter, typed: Typed) -> bool:
    """Tell whether pages keep titles neutral and show the way out: by where it began, service or choice."""
    return (
        "is_neutral" in typed
        or typed.get("confidential", "no") != "no"
        or has_sensitive_service(charter, typed)
    )


def suggests_danger(texts: Texts, message: str) -> bool:
    """Tell whether a text holds whole words, in any language of ours, of somebody who may need help now."""
    listed = (word for language in LANGUAGES for word in texts.say(language, "danger.words").split(","))
    words = "|".join(re.escape(word.strip()) for word in listed)
    return re.search(rf"\b(?:{words})\b", message, re.IGNORECASE) is not None
