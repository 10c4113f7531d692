"""What whoever has the code may do: messages, one objection, a rating, erasing; answers become several."""

import sqlalchemy as sa
from alembic import op

revision = "0004_by_code"
down_revision = "0003_held"
branch_labels = None
depends_on = None

TIME = sa.String(20)
WORD = sa.String(32)
NAMED = {"uq": "uq_%(table_name)s_%(column_0_name)s"}
ONE_ANSWER = "uq_feedback_answers_feedback_id"
OF_ANSWERS = "ix_feedback_answers_feedback_id"


def upgrade() -> None:
    """Add the columns and the table of messages; an answer keeps its own day from now on."""
    _messages()
    op.add_column("feedback", sa.Column("disputed_at", TIME))
    op.add_column("feedback", sa.Column("rating", sa.Integer))
    for table in ("feedback", "hoax_reports"):
        op.add_column(table, sa.Column("erased_at", TIME))
    with op.batch_alter_table("feedback_answers", naming_convention=NAMED) as answers:
        answers.drop_constraint(ONE_ANSWER, type_="unique")
        answers.add_column(sa.Column("answered_at", TIME))
        for name in ("text_id", "summary_id"):
            answers.alter_column(name, existing_type=sa.Text, nullable=True)
    op.create_index(OF_ANSWERS, "feedback_answers", ["feedback_id"])
    op.execute(
        "UPDATE feedback_answers SET answered_at ="
        " (SELECT answered_at FROM feedback WHERE feedback.id = feedback_answers.feedback_id)"
    )


def downgrade() -> None:
    """Keep the newest answer of each case, and remove what was added; an erased answer becomes empty."""
    op.execute(
        "DELETE FROM feedback_answers WHERE id NOT IN"
        " (SELECT max(id) FROM feedback_answers GROUP BY feedback_id)"
    )
    for name in ("text_id", "summary_id"):
        op.execute(f"UPDATE feedback_answers SET {name} = '' WHERE {name} IS NULL")  # noqa: S608 (ours)
    op.drop_index(OF_ANSWERS, "feedback_answers")
    with op.batch_alter_table("feedback_answers") as answers:
        for name in ("text_id", "summary_id"):
            answers.alter_column(name, existing_type=sa.Text, nullable=False)
        answers.drop_column("answered_at")
        answers.create_unique_constraint(ONE_ANSWER, ["feedback_id"])
    for table_name in ("feedback", "hoax_reports"):
        op.drop_column(table_name, "erased_at")
    op.drop_column("feedback", "rating")
    op.drop_column("feedback", "disputed_at")
    op.drop_table("feedback_messages")


def _messages() -> None:
    op.create_table(
        "feedback_messages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("feedback_id", sa.Integer, sa.ForeignKey("feedback.id"), nullable=False),
        sa.Column("side", WORD, nullable=False),
        sa.Column("is_objection", sa.Boolean, nullable=False),
        sa.Column("agency", sa.String),
        sa.Column("written_by", sa.String, nullable=False),
        sa.Column("written_at", TIME, nullable=False),
        sa.Column("text", sa.Text),
    )
    op.create_index("ix_feedback_messages_feedback_id", "feedback_messages", ["feedback_id"])
