"""The public charter as files for programs: JSON, CSV, linked data, and the sheets of the register."""

from charter_data.models import Charter
from scripts.charter_site.exports.addresses import TURTLE
from scripts.charter_site.exports.cpsv import turtle_file
from scripts.charter_site.exports.public import SCHEMA_FILE, charter_json, charter_schema
from scripts.charter_site.exports.sippn import sheet_path, sheets
from scripts.charter_site.exports.tables import PACKAGE_FILE, table_files, table_path, tables

__all__ = ["charter_json", "data_files", "data_paths"]


def data_files(charter: Charter) -> dict[str, str]:
    """Give the text of every file for programs, by its path on the site."""
    return {
        "charter.json": charter_json(charter),
        SCHEMA_FILE: charter_schema(charter),
        **table_files(charter),
        **turtle_file(charter),
        **sheets(charter),
    }


def data_paths(charter: Charter) -> tuple[str, ...]:
    """Give the path of every file for programs, in the order of `data_files`."""
    return (
        "charter.json",
        SCHEMA_FILE,
        *map(table_path, tables()),
        PACKAGE_FILE,
        TURTLE,
        *map(sheet_path, charter.services),
    )
