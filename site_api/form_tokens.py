"""What a form carries to tell people from machines: when it was given, signed, and a field nobody fills."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from site_api.cases import HoldReason
from site_api.installation import Installation

TOKEN = "form_token"  # noqa: S105 (the name of a field)
HONEYPOT = "website"
FASTEST = timedelta(seconds=3)
LONGEST = timedelta(hours=24)


def given(place: Installation) -> str:
    """Give the token of a form that is given now."""
    moment = str(int(place.now().timestamp()))
    return f"{moment}.{_signature(place, moment)}"


def suspicion(place: Installation, typed: Mapping[str, str]) -> HoldReason | None:
    """Tell what makes a form look like a machine's, if anything does."""
    if typed.get(HONEYPOT):
        return HoldReason.HONEYPOT
    moment, _, signature = typed.get(TOKEN, "").partition(".")
    if not hmac.compare_digest(signature.encode(), _signature(place, moment).encode()):
        return HoldReason.NO_TOKEN
    age = place.now() - datetime.fromtimestamp(int(moment), place.zone)
    if timedelta(0) <= age < FASTEST:
        return HoldReason.TOO_FAST
    # Less than nothing means that the clock was put back: how long the person took, nobody knows.
    return HoldReason.TOO_OLD if abs(age) > LONGEST else None


def _signature(place: Installation, moment: str) -> str:
    return hmac.new(place.settings.secret_key, f"form-given:{moment}".encode(), hashlib.sha256).hexdigest()
