"""Runs migrations on an engine that may write: the session's engine only reads."""

from alembic import context

from site_api.database import db
from site_api.installation import installation
from site_api.writer import alone, writing_engine


def run() -> None:
    """Bring the database of the app to the wanted revision, alone and in one transaction."""
    settings = installation().settings
    engine = writing_engine(settings.database, settings.journal)
    with alone(settings.database), engine.begin() as connection:
        context.configure(connection=connection, target_metadata=db.metadata, render_as_batch=True)
        context.run_migrations()
    engine.dispose()


run()
