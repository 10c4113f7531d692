import re

import pytest

from charter_data.loading import load
from charter_data.vocabulary import Standing
from tests.factories import added, agreed, changed, city_files, without, write_city

CITY = city_files()
FIRE, FAMILY = "services/KBK.yml", "services/KDR.yml"
FIGURE = [{"value": 10, "unit": "min"}]


def told(folder, files):
    return [problem.code for problem in load(write_city(folder, files)).problems]


def said(folder, files):
    return next(problem.message for problem in load(write_city(folder, files)).problems)


def test_a_clause_is_agreed_when_everyone_whom_the_rule_names_has_said_yes(tmp_path):
    files = agreed(CITY, "KBK.siap-warga", "damkar", "dprd")

    loaded = load(write_city(tmp_path, files))

    assert loaded.problems == ()
    assert loaded.charter
    assert [promise.id for promise in loaded.charter.promises() if promise.standing is Standing.AGREED] == [
        "KBK.siap-warga"
    ]


@pytest.mark.parametrize(
    ("parties", "missing"),
    [
        ((), "damkar, dprd"),
        (("damkar",), "dprd"),
        (("dprd",), "damkar"),
        (("diskominfo", "dprd", "warga"), "damkar"),
    ],
)
def test_one_yes_too_few_is_too_few_and_named(tmp_path, parties, missing):
    files = agreed(CITY, "KBK.siap-warga", *parties)

    message = said(tmp_path, files)

    assert f"no agreement of {missing} on this wording" in message


def test_a_clause_changed_by_one_letter_is_no_longer_agreed(tmp_path):
    files = agreed(CITY, "KBK.siap-warga", "damkar", "dprd")
    files = changed(files, FIRE, ("promises", 1, "text", "en"), "We hope that this time will be promised!")

    assert told(tmp_path, files) == ["standing-without-agreement"]


def test_the_refusal_gives_the_hash_that_a_new_agreement_would_bind(tmp_path):
    files = agreed(CITY, "KBK.siap-warga", "damkar", "dprd")
    files = changed(files, FIRE, ("promises", 1, "text", "en"), "We hope that this time will be promised!")
    (sha256,) = re.findall(r"sha256 ([0-9a-f]{64})", said(tmp_path, files))

    for index in (0, 1):
        files = changed(files, "agreements.yml", ("agreements", index, "clauses", 0, "sha256"), sha256)

    assert told(tmp_path, files) == []


def test_an_agreement_on_one_clause_says_nothing_about_another(tmp_path):
    files = agreed(CITY, "KBK.siap-warga", "damkar", "dprd")
    files = changed(files, "common.yml", ("promises", 0, "standing"), "disepakati")

    assert told(tmp_path, files) == ["standing-without-agreement"]


def test_the_rule_of_the_charter_says_whose_yes_is_needed(tmp_path):
    files = changed(agreed(CITY, "KBK.siap-warga", "warga"), "charter.yml", ("agreement_rule",), ["warga"])

    assert told(tmp_path, files) == []


def test_an_owner_without_a_seat_can_never_agree(tmp_path):
    files = agreed(without(CITY, "agreements.yml", ("parties", 1)), "KBK.siap-warga", "dprd")

    assert "no agreement of damkar on" in said(tmp_path, files)


@pytest.mark.parametrize(
    ("parties", "missing"),
    [
        (("diskominfo", "damkar", "dprd"), None),
        (("diskominfo", "dprd"), "damkar"),
        (("dprd",), "damkar, diskominfo"),
    ],
)
def test_a_promise_of_each_needs_the_yes_of_every_seat_of_the_city(tmp_path, parties, missing):
    problems = load(write_city(tmp_path, agreed(CITY, "UMUM.terima", *parties))).problems

    if missing:
        assert f"no agreement of {missing} on" in problems[0].message
    else:
        assert problems == ()


def test_a_promise_of_each_is_not_agreed_because_nobody_was_there_to_ask(tmp_path):
    files = changed(CITY, "charter.yml", ("agreement_rule",), ["owner"])
    files = changed(files, "agreements.yml", ("parties",), CITY["agreements.yml"]["parties"][2:])

    assert told(tmp_path, agreed(files, "UMUM.terima")) == ["standing-without-agreement"]


def test_a_rule_that_cannot_be_read_still_asks_the_owner(tmp_path):
    files = changed(agreed(CITY, "KBK.siap-warga", "dprd"), "charter.yml", ("status",), "final")

    assert told(tmp_path, files) == ["wrong-value", "standing-without-agreement"]


def test_a_body_that_the_city_cannot_bind_has_no_proposed_figure(tmp_path):
    files = changed(CITY, FAMILY, ("promises", 0, "targets"), FIGURE)

    message = said(tmp_path, files)

    assert message.startswith("`BKL.tiba-polisi` gives Polres a figure that Polres never agreed to")


def test_no_rule_of_the_city_can_agree_for_a_body_that_it_cannot_bind(tmp_path):
    files = changed(CITY, "charter.yml", ("agreement_rule",), ["diskominfo"])
    files = changed(files, FAMILY, ("promises", 0, "targets"), FIGURE)

    assert told(tmp_path, agreed(files, "BKL.tiba-polisi", "diskominfo")) == ["figure-without-consent"]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(CITY, id="no figure"),
        pytest.param(
            agreed(
                changed(CITY, FAMILY, ("promises", 0, "targets"), FIGURE), "BKL.tiba-polisi", "polres", "dprd"
            ),
            id="its own yes",
        ),
        pytest.param(
            changed(
                changed(
                    changed(CITY, FAMILY, ("promises", 0, "targets"), FIGURE),
                    FAMILY,
                    ("promises", 0, "standing"),
                    "wajib",
                ),
                FAMILY,
                ("promises", 0, "basis"),
                [{"law": "uu-contoh", "article": "16", "limit": FIGURE[0]}],
            ),
            id="a law",
        ),
    ],
)
def test_a_body_that_the_city_cannot_bind_speaks_for_itself_or_the_law_does(tmp_path, files):
    assert told(tmp_path, files) == []


def test_what_the_law_requires_names_the_law(tmp_path):
    files = without(CITY, FIRE, ("promises", 0, "basis"))

    assert "name the law under `basis`" in said(tmp_path, files)


def test_a_proposal_needs_no_law_and_no_remedy(tmp_path):
    assert told(tmp_path, without(CITY, FIRE, ("promises", 1, "remedy"))) == []


def test_what_is_agreed_says_what_follows_when_it_is_broken(tmp_path):
    files = agreed(without(CITY, FIRE, ("promises", 1, "remedy")), "KBK.siap-warga", "damkar", "dprd")

    assert "say under `remedy` what follows" in said(tmp_path, files)


def test_one_agreement_may_bind_several_clauses(tmp_path):
    files = agreed(agreed(CITY, "UMUM.senyap", "dprd"), "UMUM.angkat", "diskominfo", "dprd")
    first, *others = files["agreements.yml"]["agreements"]
    files = changed(files, "agreements.yml", ("agreements",), others)
    files = added(files, "agreements.yml", ("agreements", 0, "clauses"), first["clauses"][0])
    files = added(files, "agreements.yml", ("agreements", 1, "clauses"), first["clauses"][0])

    assert told(tmp_path, files) == []
