"""charter.json and its schema: what may be public of the charter, by an explicit list of keys."""

import json
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from charter_data import seals
from charter_data.models import (
    Action,
    Agency,
    Agreements,
    Area,
    Charter,
    Clause,
    ComplaintOfficer,
    Definitions,
    EmergencyNumber,
    HoaxPolicy,
    Law,
    LegalReference,
    Obligation,
    PartnerClause,
    Power,
    Promise,
    Record,
    Review,
    Right,
    Service,
    StandardComponent,
    Step,
    Text,
)
from charter_data.models.base import Code, Hash, Key, Line, Slug, Version
from charter_data.models.charter import Pledge
from charter_data.models.texts import ComplaintStep
from charter_data.scores import score
from charter_data.vocabulary import Intake, ServiceKind
from scripts.charter_site.exports.addresses import site_address
from scripts.charter_site.kept import kept

FORM: Literal["piagam112/charter/1"] = "piagam112/charter/1"
SCHEMA_FILE = "charter.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
WITHHELD = frozenset({"note"})


class PublicStep(Step):
    """Name the kind of a step and its fingerprint; the six below do the same for theirs."""

    kind: Literal["Step"]
    sha256: Hash


class PublicPromise(Promise):
    kind: Literal["Promise"]
    sha256: Hash


class PublicRight(Right):
    kind: Literal["Right"]
    sha256: Hash


class PublicObligation(Obligation):
    kind: Literal["Obligation"]
    sha256: Hash


class PublicPower(Power):
    kind: Literal["Power"]
    sha256: Hash


class PublicPartnerClause(PartnerClause):
    kind: Literal["PartnerClause"]
    sha256: Hash


class PublicComponent(StandardComponent):
    kind: Literal["StandardComponent"]
    sha256: Hash


PublicClause = Annotated[
    PublicStep
    | PublicPromise
    | PublicRight
    | PublicObligation
    | PublicPower
    | PublicPartnerClause
    | PublicComponent,
    Field(discriminator="kind"),
]


class PublicCase(Record):
    """Hold a special case with the lines that may be printed today."""

    title: Text
    do: tuple[Text, ...]


class PublicService(Record):
    """Hold a service under its public code and its neutral name."""

    code: Code
    slug: Slug
    kind: ServiceKind
    name: Text
    do_now: tuple[Action, ...]
    dont: Text
    special_cases: tuple[PublicCase, ...]
    tell_operator: tuple[Text, ...]
    operator_asks: tuple[Text, ...]
    first_aid: Review
    lead: Key
    co_lead: dict[Key, Key]
    support: tuple[Key, ...]
    owner: Key
    reviewed_on: date | None
    legal: tuple[LegalReference, ...]
    facts_found: int
    facts_wanted: int
    clauses: tuple[PublicClause, ...]


class PublicCharter(Record):
    """Hold the public charter: the shape of charter.json, and so of its schema."""

    schema_file: Line = Field(alias="$schema")
    form: Literal["piagam112/charter/1"] = Field(alias="schema")
    seal: Hash
    name: Text
    version: Version
    dated: date
    status: Literal["draft", "adopted"]
    official: bool
    notices: tuple[Text, ...]
    licence: Line
    intake: Intake
    emergency_number: EmergencyNumber
    complaint_officer: ComplaintOfficer | None
    complaint_path: tuple[ComplaintStep, ...]
    pledge: Pledge
    maklumat: tuple[Text, ...]
    services: tuple[PublicService, ...]
    clauses: tuple[PublicClause, ...]
    agencies: tuple[Agency, ...]
    area: Area
    legal_basis: tuple[Law, ...]
    hoax_policy: HoaxPolicy
    agreements: Agreements
    definitions: Definitions


def charter_json(charter: Charter) -> str:
    """Give the public charter as JSON: public codes only, nothing that waits for an agreement."""
    if "public" not in charter.worked_out:
        charter.worked_out["public"] = as_json(_public(charter))
    return charter.worked_out["public"]


def charter_schema(charter: Charter) -> str:
    """Give the JSON Schema of charter.json, made from the records that charter.json is made of."""
    address = site_address(charter, SCHEMA_FILE)
    return kept((address, version("pydantic"), *_sources()), lambda: _schema(address).encode()).decode()


def _sources() -> Iterator[str]:
    """Yield the code on which the schema depends: all that can be in a record."""
    yield Path(__file__).read_text(encoding="utf-8")
    for path in sorted(Path(seals.__file__).parent.rglob("*.py")):
        yield path.read_text(encoding="utf-8")


def _schema(address: str) -> str:
    schema = PublicCharter.model_json_schema(mode="serialization")
    for record in (schema, *schema["$defs"].values()):
        if "properties" in record:
            record["properties"] = _without(record["properties"])
            record["required"] = sorted(record["properties"])
    return as_json({"$schema": DIALECT, **({"$id": address} if address else {}), **schema})


def public_charter(charter: Charter) -> dict[str, Any]:
    """Give the public charter as plain data."""
    public: dict[str, Any] = json.loads(charter_json(charter))
    return public


def _public(charter: Charter) -> dict[str, Any]:
    made = PublicCharter.model_validate(
        {
            **_same(PublicCharter, charter.info),
            **_same(PublicCharter, charter),
            **_same(PublicCharter, charter.texts),
            "$schema": site_address(charter, SCHEMA_FILE) or SCHEMA_FILE,
            "schema": FORM,
            "seal": seals.seal(charter),
            "notices": notices(charter),
            "services": [_service(charter, service) for service in charter.services],
            "clauses": [_clause(clause) for clause in charter.common.clauses()],
        }
    )
    plain: dict[str, Any] = _without(made.model_dump(mode="json", by_alias=True))
    return plain


def notices(charter: Charter) -> tuple[Text, ...]:
    """Give the honest lines on the charter's state that every machine file carries."""
    said, info = charter.texts.notices, charter.info
    return (said.draft,) if info.official else (said.draft, said.unofficial)


def public_name(service: Service) -> Text:
    """Give the name of a service, or the neutral title of a sensitive one."""
    return service.title if service.is_sensitive else service.name


def as_json(data: Any) -> str:
    """Give the one form of our JSON files: sorted keys, one value a line, letters as they are."""
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _same(public: type[Record], record: Record) -> dict[str, Any]:
    """Give what a public record takes over from one of ours: the keys that both name."""
    shared = [name for name in public.model_fields if name in type(record).model_fields]
    return {name: getattr(record, name) for name in shared}


def _service(charter: Charter, service: Service) -> dict[str, Any]:
    told = score(charter, service)
    return {
        **_same(PublicService, service),
        "code": service.public_code,
        "name": public_name(service),
        "special_cases": [
            {"title": case.title, "do": charter.lines_of(case)} for case in service.special_cases
        ],
        "facts_found": told.found,
        "facts_wanted": told.wanted,
        "clauses": [_clause(clause) for clause in service.clauses()],
    }


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        **clause.model_dump(),
        "kind": type(clause).__name__,
        "sha256": seals.clause_hash(clause),
    }


def _without(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _without(value) for key, value in data.items() if key not in WITHHELD}
    return [_without(value) for value in data] if isinstance(data, list) else data
