import logging

import pytest
from werkzeug.exceptions import RequestEntityTooLarge

from site_api import errors
from site_api.installation import installation
from site_api.settings import LANGUAGES
from tests.documents import read

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
ON_PAGES = (
    errors.BadRequest,
    errors.SignInNeeded,
    errors.NotAllowed,
    errors.NotFound,
    errors.MethodNotAllowed,
    errors.Conflict,
    errors.PayloadTooLarge,
    errors.UnsupportedMediaType,
    errors.Fault,
    errors.Unavailable,
    errors.CannotStore,
    errors.SiteNotBuilt,
)
EMERGENCY = {"number": "112", "tel": "tel:112", "text": "Darurat? Telepon 112. Gratis."}


@pytest.fixture
def built(app):
    site_dir = installation().settings.site_dir
    (site_dir / "en").mkdir(parents=True)
    (site_dir / "index.html").write_text("home")
    return site_dir


def fail_with(app, error):
    def fail():
        raise error

    app.view_functions["health.alive"] = fail


def test_a_program_gets_problem_json_that_carries_112(client, built):
    response = client.get("/tidak-ada")

    assert response.status_code == 404
    assert response.content_type == "application/problem+json"
    assert response.json == {
        "type": "about:blank",
        "title": "Halaman ini tidak ada.",
        "status": 404,
        "detail": "Mungkin alamatnya salah ketik.",
        "instance": "/tidak-ada",
        "emergency": EMERGENCY,
    }


def test_a_program_may_ask_for_english(client, built):
    response = client.get("/tidak-ada", headers={"Accept-Language": "en-GB,en;q=0.9"})

    assert response.json["title"] == "There is no such page."
    assert response.json["emergency"]["text"] == "Emergency? Call 112. Free."
    assert response.headers["Content-Language"] == "en"


def test_a_program_that_asks_for_another_language_gets_indonesian(client, built):
    response = client.get("/tidak-ada", headers={"Accept-Language": "fr"})

    assert response.json["title"] == "Halaman ini tidak ada."


def test_a_browser_gets_a_page_that_begins_with_112(client, built):
    response = client.get("/tidak-ada", headers=BROWSER)

    body = response.text.partition("<body>")[2]
    assert response.status_code == 404
    assert response.content_type == "text/html; charset=utf-8"
    assert '<html lang="id">' in response.text
    assert 'href="tel:112">Darurat? Telepon\u00a0112. Gratis.</a>' in body.partition("<h1>")[0]
    assert "<h1>Halaman ini tidak ada.</h1>" in body


@pytest.mark.parametrize("problem", ON_PAGES, ids=lambda problem: f"{problem.status} {problem.key}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_on_every_error_page_one_tap_leads_to_the_numbers_for_when_112_does_not_connect(
    app, client, built, problem, language
):
    def fail(path):
        raise problem

    app.view_functions["site.page"] = fail

    answered = client.get("/" if language == "id" else "/en/", headers=BROWSER)

    page = read(answered.text)
    assert answered.status_code == problem.status
    said = installation().charter.texts.emergency_page
    first, second = page.one("header").all("a")
    assert first.attributes["href"] == "tel:112"
    assert second.text == getattr(said.no_answer_title, language)
    assert page.by_id(second.attributes["href"].removeprefix("#")).text == second.text
    called = [link.attributes["href"] for link in page.one("main").all("a")]
    assert [f"tel:{item.number}" for item in said.no_answer_numbers] == [
        href for href in called if href.startswith("tel:")
    ]
    assert getattr(said.no_answer_note, language) in page.text
    assert getattr(said.cannot_speak, language) in page.text


def test_the_page_says_what_is_not_settled_yet(client, built):
    response = client.get("/tidak-ada", headers=BROWSER)

    assert "Kami belum memastikan 112 aktif di kota ini." in response.text
    assert "Situs ini bukan situs resmi pemerintah." in response.text


def test_a_page_under_en_is_english_whatever_the_browser_prefers(client, built):
    response = client.get("/en/none", headers=BROWSER | {"Accept-Language": "id"})

    assert '<html lang="en">' in response.text
    assert '<a href="/en/">Go to the home page</a>' in response.text


@pytest.mark.parametrize(("path", "file"), [("/tidak-ada", "404.html"), ("/en/none", "en/404.html")])
def test_a_browser_gets_the_built_page_of_its_language_if_there_is_one(client, built, path, file):
    (built / file).write_text("<p>built</p>")

    response = client.get(path, headers=BROWSER)

    assert (response.status_code, response.text) == (404, "<p>built</p>")


def test_a_refused_method_names_the_allowed_ones(client, built):
    response = client.post("/")

    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD"}


def test_a_body_over_the_limit_is_413(app, client):
    fail_with(app, RequestEntityTooLarge())

    response = client.get("/healthz")

    assert (response.status_code, response.json["title"]) == (413, "Tulisan terlalu panjang.")


@pytest.mark.parametrize("headers", [{}, BROWSER])
def test_an_unforeseen_error_shows_nothing_of_itself(app, client, headers):
    fail_with(app, ValueError("the code is K3Y"))

    response = client.get("/healthz", headers=headers)

    assert response.status_code == 500
    assert "Kesalahan ada pada kami." in response.text
    assert not any(word in response.text for word in ("K3Y", "ValueError", "Traceback"))


def test_an_unforeseen_error_is_logged_once_with_its_cause(app, client, caplog):
    fail_with(app, ValueError("the cause"))

    with caplog.at_level(logging.ERROR):
        client.get("/healthz")

    assert [record.exc_info[1].args for record in caplog.records] == [("the cause",)]


def test_what_the_caller_did_wrong_is_not_logged(client, built, caplog):
    client.get("/tidak-ada")

    assert caplog.records == []


def test_no_error_is_stored_by_a_cache(client, built):
    response = client.get("/tidak-ada")

    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Vary"] == "Accept, Accept-Language"
