"""What Schemathesis cannot know: erasing is a POST here, and from then on the code opens nothing."""

from typing import Any

import schemathesis
from schemathesis import Case, CheckContext, HookContext, Response
from schemathesis.core.failures import Failure
from schemathesis.openapi.checks import EnsureResourceAvailability

from site_api.intake import read_code

ERASE = "/api/v1/feedback/erase"
erased: dict[str, str] = {}


def code_in(body: Any) -> str | None:
    written = body.get("tracking_code") if isinstance(body, dict) else None
    return read_code(written) if isinstance(written, str) else None


@schemathesis.check
def erased_code_opens_nothing(_ctx: CheckContext, response: Response, case: Case) -> None:
    code = code_in(case.body)
    if code is None or response.status_code != 200:
        return
    assert code not in erased, f"a code erased by {erased[code]} opened {case.path}"
    if (case.method, case.path) == ("POST", ERASE):
        erased[code] = case.id


@schemathesis.hook
def filter_failure(_context: HookContext, failure: Failure, case: Case, _response: Response) -> bool:
    """A case that is gone because it was erased is not missing."""
    return not (isinstance(failure, EnsureResourceAvailability) and code_in(case.body) in erased)
