import gzip
import json
from importlib.util import find_spec

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF

from scripts.charter_site.building import build
from scripts.charter_site.exports.linked import service_facts, service_script
from scripts.charter_site.words import LANGUAGES, Words
from tests.documents import read
from tests.factories import make_charter
from tests.scripts.charter_site.exports.hostile import WORDS, hostile_charter
from tests.sites import Site

# The parser of rdflib itself still uses a class that rdflib is about to drop.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

SCHEMA = Namespace("https://schema.org/")
KBK = URIRef("urn:piagam112:9901:layanan:KBK")
BKL = URIRef("urn:piagam112:9901:layanan:BKL")
MOST = 1536
FIRE = {"id": "/layanan/kebakaran/", "en": "/en/layanan/kebakaran/"}
FAMILY = {"id": "/layanan/bantuan-keluarga/", "en": "/en/layanan/bantuan-keluarga/"}


def built(folder, engine, charter):
    build(charter, folder / "site", engine, folder / "work")
    return Site(folder / "site")


@pytest.fixture(scope="module", params=["mkdocs", "zensical"])
def small_site(request, tmp_path_factory):
    if find_spec(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    return built(tmp_path_factory.mktemp("small"), request.param, make_charter())


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory):
    return built(tmp_path_factory.mktemp("hostile"), "mkdocs", hostile_charter())


def scripts(page):
    return [one for one in page.all("script") if one.attributes.get("type") == "application/ld+json"]


def inside(script):
    return "".join(map(str, script.children))


def graph_of(site, address):
    (script,) = scripts(site.page(address))
    return Graph().parse(data=inside(script), format="json-ld")


def value(graph, subject, *words):
    for word in words:
        subject = graph.value(subject, SCHEMA[word])
    return str(subject)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_the_same_to_programs_as_to_people(small_site, language):
    page, graph = small_site.page(FIRE[language]), graph_of(small_site, FIRE[language])

    read_by_people = page.one("body").text
    assert graph.value(predicate=RDF.type, object=SCHEMA.GovernmentService) == KBK
    assert value(graph, KBK, "name") == page.one("h1").text
    for words in (("description",), ("provider", "alternateName"), ("availableChannel", "description")):
        assert value(graph, KBK, *words) in read_by_people
    assert value(graph, KBK, "offers", "description") in read_by_people


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_code_number_city_and_that_a_call_is_free(small_site, language):
    graph = graph_of(small_site, FIRE[language])

    assert value(graph, KBK, "identifier") == "KBK"
    assert value(graph, KBK, "availableChannel", "servicePhone", "telephone") == "112"
    assert value(graph, KBK, "availableChannel", "servicePhone", "contactType") == "emergency"
    assert value(graph, KBK, "areaServed", "name") == "Kota Contoh"
    assert value(graph, KBK, "jurisdiction", "identifier", "value") == "9901"
    assert (value(graph, KBK, "offers", "price"), value(graph, KBK, "offers", "priceCurrency")) == (
        "0",
        "IDR",
    )
    assert graph.value(KBK, SCHEMA.hoursAvailable) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_that_the_charter_is_a_draft(small_site, language):
    notices, words = make_charter().texts.notices, Words(language)
    graph = graph_of(small_site, FIRE[language])

    said = value(graph, KBK, "subjectOf", "description")

    assert said == f"{words.text(notices.draft)} {words.text(notices.unofficial)}"
    assert value(graph, KBK, "subjectOf", "creativeWorkStatus") == words.labels["state_tag"]["draft"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_sensitive_service_it_says_only_the_neutral_title_and_code(small_site, language):
    graph = graph_of(small_site, FAMILY[language])
    title = make_charter().service["KDR"].title

    assert set(graph) == {
        (BKL, RDF.type, SCHEMA.GovernmentService),
        (BKL, SCHEMA.name, Literal(Words(language).text(title))),
        (BKL, SCHEMA.identifier, Literal("BKL")),
    }


def test_only_pages_of_services_carry_it_and_the_search_does_not_find_it(small_site):
    carriers = [address for address, page in small_site.documents.items() if scripts(page)]

    assert sorted(carriers) == sorted([*FIRE.values(), *FAMILY.values()])
    others = {name for name in small_site.files if not name.endswith("index.html")}
    assert [name for name in others if b"GovernmentService" in small_site.files[name]] == []


def test_it_stands_on_one_line(small_site):
    raw = small_site.files["layanan/kebakaran/index.html"].decode()

    assert next(line for line in raw.splitlines() if "GovernmentService" in line).endswith("</script>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_words_stay_words(hostile_site, language):
    page, graph = hostile_site.page(FIRE[language]), graph_of(hostile_site, FIRE[language])

    assert value(graph, KBK, "name") == value(graph, KBK, "description") == WORDS
    assert value(graph, KBK, "provider", "alternateName") == WORDS
    assert not [one for one in page.all("script") if not one.attributes and "alert" in inside(one)]


def test_no_text_can_end_the_element():
    charter = hostile_charter()

    said = service_script(charter, charter.service["KBK"], Words("id"))

    assert inside(read(said).one("script")).count("alert(1)") > 1
    assert said.count("<") == said.count(">") == 2
    assert "&" not in said


def test_with_a_public_address_it_leads_to_the_page_and_to_the_pledge():
    charter = make_charter(("charter.yml", ("public_url",), "https://112.contoh.example"))

    facts = service_facts(charter, charter.service["KBK"], Words("en"))

    assert facts["url"] == "https://112.contoh.example/en/layanan/kebakaran/"
    assert facts["termsOfService"] == "https://112.contoh.example/en/maklumat/"
    assert facts["@id"] == "https://112.contoh.example/data/cpsv-ap.ttl#layanan-KBK"


def test_conduct_on_the_line_is_nothing_to_call_for(city_charter):
    facts = service_facts(city_charter, city_charter.service["HOX"], Words("id"))

    assert not {"availableChannel", "offers", "serviceType"} & set(facts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_adds_little_to_a_page(city_charter, language):
    for service in city_charter.services:
        said = service_script(city_charter, service, Words(language))

        assert len(gzip.compress(said.encode(), mtime=0)) < MOST
        assert json.loads(inside(read(said).one("script")))["name"]
