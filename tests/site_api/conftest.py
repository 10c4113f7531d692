"""An app that serves the city's real charter and a small site of its own."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from charter_data.loading import load_charter
from charter_data.models import Charter
from site_api import create_app
from site_api.settings import ROOT, Settings

CHARTER_DIR = ROOT / "charter_data" / "tebing_tinggi"


class BufferedClient(FlaskClient):
    def open(self, *args, buffered=True, **kwargs):
        """Read the whole answer, so that no file stays open."""
        return super().open(*args, buffered=buffered, **kwargs)


@pytest.fixture(scope="session")
def city_charter() -> Charter:
    return load_charter(CHARTER_DIR)


@pytest.fixture
def app(tmp_path: Path, city_charter: Charter) -> Flask:
    app = create_app(Settings(charter_dir=CHARTER_DIR, site_dir=tmp_path / "site"), city_charter)
    app.test_client_class = BufferedClient
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
