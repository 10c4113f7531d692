"""A complaint may say that a true call for help was not believed."""

import sqlalchemy as sa
from alembic import op

revision = "0005_disbelieved"
down_revision = "0004_by_code"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of what came before nobody was asked, so it says no."""
    op.add_column(
        "feedback", sa.Column("was_disbelieved", sa.Boolean, nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    """Remove the column."""
    op.drop_column("feedback", "was_disbelieved")
