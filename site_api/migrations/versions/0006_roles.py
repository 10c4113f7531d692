"""Roles beyond triage and agency: whom a case is about, its version, and on what ground outsiders read."""

import sqlalchemy as sa
from alembic import op

revision = "0006_roles"
down_revision = "0005_disbelieved"
branch_labels = None
depends_on = None

CASES = ("feedback", "hoax_reports")


def upgrade() -> None:
    """Add the columns; a case of before has its first version, and nobody said whom it is about."""
    op.add_column("feedback", sa.Column("concerns", sa.String))
    for table in CASES:
        op.add_column(table, sa.Column("version", sa.Integer, nullable=False, server_default="1"))
    for name in ("organisation", "basis", "email"):
        op.add_column("reviewers", sa.Column(name, sa.String))


def downgrade() -> None:
    """Remove the columns; accounts of roles that were not known before go with their sessions."""
    newer = "SELECT id FROM reviewers WHERE role NOT IN ('triage', 'agency')"
    op.execute(f"DELETE FROM reviewer_sessions WHERE reviewer_id IN ({newer})")  # noqa: S608 (ours)
    op.execute("DELETE FROM reviewers WHERE role NOT IN ('triage', 'agency')")
    for name in ("email", "basis", "organisation"):
        op.drop_column("reviewers", name)
    for table in CASES:
        op.drop_column(table, "version")
    op.drop_column("feedback", "concerns")
