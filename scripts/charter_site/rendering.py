"""Templates to text, with everything they may call; the same charter gives the same bytes."""

import re
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from charter_data.models import Charter
from charter_data.problems import RefusedError
from charter_data.vocabulary import Intake
from scripts.charter_site import oversight, results, views, voices
from scripts.charter_site.abbreviations import abbreviations, meanings
from scripts.charter_site.comparing import compare
from scripts.charter_site.compiled import Compiled, unfolded
from scripts.charter_site.lanes import lane_diagram
from scripts.charter_site.measures import NOTHING_MEASURED, Measures
from scripts.charter_site.words import Language, Words

ROOT = Path(__file__).resolve().parents[2]
ICONS = ROOT / "brand" / "icons"
TEMPLATES = Path(__file__).parent / "templates"
SCRIPT_ROOT: dict[Language, str] = {"id": "../../", "en": "../../../"}  # the site, seen from its page script
FILTERS = ("filled", "date", "number", "duration", "targets", "lower_first", "seconds", "share", "co_lead")


class MissingIconError(RefusedError):
    """Say that a page asks for a picture that brand/icons does not have."""


@cache
def icon(name: str) -> Markup:
    """Give a picture of brand/icons as inline SVG, hidden from screen readers: its word stands beside it.

    Raises MissingIconError when there is no such picture.
    """
    named = re.sub(r"^<svg ", '<svg class="p-icon" aria-hidden="true" focusable="false" ', icon_file(name))
    return Markup(named)  # noqa: S704 (our own drawing, from our own folder)


def icon_file(name: str) -> str:
    """Give a picture of brand/icons as it was drawn.

    Raises MissingIconError when there is no such picture.
    """
    path = ICONS / f"{name}.svg"
    if not path.is_file():
        raise MissingIconError(f"brand/icons/{name}.svg is missing: draw it, or correct `picture: {name}`")
    return path.read_text(encoding="utf-8").strip()


def link(page: str, target: str) -> str:
    """Give a relative link from a page (`layanan/kebakaran/`) to another address of the same language."""
    address, mark, anchor = target.partition("#")
    if address == page and anchor:
        return f"#{anchor}"
    up = "../" * page.count("/")
    return f"{up}{address}{mark}{anchor}" or "./"


def form_address(charter: Charter, language: Language, path: str) -> str:
    """Give the address of a form of the app; without `api_url` it is of the same origin as the site."""
    origin = (charter.info.api_url or "").rstrip("/")
    return f"{origin}{'' if language == 'id' else '/en'}{path}"


def environment(charter: Charter, language: Language, measures: Measures = NOTHING_MEASURED) -> Environment:
    """Give the template environment of one language."""
    words = Words(language)
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        bytecode_cache=Compiled(Path(__file__)),
    )
    said = {"t": words.text} | {name: getattr(words, name) for name in FILTERS}
    env.filters |= {name: unfolded(filter_) for name, filter_ in said.items()}
    env.globals |= {
        "charter": charter,
        "L": words.labels,
        "language": language,
        "script_root": SCRIPT_ROOT[language],
        "foreign": Markup("") if language == "id" else Markup(' lang="id"'),
        "icon": icon,
        "home_of": partial(views.home_of, charter),
        "card": partial(views.card, charter),
        "cards": partial(views.cards, charter),
        "balance": partial(views.balance, charter),
        "services": views.in_order(charter),
        "legs": partial(views.legs, charter),
        "lanes": lambda service, legs: lane_diagram(charter, service, legs, words, measures),
        "measures": measures,
        "form": partial(form_address, charter, language),
        "abbreviations": partial(abbreviations, meanings(charter)),
        "takes_feedback": charter.info.intake is not Intake.CLOSED,
        **_measured(charter, words, measures),
    }
    return env


def _measured(charter: Charter, words: Words, measures: Measures) -> dict[str, Any]:
    return {
        "results": partial(results.sentences, words),
        "headline": partial(results.headline, words),
        "cases": partial(results.cases, words),
        "counted": partial(results.counted, words),
        "unmeasured": partial(results.unmeasured, charter, words),
        "is_too_small": results.is_too_small_to_judge,
        "compare": partial(compare, charter, measures=measures),
        "tell": partial(oversight.tell, charter, words, measures),
        "findings": partial(oversight.findings, words),
        "voices": partial(voices.by_clause, charter),
        "themes": voices.themes,
    }


def render(env: Environment, template: str, page: str, **context: Any) -> str:
    """Give the text of a page; `to(address)` inside it links relative to the page."""
    return env.get_template(template).render(page=page, to=partial(link, page), **context)
