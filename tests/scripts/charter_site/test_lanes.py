import pytest

from scripts.charter_site import lanes, views
from scripts.charter_site.words import LANGUAGES, Words
from tests.documents import read
from tests.sites import city_charter

DRAWN = [(service.code, language) for service in city_charter().emergencies for language in LANGUAGES]


def drawing_of(charter, code, language="id"):
    service = charter.service[code]
    legs = views.legs(charter, service)
    return legs, read(str(lanes.lane_diagram(charter, service, legs, Words(language)))).one("svg")


def by_class(svg, name):
    return [one for one in svg.walk() if one.attributes.get("class") == name]


def lanes_of(legs, service):
    own = {"caller", "operator", service.lead, *service.co_lead.values()}
    return [{key if key in own else lanes.OTHERS for key in keys} for keys in legs]


@pytest.mark.parametrize("code", [service.code for service in city_charter().emergencies])
def test_every_step_has_one_knot_for_each_body_that_acts(city_charter, code):
    legs, svg = drawing_of(city_charter, code)

    numbers = [int(one.text) for one in by_class(svg, "p-lanes__number")]

    acting = lanes_of([leg.actors for leg in legs], city_charter.service[code])
    assert len(by_class(svg, "p-lanes__knot")) == len(numbers)
    assert numbers == [leg.number for leg, bodies in zip(legs, acting, strict=True) for _ in bodies]


@pytest.mark.parametrize("code", [service.code for service in city_charter().emergencies])
def test_every_body_that_takes_over_is_reached_by_one_arrow(city_charter, code):
    legs, svg = drawing_of(city_charter, code)

    tips = by_class(svg, "p-lanes__tip")

    service = city_charter.service[code]
    reached = lanes_of([leg.receivers for leg in legs], service)
    acting = lanes_of([leg.actors for leg in legs], service)
    assert len(tips) == sum(len(to - own) for to, own in zip(reached, acting, strict=True))


@pytest.mark.parametrize("code", ["KBK", "KDR"])
def test_there_is_one_lane_a_body_and_one_for_all_others(city_charter, code):
    _, svg = drawing_of(city_charter, code)

    service = city_charter.service[code]
    leading = {service.lead, *service.co_lead.values()}
    assert len(by_class(svg, "p-lanes__head")) == len(leading) + 3


@pytest.mark.parametrize(("code", "language"), DRAWN)
def test_every_line_of_text_begins_inside_the_drawing(city_charter, code, language):
    _, svg = drawing_of(city_charter, code, language)

    beside = by_class(svg, "p-lanes__name") + by_class(svg, "p-lanes__state")
    _, _, width, height = map(float, svg.attributes["viewbox"].split())
    assert all(float(one.attributes["x"]) < width for one in beside)
    assert all(0 < float(one.attributes["y"]) < height for one in beside)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_drawing_says_what_it_shows(city_charter, language):
    _, svg = drawing_of(city_charter, "KBK", language)

    assert svg.attributes["role"] == "img"
    assert Words(language).text(city_charter.service["KBK"].title) in svg.attributes["aria-label"]


def test_the_drawing_of_a_sensitive_service_gives_its_neutral_title(city_charter):
    _, svg = drawing_of(city_charter, "KDR")

    service = city_charter.service["KDR"]
    assert service.title.id in svg.attributes["aria-label"]
    assert service.name.id not in svg.attributes["aria-label"]


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_service_about_conduct_has_steps_and_no_drawing(city_charter, built_site, prefix):
    conduct = city_charter.service["HOX"]

    page = built_site.page(f"/{prefix}layanan/{conduct.slug}/")

    assert not [one for one in page.all("svg") if one.attributes.get("role") == "img"]
    assert {step.anchor for step in conduct.steps} <= set(page.ids)
