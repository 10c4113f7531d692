"""What a flood or a machine has sent is held: stored like the rest, apart from the queue."""

import sqlalchemy as sa
from alembic import op

revision = "0003_held"
down_revision = "0002_calls"
branch_labels = None
depends_on = None

TABLES = ("feedback", "hoax_reports")
TIME = sa.String(20)


def upgrade() -> None:
    """Add when a case was held; what is there already is not."""
    for table in TABLES:
        op.add_column(table, sa.Column("held_at", TIME))


def downgrade() -> None:
    """Remove the column; held cases stand in the queue like the rest."""
    for table in TABLES:
        op.drop_column(table, "held_at")
