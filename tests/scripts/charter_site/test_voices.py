from datetime import date

import pytest

from charter_data.snapshot import DeclineReason, Outcome, Said, Stance
from scripts.charter_site.measures import Measures
from scripts.charter_site.tables import Cell
from scripts.charter_site.voices import accounted, by_clause, themes
from scripts.charter_site.words import Words
from tests.snapshots import answer, counts, snapshot

ID, EN = Words("id"), Words("en")


def numbers(answers):
    return [one.number for one in answers]


def test_answers_stand_under_their_clause_and_there_under_their_theme(city_charter):
    wait, lanes = Said(id="Waktu tunggu"), Said(id="Gang sempit", en="Narrow lanes")
    given = (
        answer(number="M-000001", theme=wait),
        answer(number="M-000002", clause="KLL.serentak", service="KLL", theme=lanes),
        answer(number="M-000003"),
        answer(number="M-000004", theme=lanes),
        answer(number="M-000005", theme=wait),
    )

    fire, crash = by_clause(city_charter, given)

    assert (fire.clause, fire.service, fire.count) == ("KBK.siap", city_charter.service["KBK"], 4)
    assert [theme.name and theme.name.id for theme in fire.themes] == ["Waktu tunggu", "Gang sempit", None]
    assert numbers(fire.themes[0].answers) == ["M-000001", "M-000005"]
    assert (crash.clause, crash.anchor, crash.count) == ("KLL.serentak", "tentang-kll-serentak", 1)


def test_an_answer_to_no_clause_stands_under_its_service_and_one_to_none_under_112(city_charter):
    given = (
        answer(clause=None, service="POH"),
        answer(clause=None, service=None),
        answer(clause="UMUM.angkat", service="KBK"),
    )

    tree, general, every_call = by_clause(city_charter, given)

    assert (tree.service, tree.anchor) == (city_charter.service["POH"], "tentang-poh")
    assert (general.service, general.anchor) == (None, "tentang-112")
    assert (every_call.clause, every_call.service) == ("UMUM.angkat", None)


def test_a_clause_that_the_charter_no_longer_has_keeps_its_answers(city_charter):
    (group,) = by_clause(city_charter, (answer(clause="KBK.hilang"),))

    assert (group.clause, group.service, group.count) == ("KBK.hilang", None, 1)


def test_capitals_make_no_other_theme_and_the_one_that_has_english_names_it():
    (theme,) = themes(
        (
            answer(number="M-000001", theme=Said(id="waktu tunggu")),
            answer(number="M-000002", theme=Said(id="Waktu Tunggu", en="Waiting")),
        )
    )

    assert theme.name == Said(id="Waktu Tunggu", en="Waiting")
    assert numbers(theme.answers) == ["M-000001", "M-000002"]


def test_everything_that_became_of_feedback_has_its_row(charter):
    rows = {row.name: row.cells[0] for row in accounted(ID, counts().feedback).rows}

    assert rows["Menunggu"].beneath == "yang terlama 72 hari"
    assert rows["Lewat batas waktu, belum dijawab"] == Cell("2", "yang terlama 12 hari")
    assert rows["Dijawab tanpa batas waktu"].said == "1"
    assert rows["Pendapat kedua: tidak sependapat"].said == "1"
    assert rows["Tidak dilanjutkan: iklan atau kiriman berulang"].said == "1"
    assert rows["Direncanakan, lewat tanggal"].said == "1"
    assert len(rows) == 12 + len(Outcome) + len(Stance) + len(DeclineReason)


@pytest.mark.parametrize(("days", "said"), [(1, "the oldest 1 day"), (2, "the oldest 2 days"), (None, "")])
def test_the_oldest_is_told_in_days(days, said):
    feedback = counts().feedback.model_copy(update={"oldest_waiting_days": days})

    assert [row.cells[0].beneath for row in accounted(EN, feedback).rows if row.name == "Waiting"] == [said]


@pytest.mark.parametrize(("day", "is_past"), [(23, True), (24, False), (25, False)])
def test_a_plan_is_past_from_the_day_after_its_date(charter, day, is_past):
    planned = answer(outcome=Outcome.PLANNED, due_on=date(2026, 11, day))

    assert Measures(snapshot(charter)).is_past(planned) is is_past
    assert not Measures(None).is_past(planned)
