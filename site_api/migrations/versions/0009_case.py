"""Requests that a second person decides."""

import sqlalchemy as sa
from alembic import op

revision = "0009_case"
down_revision = "0006_roles"
branch_labels = None
depends_on = None

TEXT = sa.Text()
MOMENT = sa.String(20)


def upgrade() -> None:
    """Add the table."""
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


def downgrade() -> None:
    """Remove them; what waited for a second person is gone."""
    op.drop_table("approvals")
