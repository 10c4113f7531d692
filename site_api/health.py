"""Whether the app is alive, and whether it can serve."""

from flask import Blueprint, current_app

from site_api.errors import SiteNotBuilt
from site_api.settings import Settings

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> dict[str, str]:
    """Say that the process answers, and nothing more."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def ready() -> dict[str, object]:
    """Say that the charter is loaded and the site built; raises SiteNotBuilt."""
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.is_site_built:
        raise SiteNotBuilt
    return {"status": "ready", "checks": {"charter": "ok", "site": "ok"}}
