import hashlib
import json
import random

import pytest
import rfc8785

from charter_data.models import Promise
from charter_data.seals import canonical, clause_hash, seal, short_seal
from tests.factories import agreed, changed, city_files, make_charter
from tests.sealing import because

CITY = city_files()
FIRE = "services/KBK.yml"


def turned(data):
    if isinstance(data, dict):
        return {key: turned(data[key]) for key in reversed(data)}
    return [turned(item) for item in data] if isinstance(data, list) else data


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": [True, None, "é"]}, '{"a":[true,null,"é"],"b":1}'),
        ({"angka": 15.0, "luas": 38.44}, '{"angka":15,"luas":38.44}'),
        ({"é": 1, "z": 2, "Z": 3}, '{"Z":3,"z":2,"é":1}'),
        ("<br>\n", '"<br>\\n"'),
    ],
)
def test_canonical_json_has_one_form_for_one_value(value, written):
    assert canonical(value) == written.encode()


def test_the_quick_way_gives_the_bytes_of_the_standard_for_any_text():
    chance = random.Random(112)  # noqa: S311 (the same texts every time)
    letters = [chr(code) for code in (*range(0x80), 0x7F, 0xE9, 0x2028, 0xD7FF, 0xE000, 0xFFFD, 0x1F691)]
    numbers = (0, -1, 2**53 - 1, -(2**53) + 1, True, False, None)

    for _ in range(2000):
        text = "".join(chance.choices(letters, k=chance.randrange(12)))
        names = ["".join(chance.choices(letters, k=3)) for _ in range(4)]
        record = {name: chance.choice((text, *numbers)) for name in names}

        assert canonical(record) == rfc8785.dumps(record)


@pytest.mark.parametrize("value", ["\ud800", 2**53, -(2**53), float("nan")])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(ValueError, match=r".+"):
        canonical({"a": value})


def test_canonical_json_does_not_depend_on_the_order_of_keys(charter):
    data = charter.model_dump(mode="json")

    assert canonical(turned(data)) == canonical(data)
    assert json.loads(canonical(data)) == data


def test_the_seal_is_a_sha256_and_its_first_twelve_digits_are_printed(charter):
    full = seal(charter)

    assert len(full) == 64
    assert set(full) <= set("0123456789abcdef")
    assert short_seal(charter) == full[:12]


def test_the_same_data_in_another_order_has_the_same_seal(charter):
    other = make_charter(files=turned(CITY))

    assert seal(other) == seal(charter)


def test_an_agreement_and_the_standing_it_gives_leave_the_seal_alone(charter):
    other = make_charter(files=agreed(CITY, "UMUM.senyap", "diskominfo", "dprd"))

    assert {promise.standing for promise in other.promises()} == {"wajib", "disepakati", "usulan"}
    assert seal(other) == seal(charter)


def test_a_seat_that_is_taken_leaves_the_seal_alone(charter):
    other = make_charter(("agreements.yml", ("parties", 0, "holder"), "Ibu Baru"))

    assert seal(other) == seal(charter)


@pytest.mark.parametrize(
    ("file", "path", "value"),
    [
        (FIRE, ("dont", "id"), "Jangan masuk lagi! (id)"),
        (FIRE, ("promises", 0, "targets", 0, "value"), 14),
        (FIRE, ("promises", 0, "owner"), "diskominfo"),
        ("charter.yml", ("version",), "0.2"),
        ("area.yml", ("population",), 20001),
        ("common.yml", ("texts", "bar", "en"), "Emergency? Call 112. Free"),
        ("legal_basis.yml", ("laws", 1, "url"), "https://contoh.example/permen-lain"),
    ],
)
def test_one_letter_or_figure_more_changes_the_seal(charter, file, path, value):
    other = make_charter((file, path, value))

    assert seal(other) != seal(charter)


def test_a_clause_hash_is_the_sha256_of_its_canonical_json_without_the_standing_and_what_is_empty(charter):
    clause = charter.by_id["KBK.kami-orang"]
    written = {
        "id": "KBK.kami-orang",
        "text": {"id": "Kami menyelamatkan orang dulu (id)", "en": "Kami menyelamatkan orang dulu (en)"},
    }

    assert clause_hash(clause) == hashlib.sha256(canonical(written)).hexdigest()


def test_a_field_that_a_later_version_adds_and_leaves_empty_keeps_old_wordings_agreed(charter):
    class LaterPromise(Promise):
        review: str | None = None
        witnesses: tuple[str, ...] = ()

    old = charter.by_id["KBK.siap"]
    later = LaterPromise.model_validate(old.model_dump())

    assert clause_hash(later) == clause_hash(old)
    assert clause_hash(later.model_copy(update={"review": "tiap tahun"})) != clause_hash(old)


def test_a_clause_hash_survives_changes_elsewhere(charter):
    other = make_charter((FIRE, ("promises", 1, "text", "id"), "Lain"))

    assert clause_hash(other.by_id["KBK.siap"]) == clause_hash(charter.by_id["KBK.siap"])
    assert clause_hash(other.by_id["KBK.siap-warga"]) != clause_hash(charter.by_id["KBK.siap-warga"])


def test_every_clause_has_a_hash_of_its_own(charter):
    hashes = [clause_hash(clause) for clause in charter.clauses()]

    assert len(set(hashes)) == len(hashes)


def test_a_figure_written_as_15_or_as_15_0_is_the_same_figure(charter):
    files = changed(CITY, FIRE, ("promises", 0, "targets", 0, "value"), 15.0)

    assert seal(make_charter(files=files)) == seal(charter)


def test_reasons_of_changes_leave_the_seal_alone(charter):
    other = make_charter(files=because(CITY, "0.1", "KBK.siap"))

    assert other.changes.changes
    assert seal(other) == seal(charter)
