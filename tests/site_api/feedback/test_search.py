"""The search finds what holds all words, leaks nothing, and forgets what is erased."""

import sqlite3
from contextlib import closing
from uuid import uuid4

import pytest

from site_api.cases import HoldReason
from site_api.database import db, write
from site_api.feedback import following, queue, search, workflow
from site_api.feedback.filters import Filters, View
from site_api.feedback.models import Feedback, FeedbackKind, SearchMark, SearchWord
from site_api.feedback.schemas import NewFeedback
from site_api.installation import installation
from tests.site_api.rivals import rival
from tests.site_api.stories import DAMKAR, TRIAGE, sent


def found(words, actor=TRIAGE, **asked):
    search.take_down(installation())
    page = queue.page(installation(), actor, View.FOUND, Filters(words=words, **asked))
    return [case.number for case in page.cases]


def pairs():
    db.session.rollback()
    return db.session.query(SearchWord).count()


def again(case):
    db.session.rollback()
    return db.session.get_one(Feedback, case.id, populate_existing=True)


def test_all_words_must_be_there_in_any_order_and_case_and_the_newest_comes_first(submitted):
    first = submitted(message="Sirene meraung di Pasar Gambir sampai pagi")
    second = submitted(message="pagi-pagi SIRENE meraung lagi, pasar gambir gelap")
    submitted(message="Sirene tidak terdengar sama sekali")

    assert found("sirene meraung") == [second.number, first.number]
    assert found("GELAP pasar") == [second.number]
    assert found("sirene mawar") == []
    assert found("siren") == []


def test_letters_are_found_with_and_without_their_marks(submitted):
    case = submitted(message="Petugas di kafé itu tidak menjawab")

    assert found("kafe") == found("KAFÉ") == [case.number]


@pytest.mark.parametrize("write_it", [str, str.lower, lambda number: f" {number} "])
def test_a_number_finds_its_case(submitted, write_it):
    case = submitted()

    assert found(write_it(case.number)) == [case.number]


def test_held_and_finished_cases_are_found_too(app, submitted, answered):
    held = workflow.submit(
        installation(),
        NewFeedback.model_validate(sent(message="Sirene meraung ditahan"), strict=False),
        str(uuid4()),
        HoldReason.HONEYPOT,
    )[0]
    finished = answered(message="Sirene meraung dijawab")

    assert found("sirene meraung") == [finished.number, held.number]
    assert found("sirene meraung", held="yes") == [held.number]


def test_the_search_keeps_to_sight_and_filters(assigned, submitted):
    own = assigned("damkar", message="Sirene meraung sekali lagi", kind="complaint")
    assigned("polres", message="Sirene meraung sekali lagi")
    assigned("damkar", message="Sirene meraung sekali lagi", clause="BKL.damping")
    other = assigned("damkar", message="Sirene meraung sekali lagi", kind="praise")

    assert found("sirene", DAMKAR) == [other.number, own.number]
    assert found("sirene", DAMKAR, kind=FeedbackKind.PRAISE) == [other.number]
    assert found("sirene", DAMKAR, clause="KBK.siap") == [other.number, own.number]


def test_pages_of_a_search_lose_and_double_nothing(submitted, monkeypatch):
    monkeypatch.setattr(queue, "PAGE", 2)
    numbers = [submitted(message=f"Sirene meraung nomor {n}").number for n in range(5)]
    walked, after = [], None
    while True:
        search.take_down(installation())
        page = queue.page(installation(), TRIAGE, View.FOUND, Filters(words="meraung", setelah=after))
        walked += [case.number for case in page.cases]
        if (after := page.after) is None:
            break

    assert walked == numbers[::-1]


def test_a_word_of_very_many_cases_is_looked_through_only_so_far_and_that_is_told(submitted, monkeypatch):
    monkeypatch.setattr(search, "LOOKED_THROUGH", 2)
    old = submitted(message="Sirene meraung lama")
    new = [submitted(message="Sirene meraung baru").number for _ in range(2)]
    search.take_down(installation())

    page = queue.page(installation(), TRIAGE, View.FOUND, Filters(words="sirene"))

    assert ([case.number for case in page.cases], page.is_cut) == (new[::-1], True)
    assert found("sirene lama") == [old.number]


def test_words_are_taken_down_in_groups_and_what_is_left_is_told(submitted, monkeypatch):
    monkeypatch.setattr(search, "GROUP", 2)
    monkeypatch.setattr(search, "MOST_GROUPS", 1)
    numbers = [submitted(message="Sirene meraung sekali").number for _ in range(3)]

    assert search.take_down(installation()) == 1
    assert search.take_down(installation()) == 0
    assert found("meraung") == numbers[::-1]
    assert db.session.query(SearchMark).one().up_to == 3


def test_no_word_stands_in_the_tables_only_its_keyed_hash(submitted, tmp_path):
    case = submitted(message="Sirene meraung sekali")
    search.take_down(installation())

    with closing(sqlite3.connect(tmp_path / "piagam.sqlite3")) as connection:
        kept = connection.execute("SELECT word, feedback_id FROM feedback_words").fetchall()
    assert {key for _, key in kept} == {case.id}
    assert {word for word, _ in kept} == search.keys_of(installation(), "sirene meraung sekali")
    assert all(isinstance(word, int) for word, _ in kept)


def test_a_case_that_is_erased_is_found_no_more_and_none_of_its_words_is_left(submitted):
    case, other = submitted(message="Sirene meraung sekali"), submitted(message="Lampu padam")
    assert found("meraung") == [case.number]

    following.erase(installation(), again(case))

    assert found("meraung") == []
    db.session.rollback()
    assert {row.feedback_id for row in db.session.query(SearchWord)} == {other.id}


def test_a_case_that_is_erased_before_its_words_are_taken_down_leaves_none(app, submitted):
    case = submitted(message="Sirene meraung sekali")

    with rival(app, f"UPDATE feedback SET text = NULL WHERE id = {case.id}"):  # noqa: S608 (ours)
        search.take_down(installation())

    assert pairs() == 0
    assert found("meraung") == []


def test_what_is_alike_shares_rare_words_is_of_the_same_matter_and_of_the_same_days(submitted, clock):
    old = submitted(message="Pipa induk bocor dekat jembatan bajenis")
    clock.forward(days=31)
    case = submitted(message="Pipa induk bocor dekat jembatan bajenis, air keruh")
    alike = submitted(message="Sejak kemarin pipa bocor di jembatan bajenis")
    submitted(message="Pipa bocor di jembatan bajenis", clause="BKL.damping")
    submitted(message="Jembatan di tempat lain saja")
    search.take_down(installation())

    near = search.similar(installation(), TRIAGE, again(case))

    assert [one.number for one in near] == [alike.number]
    assert old.number not in [one.number for one in near]


def test_what_is_alike_keeps_to_sight(assigned):
    case = assigned("damkar", message="Pipa induk bocor dekat jembatan")
    hidden = assigned("polres", message="Pipa induk bocor dekat jembatan")
    search.take_down(installation())

    assert [one.number for one in search.similar(installation(), TRIAGE, again(case))] == [hidden.number]
    assert list(search.similar(installation(), DAMKAR, again(case))) == []


def test_a_case_without_words_is_like_no_other(submitted):
    case = submitted()
    write(lambda c: c.exec_driver_sql("UPDATE feedback SET text = NULL").rowcount)

    assert list(search.similar(installation(), TRIAGE, again(case))) == []
