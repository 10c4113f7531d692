from datetime import date

import pytest

from charter_data.snapshot import Verdict
from scripts.charter_site.measures import Measures
from tests.snapshots import answer, counts, figure, snapshot


@pytest.fixture
def siap(charter):
    return charter.by_id["KBK.siap"]


@pytest.fixture
def angkat(charter):
    return charter.by_id["UMUM.angkat"]


def test_without_a_snapshot_nothing_is_measured_answered_or_counted(charter, siap):
    measures = Measures(None)

    assert (measures.figures, measures.answers, measures.counts) == ((), (), None)
    assert (measures.figure_of(siap), measures.answers_to(siap)) == (None, ())
    assert measures.by_agency(siap, charter.service["KBK"]) == {}
    assert not measures.is_simulated


def test_a_common_clause_is_measured_for_the_service_before_all_calls(charter, angkat):
    one = figure(clause="UMUM.angkat", service="KBK", n=3)
    every = figure(clause="UMUM.angkat", service=None, n=90)
    measures = Measures(snapshot(charter, figures=(one, every)))

    assert measures.figure_of(angkat, charter.service["KBK"]) == one
    assert measures.figure_of(angkat, charter.service["KDR"]) == every
    assert measures.figure_of(angkat) == every


def test_what_one_agency_did_is_not_the_figure_of_a_clause_that_many_answer_for(charter, angkat):
    theirs = figure(clause="UMUM.angkat", service="KBK", agency="polres")
    measures = Measures(snapshot(charter, figures=(theirs,)))

    assert measures.figure_of(angkat, charter.service["KBK"]) is None
    assert measures.by_agency(angkat, charter.service["KBK"]) == {"polres": theirs}


def test_a_clock_of_one_agency_takes_that_agencys_figure(charter, siap):
    owned = siap.model_copy(update={"clock": siap.clock.model_copy(update={"agency": "damkar"})})
    fire = charter.service["KBK"]
    of_damkar, of_all = figure(agency="damkar", n=4), figure(n=5)

    assert Measures(snapshot(charter, figures=(of_damkar,))).figure_of(owned) == of_damkar
    assert Measures(snapshot(charter, figures=(of_damkar, of_all))).figure_of(owned) == of_all
    assert Measures(snapshot(charter, figures=(of_all,))).by_agency(owned, fire) == {"damkar": of_all}


def test_answers_stand_newest_first(charter, siap):
    old = answer(number="M-AAAAAA", answered_on=date(2026, 1, 1))
    new = answer(number="M-BBBBBB", answered_on=date(2026, 12, 31))
    other = answer(number="M-CCCCCC", clause="UMUM.angkat", service=None, answered_on=date(2025, 1, 1))
    measures = Measures(snapshot(charter, answers=(old, other, new)))

    assert measures.answers == (new, old, other)
    assert measures.answers_of(charter.service["KBK"]) == (new, old)
    assert measures.answers_to(siap) == (new, old)


def test_what_was_counted_is_what_the_snapshot_counted(charter):
    assert Measures(snapshot(charter)).counts == counts()


def test_a_promise_without_a_figure_counts_as_unmeasured(charter, siap):
    kept = Measures(snapshot(charter, figures=(figure(verdict=Verdict.KEPT),)))

    assert Measures(None).tally([siap])["unmeasured"] == 1
    assert kept.tally([siap]) == {"kept": 1, "missed": 0, "uncertain": 0, "unmeasured": 0}


def test_a_service_and_all_calls_are_each_measured_for_themselves(charter, angkat):
    one = figure(clause="UMUM.angkat", service="KBK", n=3)
    every = figure(clause="UMUM.angkat", service=None, n=90)
    measures = Measures(snapshot(charter, figures=(one, every)))

    assert measures.of_service(angkat, charter.service["KBK"]) == one
    assert measures.of_service(angkat, charter.service["KDR"]) is None
    assert measures.of_every_call(angkat) == every


def test_the_period_reaches_from_the_first_day_to_the_last(charter):
    late = figure(last_day=date(2027, 3, 31))
    given = snapshot(charter, figures=(late,))

    assert Measures(given).days == (date(2026, 1, 1), date(2027, 3, 31))
    assert Measures(None).days is None
