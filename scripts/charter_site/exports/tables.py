"""The public charter as CSV tables (RFC 4180), with the data package that describes them."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from charter_data.models import Charter
from charter_data.vocabulary import Component
from scripts.charter_site.exports.addresses import site_address
from scripts.charter_site.exports.public import as_json, notices, public_charter
from scripts.charter_site.words import LANGUAGES, LOADER, Language, Words

FOLDER = "data/"
PACKAGE_FILE = f"{FOLDER}datapackage.json"
# A spreadsheet takes a cell that begins so for a formula and runs it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
Row = dict[str, Any]
Rows = Iterable[Row]


@cache
def tables() -> dict[str, Any]:
    """Give every table with its words, its key and its columns, as tables.yml has them."""
    text = Path(__file__).with_name("tables.yml").read_text(encoding="utf-8")
    return dict(yaml.load(text, LOADER))  # noqa: S506 (a safe one, in C where there is one)


def table_files(charter: Charter) -> dict[str, str]:
    """Give the CSV tables and their datapackage.json by their paths on the site."""
    public = public_charter(charter)
    made = {name: as_csv(table["columns"], ROWS[name](charter, public)) for name, table in tables().items()}
    files = {table_path(name): text for name, text in made.items()}
    return {**files, PACKAGE_FILE: as_json(_package(charter, made))}


def table_path(name: str) -> str:
    """Give the path of a table on the site."""
    return f"{FOLDER}{name}.csv"


def as_csv(columns: Iterable[str], rows: Rows) -> str:
    """Give rows as CSV with a header, lines ended by CRLF; no cell can be taken for a formula.

    Raises KeyError for a column that a row knows nothing of.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        flat = dict(_flat(row))
        writer.writerow([plain_cell(_of(flat, column)) for column in columns])
    return out.getvalue()


def plain_cell(text: str) -> str:
    """Give a cell that a spreadsheet shows as it is: an apostrophe stands before what would be a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _flat(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _flat(below, f"{name}_{key}" if name else key)
    elif isinstance(value, list):
        yield name, " ".join(str(one) for one in value if not isinstance(one, dict))
    elif isinstance(value, bool):
        yield name, str(value).lower()
    elif isinstance(value, float):
        yield name, f"{value:.12g}"
    else:
        yield name, "" if value is None else str(value)


def _of(flat: dict[str, str], column: str) -> str:
    """Give a cell; where a record is missing as a whole (`clock`), so are its columns (`clock_start`)."""
    missing = (name for name, value in flat.items() if not value and column.startswith(f"{name}_"))
    return flat[column if column in flat else next(missing, column)]


def _services(_charter: Charter, public: Row) -> Rows:
    return ({**service, "co_lead": list(service["co_lead"].values())} for service in public["services"])


def _clauses(public: Row) -> Iterator[Row]:
    yield from public["clauses"]
    for service in public["services"]:
        yield from service["clauses"]


def _all_clauses(charter: Charter, public: Row) -> Rows:
    for clause in _clauses(public):
        ours = charter.by_id[clause["id"]]
        told = {"scope": ours.scope, "is_proposal": ours.is_proposal}
        yield {"standing": None, "owner": None, **clause, **told}


def _of_kind(public: Row, kind: str) -> Iterator[Row]:
    return (clause for clause in _clauses(public) if clause["kind"] == kind)


def _promises(_charter: Charter, public: Row) -> Rows:
    for promise in _of_kind(public, "Promise"):
        yield {**promise, "laws": list(dict.fromkeys(one["law"] for one in promise["basis"]))}


def _targets(_charter: Charter, public: Row) -> Rows:
    for promise in _of_kind(public, "Promise"):
        for number, target in enumerate(promise["targets"], start=1):
            yield {**target, "promise": promise["id"], "number": number, "standing": promise["standing"]}


def _bases(_charter: Charter, public: Row) -> Rows:
    for clause in _clauses(public):
        for number, reference in enumerate(clause.get("basis", ()), start=1):
            yield {**reference, "clause": clause["id"], "number": number}


def _components(charter: Charter, _public: Row) -> Rows:
    for service in charter.services:
        given = {part.component: part for part in charter.standard_of(service)}
        for component in Component:
            part = given.get(component)
            yield {
                "service": service.public_code,
                "component": component.value,
                "clause": part.id if part else None,
                "text": part.text.model_dump() if part and part.text else None,
            }


def _districts(_charter: Charter, public: Row) -> Rows:
    for part in public["area"]["subdistricts"]:
        for district in part["districts"]:
            yield {**district, "subdistrict": {"code": part["code"], "name": part["name"]}}


ROWS: dict[str, Callable[[Charter, Row], Rows]] = {
    "services": _services,
    "clauses": _all_clauses,
    "promises": _promises,
    "targets": _targets,
    "bases": _bases,
    "steps": lambda _charter, public: _of_kind(public, "Step"),
    "components": _components,
    "agencies": lambda _charter, public: public["agencies"],
    "districts": _districts,
    "laws": lambda _charter, public: public["legal_basis"],
    "parties": lambda _charter, public: public["agreements"]["parties"],
}


def _package(charter: Charter, made: dict[str, str]) -> dict[str, Any]:
    info = charter.info
    return {
        "name": "piagam112",
        "languages": ["id", "en"],
        **_in_both("title", info.name.id, info.name.en),
        **_in_both("description", *(_description(charter, language) for language in LANGUAGES)),
        "version": info.version,
        "created": f"{info.dated.isoformat()}T00:00:00Z",
        "licenses": [_licence(info.licence)],
        "sources": [_source(charter)],
        "resources": [_resource(charter, name, text) for name, text in made.items()],
    }


def _in_both(word: str, indonesian: str, english: str) -> dict[str, str]:
    """Give a word of a data package in both languages, in the way of its pattern for languages."""
    return {word: indonesian, f"{word}@en": english}


def _description(charter: Charter, language: Language) -> str:
    words = Words(language)
    said = (charter.info.description, *notices(charter))
    return " ".join([*map(words.text, said), words.labels["data_proposals"], words.labels["data_cells"]])


def _licence(words: str) -> dict[str, str]:
    return {"name": words.replace(" ", "-"), "title": words}


def _source(charter: Charter) -> dict[str, str]:
    address = site_address(charter, "")
    return {"title": charter.info.name.id, **({"path": address} if address else {})}


def _resource(charter: Charter, name: str, text: str) -> dict[str, Any]:
    table, raw = tables()[name], text.encode()
    licence = charter.area.codes_licence if name == "districts" else None
    own = {"sources": [{"title": licence}]} if licence else {}
    return {
        "name": name,
        "path": f"{name}.csv",
        "type": "table",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(raw),
        "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}",
        **_in_both("description", table["id"], table["en"]),
        **own,
        "schema": _schema(table),
    }


def _schema(table: Row) -> dict[str, Any]:
    columns = table["columns"].items()
    return {
        "fields": [_field(name, column) for name, column in columns],
        "primaryKey": table["key"],
        "foreignKeys": [_pointer(name, column["of"]) for name, column in columns if "of" in column],
        "missingValues": [""],
    }


def _field(name: str, column: dict[str, str]) -> dict[str, str]:
    told = _in_both("description", column["id"], column["en"])
    return {"name": name, "type": column.get("is", "string"), **told}


def _pointer(name: str, target: str) -> dict[str, Any]:
    table, _, field = target.partition(".")
    return {"fields": name, "reference": {"resource": table, "fields": field}}
