from charter_data.scores import Matter, score, scores
from tests.factories import make_charter

FIRE = "services/KBK.yml"


def parts(charter, code="KBK"):
    return {matter: (found, wanted) for matter, found, wanted in score(charter, charter.service[code]).parts}


def test_every_service_has_a_score_in_order(charter):
    assert [one.service.code for one in scores(charter)] == ["KBK", "KDR"]


def test_all_that_is_known_counts(charter):
    known = parts(charter)

    assert known[Matter.COMPONENTS] == (14, 14)
    assert known[Matter.REVIEWS] == (3, 3)
    assert known[Matter.LAWS] == (1, 1)
    assert known[Matter.PROMISES] == (1, 2)


def test_what_nobody_has_found_is_missing_from_the_score(charter):
    other = make_charter(
        ("common.yml", ("standard", 7, "text"), None),
        (FIRE, ("steps", 0, "cost"), None),
        (FIRE, ("first_aid", "reviewed_on"), None),
        (FIRE, ("lead_certainty",), "low"),
    )

    before, after = (score(one, one.service["KBK"]) for one in (charter, other))

    assert after.wanted == before.wanted
    assert after.found == before.found - 4


def test_a_matter_that_does_not_arise_is_not_asked_for(charter):
    assert Matter.LAWS not in parts(charter, "KDR")
