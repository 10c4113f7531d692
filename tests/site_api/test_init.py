import re

import pytest
from flask import Flask

from charter_data.loading import CharterError
from site_api import create_app
from site_api.headers import SECURITY_HEADERS
from site_api.settings import Settings


def paths_of(app: Flask) -> set[str]:
    return {re.sub(r"<[^>]+>", "contoh", rule.rule) for rule in app.url_map.iter_rules()}


@pytest.mark.parametrize("accept", ["*/*", "text/html"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_every_answer_of_every_route_carries_the_security_headers(app, client, method, accept):
    answers = [client.open(path, method=method, headers={"Accept": accept}) for path in paths_of(app)]

    assert all(SECURITY_HEADERS.items() <= dict(answer.headers).items() for answer in answers)


@pytest.mark.parametrize("path", ["/redirected", "/missing", "//slashes", "/broken"])
def test_redirects_and_errors_carry_them_too(app, client, path):
    folder = app.config["SETTINGS"].site_dir / "redirected"
    folder.mkdir(parents=True)
    (folder / "index.html").touch()
    app.add_url_rule("/broken", view_func=lambda: 1 / 0)

    response = client.get(path)

    assert response.status_code >= 300
    assert SECURITY_HEADERS.items() <= dict(response.headers).items()


def test_scripts_and_styles_come_from_this_host_alone(client):
    policy = client.get("/healthz").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_environment_is_read_when_no_settings_are_given(monkeypatch, tmp_path):
    monkeypatch.setenv("PIAGAM_SITE_DIR", str(tmp_path))

    app = create_app()

    assert app.config["SETTINGS"].site_dir == tmp_path


def test_an_app_without_a_sound_charter_does_not_start(tmp_path):
    with pytest.raises(CharterError):
        create_app(Settings(charter_dir=tmp_path, site_dir=tmp_path))
