"""Requests for a second person, private notes, templates of answers, clocks of stays, and longer terms."""

import sqlalchemy as sa
from alembic import op

revision = "0009_case"
down_revision = "0008_queue"
branch_labels = None
depends_on = None

TEXT = sa.Text()
MOMENT = sa.String(20)
LATER = (
    ("feedback_stays", "due_by", sa.Date()),
    ("feedback", "extended_at", MOMENT),
    ("feedback", "extended_because", TEXT),
)


def upgrade() -> None:
    """Add tables and columns; stays of before have no clock."""
    op.create_table(
        "approvals",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("version", sa.Integer),
        sa.Column("verb", sa.String(32), nullable=False),
        sa.Column("detail", TEXT),
        sa.Column("reason", TEXT),
        sa.Column("asked_by", sa.String, nullable=False),
        sa.Column("office", sa.String, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("decision", sa.String(32), nullable=False),
        sa.Column("decided_by", sa.String),
        sa.Column("decided_at", MOMENT),
        sa.Column("refused_because", TEXT),
    )
    op.create_index("approvals_of_subject", "approvals", ["subject"])
    op.create_index("approvals_by_decision", "approvals", ["decision", "subject"])
    op.create_table(
        "feedback_notes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("feedback_id", sa.Integer, sa.ForeignKey("feedback.id"), nullable=False),
        sa.Column("office", sa.String, nullable=False),
        sa.Column("written_by", sa.String, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("text", TEXT),
    )
    op.create_index("ix_feedback_notes_feedback_id", "feedback_notes", ["feedback_id"])
    op.create_table(
        "answer_templates",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("text_id", TEXT, nullable=False),
        sa.Column("text_en", TEXT),
        sa.Column("version", sa.Integer, nullable=False),
    )
    for table, name, kind in LATER:
        op.add_column(table, sa.Column(name, kind))


def downgrade() -> None:
    """Remove them; what waited for a second person is gone, and so are notes and templates."""
    for table, name, _ in reversed(LATER):
        op.drop_column(table, name)
    for name in ("answer_templates", "feedback_notes", "approvals"):
        op.drop_table(name)
