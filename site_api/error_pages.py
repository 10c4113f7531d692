"""One answer for every failure: problem+json, or for browsers a page that begins with 112."""

from dataclasses import dataclass
from pathlib import Path

from flask import Response, current_app, json, render_template, request

from charter_data.models import Charter
from site_api.errors import Fault, Problem, problem_from
from site_api.settings import LANGUAGES
from site_api.texts import Texts, language_of_client, language_of_page

JSON_TYPE = "application/problem+json"
OFFERED = (JSON_TYPE, "application/json", "text/html")


@dataclass(frozen=True)
class ErrorPages:
    """Answers any exception in the words of the app, with the charter's emergency number."""

    charter: Charter
    texts: Texts
    site_dir: Path

    def answer(self, error: Exception) -> Response:
        """Give the whole answer; only what nobody foresaw is logged, and none of it is shown."""
        problem = problem_from(error)
        if isinstance(problem, Fault):
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
        page = render_template(
            "error.html",
            charter=self.charter,
            language=language,
            title=self.texts.say(language, f"errors.{problem.key}.title"),
            detail=self.texts.say(language, f"errors.{problem.key}.detail"),
            home=self.texts.say(language, "page.home"),
            home_path="/" if language == LANGUAGES[0] else f"/{language}/",
        )
        return Response(page, mimetype="text/html")

    def _built_page(self, problem: Problem, language: str) -> Path | None:
        if problem.built_page is None:
            return None
        folder = self.site_dir if language == LANGUAGES[0] else self.site_dir / language
        page = folder / problem.built_page
        return page if page.is_file() else None

    def _body(self, problem: Problem) -> Response:
        language = language_of_client(request.accept_languages)
        number = self.charter.emergency_number.number
        body = {
            "type": problem.type,
            "title": self.texts.say(language, f"errors.{problem.key}.title"),
            "status": problem.status,
            "detail": self.texts.say(language, f"errors.{problem.key}.detail"),
            "instance": request.path,
            **problem.members,
            "emergency": {
                "number": number,
                "tel": f"tel:{number}",
                "text": getattr(self.charter.texts.bar, language),
            },
        }
        response = Response(json.dumps(body), mimetype=JSON_TYPE)
        response.content_language.add(language)
        return response


def _wants_page() -> bool:
    return request.accept_mimetypes.best_match(OFFERED) == "text/html"
