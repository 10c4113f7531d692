"""Posters and cards: what to do first, on paper, from the same charter as the site."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import urljoin

import segno
from jinja2 import Environment

from charter_data.models import Charter, Service
from charter_data.models.base import SITE_FORM
from charter_data.problems import RefusedError
from charter_data.seals import short_seal
from charter_data.vocabulary import ServiceKind
from scripts.charter_site.rendering import environment, form_address, render
from scripts.charter_site.words import LANGUAGES, Language

QUIET_ZONE = 4  # modules, ISO/IEC 18004
PLACE = {"id": "", "en": "en/"}


class NoAddressError(RefusedError):
    """Say that a QR code would lead nowhere."""


@dataclass(frozen=True)
class Code:
    """Hold an address and its QR code, which carries as much repair as a code can."""

    address: str

    @property
    def picture(self) -> str:
        """Give the code as an SVG data address."""
        made = segno.make(self.address, error="h", micro=False)
        return str(made.svg_data_uri(border=QUIET_ZONE, svgclass=None, lineclass=None))

    @property
    def parts(self) -> list[str]:
        """Give the address in the pieces between which a line may end."""
        return re.findall(r"https?://|[^/.?]*[/.?]|[^/.?]+", self.address)


def address_for(charter: Charter, given: str | None = None) -> str:
    """Give the address of the site that QR codes lead to: the given one, else that of the charter.

    Raises NoAddressError when there is none, or the given one is none of a site.
    """
    address = given or charter.info.public_url
    if address is None:
        raise NoAddressError(
            "charter.yml: `public_url` is empty, so no QR code has anywhere to lead: "
            "write the address of the site there, such as https://112.kota.go.id, or give --base-url"
        )
    if not re.fullmatch(SITE_FORM, address):
        raise NoAddressError(
            f"--base-url is `{address}`: write the address of a site, such as https://112.kota.go.id"
        )
    return address


def posters(charter: Charter, base: str) -> Iterator[tuple[str, str]]:
    """Yield name (`id/kebakaran-a4`) and HTML of every sheet of a site at `base`, in both languages."""
    for language in LANGUAGES:
        env = _environment(charter, language, base)
        for service in charter.emergencies:
            for size, template in _templates(service):
                yield f"{language}/{service.slug}-{size}", _sheet(env, template, service)
        conduct = next((one for one in charter.services if one.kind is ServiceKind.CONDUCT), None)
        yield f"{language}/panggilan-palsu-a4", _sheet(env, "poster_school.html", conduct)


def _templates(service: Service) -> Iterator[tuple[str, str]]:
    yield "a4", "poster_a4.html"
    # Somebody may search the bag of whoever carries the card, so it looks like any list of numbers.
    yield ("kartu", "poster_numbers.html") if service.is_sensitive else ("a6", "poster_a6.html")


def _sheet(env: Environment, template: str, service: Service | None) -> str:
    return render(env, template, "", service=service)


def _environment(charter: Charter, language: Language, base: str) -> Environment:
    env = environment(charter, language)
    root = base.rstrip("/") + "/"
    env.globals |= {
        "page_code": lambda address: Code(f"{root}{PLACE[language]}{address}"),
        "form_code": lambda path: Code(urljoin(root, form_address(charter, language, path))),
        "bar": partial(_bar, charter),
        "seal": short_seal(charter),
    }
    return env


def _bar(charter: Charter, said: str) -> dict[str, str]:
    number = charter.emergency_number.number
    before, _, after = said.partition(number)
    return {"before": before.strip(), "number": number, "after": after.strip(". ")}
