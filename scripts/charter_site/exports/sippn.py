"""One sheet a service with the fields of Indonesia's register of public services (SIPPN), in Indonesian."""

from collections.abc import Iterator

from charter_data.models import Charter, LegalReference, Promise, Service, StandardComponent
from charter_data.vocabulary import Component
from scripts.charter_site.exports.public import notices, public_name
from scripts.charter_site.exports.tables import FOLDER, as_csv
from scripts.charter_site.views import event_names
from scripts.charter_site.words import Words

# The register asks for them in this order: what citizens see first, then what the provider keeps.
ORDER = (
    Component.REQUIREMENTS,
    Component.PROCEDURE,
    Component.TIME,
    Component.COST,
    Component.RESULT,
    Component.COMPLAINTS,
    Component.LEGAL_BASIS,
    Component.FACILITIES,
    Component.COMPETENCE,
    Component.SUPERVISION,
    Component.STAFF,
    Component.GUARANTEE,
    Component.SAFETY,
    Component.EVALUATION,
)
WORDS = Words("id")
Entry = tuple[str, str]


def sheet_path(service: Service) -> str:
    """Give the path of a service's sheet on the site."""
    return f"{FOLDER}sippn/{service.public_code}.csv"


def sheets(charter: Charter) -> dict[str, str]:
    """Give the sheet of every service by its path on the site."""
    return {sheet_path(service): sheet(charter, service) for service in charter.services}


def sheet(charter: Charter, service: Service) -> str:
    """Give the sheet of a service as CSV; a field with several entries stands in several rows."""
    head = WORDS.labels["sippn_head"]
    return as_csv(head, (dict(zip(head, entry, strict=True)) for entry in _entries(charter, service)))


def _entries(charter: Charter, service: Service) -> Iterator[Entry]:
    label, info = WORDS.labels["sippn"], charter.info
    for notice in notices(charter):
        yield label["state"], notice.id
    yield label["version"], f"{info.version}, {WORDS.date(info.dated)}"
    for key in (service.lead, *service.co_lead.values()):
        yield label["unit"], charter.agency[key].name.id
    yield label["name"], public_name(service).id
    yield label["decree"], WORDS.labels["not_found"]
    names = {item.key: item.name.id for item in charter.definitions.components}
    given = {part.component: part for part in charter.standard_of(service)}
    for component in ORDER:
        said = [*_text(charter, given.get(component)), *_more(charter, service, component)]
        yield from ((names[component], one) for one in said or [WORDS.labels["not_found"]])


def _text(charter: Charter, part: StandardComponent | None) -> Iterator[str]:
    if part and part.text:
        yield part.text.id
        if part.component is Component.COMPLAINTS:
            yield WORDS.labels["intake"][charter.info.intake.value]


def _more(charter: Charter, service: Service, component: Component) -> Iterator[str]:
    if component is Component.PROCEDURE:
        yield from _steps(charter, service)
    elif component is Component.TIME:
        yield from _figures(charter, service)
    elif component is Component.LEGAL_BASIS:
        yield from (_law(charter, reference) for reference in service.legal)


def _steps(charter: Charter, service: Service) -> Iterator[str]:
    names = event_names(charter)
    for number, step in enumerate(charter.steps_of(service), start=1):
        name = names.get(step.event)
        yield f"{number}. {name.id}: {step.text.id}" if name else f"{number}. {step.text.id}"


def _figures(charter: Charter, service: Service) -> Iterator[str]:
    """Yield every time limit of the service and of its steps, each with its standing."""
    on_steps = [charter.by_id.get(step.promise) for step in charter.steps_of(service) if step.promise]
    for promise in dict.fromkeys([*on_steps, *service.promises]):
        if isinstance(promise, Promise) and promise.targets:
            yield WORDS.labels["sippn_figure"].format(
                target=WORDS.targets(promise),
                text=promise.text.id,
                standing=WORDS.labels["standing"][promise.standing.value],
            )


def _law(charter: Charter, reference: LegalReference) -> str:
    law = charter.law[reference.law]
    article = f", {WORDS.labels['article']} {reference.article}" if reference.article else ""
    return f"{law.short}{article}: {law.title}"
