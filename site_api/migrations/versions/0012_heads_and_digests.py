"""Signed heads of the audit chain, which are never changed either, and who was sent which daily digest."""

import sqlalchemy as sa
from alembic import op

revision = "0012_heads_and_digests"
down_revision = "0011_measures"
branch_labels = None
depends_on = None

TEXTS = ("head", "previous", "key", "signature")


def upgrade() -> None:
    """Add both tables, and the triggers that let nobody change a head."""
    op.create_table(
        "audit_heads",
        sa.Column("sequence", sa.Integer, primary_key=True),
        sa.Column("city", sa.String, nullable=False),
        sa.Column("day", sa.Date, nullable=False, unique=True),
        sa.Column("made_at", sa.String(20), nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        *(sa.Column(name, sa.String, nullable=False) for name in TEXTS),
    )
    for verb in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER audit_heads_no_{verb} BEFORE {verb.upper()} ON audit_heads "
            "BEGIN SELECT RAISE(ABORT, 'signed heads are never changed'); END"
        )
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("reviewer_id", sa.Integer, sa.ForeignKey("reviewers.id"), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("claimed_at", sa.String(20), nullable=False),
        sa.Column("sent_at", sa.String(20)),
        sa.UniqueConstraint("reviewer_id", "day"),
    )


def downgrade() -> None:
    """Remove both tables; heads that were published stay with those who hold them."""
    op.drop_table("digests")
    op.drop_table("audit_heads")
