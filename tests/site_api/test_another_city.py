"""The app of a city whose folder has just been written: no code changes for it."""

import pytest

from scripts.build_charter import main
from site_api import create_app
from site_api.database import close_app
from site_api.settings import Settings
from tests.apps import make_tables


@pytest.fixture
def client(tmp_path):
    folder = tmp_path / "kota_baru"
    assert main(["new-city", str(folder), "--name", "Kota Baru", "--code", "9999"]) == 0
    environment = {
        "PIAGAM_CHARTER_DIR": str(folder),
        "PIAGAM_SITE_DIR": str(tmp_path / "site"),
        "PIAGAM_DATABASE_URL": f"sqlite:///{tmp_path / 'piagam.sqlite3'}",
        **{
            f"PIAGAM_{name}_KEY": sign * 64
            for name, sign in (("SECRET", "a"), ("CODE", "b"), ("NUMBER", "c"), ("PROOF", "d"))
        },
    }
    app = create_app(Settings.from_environment(environment, tmp_path / "no.env"))
    make_tables(app)
    yield app.test_client()
    close_app(app)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", ["/masukan", "/masukan/panggilan-palsu", "/lacak"])
def test_the_forms_are_those_of_the_new_city(client, prefix, path):
    response = client.get(prefix + path)

    assert response.status_code == 200
    assert "Kota Baru" in response.text
    assert "tebing" not in response.text.lower()
    assert 'name="district"' not in response.text


def test_the_new_city_takes_feedback(client):
    sent = {
        "kind": "suggestion",
        "message": "Mohon nomor piket diumumkan.",
        "happened": "idea",
        "clause": "UMUM.angkat",
        "may_publish": False,
        "may_pass_on": False,
    }
    response = client.post("/api/v1/feedback", json=sent, headers={"Idempotency-Key": "k" * 30})

    assert response.status_code == 201
    assert response.json["answer_by"] is None
