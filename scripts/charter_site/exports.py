"""charter.json: what may be public of the charter, by an explicit list of keys."""

import json
from typing import Any

from pydantic import BaseModel

from charter_data import releases
from charter_data.models import Charter, Clause, Clauses, Service

SCHEMA = "piagam112/charter/1"
WITHHELD = {"note"}
CLAUSE_LISTS = tuple(Clauses.model_fields)


def charter_json(charter: Charter) -> str:
    """Give the public charter as JSON: public codes only, nothing that waits for an agreement."""
    return json.dumps(public_charter(charter), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def public_charter(charter: Charter) -> dict[str, Any]:
    """Give the public charter as plain data."""
    info, texts = charter.info, charter.texts
    return {
        "schema": SCHEMA,
        "seal": releases.seal(charter),
        "name": _plain(info.name),
        "version": info.version,
        "dated": info.dated.isoformat(),
        "status": info.status,
        "official": info.official,
        "notices": [
            _plain(texts.notices.draft),
            *([] if info.official else [_plain(texts.notices.unofficial)]),
        ],
        "licence": info.licence,
        "intake": info.intake.value,
        "emergency_number": _plain(info.emergency_number),
        "complaint_officer": _plain(info.complaint_officer) if info.complaint_officer else None,
        "services": [_service(charter, service) for service in charter.services],
        "clauses": [_clause(clause) for clause in charter.common.clauses()],
        "agencies": _plain_all(charter.agencies),
        "area": _plain(charter.area),
        "legal_basis": _plain_all(charter.legal_basis),
        "hoax_policy": _plain(charter.hoax_policy),
        "agreements": _plain(charter.agreements),
        "definitions": _plain(charter.definitions),
    }


def _service(charter: Charter, service: Service) -> dict[str, Any]:
    return {
        "code": service.public_code,
        "slug": service.slug,
        "kind": service.kind.value,
        "name": _plain(service.title if service.is_sensitive else service.name),
        "do_now": _plain_all(service.do_now),
        "dont": _plain(service.dont),
        "special_cases": [
            {"title": _plain(case.title), "do": _plain_all(charter.lines_of(case))}
            for case in service.special_cases
        ],
        "tell_operator": _plain_all(service.tell_operator),
        "operator_asks": _plain_all(service.operator_asks),
        "first_aid": _plain(service.first_aid),
        "lead": service.lead,
        "co_lead": dict(service.co_lead),
        "support": list(service.support),
        "owner": service.owner,
        "reviewed_on": service.reviewed_on.isoformat() if service.reviewed_on else None,
        "legal": _plain_all(service.legal),
        "clauses": [_clause(clause) for clause in service.clauses()],
    }


def _clause(clause: Clause) -> dict[str, Any]:
    return {"kind": type(clause).__name__, "sha256": releases.clause_hash(clause), **_plain(clause)}


def _plain_all(records: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [_plain(record) for record in records]


def _plain(record: BaseModel) -> dict[str, Any]:
    return record.model_dump(mode="json", exclude=WITHHELD)
