"""Measures against misuse of the line, and callers of the log as keyed hashes."""

import sqlalchemy as sa
from alembic import op

revision = "0011_measures"
down_revision = "0010_opinions"
branch_labels = None
depends_on = None

TIME = sa.String(20)
WORD = sa.String(32)
ACTS = ("decided", "told", "appealed", "judged", "ended")


def upgrade() -> None:
    """Make the table, and add the column; calls of before have no caller."""
    op.add_column("calls", sa.Column("caller_hash", sa.String))
    op.create_index("calls_caller", "calls", ["caller_hash"])
    op.create_table(
        "hoax_measures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.String, nullable=False, unique=True),
        sa.Column("salt", sa.String),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("caller_hash", sa.String, nullable=False),
        sa.Column("caller", WORD, nullable=False),
        sa.Column("step", WORD, nullable=False),
        sa.Column("counted_calls", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("reason", "decision", "appeal", "judgement")),
        sa.Column("proposed_at", TIME, nullable=False),
        sa.Column("proposed_by", sa.String, nullable=False),
        *(sa.Column(f"{act}_at", TIME) for act in ACTS),
        *(sa.Column(f"{act}_by", sa.String) for act in ACTS),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("judge_by", sa.Date),
    )
    op.create_index("hoax_measures_of_caller", "hoax_measures", ["caller_hash", "step"])
    op.create_index("hoax_measures_by_state", "hoax_measures", ["state", "proposed_at"])


def downgrade() -> None:
    """Remove table and column with everything in them."""
    op.drop_table("hoax_measures")
    op.drop_index("calls_caller", "calls")
    op.drop_column("calls", "caller_hash")
