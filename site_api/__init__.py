"""The app: serves the site, and later the citizens' feedback and the reviewers' portal."""

import os

from flask import Flask
from jinja2 import StrictUndefined

from charter_data.loading import load_charter
from charter_data.models import Charter
from site_api import health, site
from site_api.error_pages import ErrorPages
from site_api.headers import add_security_headers
from site_api.settings import Settings
from site_api.texts import Texts


def create_app(settings: Settings | None = None, charter: Charter | None = None) -> Flask:
    """Assemble the app, from the environment unless told; raises SettingsError or CharterError."""
    settings = settings or Settings.from_environment(os.environ)
    charter = charter or load_charter(settings.charter_dir)
    app = Flask(__name__, static_folder=None)
    app.config["SETTINGS"] = settings
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.register_blueprint(health.blueprint)
    app.register_blueprint(site.blueprint)
    app.register_error_handler(Exception, ErrorPages(charter, Texts.load(), settings.site_dir).answer)
    app.after_request(add_security_headers)
    return app
