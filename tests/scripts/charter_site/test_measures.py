from charter_data.snapshot import Verdict
from scripts.charter_site.measures import Measures
from tests.charter_data.test_snapshot import answer, figure, snapshot


def test_without_a_snapshot_nothing_is_measured_or_answered(charter):
    measures = Measures(None)

    assert (measures.figures, measures.answers, measures.figure_of("KBK.siap")) == ((), (), None)
    assert not measures.is_simulated


def test_a_common_clause_is_measured_for_the_service_before_all_calls(charter):
    one = figure(clause="UMUM.angkat", service="KBK", n=3)
    every = figure(clause="UMUM.angkat", service=None, n=90)
    measures = Measures(snapshot(charter, figures=(one, every)))
    others = [service for service in charter.services if service.public_code != "KBK"]

    assert measures.figure_of("UMUM.angkat", charter.service["KBK"]) == one
    assert measures.figure_of("UMUM.angkat", others[0]) == every
    assert measures.figure_of("UMUM.angkat") == every


def test_answers_stand_newest_first(charter):
    old = answer(number="M-AAAAAA", answered_on=figure().first_day)
    new = answer(number="M-BBBBBB", answered_on=figure().last_day)
    measures = Measures(snapshot(charter, answers=(old, new)))

    assert measures.answers == (new, old)
    assert measures.answers_of(charter.service["KBK"]) == (new, old)


def test_a_promise_without_a_figure_counts_as_unmeasured(charter):
    promise = next(one for one in charter.promises() if one.id == "KBK.siap")
    kept = Measures(snapshot(charter, figures=(figure(verdict=Verdict.KEPT),)))

    assert Measures(None).tally([promise])["unmeasured"] == 1
    assert kept.tally([promise]) == {"kept": 1, "missed": 0, "uncertain": 0, "unmeasured": 0}
