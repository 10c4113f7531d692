"""Codes of the authenticator: those of RFC 6238, of this step and its neighbours, from a derived secret."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from site_api.reviewers.authenticator import (
    RECOVERY_CODES,
    STEP_S,
    address_of,
    code_at,
    new_salt,
    recovery_codes,
    recovery_hash,
    secret_of,
    step_of,
)

KEY = b"k" * 32
NOW = datetime(2026, 11, 24, 8, 0, 5, tzinfo=UTC)
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_it_takes_the_codes_of_the_standard(seconds, code):
    assert step_of(RFC_SECRET, code, datetime.fromtimestamp(seconds, UTC)) == seconds // STEP_S


@pytest.mark.parametrize(
    ("seconds", "is_taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_a_code_holds_for_its_step_and_the_one_on_either_side(seconds, is_taken):
    secret = secret_of(KEY, new_salt())
    moment = NOW + timedelta(seconds=seconds)

    step = step_of(secret, code_at(secret, moment), NOW)

    assert step == (int(moment.timestamp()) // STEP_S if is_taken else None)


def test_blanks_in_a_code_do_not_matter():
    secret = secret_of(KEY, new_salt())
    code = code_at(secret, NOW)

    assert step_of(secret, f" {code[:3]} {code[3:]} ", NOW)


def test_a_secret_has_160_bits_and_follows_from_key_and_salt_alone():
    salt = new_salt()

    assert len(base64.b32decode(secret_of(KEY, salt))) == 20
    assert secret_of(KEY, salt) == secret_of(KEY, salt)
    assert len({secret_of(KEY, salt), secret_of(b"x" * 32, salt), secret_of(KEY, new_salt())}) == 3


def test_an_app_reads_name_and_city_off_the_picture():
    address = address_of(RFC_SECRET, "sari", "Piagam 112 Kota Contoh")

    city = "Piagam%20112%20Kota%20Contoh"
    assert address == f"otpauth://totp/{city}:sari?secret={RFC_SECRET}&issuer={city}"


def test_ten_recovery_codes_differ_and_are_the_same_however_they_are_typed():
    codes = recovery_codes()

    assert len(set(codes)) == RECOVERY_CODES == 10
    first = codes[0]
    typed = {first, first.lower(), first.replace("-", " "), first.replace("0", "O").replace("1", "l")}
    assert len({recovery_hash(KEY, 1, one) for one in typed}) == 1
    assert recovery_hash(KEY, 1, first) != recovery_hash(KEY, 2, first)
