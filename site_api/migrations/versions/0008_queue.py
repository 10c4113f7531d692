"""Lists that stay fast with a million cases: an index for each, and the words of cases as keyed hashes."""

import sqlalchemy as sa
from alembic import op

revision = "0008_queue"
down_revision = "0007_sign_in"
branch_labels = None
depends_on = None

WAITING = "state IN ('received', 'verified', 'assigned') AND held_at IS NULL"
HELD = "state = 'received' AND held_at IS NOT NULL"
DONE = "state NOT IN ('received', 'verified', 'assigned')"
FILTERED = ("state", "kind", "service", "clause", "agency", "district", "concerns", "is_sensitive")
LEADS = ("clause", "district", "agency", "service", "concerns")
ORDER = ("answer_by", "received_at", "id", "held_at")


def upgrade() -> None:
    """Add indexes and tables; the words are taken down when somebody searches."""
    _index("waiting", (*ORDER, *FILTERED), WAITING)
    _index("held", (*ORDER[1:], *FILTERED), HELD)
    _index("done", ("id", *FILTERED), DONE)
    for lead in LEADS:
        _index(f"done_{lead}", (lead, "id", *(name for name in FILTERED if name != lead)), DONE)
    op.create_table(
        "feedback_words",
        sa.Column("word", sa.Integer, primary_key=True),
        sa.Column("feedback_id", sa.Integer, sa.ForeignKey("feedback.id"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "feedback_searched",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("up_to", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Remove what was added."""
    for table in ("feedback_searched", "feedback_words"):
        op.drop_table(table)
    for name in ("waiting", "held", "done", *(f"done_{lead}" for lead in LEADS)):
        op.drop_index(f"feedback_{name}", "feedback")


def _index(name: str, columns: tuple[str, ...], condition: str) -> None:
    op.create_index(f"feedback_{name}", "feedback", list(columns), sqlite_where=sa.text(condition))
