"""What the app serves hangs together: every reference leads somewhere, every page is sound HTML."""

import re
from functools import cache
from urllib.parse import unquote, urlsplit

import html5lib
import pytest

from site_api import create_app
from site_api.database import close_app
from tests import sites
from tests.apps import make_tables, settings_in
from tests.documents import read

REFERENCES = ("href", "src", "action", "poster", "data")
IN_STYLE = re.compile(r"url\(\s*[\"']?([^\"')]+)")
IN_SITEMAP = re.compile(r"<loc>([^<]+)</loc>")
FORMS_OF = {
    "tel": r"tel:\+?\d{2,15}",
    "mailto": r"mailto:[^@\s?]+@[\w-]+(\.[\w-]+)+(\?.*)?",
    "sms": r"sms:\+?\d+.*",
}
OUTSIDE = r"(https?:)?//[\w.-]+\.[a-z]{2,}(:\d+)?(/\S*)?"
ONLY_SENT = {"/masukan/mulai", "/en/masukan/mulai"}


@pytest.fixture(scope="module")
def built_site(tmp_path_factory):
    return sites.built_site(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module")
def ids_at(built_site, tmp_path_factory):
    """Give a function from an address to the ids there, or None where the app has nothing."""
    app = create_app(
        settings_in(tmp_path_factory.mktemp("links"), site_dir=built_site.folder), sites.city_charter()
    )
    make_tables(app)
    client = app.test_client()

    @cache
    def ids(address: str) -> frozenset[str] | None:
        if address in ONLY_SENT:
            return frozenset()
        with client.get(address, headers={"Accept": "text/html"}) as answer:
            if answer.status_code != 200:
                return None
            return (
                frozenset(read(answer.get_data(as_text=True)).ids)
                if answer.mimetype == "text/html"
                else frozenset()
            )

    yield ids
    close_app(app)


def fault(address: str, reference: str, ids_at) -> str | None:
    """Say what is wrong with a reference on a page, if anything is."""
    scheme = urlsplit(reference).scheme
    if scheme in FORMS_OF:
        return None if re.fullmatch(FORMS_OF[scheme], reference) else "is no address of its kind"
    target = sites.resolve(address, reference)
    if target is None:
        is_sound = scheme == "data" or re.fullmatch(OUTSIDE, reference)
        return None if is_sound else "is no address of another host"
    ids = ids_at(target[0])
    if ids is None:
        return "leads to nothing"
    return None if not target[1] or unquote(target[1]) in ids else "leads to no such place of its page"


def references(site):
    """Give every reference of the site with the address of the file in which it stands."""
    for address, page in site.documents.items():
        for element in page.all():
            for name in REFERENCES:
                if name in element.attributes:
                    yield address, element.attributes[name]
    for name, raw in site.files.items():
        if name.endswith(".css"):
            yield from ((f"/{name}", found) for found in IN_STYLE.findall(raw.decode()))
        elif name.endswith("sitemap.xml"):
            yield from (("/", urlsplit(found).path) for found in IN_SITEMAP.findall(raw.decode()))


def test_no_reference_of_the_site_leads_nowhere(built_site, ids_at):
    found = {(at, to): fault(at, to, ids_at) for at, to in dict.fromkeys(references(built_site))}

    assert [f"{at}: {to} {what}" for (at, to), what in found.items() if what] == []
    assert len(found) > 10_000


@pytest.mark.parametrize(
    "reference",
    ["tidak-ada/", "#tidak-ada", "/tidak-ada.css", "tel:112a", "mailto:x", "https://x", "//x", "/lacak#x"],
)
def test_a_reference_that_leads_nowhere_is_told(ids_at, reference):
    assert fault("/", reference, ids_at)


def test_every_page_is_sound_html(built_site):
    unsound = []
    for name, raw in built_site.files.items():
        if name.endswith(".html"):
            parser = html5lib.HTMLParser()
            parser.parse(raw.decode())
            unsound += [f"{name}:{place[0]}: {code} {values}" for place, code, values in parser.errors]

    assert unsound == []
