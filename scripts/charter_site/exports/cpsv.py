"""The services as linked data after CPSV-AP 3.2 (Core Public Service Vocabulary), in Turtle."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, RDF, RDFS, SKOS, XSD

from charter_data.models import Charter, Law, LegalReference, Promise, Service, Step, Target, Text
from charter_data.vocabulary import Component, ServiceKind, Unit
from scripts.charter_site.exports.addresses import TURTLE, identity
from scripts.charter_site.exports.linked import number_state, operating_agency
from scripts.charter_site.exports.public import notices, public_name
from scripts.charter_site.views import event_names
from scripts.charter_site.words import LANGUAGES, Language, Words

CPSV = Namespace("http://purl.org/vocab/cpsv#")
CV = Namespace("http://data.europa.eu/m8g/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
# The shapes of CPSV-AP 3.2.0 want the ground of an organisation to be of this class.
TERRITORY = URIRef("http://data.europa.eu/88u/dataset/atu-type")
RUPIAH = URIRef("http://publications.europa.eu/resource/authority/currency/IDR")
PREFIXES = {
    "cpsv": CPSV,
    "cv": CV,
    "dct": DCTERMS,
    "eli": ELI,
    "foaf": FOAF,
    "org": ORG,
    "rdfs": RDFS,
    "skos": SKOS,
    "xsd": XSD,
}
# xsd:duration takes a fraction in seconds only; a working day is no fixed length of time.
DURATIONS = {Unit.SECOND: "PT{}S", Unit.MINUTE: "PT{}M", Unit.HOUR: "PT{}H", Unit.DAY: "P{}D"}
Said = dict[Language, str]


@dataclass(frozen=True)
class Sheet:
    """Hold the graph while it is written."""

    charter: Charter
    graph: Graph = field(default_factory=lambda: Graph("SimpleMemory", bind_namespaces="none"))

    def uri(self, kind: str, key: str) -> URIRef:
        """Give the URI of a thing."""
        return URIRef(identity(self.charter, kind, key))

    def thing(self, kind: str, key: str, *types: URIRef) -> URIRef:
        """Give the URI of a thing, with its classes and its identifier."""
        uri = self.uri(kind, key)
        for one in types:
            self.graph.add((uri, RDF.type, one))
        self.graph.set((uri, DCTERMS.identifier, Literal(key)))
        return uri

    def join(self, subject: URIRef, predicate: URIRef, target: URIRef | Literal) -> None:
        """Add one statement."""
        self.graph.add((subject, predicate, target))

    def say(self, subject: URIRef, predicate: URIRef, text: Text | Said) -> None:
        """Add a text in both languages."""
        said: Said = text if isinstance(text, dict) else _in_both(lambda words: words.text(text))
        for language, words in said.items():
            self.join(subject, predicate, Literal(words, lang=language))


def turtle(charter: Charter) -> str:
    """Give all services as CPSV-AP Turtle; the same charter gives the same bytes."""
    sheet = Sheet(charter)
    for prefix, namespace in PREFIXES.items():
        sheet.graph.bind(prefix, namespace)
    _document(sheet)
    _city(sheet)
    for law in charter.legal_basis:
        _law(sheet, law)
    _line(sheet)
    for service in charter.services:
        _service(sheet, service)
    return sheet.graph.serialize(format="turtle")


def turtle_file(charter: Charter) -> dict[str, str]:
    """Give the Turtle by its path on the site."""
    return {TURTLE: turtle(charter)}


def _document(sheet: Sheet) -> None:
    info = sheet.charter.info
    document = sheet.thing("berkas", "cpsv-ap", FOAF.Document)
    sheet.say(document, DCTERMS.title, info.name)
    for text in (info.description, *notices(sheet.charter)):
        sheet.say(document, DCTERMS.description, text)
    sheet.say(document, DCTERMS.description, _in_both(lambda words: words.labels["data_proposals"]))
    sheet.join(document, DCTERMS.modified, Literal(info.dated))
    sheet.join(document, DCTERMS.rights, Literal(info.licence))


def _city(sheet: Sheet) -> None:
    city = sheet.thing("kota", sheet.charter.area.bps_code, DCTERMS.Location, TERRITORY)
    sheet.join(city, SKOS.prefLabel, Literal(sheet.charter.info.city.name, lang="id"))


def _law(sheet: Sheet, law: Law) -> None:
    resource = sheet.thing("aturan", law.key, ELI.LegalResource)
    sheet.join(resource, DCTERMS.title, Literal(law.title, lang="id"))
    sheet.say(resource, DCTERMS.description, law.about)
    if law.url:
        sheet.join(resource, RDFS.seeAlso, URIRef(quote(law.url, safe="%/:?#[]@!$&()*+,;=~")))


def _line(sheet: Sheet) -> None:
    """Add the number as the one channel, and what a call to it costs: the only cost that is known."""
    number, operator = sheet.charter.emergency_number.number, operating_agency(sheet.charter)
    channel = sheet.thing("kanal", number, CV.Channel)
    sheet.say(channel, DCTERMS.description, _in_both(lambda words: number_state(sheet.charter, words)))
    if operator:
        sheet.join(channel, CV.ownedBy, _agency(sheet, operator))
    cost = sheet.thing("biaya", "panggilan", CV.Cost)
    sheet.say(cost, DCTERMS.description, sheet.charter.texts.emergency_page.free_call.text)
    sheet.join(cost, CV.hasValue, Literal("0.0", datatype=XSD.double))
    sheet.join(cost, CV.currency, RUPIAH)
    sheet.join(RUPIAH, RDF.type, SKOS.Concept)
    sheet.join(cost, CV.ifAccessedThrough, channel)


def _agency(sheet: Sheet, key: str) -> URIRef:
    agency = sheet.charter.agency[key]
    body = sheet.thing("instansi", key, FOAF.Agent, ORG.Organization)
    sheet.say(body, DCTERMS.title, agency.name)
    return body


def _authority(sheet: Sheet, key: str) -> URIRef:
    body = _agency(sheet, key)
    sheet.join(body, RDF.type, CV.PublicOrganisation)
    sheet.say(body, SKOS.prefLabel, sheet.charter.agency[key].name)
    sheet.join(body, DCTERMS.spatial, sheet.uri("kota", sheet.charter.area.bps_code))
    return body


def _service(sheet: Sheet, service: Service) -> None:
    charter, code = sheet.charter, service.public_code
    made = sheet.thing("layanan", code, CPSV.PublicService)
    sheet.say(made, DCTERMS.title, public_name(service))
    sheet.say(made, DCTERMS.description, service.title if service.is_sensitive else service.line)
    sheet.join(made, RDFS.isDefinedBy, sheet.uri("berkas", "cpsv-ap"))
    sheet.join(made, DCTERMS.spatial, sheet.uri("kota", charter.area.bps_code))
    sheet.join(made, CV.hasCompetentAuthority, _authority(sheet, service.lead))
    if service.kind is ServiceKind.EMERGENCY:
        sheet.join(made, CV.hasChannel, sheet.uri("kanal", charter.emergency_number.number))
        sheet.join(made, CV.hasCost, sheet.uri("biaya", "panggilan"))
    for reference in (*service.legal, *(one for promise in service.promises for one in promise.basis)):
        sheet.join(made, CV.hasLegalResource, sheet.uri("aturan", reference.law))
    _rules(sheet, service, made)
    _participations(sheet, service, made)
    _output(sheet, service, made)
    longest = processing_time(service.promises)
    if longest:
        sheet.join(made, CV.processingTime, Literal(longest, datatype=XSD.duration, normalize=False))


def processing_time(promises: Iterable[Promise]) -> str:
    """Give the longest time that is promised, as xsd:duration; a proposal is no time to publish."""
    targets = [
        target
        for promise in promises
        for target in promise.targets
        if promise.standing.is_promise and promise.clock and target.unit in DURATIONS
    ]
    return _duration(max(targets, key=lambda target: target.days)) if targets else ""


def _duration(target: Target) -> str:
    if target.value.is_integer():
        return DURATIONS[target.unit].format(int(target.value))
    return DURATIONS[Unit.SECOND].format(f"{target.days * 86400:.10g}")


def _rules(sheet: Sheet, service: Service, made: URIRef) -> None:
    names = event_names(sheet.charter)
    standings = {one.key: one.name for one in sheet.charter.definitions.standings}
    for step in sheet.charter.steps_of(service):
        promise = sheet.charter.by_id.get(step.promise) if step.promise else None
        basis = promise.basis if isinstance(promise, Promise) else ()
        sheet.join(made, CPSV.follows, _rule(sheet, step, names.get(step.event, step.text), basis))
    for promise in service.promises:
        sheet.join(made, CPSV.follows, _rule(sheet, promise, standings[promise.standing], promise.basis))


def _rule(sheet: Sheet, clause: Step | Promise, title: Text, basis: tuple[LegalReference, ...]) -> URIRef:
    rule = sheet.thing("butir", clause.id, CPSV.Rule)
    sheet.say(rule, DCTERMS.title, title)
    sheet.say(rule, DCTERMS.description, clause.text)
    for reference in basis:
        sheet.join(rule, CPSV.implements, sheet.uri("aturan", reference.law))
    return rule


def _participations(sheet: Sheet, service: Service, made: URIRef) -> None:
    for role, key, name in _roles(service):
        concept = sheet.uri("peran", role)
        sheet.join(concept, RDF.type, SKOS.Concept)
        sheet.say(concept, SKOS.prefLabel, name)
        agency = sheet.charter.agency[key].name
        said = {language: f"{name[language]}: {getattr(agency, language)}" for language in LANGUAGES}
        part = sheet.thing("peserta", f"{service.public_code}-{role}-{key}", CV.Participation)
        sheet.say(part, DCTERMS.description, said)
        sheet.join(part, CV.role, concept)
        sheet.join(part, CV.hasParticipant, _agency(sheet, key))
        sheet.join(made, CV.hasParticipation, part)


def _roles(service: Service) -> Iterator[tuple[str, str, Said]]:
    yield "lead", service.lead, _in_both(lambda words: words.labels["lead"])
    for role, key in service.co_lead.items():
        yield role, key, _in_both(lambda words: f"{words.labels['lead']} {words.co_lead(role)}")  # noqa: B023
    for key in service.support:
        yield "support", key, _in_both(lambda words: words.labels["support"])


def _output(sheet: Sheet, service: Service, made: URIRef) -> None:
    for part in sheet.charter.standard_of(service):
        if part.component is Component.RESULT and part.text:
            output = sheet.thing("produk", part.scope, CV.Output)
            sheet.say(output, DCTERMS.title, part.text)
            sheet.join(made, CPSV.produces, output)


def _in_both(say: Callable[[Words], str]) -> Said:
    return {language: say(Words(language)) for language in LANGUAGES}
