"""Logs of calls: datasets, calls, what each unit did, and what else happened."""

import sqlalchemy as sa
from alembic import op

revision = "0002_calls"
down_revision = "0001_audit_and_cases"
branch_labels = None
depends_on = None

TIME = sa.String(20)
WORD = sa.String(32)


def upgrade() -> None:
    """Make the tables."""
    _datasets_and_calls()
    _units_and_events()


def downgrade() -> None:
    """Remove the tables with everything in them."""
    for table in ("call_events", "call_units", "calls", "datasets"):
        op.drop_table(table)


def _datasets_and_calls() -> None:
    op.create_table(
        "datasets",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False, unique=True),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("licence", sa.String),
        sa.Column("time_zone", sa.String, nullable=False),
        sa.Column("imported_at", TIME, nullable=False),
    )
    op.create_table(
        "calls",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("dataset_id", sa.Integer, sa.ForeignKey("datasets.id"), nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("first_at", TIME, nullable=False),
        sa.Column("call_class", WORD),
        sa.Column("service", sa.String),
        sa.Column("district", sa.String),
        *(sa.Column(name, TIME) for name in ("t0", "t1", "t2", "t8", "t9")),
        sa.UniqueConstraint("dataset_id", "key"),
    )
    op.create_index("calls_period", "calls", ["first_at"])


def _units_and_events() -> None:
    op.create_table(
        "call_units",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("call_id", sa.Integer, sa.ForeignKey("calls.id"), nullable=False),
        sa.Column("dataset_id", sa.Integer, sa.ForeignKey("datasets.id"), nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("agency", sa.String),
        sa.Column("unit", sa.String),
        *(sa.Column(name, TIME) for name in ("t3", "t4", "t5", "t6", "t7")),
        sa.UniqueConstraint("dataset_id", "key"),
    )
    op.create_index("ix_call_units_call_id", "call_units", ["call_id"])
    op.create_table(
        "call_events",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("call_id", sa.Integer, sa.ForeignKey("calls.id"), nullable=False),
        sa.Column("agency", sa.String),
        sa.Column("event", WORD, nullable=False),
        sa.Column("at", TIME, nullable=False),
    )
    op.create_index("call_events_of_call", "call_events", ["call_id", "event"])
