import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from charter_data.schemas import schema_for, schemas
from tests.factories import as_yaml, city_files, without

DATA = Path(__file__).resolve().parents[2] / "charter_data"
CITY = city_files()
FILES = sorted(
    path.relative_to(DATA / "tebing_tinggi").as_posix()
    for path in (DATA / "tebing_tinggi").rglob("*.yml")
    if (DATA / "schema" / schema_for(path.relative_to(DATA / "tebing_tinggi").as_posix())).exists()
)


class NoDates(yaml.SafeLoader):
    yaml_implicit_resolvers = {  # noqa: RUF012 (the loader's own name for it)
        sign: [(tag, form) for tag, form in rules if tag != "tag:yaml.org,2002:timestamp"]
        for sign, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def plain(text):
    return yaml.load(text, Loader=NoDates)  # noqa: S506 (safe, and dates stay text as in an editor)


def test_the_written_schemas_are_those_of_the_records():
    written = {path.name: path.read_text() for path in (DATA / "schema").iterdir()}

    assert written == schemas(), "run: build_charter.py schema"


@pytest.mark.parametrize("name", schemas())
def test_a_schema_is_one(name):
    Draft202012Validator.check_schema(json.loads(schemas()[name]))


@pytest.mark.parametrize("name", FILES)
def test_a_data_file_names_its_schema_and_keeps_to_it(name):
    text = (DATA / "tebing_tinggi" / name).read_text()
    up = "../" * (name.count("/") + 1)

    assert text.startswith(f"# yaml-language-server: $schema={up}schema/{schema_for(name)}\n")
    Draft202012Validator(json.loads(schemas()[schema_for(name)])).validate(plain(text))


@pytest.mark.parametrize("name", CITY)
def test_what_the_reader_takes_the_schema_takes(name):
    Draft202012Validator(json.loads(schemas()[schema_for(name)])).validate(plain(as_yaml(CITY[name])))


def test_an_editor_is_told_of_a_missing_key_and_of_a_slip():
    schema = Draft202012Validator(json.loads(schemas()["charter.schema.json"]))
    files = without(CITY, "charter.yml", ("status",))
    data = plain(as_yaml({**files["charter.yml"], "stattus": "draft"}))

    told = sorted(error.validator for error in schema.iter_errors(data))

    assert told == ["additionalProperties", "required"]
