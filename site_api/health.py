"""Whether the app is alive, and whether it can serve."""

from flask import Blueprint

from site_api import database
from site_api.errors import NotReady
from site_api.installation import installation

OK = "ok"

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> dict[str, str]:
    """Say that the process answers, and nothing more."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def ready() -> dict[str, object]:
    """Say that the charter is loaded, the site built and the tables are of this version; raises NotReady."""
    checks = {
        "charter": OK,
        "site": OK if installation().settings.is_site_built else "not built",
        "database": database.fault_of_tables() or OK,
    }
    if set(checks.values()) != {OK}:
        raise NotReady(checks)
    return {"status": "ready", "checks": checks}
