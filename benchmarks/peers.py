"""What the intake is measured against: a handler that does nothing, and plain commits one by one."""

import os
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

DATASETTE_TABLE = """
PRAGMA journal_mode = WAL;
CREATE TABLE submissions (id INTEGER PRIMARY KEY, clause TEXT, message TEXT);
"""
# What isso may leave out is left out: no limit, no moderation, no slow hash, no word of each comment.
ISSO = """[general]
dbpath = {folder}/isso.db
host = http://127.0.0.1:9/
[guard]
enabled = false
[hash]
algorithm = none
"""


class Base(DeclarativeBase):
    """Be the base of the peer's table."""


class Submission(Base):
    """Hold what the peer stores of a submission: the same text, and no audit."""

    __tablename__ = "submissions"

    id: Mapped[int] = mapped_column(primary_key=True)
    clause: Mapped[str]
    message: Mapped[str]
    received_at: Mapped[datetime]


def empty() -> Flask:
    """Give an app that answers without reading or keeping anything."""
    app = Flask(__name__)

    @app.post("/api/v1/feedback")
    def answer() -> tuple[dict[str, str], int]:
        return {"number": "M-000000"}, 201

    return app


def plain() -> Flask:
    """Give an app as tutorials write it: a session, one commit a request, as durable as ours."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{os.environ['PEER_DATABASE']}"
    db = SQLAlchemy(app, model_class=Base)
    with app.app_context():
        event.listen(db.engine, "connect", _durable)
        Base.metadata.create_all(db.engine)

    @app.post("/api/v1/feedback")
    def store() -> tuple[dict[str, int], int]:
        body = request.get_json()
        row = Submission(clause=body["clause"], message=body["message"], received_at=datetime.now(UTC))
        db.session.add(row)
        db.session.commit()
        return {"number": row.id}, 201

    return app


def isso_settings(folder: Path) -> Path:
    """Write the settings of isso at its fastest; give their file."""
    file = folder / "isso.cfg"
    file.write_text(ISSO.format(folder=folder))
    return file


def _durable(connection: object, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]
