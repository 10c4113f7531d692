import pytest

from charter_data.vocabulary import Standing
from scripts.charter_site import views


def with_standing(promise, standing, **others):
    return promise.model_copy(update={"standing": standing, **others})


@pytest.fixture
def promise(city_charter):
    return city_charter.by_id["KBK.siap"]


def test_a_required_promise_is_one_that_its_owner_is_held_to(city_charter, promise):
    card = views.card(city_charter, promise)

    assert (card.is_promise, card.is_silent) == (True, False)
    assert [body.key for body in card.owners] == ["damkar"]


@pytest.mark.parametrize(
    ("owner", "standing", "silent"),
    [
        ("damkar", Standing.PROPOSED, False),
        ("damkar", Standing.REQUIRED, False),
        ("polres", Standing.PROPOSED, True),
        ("polres", Standing.REQUIRED, False),
        ("polres", Standing.AGREED, False),
    ],
)
def test_a_body_that_the_city_does_not_bind_is_silent_until_law_or_agreement(
    city_charter, promise, owner, standing, silent
):
    card = views.card(city_charter, with_standing(promise, standing, owner=owner))

    assert card.is_silent is silent
    assert [body.key for body in (card.silent if silent else card.owners)] == [owner]


def test_a_promise_of_each_body_parts_them_into_owners_and_silent_ones(city_charter, promise):
    shared = promise.model_copy(update={"owner": views.EACH})

    card = views.card(city_charter, shared, among=("damkar", "polres"))

    assert ([body.key for body in card.owners], [body.key for body in card.silent]) == (
        ["damkar"],
        ["polres"],
    )
    assert not card.is_silent


def test_a_promise_of_each_body_concerns_all_that_lead_when_none_is_named(city_charter, promise):
    card = views.card(city_charter, promise.model_copy(update={"owner": views.EACH}))

    leading = {key for one in city_charter.emergencies for key in (one.lead, *one.co_lead.values())}
    assert {body.key for body in (*card.owners, *card.silent)} == leading


def test_cards_are_parted_into_promises_and_proposals(city_charter):
    for holder in (city_charter.common, *city_charter.services):
        promised, proposed = views.cards(city_charter, holder)

        assert all(card.is_promise for card in promised)
        assert not any(card.is_promise for card in proposed)
        assert len(promised) + len(proposed) == len(holder.promises)


def test_every_clause_of_the_balance_has_exactly_one_home(city_charter):
    for holder in (city_charter.common, *city_charter.services):
        rows = views.balance(city_charter, holder)

        cells = [cell for row in rows for cell in (*row.citizen, *row.provider, *row.stakeholder)]
        homes = [cell.clause.id for cell in cells if cell.is_home]
        own = (*holder.rights, *holder.obligations, *holder.powers, *holder.partners)
        assert sorted(homes) == sorted(clause.id for clause in own)


def test_a_right_stands_on_one_line_with_what_answers_it(city_charter):
    rows = views.balance(city_charter, city_charter.service["KBK"])

    line = next(row for row in rows if row.citizen and row.citizen[0].clause.id == "KBK.hak-orang")
    assert [cell.clause.id for cell in line.provider] == ["KBK.kami-orang"]


def test_legs_are_numbered_and_a_common_step_has_its_home_elsewhere(city_charter):
    legs = views.legs(city_charter, city_charter.service["KBK"])

    assert [leg.number for leg in legs] == list(range(1, len(legs) + 1))
    assert {leg.is_home for leg in legs if leg.step.scope == "UMUM"} == {False}
    assert {leg.is_home for leg in legs if leg.step.scope == "KBK"} == {True}


def test_the_word_lead_spreads_over_all_bodies_that_lead(city_charter):
    service = city_charter.service["KDR"]

    actors = {leg.actors for leg in views.legs(city_charter, service) if leg.step.actor == "lead"}

    assert actors == {("polres", "p3apm")}


def test_a_leg_without_a_promise_has_no_card(city_charter):
    legs = views.legs(city_charter, city_charter.service["KBK"])

    assert all((leg.card is None) == (leg.step.promise is None) for leg in legs)


def test_services_come_in_the_order_of_the_home_page_and_conduct_last(city_charter):
    ordered = views.in_order(city_charter)

    assert sorted(ordered, key=city_charter.services.index) == list(city_charter.services)
    assert ordered[0].code == city_charter.texts.home.cards[0].services[0]
    assert ordered[-1].code == "HOX"


@pytest.mark.parametrize(
    ("clause", "home"),
    [
        ("KBK.siap", "layanan/kebakaran/#kbk-siap"),
        ("BKL.damping", "layanan/bantuan-keluarga/#bkl-damping"),
        ("UMUM.angkat", "janji/#umum-angkat"),
        ("UMUM.langkah-catat", "janji/#umum-langkah-catat"),
        ("UMUM.hak-rahasia", "janji/#umum-hak-rahasia"),
        ("PGD.kami-tanggapi", "janji/#pgd-kami-tanggapi"),
        ("UMUM.wenang-kirim", "janji/#umum-wenang-kirim"),
        ("UMUM.mitra-awasi", "janji/#umum-mitra-awasi"),
        ("UMUM.std-biaya", "janji/#umum-std-biaya"),
    ],
)
def test_a_clause_has_one_home(city_charter, clause, home):
    assert views.home_of(city_charter, city_charter.by_id[clause]) == home
