"""An app on a database of its own, made by the real migrations, with a clock that tests turn."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient

from charter_data.loading import load_charter
from charter_data.models import Charter
from charter_data.vocabulary import Intake
from site_api import create_app
from site_api.database import close_app, db
from site_api.feedback import workflow
from site_api.feedback.models import Feedback
from site_api.feedback.schemas import Assignment, NewFeedback, Verification
from site_api.installation import installation
from tests.apps import CHARTER_DIR, make_tables, settings_in
from tests.site_api.stories import TRIAGE, answer, sent


class Clock:
    """Give the time that a test has set."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **parts: float) -> None:
        self.time += timedelta(**parts)


class BufferedClient(FlaskClient):
    def open(self, *args, buffered=True, **kwargs):
        """Read the whole answer, so that no file stays open, and see what others have written."""
        if has_app_context():
            db.session.rollback()
        return super().open(*args, buffered=buffered, **kwargs)


@pytest.fixture(scope="session")
def city_charter() -> Charter:
    return load_charter(CHARTER_DIR)


@pytest.fixture(scope="session")
def open_charter(city_charter: Charter) -> Charter:
    """Give the city's charter as it will be once answers are promised."""
    info = city_charter.info.model_copy(update={"intake": Intake.OPEN})
    return city_charter.model_copy(update={"info": info})


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory, city_charter: Charter) -> Path:
    """Make the tables once; tests copy the file."""
    folder = tmp_path_factory.mktemp("database")
    app = create_app(settings_in(folder), city_charter)
    make_tables(app)
    close_app(app)
    return folder / "piagam.sqlite3"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make_app(tmp_path: Path, empty_database: Path, city_charter: Charter, clock: Clock):
    """Make apps that share the test's database file and clock."""
    made: list[Flask] = []
    shutil.copy(empty_database, tmp_path / "piagam.sqlite3")

    def make(charter: Charter = city_charter, **changes) -> Flask:
        app = create_app(settings_in(tmp_path, **changes), charter, clock)
        app.test_client_class = BufferedClient
        made.append(app)
        return app

    yield make
    for app in made:
        close_app(app)


@pytest.fixture
def app(make_app) -> Iterator[Flask]:
    app = make_app()
    with app.app_context():
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def submitted(app) -> Callable[..., Feedback]:
    """Store a piece of feedback."""

    def submit(**changes) -> Feedback:
        new = NewFeedback.model_validate(sent(**changes), strict=False)
        number = workflow.submit(installation(), new, str(uuid4()))[0].number
        return db.session.query(Feedback).filter_by(number=number).one()

    return submit


@pytest.fixture
def verified(submitted) -> Callable[..., Feedback]:
    def verify(**changes) -> Feedback:
        case = submitted(**changes)
        read = Verification(kind=case.kind, clause=case.clause, service=case.service)
        workflow.verify(installation(), TRIAGE, case, read)
        return case

    return verify


@pytest.fixture
def assigned(verified) -> Callable[..., Feedback]:
    def assign(agency: str = "damkar", **changes) -> Feedback:
        case = verified(**changes)
        workflow.assign(installation(), TRIAGE, case, Assignment(agency=agency, reason="Tentang petugasnya"))
        return case

    return assign


@pytest.fixture
def answered(verified) -> Callable[..., Feedback]:
    def give(**changes) -> Feedback:
        case = verified(**changes)
        workflow.answer(installation(), TRIAGE, case, answer())
        return case

    return give
