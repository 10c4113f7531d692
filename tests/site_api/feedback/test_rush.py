"""Twenty officers answer the same case at once: one wins, and nineteen are told by name."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from site_api.audit import AuditEntry
from site_api.database import db
from site_api.feedback.models import Answer, Feedback, State
from tests.documents import read
from tests.site_api.portal import Desk, add_reviewer

OFFICERS = 20


def sent_by(desk, place, version, number):
    return {
        "token": desk.token,
        "version": version,
        "outcome": "done",
        "text_id": f"Jawaban dari petugas nomor {number}.",
        "summary_id": f"Ringkasan dari petugas nomor {number}.",
    }


def test_of_twenty_who_answer_at_once_one_wins_and_nineteen_are_told(app, verified):
    case = verified()
    place, key, version = f"/tinjau/masukan/{case.number}", case.id, str(case.version)
    desks = []
    for number in range(OFFICERS):
        add_reviewer(f"petugas{number}")
        desks.append(Desk(app.test_client(), f"petugas{number}"))
    started = Barrier(OFFICERS)

    def run(number):
        form = sent_by(desks[number], place, version, number)
        started.wait(30)
        return desks[number].client.post(f"{place}/jawab", data=form)

    with ThreadPoolExecutor(OFFICERS) as pool:
        responses = list(pool.map(run, range(OFFICERS)))

    assert sorted(response.status_code for response in responses) == [303] + [409] * (OFFICERS - 1)
    winner = next(number for number, one in enumerate(responses) if one.status_code == 303)
    for number, response in enumerate(responses):
        if number != winner:
            told = read(response.text).one("main").text
            assert "Keadaannya sudah berubah." in told
            assert f"dijawab (petugas{winner}, " in told
            assert f"Jawaban dari petugas nomor {number}." in told  # what was typed is still there
    db.session.rollback()
    db.session.expire_all()
    (answer,) = db.session.query(Answer).filter_by(feedback_id=key)
    assert (answer.answered_by, answer.text_id) == (
        f"petugas{winner}",
        f"Jawaban dari petugas nomor {winner}.",
    )
    entries = db.session.query(AuditEntry).filter_by(verb="feedback.answer").all()
    assert [entry.actor for entry in entries] == [f"petugas{winner}"]
    assert db.session.get_one(Feedback, key).state is State.ANSWERED
