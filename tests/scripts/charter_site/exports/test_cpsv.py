import os
import subprocess
import sys

import pytest
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, RDF, SKOS, XSD

from charter_data.models import Target
from charter_data.vocabulary import Standing
from scripts.charter_site.exports.cpsv import processing_time, turtle
from tests.factories import make_charter
from tests.scripts.charter_site.exports.hostile import WORDS, hostile_charter
from tests.sites import ROOT, city_charter

CPSV = Namespace("http://purl.org/vocab/cpsv#")
CV = Namespace("http://data.europa.eu/m8g/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
TERRITORY = URIRef("http://data.europa.eu/88u/dataset/atu-type")
MANY = 10_000
NAMED = (DCTERMS.identifier, 1, 1, None)
TITLED = (DCTERMS.title, 1, MANY, "text")
TOLD = (DCTERMS.description, 1, MANY, "text")
MAY_BE_TOLD = (DCTERMS.description, 0, MANY, "text")
# What the shapes of CPSV-AP 3.2.0 ask of each class that we write: how often, and of which class or datatype.
SHAPES: dict[URIRef, list[tuple]] = {
    CPSV.PublicService: [
        NAMED,
        TITLED,
        TOLD,
        (CV.hasCompetentAuthority, 1, MANY, CV.PublicOrganisation),
        (CV.hasChannel, 0, MANY, CV.Channel),
        (CV.hasCost, 0, MANY, CV.Cost),
        (CV.hasLegalResource, 0, MANY, ELI.LegalResource),
        (CV.hasParticipation, 0, MANY, CV.Participation),
        (CV.processingTime, 0, 1, XSD.duration),
        (CPSV.follows, 0, MANY, CPSV.Rule),
        (CPSV.produces, 0, MANY, CV.Output),
        (DCTERMS.spatial, 0, MANY, DCTERMS.Location),
    ],
    CV.PublicOrganisation: [(SKOS.prefLabel, 1, MANY, "text"), (DCTERMS.spatial, 1, MANY, TERRITORY)],
    CV.Channel: [NAMED, MAY_BE_TOLD, (CV.ownedBy, 0, MANY, ORG.Organization)],
    CV.Cost: [
        NAMED,
        MAY_BE_TOLD,
        (CV.hasValue, 0, 1, XSD.double),
        (CV.currency, 0, 1, SKOS.Concept),
        (CV.ifAccessedThrough, 0, 1, CV.Channel),
    ],
    CPSV.Rule: [NAMED, TITLED, TOLD, (CPSV.implements, 0, MANY, ELI.LegalResource)],
    CV.Output: [NAMED, TITLED],
    CV.Participation: [
        NAMED,
        TOLD,
        (CV.role, 1, MANY, SKOS.Concept),
        (CV.hasParticipant, 1, 1, FOAF.Agent),
    ],
    FOAF.Agent: [NAMED, TITLED],
}
CHARTERS = {"city": city_charter, "small": make_charter, "hostile": hostile_charter}


def graph_of(charter):
    return Graph().parse(data=turtle(charter), format="turtle")


def is_of(graph, value, wanted):
    if wanted is None:
        return True
    if wanted == "text":
        return isinstance(value, Literal) and value.language in ("id", "en")
    if isinstance(value, Literal):
        return value.datatype == wanted
    return (value, RDF.type, wanted) in graph


def faults(graph):
    for kind, shape in SHAPES.items():
        for subject in graph.subjects(RDF.type, kind):
            for predicate, least, most, wanted in shape:
                values = list(graph.objects(subject, predicate))
                if not least <= len(values) <= most:
                    yield subject, predicate, len(values)
                yield from (
                    (subject, predicate, value) for value in values if not is_of(graph, value, wanted)
                )


def said(graph, subject, predicate):
    return {(value.language, str(value)) for value in graph.objects(subject, predicate)}


def service(code, bps="9901"):
    return URIRef(f"urn:piagam112:{bps}:layanan:{code}")


@pytest.mark.parametrize("make", CHARTERS.values(), ids=CHARTERS)
def test_every_class_has_what_its_shape_asks_for(make):
    graph = graph_of(make())

    assert all(any(graph.subjects(RDF.type, kind)) for kind in SHAPES)
    assert list(faults(graph)) == []


@pytest.mark.parametrize("make", CHARTERS.values(), ids=CHARTERS)
def test_nothing_is_nameless(make):
    graph = graph_of(make())

    assert not [one for triple in graph for one in triple if isinstance(one, BNode)]


def test_every_service_stands_there_in_both_languages(charter):
    graph = graph_of(charter)

    assert set(graph.subjects(RDF.type, CPSV.PublicService)) == {service("KBK"), service("BKL")}
    assert said(graph, service("KBK"), DCTERMS.title) == {("id", "Kebakaran"), ("en", "Fire")}


def test_a_sensitive_service_has_neither_its_code_nor_its_line(charter):
    text = turtle(charter)
    graph = Graph().parse(data=text, format="turtle")

    neutral = {("id", "Bantuan keluarga"), ("en", "Family help")}
    assert said(graph, service("BKL"), DCTERMS.title) == neutral
    assert said(graph, service("BKL"), DCTERMS.description) == neutral
    assert not [word for word in ("KDR", "Kekerasan", "Dipukul") if word in text]


def test_only_the_call_has_a_price_and_it_is_nothing(charter):
    graph = graph_of(charter)

    (cost,) = graph.subjects(RDF.type, CV.Cost)

    assert float(graph.value(cost, CV.hasValue)) == 0
    assert str(graph.value(cost, CV.currency)).endswith("/IDR")


def test_a_promised_time_is_told_and_a_proposed_one_is_not(charter):
    graph = graph_of(charter)

    times = {str(one): str(two) for one, two in graph.subject_objects(CV.processingTime)}

    assert times == {str(service("KBK")): "PT15M"}


@pytest.mark.parametrize(
    ("targets", "duration"),
    [
        ([(30, "s")], "PT30S"),
        ([(1.5, "min")], "PT90S"),
        ([(2, "h"), (90, "min")], "PT2H"),
        ([(3, "day")], "P3D"),
        ([(14, "working_day")], ""),
        ([], ""),
    ],
)
def test_the_longest_promised_time_counts_but_no_working_days(charter, targets, duration):
    made = tuple(Target(value=value, unit=unit) for value, unit in targets)
    promise = charter.by_id["KBK.siap"].model_copy(update={"targets": made})

    assert processing_time([promise]) == duration


def test_a_proposal_has_no_time(charter):
    promise = charter.by_id["KBK.siap"].model_copy(update={"standing": Standing.PROPOSED})

    assert processing_time([promise]) == ""


def test_rules_are_steps_and_promises_and_say_what_is_only_proposed(charter):
    graph = graph_of(charter)

    rules = {
        str(graph.value(one, DCTERMS.identifier)): one for one in graph.objects(service("KBK"), CPSV.follows)
    }

    wanted = {
        clause.id for clause in (*charter.steps_of(charter.service["KBK"]), *charter.service["KBK"].promises)
    }
    assert set(rules) == wanted
    assert said(graph, rules["KBK.siap-warga"], DCTERMS.title) == {
        ("id", "usulan (id)"),
        ("en", "usulan (en)"),
    }
    law = URIRef("urn:piagam112:9901:aturan:permen-contoh")
    assert graph.value(rules["KBK.siap"], CPSV.implements) == law
    assert (service("KBK"), CV.hasLegalResource, law) in graph


def test_those_who_lead_and_those_who_help_take_part(charter):
    graph = graph_of(charter)

    parts = {
        str(graph.value(part, CV.role)).rsplit(":", 1)[1]: str(graph.value(part, CV.hasParticipant))
        for part in graph.objects(service("KBK"), CV.hasParticipation)
    }

    assert parts == {
        "lead": "urn:piagam112:9901:instansi:damkar",
        "support": "urn:piagam112:9901:instansi:polres",
    }


def test_the_document_says_that_it_is_a_draft(charter):
    graph, notices = graph_of(charter), charter.texts.notices

    (document,) = graph.subjects(RDF.type, FOAF.Document)

    assert {("id", notices.draft.id), ("en", notices.unofficial.en)} <= said(
        graph, document, DCTERMS.description
    )


def test_with_a_public_address_everything_has_its_address():
    charter = make_charter(("charter.yml", ("public_url",), "https://112.contoh.example"))

    graph = graph_of(charter)

    assert (
        URIRef("https://112.contoh.example/data/cpsv-ap.ttl#layanan-KBK"),
        RDF.type,
        CPSV.PublicService,
    ) in graph
    assert "urn:piagam112" not in turtle(charter)


def test_hostile_words_stay_words():
    graph = graph_of(hostile_charter())

    assert said(graph, service("KBK"), DCTERMS.title) == {("id", WORDS), ("en", WORDS)}


def test_a_source_with_signs_that_no_uri_has_is_still_one():
    charter = make_charter(("legal_basis.yml", ("laws", 0, "url"), "https://contoh.example/[uu]é"))

    assert "https://contoh.example/[uu]%C3%A9" in turtle(charter)


def test_the_order_does_not_depend_on_the_run():
    program = "\n".join(
        [
            "import sys",
            "from scripts.charter_site.exports import data_files",
            "from tests.factories import make_charter",
            "sys.stdout.buffer.write(repr(data_files(make_charter())).encode())",
        ]
    )

    made = {
        subprocess.run(  # noqa: S603 (our own Python)
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
            check=True,
            stdout=subprocess.PIPE,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(made) == 1
