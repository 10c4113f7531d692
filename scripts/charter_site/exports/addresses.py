"""Names that stay the same outside the site: addresses when the site has one, URNs until then."""

from charter_data.models import Charter

TURTLE = "data/cpsv-ap.ttl"


def site_address(charter: Charter, path: str) -> str:
    """Give the whole address of a file or page of the site; empty while the charter has no `public_url`."""
    base = charter.info.public_url
    return f"{base.rstrip('/')}/{path}" if base else ""


def identity(charter: Charter, kind: str, key: str) -> str:
    """Give the URI of a thing of the charter, the same in every linked format."""
    home = site_address(charter, TURTLE)
    return f"{home}#{kind}-{key}" if home else f"urn:piagam112:{charter.area.bps_code}:{kind}:{key}"
