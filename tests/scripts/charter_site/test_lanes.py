import pytest

from scripts.charter_site import lanes, views
from scripts.charter_site.measures import NOTHING_MEASURED, Measures
from scripts.charter_site.words import LANGUAGES, Words, labels
from tests.documents import read
from tests.sites import city_charter, language_of
from tests.snapshots import year

SERVICES = [service.code for service in city_charter().emergencies]
PAGES = [(code, prefix) for code in SERVICES for prefix in ("/", "/en/")]


def drawn(charter, code, measures=NOTHING_MEASURED, **changes):
    service = charter.service[code].model_copy(update=changes)
    return lanes.lane_diagram(charter, service, views.legs(charter, service), Words("id"), measures)


def by_class(drawing, name):
    tree = read(str(drawing))
    return [one for one in tree.walk() if name in one.attributes.get("class", "").split()]


def lanes_where(drawing, name):
    """Give the lanes in which something is drawn, by where it stands."""
    at = [one.attributes.get("cx") or one.attributes.get("x1") for one in by_class(drawing, name)]
    return {int(x) // lanes.PITCH for x in at if x}


def lane_of(charter, code, keys):
    service = charter.service[code]
    own = {"caller", "operator", service.lead, *service.co_lead.values()}
    return {key if key in own else lanes.OTHERS for key in keys}


def shown(site, charter, code, prefix):
    """Give heads and rows of the drawing on a page, as they are read."""
    page = site.page(f"{prefix}layanan/{charter.service[code].slug}/")
    drawing = next(one for one in page.walk() if one.attributes.get("class") == "p-lanes")
    heads, rows = drawing.one("ul"), drawing.one("ol")
    return heads, [one for one in rows.elements if one.tag == "li"]


def said(row, part):
    found = [one.text for one in row.walk() if part in one.attributes.get("class", "").split()]
    return " ".join(found)


@pytest.mark.parametrize("code", SERVICES)
def test_every_step_has_one_knot_with_its_number_for_each_body_that_acts(city_charter, code):
    for row in drawn(city_charter, code).rows:
        numbers = [int(one.text) for one in by_class(row.rail, "p-lanes__number")]

        acting = lane_of(city_charter, code, row.leg.actors)
        assert len(by_class(row.rail, "p-lanes__knot")) == len(numbers)
        assert numbers == [row.leg.number] * len(acting)


@pytest.mark.parametrize("code", SERVICES)
def test_every_body_that_takes_over_is_reached_by_one_arrow(city_charter, code):
    for row in drawn(city_charter, code).rows:
        leg = row.leg
        tells = {"caller"} & set(leg.informed)
        calls = {"operator"} if "caller" in leg.actors else set()
        reached = lane_of(city_charter, code, {*leg.receivers, *tells, *calls})

        acting = lane_of(city_charter, code, leg.actors)
        assert len(by_class(row.rail, "p-lanes__tip")) == len(reached - acting)


def test_agencies_alerted_at_once_fork_in_one_row_and_run_side_by_side(city_charter):
    rows = drawn(city_charter, "KLL").rows
    fork = next(at for at, row in enumerate(rows) if row.leg.step.id == "KLL.langkah-serentak")
    end = next(at for at, row in enumerate(rows) if row.leg.step.event == "selesai")

    assert len(by_class(rows[fork].rail, "p-lanes__tip")) == 2
    assert lanes_where(rows[fork - 1].rail, "p-lanes__on") == {0, 1}
    assert all(lanes_where(row.rail, "p-lanes__on") == {0, 1, 2, 3} for row in rows[fork : end + 1])


def test_steps_that_others_take_at_the_same_stage_name_each_other(city_charter):
    numbered = {row.leg.step.id: row for row in drawn(city_charter, "KLL").rows}
    ambulance, police = numbered["KLL.langkah-ambulans"], numbered["KLL.langkah-polisi"]

    assert (ambulance.beside, police.beside) == ((police.leg.number,), (ambulance.leg.number,))
    assert numbered["KLL.langkah-serentak"].beside == ()


@pytest.mark.parametrize(("code", "others"), [("KBK", 1), ("KDR", 0)])
def test_there_is_one_lane_a_body_and_one_for_others_that_take_part(city_charter, code, others):
    service = city_charter.service[code]

    heads = drawn(city_charter, code).heads

    assert len(heads) == len({service.lead, *service.co_lead.values()}) + 2 + others


def test_a_city_with_many_leads_gathers_the_rest_in_one_lane(city_charter):
    leads = [key for key in city_charter.agency if key != "damkar"][:11]

    many = drawn(city_charter, "KBK", co_lead={f"role{at}": key for at, key in enumerate(leads)})

    assert [head.name for head in many.heads][-1] == labels("id")["lanes"]["others"]
    assert len(many.heads) == 3 + lanes.LEADS
    accepted = next(row for row in many.rows if row.leg.step.event == "terima")
    assert set(leads) < set(accepted.leg.actors)
    assert len(by_class(accepted.rail, "p-lanes__knot")) == lanes.LEADS + 1


def test_a_body_that_has_promised_nothing_has_a_knot_of_its_own_shape(city_charter):
    row = next(row for row in drawn(city_charter, "KLL").rows if row.leg.step.event == "terima")

    silent = [one for one in by_class(row.rail, "p-lanes--silent") if one.tag == "circle"]

    assert [int(one.attributes["cx"]) // lanes.PITCH for one in silent] == [2]


def test_a_shared_lane_has_the_shape_of_silence_only_if_all_in_it_are_silent(city_charter):
    bound, free = (
        [key for key, body in city_charter.agency.items() if body.bound_by_city is is_bound]
        for is_bound in (True, False)
    )
    shared = [*bound[: lanes.LEADS + 1], free[0]]

    row = next(
        row
        for row in drawn(city_charter, "KBK", co_lead={key: key for key in shared}).rows
        if row.leg.step.event == "terima"
    )

    assert free[0] in {body.key for body in row.leg.card.silent}
    assert by_class(row.rail, "p-lanes--silent") == []


def rows_with_bars(charter, code):
    rows = drawn(charter, code, Measures(year(charter))).rows
    return {row.leg.card.promise.id if row.leg.card else row.leg.step.id: row.bar for row in rows}


def width(bar, name):
    (found,) = by_class(bar, name)
    return float(found.attributes["width"].rstrip("%"))


def test_a_bar_shows_limit_and_measured_time_on_one_scale(city_charter):
    bars = rows_with_bars(city_charter, "KLL")

    late = bars["KLL.tiba-ambulans"]
    assert width(late, "p-lanes__taken") == 99
    assert width(late, "p-lanes__limit") == pytest.approx(99 * 900 / 1128, abs=0.1)
    assert width(bars["UMUM.berangkat"], "p-lanes__limit") == pytest.approx(99 * 180 / 1128, abs=0.1)


def test_what_is_not_measured_or_has_no_limit_is_missing_from_the_bar(city_charter):
    bars = rows_with_bars(city_charter, "KLL")

    assert by_class(bars["UMUM.berangkat"], "p-lanes__taken") == []
    assert by_class(bars["KLL.tiba-polisi"], "p-lanes__limit") == []
    assert bars["KLL.langkah-buka"] == ""


def test_a_limit_of_a_day_is_cut_and_leaves_the_seconds_visible(city_charter):
    bars = rows_with_bars(city_charter, "KLL")

    assert by_class(bars["UMUM.kabar"], "p-lanes__cut")
    assert width(bars["UMUM.kabar"], "p-lanes__limit") == 99
    assert width(bars["UMUM.angkat"], "p-lanes__taken") == lanes.SLIVER
    assert not by_class(bars["KLL.tiba-ambulans"], "p-lanes__cut")


def test_the_frame_of_a_promise_is_not_that_of_a_proposal(city_charter):
    bars = rows_with_bars(city_charter, "KBK")

    assert by_class(bars["UMUM.angkat"], "p-lanes--proposed")
    assert not by_class(bars["KBK.siap"], "p-lanes--proposed")


def test_a_limit_that_does_not_run_from_the_step_before_says_from_when(city_charter):
    since = {row.leg.step.id: row.since for row in drawn(city_charter, "KLL").rows}

    assert since["KLL.langkah-ambulans"] == "sejak panggilan masuk"
    assert since["KLL.langkah-serentak"].startswith("selisih waktu")
    assert since["UMUM.langkah-angkat"] == ""


@pytest.mark.parametrize(("code", "prefix"), PAGES)
def test_every_row_says_its_owner_its_way_of_handing_over_its_limit_and_what_was_measured(
    city_charter, built_site, code, prefix
):
    words = Words(language_of(prefix))
    modes = {item.key: words.text(item.name) for item in city_charter.definitions.modes}
    legs = views.legs(city_charter, city_charter.service[code])

    _, rows = shown(built_site, city_charter, code, prefix)

    assert len(rows) == len(legs)
    for leg, row in zip(legs, rows, strict=True):
        handover, card = leg.step.handover, leg.card
        names = [words.labels["lanes"].get(key) or city_charter.agency[key].short for key in leg.actors]
        assert said(row, "p-lanes__who") == ", ".join(names)
        assert (
            (modes[handover.mode] in said(row, "p-lanes__to")) if handover else not said(row, "p-lanes__to")
        )
        missing = said(row, "p-lanes__missing")
        assert words.labels["unmeasured"] in missing
        if card and card.has_figure and not card.is_silent:
            assert said(row, "p-tag") == words.labels["standing"][card.promise.standing]
            assert words.targets(card.promise) in row.text
        else:
            assert len(missing) > len(words.labels["unmeasured"])


@pytest.mark.parametrize("prefix", ["/", "/en/"])
def test_the_table_says_owner_hand_over_and_limit_in_the_words_of_the_drawing(
    city_charter, built_site, prefix
):
    page = built_site.page(f"{prefix}layanan/kecelakaan/")
    _, rows = shown(built_site, city_charter, "KLL", prefix)
    table = next(one for one in page.all("table") if "p-table--steps" in one.attributes["class"])

    for row, line in zip(rows, table.all("tr")[1:], strict=True):
        who, handed, limit, _ = (cell.text for cell in line.all("td"))
        time = next(one for one in row.walk() if one.attributes.get("class") == "p-lanes__time")
        assert who == said(row, "p-lanes__who")
        assert handed == (said(row, "p-lanes__to") or "-")
        assert limit == time.elements[0].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_measured_values_of_a_simulated_year_say_so_in_the_row(city_charter, sample_site, language):
    prefix = "/" if language == "id" else "/en/"
    measures = Measures(year(city_charter))
    values = [row.measured for row in drawn(city_charter, "KLL", measures).rows]

    _, rows = shown(sample_site, city_charter, "KLL", prefix)

    word = labels(language)["leg_simulated"].partition(":")[0]
    assert [word in row.text for row in rows] == [bool(value) for value in values]
    assert any(values)


@pytest.mark.parametrize("prefix", ["/", "/en/"])
def test_the_heads_name_the_lanes_from_the_left(city_charter, built_site, prefix):
    heads, _ = shown(built_site, city_charter, "KLL", prefix)

    named = [one.text for one in heads.all("li")]

    own = labels(language_of(prefix))["lanes"]
    assert named == [own["caller"], own["operator"], "Polres", "Dinkes", own["others"]]


def test_the_drawing_of_a_sensitive_service_gives_its_neutral_title(city_charter, built_site):
    _, rows = shown(built_site, city_charter, "KDR", "/")
    page = built_site.page(f"/layanan/{city_charter.service['KDR'].slug}/")

    (label,) = [
        one.attributes["aria-label"]
        for one in page.all("ol")
        if one.elements and one.elements[0] is rows[0] and "aria-label" in one.attributes
    ]

    assert city_charter.service["KDR"].title.id in label
    assert city_charter.service["KDR"].name.id not in label


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_service_about_conduct_has_steps_and_no_drawing(city_charter, built_site, prefix):
    conduct = city_charter.service["HOX"]

    page = built_site.page(f"/{prefix}layanan/{conduct.slug}/")

    assert not [one for one in page.walk() if "p-lanes" in one.attributes.get("class", "").split()]
    assert {step.anchor for step in conduct.steps} <= set(page.ids)
