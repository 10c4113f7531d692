"""A service as schema.org GovernmentService, for search engines: facts of its page and no more."""

import json
from typing import Any

from markupsafe import Markup

from charter_data.models import Charter, Service
from charter_data.vocabulary import Event, ServiceKind
from scripts.charter_site.exports.addresses import identity, site_address
from scripts.charter_site.exports.public import notices
from scripts.charter_site.words import Words

# Readable without the network: every word below is of schema.org.
CONTEXT = {"@vocab": "https://schema.org/"}
UNSAFE = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "<>&"})


def service_script(charter: Charter, service: Service, words: Words) -> Markup:
    """Give the JSON-LD of a service as one line of HTML; no text can end the element."""
    said = json.dumps(service_facts(charter, service, words), ensure_ascii=False, separators=(",", ":"))
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(said.translate(UNSAFE)))  # noqa: S704


def service_facts(charter: Charter, service: Service, words: Words) -> dict[str, Any]:
    """Give what the page says of a service; of a sensitive one only its neutral title and code."""
    facts: dict[str, Any] = {
        "@context": CONTEXT,
        "@id": identity(charter, "layanan", service.public_code),
        "@type": "GovernmentService",
        "identifier": service.public_code,
        "name": words.text(service.title),
    }
    if service.is_sensitive:
        return facts
    if service.kind is ServiceKind.EMERGENCY:
        facts |= _of_emergency(charter, words)
    return facts | _of_any(charter, service, words)


def operating_agency(charter: Charter) -> str | None:
    """Give the agency that answers the calls: it owes the promise, or the proposal, of answering."""
    for promise in charter.common.promises:
        if promise.clock and promise.clock.end is Event.ANSWERED and promise.owner in charter.agency:
            return promise.owner
    return None


def number_state(charter: Charter, words: Words) -> str:
    """Give the line on whether the number has been tested."""
    tested, said = charter.emergency_number.verified_on, charter.texts.notices
    return (
        words.filled(said.verified_112, date=words.date(tested))
        if tested
        else words.text(said.unverified_112)
    )


def _of_any(charter: Charter, service: Service, words: Words) -> dict[str, Any]:
    city = identity(charter, "kota", charter.area.bps_code)
    return {
        "description": words.text(service.line),
        "provider": [_body(charter, key, words) for key in (service.lead, *service.co_lead.values())],
        "areaServed": {
            "@id": city,
            "@type": "City",
            "name": charter.info.city.name,
            "identifier": {"@type": "PropertyValue", "propertyID": "BPS", "value": charter.area.bps_code},
        },
        "jurisdiction": {"@id": city},
        "subjectOf": _charter(charter, words),
        **_addresses(charter, service, words),
    }


def _of_emergency(charter: Charter, words: Words) -> dict[str, Any]:
    label, operator = words.labels["linked"], operating_agency(charter)
    return {
        "serviceType": label["service_type"],
        **({"serviceOperator": _body(charter, operator, words)} if operator else {}),
        "availableChannel": {
            "@type": "ServiceChannel",
            "description": number_state(charter, words),
            "availableLanguage": "id",
            "servicePhone": {
                "@type": "ContactPoint",
                "telephone": charter.emergency_number.number,
                "contactType": "emergency",
            },
        },
        "offers": {
            "@type": "Offer",
            "name": label["call"],
            "description": words.text(charter.texts.emergency_page.free_call.text),
            "price": "0",
            "priceCurrency": "IDR",
        },
    }


def _body(charter: Charter, key: str, words: Words) -> dict[str, str]:
    agency = charter.agency[key]
    return {
        "@id": identity(charter, "instansi", key),
        "@type": "Organization",
        "name": words.text(agency.name),
        "alternateName": agency.short,
    }


def _charter(charter: Charter, words: Words) -> dict[str, str]:
    info = charter.info
    return {
        "@type": "CreativeWork",
        "name": words.text(info.name),
        "version": info.version,
        "creativeWorkStatus": words.labels["state_tag"][info.status],
        "description": " ".join(words.text(notice) for notice in notices(charter)),
    }


def _addresses(charter: Charter, service: Service, words: Words) -> dict[str, str]:
    prefix = "" if words.language == "id" else "en/"
    pages = {"url": f"{prefix}layanan/{service.slug}/", "termsOfService": f"{prefix}maklumat/"}
    return {word: address for word, page in pages.items() if (address := site_address(charter, page))}
