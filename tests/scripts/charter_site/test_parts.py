"""What pages say of parts, costs, calendars, complaints and completeness."""

import pytest

from charter_data.models.charter import Pledge
from charter_data.scores import score
from scripts.charter_site.composing import compose
from scripts.charter_site.views import legs
from scripts.charter_site.words import labels
from tests.factories import DAY, make_charter
from tests.sites import changed, language_of

PREFIXES = ["/", "/en/"]
FIRE = "services/KBK.yml"


def parts_table(page, prefix):
    name = labels(language_of(prefix))["parts"]
    return next(one for one in page.all("table") if one.attributes.get("aria-label") == name)


def pledge_page(charter, folder, language):
    source = next(tree.source for tree in compose(charter, folder) if tree.language == language)
    return (source / "maklumat" / "index.md").read_text()


def test_the_body_of_whoever_acts_answers_for_a_step(charter):
    told = {leg.step.id: leg.accountable for leg in legs(charter, charter.service["KBK"])}

    assert told["UMUM.langkah-masuk"] == ()
    assert told["UMUM.langkah-angkat"] == (charter.info.owner,)
    assert told["KBK.langkah-padamkan"] == ("damkar",)
    assert told["KBK.langkah-arus"] == ("polres",)


def test_another_body_can_be_named_to_answer_for_a_step():
    charter = make_charter((FIRE, ("steps", 1, "accountable"), "lead"))

    told = {leg.step.id: leg.accountable for leg in legs(charter, charter.service["KBK"])}

    assert told["KBK.langkah-arus"] == ("damkar",)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_step_has_a_row_of_parts_with_its_cost(built_site, city_charter, prefix):
    for service in city_charter.services:
        page = built_site.page(f"{prefix}layanan/{service.slug}/")

        rows = parts_table(page, prefix).all("tr")[1:]

        assert len(rows) == len(legs(city_charter, service))
        assert all(row.all("td")[-1].text for row in rows)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_way_of_a_complaint_names_the_officer_or_says_that_nobody_is(built_site, city_charter, prefix):
    said = labels(language_of(prefix))
    page = built_site.page(f"{prefix}janji/")

    heading = page.by_id("jalan-pengaduan")

    assert heading.text == said["complaint_path"]
    assert said["no_officer"] in page.text
    assert {"https://www.lapor.go.id", "https://ombudsman.go.id"} <= {
        one.attributes["href"] for one in page.all("a")
    }


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_score_of_every_service_is_published(built_site, city_charter, prefix):
    page, said = built_site.page(f"{prefix}standar/"), labels(language_of(prefix))

    for service in city_charter.services:
        one = score(city_charter, service)
        assert said["x_of_y"].format(part=one.found, whole=one.wanted) in page.text


def test_what_112_is_not_for_has_a_place_to_go(built_site, city_charter):
    page = built_site.page("/layanan/")

    for case in city_charter.texts.home.not_112_cases:
        assert case.what.id in page.text
        assert case.where.id in page.text


def test_a_call_from_outside_the_city_is_told_with_its_mode(built_site, city_charter):
    page = built_site.page("/layanan/")

    assert page.by_id("luar-kota").text == labels("id")["crossings"]
    assert city_charter.area.crossings[0].text.id in page.text


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_pledge_is_signed_by_somebody_or_told_as_unsigned(city_charter, tmp_path, language):
    pledge = Pledge(signed_by="Contoh", office="Wali Kota", signed_on=DAY)
    signed = changed(city_charter, info=city_charter.info.model_copy(update={"pledge": pledge}))
    unsigned = labels(language)["unsigned"]

    before, after = (
        pledge_page(charter, tmp_path / name, language)
        for name, charter in (("before", city_charter), ("after", signed))
    )

    assert unsigned in before
    assert unsigned not in after
    assert "Contoh" in after


def test_a_charter_that_is_made_up_says_so_on_every_page(city_charter, tmp_path):
    made_up = changed(city_charter, info=city_charter.info.model_copy(update={"simulated": True}))
    notice = city_charter.texts.notices.simulated.id

    real, simulated = (
        next(tree.config for tree in compose(charter, tmp_path / name) if tree.language == "id").read_text()
        for name, charter in (("real", city_charter), ("simulated", made_up))
    )

    assert notice not in real
    assert notice in simulated
