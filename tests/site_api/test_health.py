def build_site(app):
    site_dir = app.config["SETTINGS"].site_dir
    site_dir.mkdir()
    (site_dir / "index.html").write_text("home")


def test_a_process_is_alive_even_without_a_site(client):
    response = client.get("/healthz")

    assert (response.status_code, response.json) == (200, {"status": "ok"})


def test_an_app_with_charter_and_site_is_ready(app, client):
    build_site(app)

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json == {"status": "ready", "checks": {"charter": "ok", "site": "ok"}}


def test_an_app_without_a_site_is_not_ready_and_says_which_command_helps(client):
    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.content_type == "application/problem+json"
    assert response.json["checks"] == {"charter": "ok", "site": "not built"}
    assert "make site" in response.json["detail"]
