"""Finds cases by the citizens' words, of which only keyed hashes are kept, and cases that are alike."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from functools import partial
from unicodedata import combining, normalize

from sqlalchemy import ColumnElement, Connection, Select, delete, exists, func, or_, select

from site_api.database import db, write
from site_api.feedback.models import Feedback, SearchMark, SearchWord
from site_api.feedback.queries import visible_to
from site_api.installation import Installation
from site_api.intake import keyed_hash
from site_api.reviewers.models import Actor
from site_api.writer import plain

WORD = re.compile(r"[^\W_]{2,}")
DIGITS = 12  # of the keyed hash: 48 bits
GROUP = 200
MOST_GROUPS = 25
LOOKED_THROUGH = 5000
RARE = 1000
MOST_RARE = 12
ALIKE = 20
SHARED = 2
NEAR = timedelta(days=30)


def keys_of(place: Installation, text: str) -> set[int]:
    """Give the keyed hashes of the words of a text: any case, without marks on letters."""
    plain_text = "".join(sign for sign in normalize("NFKD", text.casefold()) if not combining(sign))
    code_key = place.settings.code_key
    return {int(keyed_hash(code_key, "word", word)[:DIGITS], 16) for word in set(WORD.findall(plain_text))}


def take_down(place: Installation) -> int:
    """Make cases searchable, a few at a time, so that others can write between; gives how many are not yet.

    Sending feedback never waits for this: the words are taken down when somebody searches.
    """
    for _ in range(MOST_GROUPS):
        db.session.rollback()  # to see what the last group has written
        cases = db.session.execute(_not_yet().order_by(Feedback.id).limit(GROUP)).all()
        if not cases:
            return 0
        pairs = [(word, key) for key, text in cases for word in keys_of(place, text or "")]
        write(partial(_keep, pairs=pairs, up_to=cases[-1][0]))
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(_not_yet().subquery())) or 0


def _not_yet() -> Select[int, str | None]:
    mark = select(func.coalesce(func.max(SearchMark.up_to), 0)).scalar_subquery()
    return select(Feedback.id, Feedback.text).where(Feedback.id > mark)


def _keep(connection: Connection, pairs: Collection[tuple[int, int]], up_to: int) -> None:
    # What was erased since it was read has no text any more, and gets no words.
    pair = "INSERT OR IGNORE INTO feedback_words SELECT ?, id FROM feedback WHERE id = ? AND text IS NOT NULL"
    mark = (
        "INSERT INTO feedback_searched VALUES (1, ?)"
        " ON CONFLICT (id) DO UPDATE SET up_to = max(up_to, excluded.up_to)"
    )
    plain(connection).executemany(pair, pairs)
    plain(connection).execute(mark, (up_to,))


def forget(connection: Connection, key: int, words: Collection[int]) -> None:
    """Take the words of a case away, inside the transaction that erases them."""
    connection.execute(
        delete(SearchWord).where(SearchWord.feedback_id == key, SearchWord.word.in_(sorted(words)))
    )


def rarest(words: Collection[int]) -> int:
    """Give the word that the fewest cases hold, as far as is counted."""
    return min(words, key=lambda word: _how_many(word, LOOKED_THROUGH))


def oldest(word: int, before: int | None) -> int | None:
    """Give how far back a word is looked through that very many cases hold; None: to the first case."""
    found = _holding(word, before).order_by(SearchWord.feedback_id.desc()).offset(LOOKED_THROUGH)
    return db.session.scalar(found.limit(1))


def holding(words: Collection[int], first: int, before: int | None) -> Iterator[ColumnElement[bool]]:
    """Give the conditions of the cases that hold all words, beside a join with the first of them."""
    yield SearchWord.word == first
    if before is not None:
        yield SearchWord.feedback_id < before
    for word in set(words) - {first}:
        other = SearchWord.__table__.alias()
        yield exists().where(other.c.word == word, other.c.feedback_id == Feedback.id)


def _holding(word: int, before: int | None = None) -> Select[int]:
    found = select(SearchWord.feedback_id).where(SearchWord.word == word)
    return found if before is None else found.where(SearchWord.feedback_id < before)


def _how_many(word: int, most: int) -> int:
    found = _holding(word).limit(most)
    return db.session.scalar(select(func.count()).select_from(found.subquery())) or 0


def similar(place: Installation, actor: Actor, case: Feedback) -> Sequence[Feedback]:
    """Give the cases within sight that share most rare words with one, of the same matter and time."""
    counted = ((_how_many(word, RARE + 1), word) for word in keys_of(place, case.text or ""))
    rare = [word for count, word in sorted(counted) if 1 < count <= RARE][:MOST_RARE]
    shared = (
        select(SearchWord.feedback_id, func.count().label("words"))
        .where(SearchWord.word.in_(rare), SearchWord.feedback_id != case.id)
        .group_by(SearchWord.feedback_id)
        .having(func.count() >= SHARED)
        .subquery()
    )
    same = [Feedback.service.is_not_distinct_from(case.service)]
    same += [Feedback.clause == case.clause] if case.clause else []
    alike = (
        visible_to(actor)
        .join(shared, shared.c.feedback_id == Feedback.id)
        .where(or_(*same), Feedback.received_at.between(case.received_at - NEAR, case.received_at + NEAR))
        .order_by(shared.c.words.desc(), Feedback.id.desc())
    )
    return db.session.scalars(alike.limit(ALIKE)).all()
