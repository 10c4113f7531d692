"""The app: serves the site, takes feedback and hoax reports, and is the reviewers' portal."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from charter_data.loading import load_charter
from charter_data.models import Charter
from site_api import (
    auditing,
    database,
    dates,
    demo,
    doctor,
    kept_data,
    limits,
    openapi,
    proving,
    retention,
    site,
    throttling,
)
from site_api.answer_templates import review as answer_templates_review
from site_api.calls import commands as calls_commands
from site_api.calls import queries as calls_queries
from site_api.digests import commands as digests_commands
from site_api.error_pages import ErrorPages
from site_api.feedback import by_code, downloading, lists, taking
from site_api.feedback import commands as feedback_commands
from site_api.feedback import public as feedback_public
from site_api.feedback import review as feedback_review
from site_api.figures import commands as figures_commands
from site_api.headers import SecurityHeaders
from site_api.hoax_reports import commands as hoax_reports_commands
from site_api.hoax_reports import public as hoax_reports_public
from site_api.hoax_reports import review as hoax_reports_review
from site_api.installation import Installation
from site_api.measures import commands as measures_commands
from site_api.measures import review as measures_review
from site_api.pacing import Pacing
from site_api.reviewers import access, managing
from site_api.reviewers import commands as reviewers_commands
from site_api.reviewers import public as reviewers_public
from site_api.reviewers import review as reviewers_review
from site_api.settings import Settings
from site_api.texts import Texts

Clock = Callable[[], datetime]

ONCE: tuple[Blueprint, ...] = (*openapi.DESCRIBED, openapi.programs)
IN_BOTH_LANGUAGES: tuple[Blueprint, ...] = (
    openapi.people,
    kept_data.site,
    feedback_public.site,
    by_code.site,
    hoax_reports_public.site,
    reviewers_public.blueprint,
    reviewers_review.blueprint,
    managing.blueprint,
    lists.blueprint,
    feedback_review.blueprint,
    taking.blueprint,
    hoax_reports_review.blueprint,
    answer_templates_review.blueprint,
    measures_review.blueprint,
    downloading.blueprint,
)
COMMANDS = (
    auditing.commands,
    calls_commands.commands,
    demo.demo,
    digests_commands.commands,
    doctor.doctor,
    feedback_commands.commands,
    figures_commands.snapshot,
    hoax_reports_commands.commands,
    measures_commands.commands,
    proving.commands,
    retention.commands,
    reviewers_commands.commands,
)


class App(Flask):
    """Be a Flask app without a coroutine: none of our functions has to be looked at for being one."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Give a function as it is."""
        return func


def now() -> datetime:
    """Give this moment."""
    return datetime.now(UTC)


def create_app(settings: Settings | None = None, charter: Charter | None = None, clock: Clock = now) -> Flask:
    """Assemble the app, from the environment unless told; raises SettingsError or CharterError.

    `access.ROUTES` says who may call what; a route that it does not name is closed.
    """
    settings = settings or Settings.from_environment(os.environ)
    charter = charter or load_charter(settings.charter_dir)
    app = App(__name__, static_folder=None)
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    place = Installation(settings, charter, Texts.load(), clock)
    place.join(app)
    limits.init_app(app)
    throttling.init_app(app, settings.limits)
    access.init_app(app)
    database.init_app(app, settings)
    dates.init_app(app)
    _register(app)
    app.register_error_handler(Exception, ErrorPages(place).answer)
    app.context_processor(lambda: {"is_simulated": calls_queries.is_simulated})
    app.wsgi_app = SecurityHeaders(Pacing(app.wsgi_app))  # type: ignore[method-assign]
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _register(app: Flask) -> None:
    for blueprint in ONCE:
        app.register_blueprint(blueprint)
    for blueprint in IN_BOTH_LANGUAGES:
        app.register_blueprint(blueprint)
        prefix = f"/en{blueprint.url_prefix or ''}"
        app.register_blueprint(blueprint, url_prefix=prefix, name=f"en_{blueprint.name}")
    app.register_blueprint(site.blueprint)
    for command in COMMANDS:
        app.cli.add_command(command)
