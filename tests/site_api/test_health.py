from site_api.installation import installation


def build_site(app):
    site_dir = installation().settings.site_dir
    site_dir.mkdir()
    (site_dir / "index.html").write_text("home")


def test_a_process_is_alive_even_without_a_site(client):
    response = client.get("/healthz")

    assert (response.status_code, response.json) == (200, {"status": "ok"})


def test_an_app_with_charter_and_site_is_ready(app, client):
    build_site(app)

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json == {"status": "ready", "checks": {"charter": "ok", "site": "ok", "database": "ok"}}


def test_an_app_without_a_site_is_not_ready_and_says_which_command_helps(client):
    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.content_type == "application/problem+json"
    assert response.json["checks"] == {"charter": "ok", "site": "not built", "database": "ok"}
    assert "make run" in response.json["detail"]


def test_an_app_whose_tables_are_of_another_version_is_not_ready(make_app, tmp_path):
    app = make_app(database=tmp_path / "baru.sqlite3")
    with app.app_context():
        build_site(app)

        response = app.test_client().get("/readyz")

    assert (response.status_code, response.json["checks"]["database"]) == (503, "not migrated")


def test_an_app_whose_file_is_broken_says_so(make_app, tmp_path):
    (tmp_path / "rusak.sqlite3").write_bytes(b"not a database, whatever else it is" * 200)
    app = make_app(database=tmp_path / "rusak.sqlite3")
    with app.app_context():
        build_site(app)

        response = app.test_client().get("/readyz")

    assert (response.status_code, response.json["checks"]["database"]) == (503, "broken")
