"""The installation that a request runs in: its settings, charter, words and clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from flask import Flask, current_app

from charter_data.models import Charter
from charter_data.seals import seal
from site_api.settings import Settings
from site_api.texts import Texts

NAME = "piagam112"


@dataclass(frozen=True)
class Installation:
    """Hold what is the same for every request; only the clock moves."""

    settings: Settings
    charter: Charter
    texts: Texts
    clock: Callable[[], datetime]

    @cached_property
    def seal(self) -> str:
        """Give the seal of the charter that submissions refer to."""
        return seal(self.charter)

    @cached_property
    def zone(self) -> ZoneInfo:
        """Give the city's time zone."""
        return ZoneInfo(self.charter.info.time_zone)

    @property
    def operators(self) -> str:
        """Give the agency whose operators take the calls; feedback about it is not sorted by it."""
        return self.charter.info.owner

    def now(self) -> datetime:
        """Give this moment, to the second, with its zone."""
        return self.clock().replace(microsecond=0)

    def local_date(self, moment: datetime) -> date:
        """Give the date in the city at a moment."""
        return moment.astimezone(self.zone).date()

    def emergency(self, language: str) -> dict[str, str]:
        """Give what stands in every answer that a person in danger might read."""
        number = self.charter.emergency_number.number
        text = getattr(self.charter.texts.bar, language)
        return {"number": number, "tel": f"tel:{number}", "text": text}

    def join(self, app: Flask) -> None:
        """Make this the installation of an app."""
        app.extensions[NAME] = self


def installation() -> Installation:
    """Give the installation of the current app."""
    found: Installation = current_app.extensions[NAME]
    return found
