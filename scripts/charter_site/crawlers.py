"""What machines ask of a site first: robots.txt, sitemap.xml and security.txt."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from charter_data.models import Charter
from scripts.charter_site.exports.addresses import site_address
from scripts.charter_site.heads import root_of, twins
from scripts.charter_site.measures import Measures
from scripts.charter_site.words import LANGUAGES

ROBOTS, SITEMAP, SECURITY = "robots.txt", "sitemap.xml", ".well-known/security.txt"
# Forms, status, portal and API. Short addresses stay open, so that their noindex is seen.
NOT_FOR_ROBOTS = ("masukan", "lacak", "tinjau", "api/")
SITEMAP_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
Reviewed = Mapping[str, date | None]


def crawler_files(charter: Charter, measures: Measures, pages: Reviewed) -> Iterator[tuple[str, str]]:
    """Yield each file with its address; `pages` are those of one language, with the day of their review.

    There is a sitemap only where the site has an address and may be found, and a security.txt only where
    charter.yml names `security_contact`.
    """
    is_found = not (measures.is_simulated or charter.info.simulated)
    has_map = is_found and charter.info.public_url is not None
    yield ROBOTS, _robots(charter, is_found=is_found, has_map=has_map)
    if has_map:
        yield SITEMAP, _sitemap(charter, measures, pages)
    if charter.info.security_contact:
        yield SECURITY, _security(charter, charter.info.security_contact)


def _robots(charter: Charter, *, is_found: bool, has_map: bool) -> str:
    base = urlsplit(charter.info.public_url or "/").path.rstrip("/") + "/"
    closed = (
        [f"{base}{root_of(language)}{path}" for language in LANGUAGES for path in NOT_FOR_ROBOTS]
        if is_found
        else ["/"]
    )
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    if has_map:
        lines += ["", f"Sitemap: {site_address(charter, SITEMAP)}"]
    return "\n".join(lines) + "\n"


def _sitemap(charter: Charter, measures: Measures, pages: Reviewed) -> str:
    made = measures.snapshot.made_at.date() if measures.snapshot else date.min
    entries = [
        _entry(charter, address, language, max(charter.info.dated, made, reviewed or date.min))
        for address, reviewed in sorted(pages.items())
        for language in LANGUAGES
    ]
    return SITEMAP_HEAD + "".join(entries) + "</urlset>\n"


def _entry(charter: Charter, address: str, language: str, day: date) -> str:
    twin = dict(twins(charter, address))
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{other}" href={quoteattr(at)}/>' for other, at in twin.items()
    )
    return f"<url><loc>{escape(twin[language])}</loc><lastmod>{day}</lastmod>{links}</url>\n"


def _security(charter: Charter, contact: str) -> str:
    """Give security.txt after RFC 9116; it says when it stops to hold, from the date of the charter."""
    expires = datetime.combine(charter.info.security_contact_until, time.max).replace(microsecond=0)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires.isoformat()}Z",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
    ]
    if charter.info.public_url:
        lines.append(f"Canonical: {site_address(charter, SECURITY)}")
    return "\n".join(lines) + "\n"
