"""Second opinions on answers, and the theme of an answer."""

import sqlalchemy as sa
from alembic import op

revision = "0010_opinions"
down_revision = "0009_case"
branch_labels = None
depends_on = None

TIME = sa.String(20)
WORD = sa.String(32)


def upgrade() -> None:
    """Add the table and the columns; an answer of before has no theme."""
    for name in ("theme_id", "theme_en"):
        op.add_column("feedback_answers", sa.Column(name, sa.String))
    op.create_table(
        "feedback_opinions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("feedback_id", sa.Integer, sa.ForeignKey("feedback.id"), nullable=False),
        sa.Column("answer_id", sa.Integer, sa.ForeignKey("feedback_answers.id"), nullable=False),
        sa.Column("role", WORD, nullable=False),
        sa.Column("organisation", sa.String, nullable=False),
        sa.Column("stance", WORD, nullable=False),
        sa.Column("text_id", sa.Text),
        sa.Column("text_en", sa.Text),
        sa.Column("written_by", sa.String, nullable=False),
        sa.Column("written_at", TIME, nullable=False),
        sa.Column("withdrawn_at", TIME),
    )
    op.create_index("ix_feedback_opinions_feedback_id", "feedback_opinions", ["feedback_id"])
    op.create_index(
        "feedback_opinions_standing",
        "feedback_opinions",
        ["answer_id", "written_by"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
    )


def downgrade() -> None:
    """Remove the table and the columns."""
    op.drop_table("feedback_opinions")
    for name in ("theme_en", "theme_id"):
        op.drop_column("feedback_answers", name)
