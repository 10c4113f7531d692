"""The step that makes answers several: old answers keep their day, and the way back keeps the newest."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade

from site_api.database import db, write
from tests.site_api.stories import answer


def rows(statement):
    db.session.rollback()
    return [tuple(row) for row in db.session.execute(db.text(statement))]


def test_answers_survive_the_step_back_and_forth(app, answered):
    case = answered()
    number, day = case.number, case.answers[0].answered_at
    downgrade(revision="0002_calls")
    assert rows("SELECT outcome, text_id FROM feedback_answers") == [("done", answer().text_id)]
    upgrade()

    found = rows(
        "SELECT f.number, a.answered_at FROM feedback f JOIN feedback_answers a ON f.id = a.feedback_id"
    )
    assert found == [(number, day.strftime("%Y-%m-%dT%H:%M:%SZ"))]


def test_the_tables_are_those_of_the_models(app):
    def differences(connection):
        return compare_metadata(MigrationContext.configure(connection), db.metadata)

    assert write(differences) == []


def test_what_came_before_the_question_says_that_nobody_was_doubted(app, submitted):
    number = submitted(was_disbelieved=True).number
    downgrade(revision="0004_by_code")
    assert rows("SELECT number FROM feedback") == [(number,)]
    upgrade()

    assert rows("SELECT number, was_disbelieved FROM feedback") == [(number, 0)]
