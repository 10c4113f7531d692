"""The built site: a file if there is one, and the look of the pages even before there is."""

import os
import re
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, current_app, request, send_from_directory
from werkzeug.security import safe_join

from site_api.errors import MethodNotAllowed, NotFound, SiteNotBuilt
from site_api.installation import installation
from site_api.packing import pack
from site_api.settings import BRAND_DIR

BRAND_PATH = "assets/brand/"
WELL_KNOWN = ".well-known/"  # the one dot folder that is meant to be read (RFC 8615)
HASHED_ASSET = re.compile(r"(?:en/)?assets/.+\.[0-9a-f]{8}\.[^/]+")
DAY = 24 * 60 * 60

blueprint = Blueprint("site", __name__)


@blueprint.route("/", defaults={"path": ""}, provide_automatic_options=False)
@blueprint.route("/<path:path>", provide_automatic_options=False)
def page(path: str) -> Response:
    """Give the file of an address; raises NotFound, or SiteNotBuilt while there are no pages at all."""
    settings = installation().settings
    file = _file_of(path)
    if _has_file(settings.site_dir, file):
        return _send(settings.site_dir, file)
    if _has_file(settings.site_dir, f"{file}/index.html"):
        return _redirect_to_folder()
    if path.startswith(BRAND_PATH) and _has_file(BRAND_DIR, path.removeprefix(BRAND_PATH)):
        return _send(BRAND_DIR, path.removeprefix(BRAND_PATH))
    _refuse_wrong_method()
    raise NotFound if settings.is_site_built else SiteNotBuilt


@blueprint.after_app_request
def name_methods(response: Response) -> Response:
    """Let `Allow` name what an address takes: GET only if it gives something, though `page` takes it all."""
    if "Allow" in response.headers and (others := _methods_of_others()):
        response.headers["Allow"] = ", ".join(sorted(others))
    return response


def _refuse_wrong_method() -> None:
    if others := _methods_of_others():
        raise MethodNotAllowed(headers={"Allow": ", ".join(sorted(others))})


def _methods_of_others() -> set[str]:
    """Give the methods of an address that is no page; none for a page, or where only `page` takes it."""
    adapter = current_app.create_url_adapter(request)
    allowed = set(adapter.allowed_methods() if adapter else ()) - {"GET", "HEAD"}
    if adapter is None or allowed <= {"OPTIONS"}:
        return set()
    rule, _ = adapter.match(method="GET", return_rule=True)
    return allowed if rule.endpoint == f"{blueprint.name}.{page.__name__}" else set()


def _file_of(path: str) -> str:
    return f"{path}index.html" if path == "" or path.endswith("/") else path


def _has_file(folder: Path, file: str) -> bool:
    if any(part.startswith(".") for part in file.removeprefix(WELL_KNOWN).split("/")):
        return False
    found = safe_join(str(folder), file)
    # os.path.isfile is false for names too long or with a NUL, for which Path.is_file raises.
    if found is None or not os.path.isfile(found):  # noqa: PTH113
        return False
    return Path(found).resolve().is_relative_to(folder.resolve())


def _send(folder: Path, file: str) -> Response:
    response = send_from_directory(folder, file, max_age=7 * DAY if HASHED_ASSET.fullmatch(file) else None)
    pack(response)
    # An answer without a body never reads the file, so nobody else would close it.
    if response.status_code == HTTPStatus.NOT_MODIFIED or request.method == "HEAD":
        response.close()
    return response


def _redirect_to_folder() -> Response:
    name = quote(request.path.rsplit("/", 1)[-1], safe="")
    query = request.query_string.decode("latin-1")
    return Response(status=308, headers={"Location": f"{name}/?{query}" if query else f"{name}/"})
