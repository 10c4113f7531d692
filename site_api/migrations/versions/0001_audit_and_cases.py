"""The audit chain, feedback, hoax reports, and who reviews them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001_audit_and_cases"
down_revision = None
branch_labels = None
depends_on = None

TIME = sa.String(20)
WORD = sa.String(32)


def upgrade() -> None:
    """Make the tables, and the triggers that let nobody change what the audit says."""
    _audit()
    _feedback()
    _stays_and_answers()
    _hoax_reports()
    _reviewers()


def downgrade() -> None:
    """Remove the tables with everything in them."""
    for table in (
        "reviewer_sessions",
        "reviewers",
        "hoax_reports",
        "feedback_answers",
        "feedback_stays",
        "feedback",
        "audit",
    ):
        op.drop_table(table)


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", TIME, nullable=False),
        *(_text(name) for name in ("actor", "verb", "subject", "detail")),
        sa.Column("digest", sa.String),
        *(_text(name) for name in ("previous", "hash")),
    )
    for verb in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER audit_no_{verb} BEFORE {verb.upper()} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END"
        )


def _feedback() -> None:
    op.create_table(
        "feedback",
        *_case(),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("happened", WORD, nullable=False),
        sa.Column("service", sa.String),
        sa.Column("clause", sa.String),
        *(
            sa.Column(name, sa.Boolean, nullable=False)
            for name in ("may_publish", "may_pass_on", "is_sensitive")
        ),
        sa.Column("state", WORD, nullable=False),
        sa.Column("agency", sa.String),
        sa.Column("verify_by", sa.Date),
        sa.Column("answer_by", sa.Date),
        sa.Column("answered_at", TIME),
        sa.Column("published_at", TIME),
        sa.Column("published_by", sa.String),
        sa.Column("unpublished_at", TIME),
    )
    op.create_index("feedback_queue", "feedback", ["state", "answer_by", "received_at"])


def _stays_and_answers() -> None:
    op.create_table(
        "feedback_stays",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("feedback_id", sa.Integer, sa.ForeignKey("feedback.id"), nullable=False),
        *(_text(name) for name in ("agency", "reason")),
        sa.Column("started_at", TIME, nullable=False),
        _text("started_by"),
        sa.Column("ended_at", TIME),
    )
    op.create_index("ix_feedback_stays_feedback_id", "feedback_stays", ["feedback_id"])
    op.create_table(
        "feedback_answers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("feedback_id", sa.Integer, sa.ForeignKey("feedback.id"), nullable=False, unique=True),
        sa.Column("outcome", WORD, nullable=False),
        sa.Column("planned_on", sa.Date),
        sa.Column("refused_because", sa.Text),
        sa.Column("lapor_number", sa.String),
        sa.Column("text_id", sa.Text, nullable=False),
        sa.Column("text_en", sa.Text),
        sa.Column("summary_id", sa.Text, nullable=False),
        sa.Column("summary_en", sa.Text),
        _text("answered_by"),
    )


def _hoax_reports() -> None:
    op.create_table(
        "hoax_reports",
        *_case(),
        sa.Column("call_class", WORD, nullable=False),
        sa.Column("time", sa.String),
        sa.Column("place", sa.String),
        _text("agencies"),
        sa.Column("state", WORD, nullable=False),
        sa.Column("finding", WORD),
        sa.Column("found_at", TIME),
        sa.Column("found_by", sa.String),
    )
    op.create_index("hoax_report_queue", "hoax_reports", ["state", "received_at"])


def _reviewers() -> None:
    op.create_table(
        "reviewers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False, unique=True),
        sa.Column("role", WORD, nullable=False),
        sa.Column("agency", sa.String),
        _text("password_hash"),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("added_at", TIME, nullable=False),
    )
    op.create_table(
        "reviewer_sessions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("reviewer_id", sa.Integer, sa.ForeignKey("reviewers.id"), nullable=False),
        sa.Column("token_hash", sa.String, nullable=False, unique=True),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("ended_at", TIME),
    )
    op.create_index("ix_reviewer_sessions_reviewer_id", "reviewer_sessions", ["reviewer_id"])


def _case() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Integer, primary_key=True),
        *(
            sa.Column(name, sa.String, nullable=False, unique=True)
            for name in ("number", "code_hash", "key_hash")
        ),
        _text("payload_digest"),
        sa.Column("salt", sa.String),
        *(_text(name) for name in ("seal", "channel", "language")),
        sa.Column("district", sa.String),
        sa.Column("occurred_on", sa.Date),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("verified_at", TIME),
        sa.Column("verified_by", sa.String),
        sa.Column("ended_at", TIME),
        sa.Column("ended_by", sa.String),
        sa.Column("decline_reason", WORD),
        sa.Column("text", sa.Text),
    ]


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False)
