import io
import os
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from charter_data import reading
from charter_data.drafts import MODELS
from charter_data.loading import LIMIT_SERVICES, load
from charter_data.models import Service, base
from charter_data.problems import MOST_TOLD
from charter_data.reading import LIMIT_BYTES, LIMIT_VALUES, read_yaml
from tests.factories import added, changed, city_files, write_city
from tests.hostile import PAYLOADS, REFUSED, hostile_cities, spots

FORMS = ("Key", "Slug", "Code", "Url", "Contact", "Phone", "Version", "AreaCode", "Zone", "Hash", "ClauseId")
# Words that a form takes for what they look like.
WORDS = {"null", "yes", "2026-11-24", "0x70", "1e999"}


def strings(schema: Any) -> Any:
    """Yield every part of a schema that takes a text."""
    if isinstance(schema, dict):
        if schema.get("type") == "string":
            yield schema
        yield from (found for part in schema.values() for found in strings(part))
    elif isinstance(schema, list):
        yield from (found for part in schema for found in strings(part))


def kinds(files):
    return {kind for _, _, kind in spots(files)}


def found(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_yaml(path, "contoh.yml")


def test_two_hundred_payloads_differ():
    assert len(set(PAYLOADS)) >= 200


def test_every_payload_stands_in_every_kind_of_field():
    stood: dict[str, str] = {}
    for files in hostile_cities():
        for holder, key, kind in spots(files):
            stood[kind] = stood.get(kind, "") + "\n" + holder[key]

    assert stood.keys() == kinds(city_files())
    assert {kind for kind, said in stood.items() if not all(one.strip() in said for one in PAYLOADS)} == set()


def test_a_text_may_say_anything(tmp_path):
    loads = [load(write_city(tmp_path / str(at), files)) for at, files in enumerate(hostile_cities())]

    assert [loaded.errors for loaded in loads] == [()] * len(loads)


@pytest.mark.parametrize("sign", REFUSED.values(), ids=REFUSED.keys())
def test_a_sign_that_nobody_sees_is_refused_in_one_line_at_its_place(tmp_path, sign):
    files = changed(city_files(), "services/KBK.yml", ("dont", "en"), f"Do not{sign}go")

    problems = load(write_city(tmp_path, files)).errors

    assert [(one.file, one.code) for one in problems] == [("services/KBK.yml", "wrong-form")]
    assert "signs that nobody sees" in str(problems[0])
    assert sign not in str(problems[0])


@pytest.mark.parametrize("model", [*MODELS.values(), Service], ids=lambda model: model.__name__)
def test_no_field_takes_a_text_without_a_form(model):
    formed = {"pattern", "enum", "const", "format"}

    assert [one for one in strings(model.model_json_schema()) if not formed & one.keys()] == []


@pytest.mark.parametrize("form", FORMS)
def test_no_key_code_address_or_number_takes_a_payload(form):
    adapter: TypeAdapter[str] = TypeAdapter(getattr(base, form))

    def takes(payload: str) -> bool:
        try:
            adapter.validate_python(payload)
        except ValidationError:
            return False
        return True

    assert [payload for payload in PAYLOADS if payload not in WORDS and takes(payload)] == []


def test_of_a_huge_file_no_more_than_the_limit_is_read(tmp_path, monkeypatch):
    class Counting(io.BytesIO):
        asked = 0

        def read(self, size: int | None = -1) -> bytes:
            Counting.asked += LIMIT_BYTES * 200 if size is None or size < 0 else size
            return super().read(size)

    huge = tmp_path / "huge.yml"
    huge.write_bytes(b"a" * (LIMIT_BYTES * 2))
    monkeypatch.setattr(type(huge), "open", lambda *_: Counting(b"a" * (LIMIT_BYTES * 2)))

    problems = read_yaml(huge, "huge.yml")

    assert isinstance(problems, list)
    assert [one.code for one in problems] == ["file-too-large"]
    assert Counting.asked == LIMIT_BYTES + 1


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("".join(f"k{at}: 1\n" for at in range(LIMIT_VALUES)), id="keys"),
        pytest.param("k: 1\n" * LIMIT_VALUES, id="keys twice"),
        pytest.param("a:\n" + "- 2026-02-30\n" * LIMIT_VALUES, id="values that cannot be read"),
    ],
)
def test_a_file_of_too_many_values_is_refused_before_they_are_made(tmp_path, monkeypatch, content):
    monkeypatch.setattr(reading, "_construct", None)

    assert [one.code for one in found(tmp_path / "a.yml", content)] == ["file-too-large"]


def test_of_very_many_faults_the_first_hundred_are_told(tmp_path):
    problems = found(tmp_path / "a.yml", "a: [&a x" + ", *a" * 9000 + "]")

    assert len(problems) == MOST_TOLD


def test_of_very_many_wrong_values_the_first_hundred_are_told_and_the_rest_counted(tmp_path):
    files = city_files()
    for _ in range(150):
        files = added(files, "services/KBK.yml", ("tell_operator",), 1)

    problems = load(write_city(tmp_path, files)).errors

    assert len(problems) == MOST_TOLD + 1
    assert sum("50 more faults are not told yet" in str(one) for one in problems) == 1


@pytest.mark.parametrize(
    "value", ["1:" * 9000 + "1", "1:" * 9000 + "1.0", "0x" + "f" * 9000, "0b" + "1" * 9000, "9" * 4000]
)
def test_a_number_of_thousands_of_digits_is_never_worked_out(tmp_path, value):
    problems = found(tmp_path / "a.yml", f"a: {value}\n")

    assert [one.code for one in problems] == ["yaml-value"]
    assert len(str(problems[0])) < 300


def test_a_pipe_in_the_place_of_a_file_keeps_nobody_waiting(tmp_path):
    path = tmp_path / "a.yml"
    os.mkfifo(path)

    problems = read_yaml(path, "a.yml")

    assert isinstance(problems, list)
    assert [one.code for one in problems] == ["file-missing"]


def test_more_services_than_any_city_has_are_not_read(tmp_path):
    folder = write_city(tmp_path, city_files())
    for at in range(LIMIT_SERVICES):
        (folder / "services" / f"A{at}.yml").write_bytes(b"")

    problems = load(folder).errors

    assert f"{LIMIT_SERVICES + 2} files are too many" in "\n".join(map(str, problems))
    assert len({one.file for one in problems if one.file.startswith("services/")}) <= LIMIT_SERVICES
