"""The questions about a false call: the event only."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from charter_data.models import Charter
from site_api import asking
from site_api.asking import Question, Typed
from site_api.errors import FieldFault, Invalid
from site_api.hoax_reports.models import HoaxClass
from site_api.hoax_reports.schemas import NewHoaxReport, check_event
from site_api.installation import Installation
from site_api.intake import read
from site_api.pages import form_as_json

LISTS = ("agencies",)
MAY_BE_UNKNOWN = ("time", "district", "place", "agencies")


def questions(charter: Charter) -> tuple[Question, ...]:
    """Give the questions in their order; the district is asked where the charter lists some."""
    where = ("district", "place") if charter.area.subdistricts else ("place",)
    return (
        Question("class", ("class",)),
        Question("when", ("occurred_on", "time")),
        Question("where", where),
        Question("who", ("agencies",)),
        Question("note", ("note",), is_optional=True),
    )


def faults_of(place: Installation, question: Question, typed: Typed) -> list[FieldFault]:
    """Hold one answer to what the whole form is held to, and name its faults; gaps are named elsewhere."""
    today = place.local_date(place.now())
    harmless: Mapping[str, str] = {"class": HoaxClass.UNKNOWN, "occurred_on": today.isoformat()}
    whole = MultiDict((name, value) for name, value in harmless.items() if name not in question.fields)
    lists = typed.items(multi=True) if isinstance(typed, MultiDict) else typed.items()
    whole.update([(name, value) for name, value in lists if name in question.fields])
    try:
        check_event(place.charter, read(NewHoaxReport, form_as_json(whole, lists=LISTS)), today)
    except Invalid as invalid:
        return [fault for fault in invalid.faults if _is_told(fault, question, typed)]
    return []


def _is_told(fault: FieldFault, question: Question, typed: Typed) -> bool:
    name = fault.field.split("/")[0]
    return name in question.fields and (question.is_optional or asking.is_answered(name, typed))
