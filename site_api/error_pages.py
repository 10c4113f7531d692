"""One answer for every failure: problem+json, or for browsers a page that begins with 112."""

from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path

from flask import Response, current_app, json, render_template, request
from werkzeug.exceptions import HTTPException

from site_api import pages
from site_api.errors import BadRequest, CannotRead, Fault, Invalid, Problem
from site_api.installation import Installation
from site_api.problem_types import PLAIN, type_of
from site_api.settings import LANGUAGES
from site_api.texts import language_of_client, language_of_page
from site_api.writer import is_of_database

JSON_TYPE = "application/problem+json"
KEPT_HEADERS = ("Allow", "Content-Range", "Retry-After")
OF_STATUS = {problem.status: problem for problem in PLAIN}
OFFERED = (JSON_TYPE, "application/json", "text/html")


@dataclass(frozen=True)
class ErrorPages:
    """Answers any exception in the words of the app, with the charter's emergency number."""

    place: Installation

    def answer(self, error: Exception) -> Response:
        """Give the whole answer; only what nobody foresaw is logged, and none of it is shown."""
        problem = problem_from(error)
        if isinstance(problem, Fault | CannotRead):
            current_app.logger.error("a request failed at %s", request.endpoint, exc_info=error)
        response = self._page(problem) if _wants_page() else self._body(problem)
        response.status_code = problem.status
        response.headers.update(problem.headers)
        response.cache_control.no_store = True
        response.vary.update(("Accept", "Accept-Language"))
        return response

    def _page(self, problem: Problem) -> Response:
        language = language_of_page(request.path)
        built = self._built_page(problem, language)
        if built is not None:
            return Response(built.read_bytes(), mimetype="text/html")
        words = self._words(problem, language)
        page = render_template("error.html", **pages.frame(self.place, language), **words, key=problem.key)
        return Response(page, mimetype="text/html")

    def _built_page(self, problem: Problem, language: str) -> Path | None:
        if problem.built_page is None:
            return None
        site_dir = self.place.settings.site_dir
        folder = site_dir if language == LANGUAGES[0] else site_dir / language
        page = folder / problem.built_page
        return page if page.is_file() else None

    def _words(self, problem: Problem, language: str) -> dict[str, str]:
        say = partial(self.place.texts.say, language)
        return {part: say(f"errors.{problem.key}.{part}", **problem.values) for part in ("title", "detail")}

    def _body(self, problem: Problem) -> Response:
        language = language_of_client(request.accept_languages)
        body = {
            "type": type_of(type(problem)),
            "status": problem.status,
            **self._words(problem, language),
            "instance": request.path,
            **problem.members,
            "emergency": self.place.emergency(language),
        }
        if isinstance(problem, Invalid):
            body["errors"] = self._faults(problem, language)
        response = Response(json.dumps(body), mimetype=JSON_TYPE)
        response.content_language.add(language)
        return response

    def _faults(self, problem: Invalid, language: str) -> list[dict[str, str]]:
        say = partial(self.place.texts.say, language)
        return [
            {"pointer": f"/{fault.field}", "detail": say(f"fields.{fault.what}", **fault.values)}
            for fault in problem.faults
        ]


def _wants_page() -> bool:
    return request.accept_mimetypes.best_match(OFFERED) == "text/html"


def problem_from(error: Exception) -> Problem:
    """Give the problem that stands for any exception; an unforeseen one becomes a Fault."""
    if isinstance(error, Problem):
        return error
    if is_of_database(error):
        return CannotRead()
    if not isinstance(error, HTTPException):
        return Fault()
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    nearest = OF_STATUS.get(status) or (Fault if status >= HTTPStatus.INTERNAL_SERVER_ERROR else BadRequest)
    problem = nearest(headers={name: text for name, text in error.get_headers() if name in KEPT_HEADERS})
    problem.status = status
    return problem
