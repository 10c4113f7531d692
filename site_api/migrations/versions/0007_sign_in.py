"""Authenticators, recovery codes and invitations: a password alone opens nothing any more."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007_sign_in"
down_revision = "0006_roles"
branch_labels = None
depends_on = None

TIME = sa.String(20)


def upgrade() -> None:
    """Add what the second factor needs; accounts of before come in again by a link."""
    op.add_column("reviewers", sa.Column("totp_salt", sa.String))
    op.add_column("reviewers", sa.Column("last_step", sa.Integer))
    op.create_table(
        "invitations",
        *_of_reviewer("token_hash"),
        sa.Column("totp_salt", sa.String, nullable=False),
        sa.Column("made_by", sa.String, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("used_at", TIME),
    )
    op.create_table("recovery_codes", *_of_reviewer("code_hash"), sa.Column("used_at", TIME))
    for table in ("invitations", "recovery_codes"):
        op.create_index(f"ix_{table}_reviewer_id", table, ["reviewer_id"])
    op.execute("DELETE FROM reviewer_sessions")


def downgrade() -> None:
    """Remove both tables and the columns; passwords stay."""
    op.drop_table("recovery_codes")
    op.drop_table("invitations")
    for name in ("last_step", "totp_salt"):
        op.drop_column("reviewers", name)


def _of_reviewer(secret: str) -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("reviewer_id", sa.Integer, sa.ForeignKey("reviewers.id"), nullable=False),
        sa.Column(secret, sa.String, nullable=False, unique=True),
    )
