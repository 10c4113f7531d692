import json
import re
from typing import Annotated

import pytest
from pydantic import StringConstraints

from site_api import intake
from site_api.errors import BadRequest, IdempotencyKeyInvalid, Invalid
from site_api.intake import PlainLine, PlainText, Submission

KEY = b"k" * 32


class Note(Submission):
    text: Annotated[PlainText, StringConstraints(min_length=3, max_length=10)]
    line: PlainLine = "satu"
    is_good: bool = True


def faults(**sent):
    with pytest.raises(Invalid) as caught:
        intake.read(Note, json.dumps(sent).encode())
    return [(fault.field, fault.what, dict(fault.values)) for fault in caught.value.faults]


def test_the_same_key_gives_the_same_code_and_another_noun_another_one():
    code = intake.tracking_code(KEY, "feedback", "a-key")

    assert code == intake.tracking_code(KEY, "feedback", "a-key")
    assert code != intake.tracking_code(KEY, "hoax_report", "a-key")
    assert code != intake.tracking_code(b"x" * 32, "feedback", "a-key")


def test_a_code_has_sixteen_signs_that_cannot_be_mistaken():
    codes = [intake.tracking_code(KEY, "feedback", str(number)) for number in range(2000)]

    assert all(re.fullmatch("[0-9A-HJKMNP-TV-Z]{16}", code) for code in codes)
    assert len(set(codes)) == len(codes)
    assert {len({code[place] for code in codes}) for place in range(16)} == {32}


@pytest.mark.parametrize(
    "written",
    [
        "0123-4567-89AB-CDEF",
        "0123456789abcdef",
        " o123 4567\t89ab cdef\n",
        "OI23-4567-89AB-CDEF",
        "0l23-4567-89AB-CDEF",
    ],
)
def test_a_code_is_read_as_people_write_it(written):
    assert intake.read_code(written) == "0123456789ABCDEF"


@pytest.mark.parametrize(
    "written", ["", "0123", "0123-4567-89AB-CDEU", "0123-4567-89AB-CDEF-0", "\uff10123456789ABCDEF"]
)
def test_what_is_no_code_is_no_code(written):
    assert intake.read_code(written) is None


def test_a_code_is_shown_in_four_groups_that_read_back():
    code = intake.tracking_code(KEY, "feedback", "a-key")

    assert re.fullmatch("....-....-....-....", intake.grouped(code))
    assert intake.read_code(intake.grouped(code)) == code


@pytest.mark.parametrize(
    "key", ["", "short", "a" * 25, "a" * 129, "a" * 25 + "!", "kunci dengan spasi yang panjang"]
)
def test_a_key_that_somebody_else_might_use_too_is_refused(key):
    with pytest.raises(IdempotencyKeyInvalid):
        intake.idempotency_key(key)


@pytest.mark.parametrize("key", ["a" * 26, "6f1c1c1e-52d5-4f0a-8a35-b0f1f0d6a3c1", "A-z_0" * 6])
def test_a_long_random_key_is_taken_as_it_is(key):
    assert intake.idempotency_key(key) == key


def test_a_client_without_a_key_gets_one_of_its_own():
    first, second = intake.idempotency_key(None), intake.idempotency_key(None)

    assert first != second
    assert intake.idempotency_key(first) == first


def test_a_text_without_its_salt_proves_nothing():
    assert intake.text_digest("salt", "teks") == intake.text_digest("salt", "teks")
    assert intake.text_digest("salt", "teks") != intake.text_digest("other", "teks")


def test_a_number_is_short_and_random():
    numbers = {intake.random_number("M") for _ in range(500)}

    assert all(re.fullmatch("M-[0-9A-HJKMNP-TV-Z]{6}", number) for number in numbers)
    assert len(numbers) > 490


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"teks"', b"null", b"\xff\xfe", b'{"text": "abc"'])
def test_what_is_no_json_object_cannot_be_read(body):
    with pytest.raises(BadRequest):
        intake.read(Note, body)


@pytest.mark.parametrize("sign", "[{")
def test_what_is_nested_very_deep_cannot_be_read_and_breaks_nothing(sign):
    with pytest.raises(BadRequest):
        intake.read(Note, {"[": b"[", "{": b'{"text":'}[sign] * 8000)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999", '{"text": 1}', '["abc"]'])
def test_what_is_no_text_is_not_made_one(value):
    with pytest.raises((BadRequest, Invalid)):
        intake.read(Note, f'{{"text": {value}}}'.encode())


def test_a_name_that_stands_twice_is_refused_and_named():
    with pytest.raises(Invalid) as caught:
        intake.read(Note, b'{"text": "abc", "line": "a", "te\\u0078t": "abd"}')

    assert [(fault.field, fault.what) for fault in caught.value.faults] == [("text", "repeated_field")]


def test_letters_with_marks_are_kept_in_one_form():
    assert intake.read(Note, json.dumps({"text": "cafe\u0301"}).encode()).text == "caf\u00e9"


def test_every_fault_is_named_in_one_go():
    assert faults(text="ab", is_good="yes", more=1) == [
        ("text", "too_short", {"min": 3}),
        ("is_good", "wrong_type", {}),
        ("more", "unknown_field", {}),
    ]


def test_a_length_counts_what_is_left_without_spaces_around():
    assert faults(text="  ab  ") == [("text", "too_short", {"min": 3})]
    assert faults(text="a" * 11) == [("text", "too_long", {"max": 10})]
    assert intake.read(Note, json.dumps({"text": "   abc   "}).encode()).text == "abc"


def test_line_breaks_of_any_system_become_one_kind():
    assert intake.read(Note, b'{"text": "a\\r\\nb\\rc"}').text == "a\nb\nc"
    assert faults(text="abc", line="a\nb") == [("line", "wrong_value", {})]


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\u061c", "\u202e", "\u200b", "\u2066", "\x85", "\ufeff"])
def test_invisible_signs_are_refused(sign):
    assert faults(text=f"ab{sign}cd") == [("text", "control_character", {})]


LONG = Annotated[PlainText, StringConstraints(max_length=200)]


class Story(Submission):
    text: LONG


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Hubungi saya di 0812-3456-7890 ya", "has_phone"),
        ("Hubungi +62 812 3456 7890", "has_phone"),
        ("nomor 081234567890.", "has_phone"),
        ("telepon (0621) 21234", "has_phone"),
        ("Hubungi 0812\u200d3456\u200c7890", "has_phone"),
        ("NIK 1274010101900001", "has_identity"),
        ("surat ke warga@contoh.id", "has_mail"),
    ],
)
def test_what_leads_to_a_person_is_refused_and_named(text, what):
    with pytest.raises(Invalid) as caught:
        intake.read(Story, json.dumps({"text": text}).encode())

    assert [fault.what for fault in caught.value.faults] == [what]


@pytest.mark.parametrize(
    "text",
    [
        "Saya menelepon 112 pada 01-02-2026 10:15, lalu 113.",
        "Biayanya Rp 10.000.000 untuk 25 orang.",
        "Jalan Sudirman No. 0123, RT 02, pukul 08.02.2026 10.15",
        "Tiba 08:02, pergi 08:45, tanggal 08/02/2026.",
        "Undang-undang 25/2009 pasal 36 ayat (4)",
    ],
)
def test_dates_sums_and_emergency_numbers_are_no_phone_numbers(text):
    assert intake.read(Story, json.dumps({"text": text}).encode()).text == text


def test_a_text_longer_than_any_field_is_refused_for_its_length_alone():
    with pytest.raises(Invalid) as caught:
        intake.read(Story, json.dumps({"text": "a" * 60_000 + " warga@contoh.id"}).encode())

    assert [fault.what for fault in caught.value.faults] == ["too_long"]


@pytest.mark.parametrize(
    "text", ["Terima kasih \U0001f926\u200d\u2642\ufe0f banyak", "Baik \U0001f44d\U0001f3fd sekali"]
)
def test_faces_from_a_phone_are_text(text):
    assert intake.read(Story, json.dumps({"text": text}).encode()).text == text


def test_a_million_codes_are_a_million_and_no_sign_is_likelier_at_any_place():
    """Hold the codes to chance: Pearson's chi-square over 32 signs has 31 degrees of freedom."""
    count = 1_000_000
    codes = [intake.tracking_code(KEY, "feedback", f"{number:026d}") for number in range(count)]

    assert len(set(codes)) == count
    signs = "".join(codes)
    expected = count / len(intake.CROCKFORD)
    for place in range(intake.CODE_LENGTH):
        column = signs[place :: intake.CODE_LENGTH]
        found = [column.count(sign) for sign in intake.CROCKFORD]
        assert sum(found) == count
        squares = sum((number - expected) ** 2 / expected for number in found)
        # Beyond these lies one place in 16,000 either way; keys and codes are always the same.
        assert 9.2 < squares < 70.9, (place, squares)
