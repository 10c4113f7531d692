"""Ten minutes of a flood, on a clock that is turned: what is genuine stays in the queue."""

import random

from sqlalchemy import func, select

from site_api.database import db
from site_api.feedback.models import Feedback
from site_api.settings import Limits
from tests.site_api.stories import sent

SPAM, GENUINE, SPAM_NETWORKS, SECONDS = 10_000, 100, 8, 600
SPAM_WORDS = "Menang besar setiap hari, klik sekarang."
GENUINE_WORDS = "Ambulans datang setelah dua puluh menit."


def requests():
    """Give the second, address and words of each request, in the order of time."""
    dice = random.Random(112)  # noqa: S311 (a simulation)
    spam = [(dice.uniform(0, SECONDS), f"192.0.2.{n % SPAM_NETWORKS}", SPAM_WORDS) for n in range(SPAM)]
    genuine = [(dice.uniform(0, SECONDS), f"198.51.100.{n}", GENUINE_WORDS) for n in range(GENUINE)]
    return sorted(spam + genuine)


def test_ten_thousand_spam_submissions_leave_the_queue_to_a_hundred_genuine_ones(make_app, clock):
    app = make_app(limits=Limits())
    start, statuses = clock.time, []
    with app.app_context():
        client = app.test_client()
        for second, address, words in requests():
            clock.time = start
            clock.forward(seconds=second)
            answer = client.post(
                "/api/v1/feedback", json=sent(message=words), environ_base={"REMOTE_ADDR": address}
            )
            statuses.append((words, answer.status_code))

        in_queue = {words: in_normal_queue(words) for words in (SPAM_WORDS, GENUINE_WORDS)}
        stored = db.session.scalar(select(func.count()).select_from(Feedback))

    assert [status for words, status in statuses if words == GENUINE_WORDS] == [201] * GENUINE
    assert {status for words, status in statuses if words == SPAM_WORDS} == {201, 429}
    assert stored == GENUINE + SPAM_NETWORKS * 10
    assert in_queue[GENUINE_WORDS] >= 99
    assert in_queue[SPAM_WORDS] <= 100


def in_normal_queue(words):
    db.session.rollback()
    found = select(func.count()).where(Feedback.text == words, Feedback.held_at.is_(None))
    return db.session.scalar(found)
