import re

import pytest
from flask import Flask, request

from charter_data.loading import CharterError
from site_api import create_app
from site_api.database import close_app
from site_api.headers import SECURITY_HEADERS
from site_api.installation import NAME, installation
from site_api.settings import KEY_NAMES
from tests.apps import settings_in


def paths_of(app: Flask) -> set[str]:
    return {re.sub(r"<[^>]+>", "contoh", rule.rule) for rule in app.url_map.iter_rules()}


@pytest.mark.parametrize("accept", ["*/*", "text/html"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_every_answer_of_every_route_carries_the_security_headers(app, client, method, accept):
    answers = [client.open(path, method=method, headers={"Accept": accept}) for path in paths_of(app)]

    assert all(SECURITY_HEADERS.items() <= dict(answer.headers).items() for answer in answers)


@pytest.mark.parametrize("path", ["/redirected", "/missing", "//slashes", "/healthz"])
def test_redirects_and_errors_carry_them_too(app, client, path):
    folder = installation().settings.site_dir / "redirected"
    folder.mkdir(parents=True)
    (folder / "index.html").touch()
    app.view_functions["health.alive"] = lambda: 1 / 0

    response = client.get(path)

    assert response.status_code >= 300
    assert SECURITY_HEADERS.items() <= dict(response.headers).items()


def test_scripts_and_styles_come_from_this_host_alone(client):
    policy = client.get("/healthz").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_environment_is_read_when_no_settings_are_given(monkeypatch, tmp_path):
    for name in KEY_NAMES:
        monkeypatch.setenv(name, "a" * 64)
    monkeypatch.setenv("PIAGAM_DATABASE_URL", f"sqlite:///{tmp_path}/piagam.sqlite3")
    monkeypatch.setenv("PIAGAM_SITE_DIR", str(tmp_path))

    app = create_app()

    assert app.extensions[NAME].settings.site_dir == tmp_path
    close_app(app)


def test_an_app_without_a_sound_charter_does_not_start(tmp_path):
    with pytest.raises(CharterError):
        create_app(settings_in(tmp_path, charter_dir=tmp_path))


def test_the_address_of_the_browser_is_believed_from_as_many_proxies_as_were_set(make_app):
    for hops, seen in ((0, "http"), (1, "https")):
        app = make_app(proxy_hops=hops)
        app.view_functions["health.alive"] = lambda: request.scheme

        response = app.test_client().get("/healthz", headers={"X-Forwarded-Proto": "https"})

        assert response.text == seen
