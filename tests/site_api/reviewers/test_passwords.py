"""A new password is long, and none that people who guess try first; any other text will do."""

import random

import pytest

from site_api.reviewers.passwords import COMMON, LONGEST, NOBODY, SHORTEST, fault_of, fits, hashed

CITY = ("sari.damkar", "Kota Tebing Tinggi")
PLANES = ((0x20, 0x7E), (0xA1, 0x17F), (0x370, 0x3FF), (0x600, 0x6FF), (0x4E00, 0x9FFF), (0x1F300, 0x1F64F))


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "password1234567",
        "12345password6789",
        "PASSWORD!!!!!!!!!",
        "passwordxxxxxxxxx",
        "p a s s w o r d p a s s w o r d",
        "123456789012345",
        "987654321098765",
        "abcdefghijklmnop",
        "qwertyuiopasdfgh",
        "aaaaaaaaaaaaaaaaaaaa",
        "ababababababababab",
        "!!!!!!!!!!!!!!!!",
        "sari.damkar 2026!!!",
        "tebingtinggi2026!",
        "Piagam 112 Tebing Tinggi",
        "katasandi katasandi",
        "rahasia2026rahasia2026",
        "admin112admin112",
        "bismillah-bismillah",
    ],
)
def test_what_is_guessed_first_is_refused(password):
    assert fault_of(password, CITY) == "password_common"


def test_every_listed_word_that_is_long_enough_is_refused():
    long_ones = [word for word in COMMON if len(word) >= SHORTEST]
    assert long_ones

    assert [word for word in long_ones if fault_of(word) is None] == []


@pytest.mark.parametrize("length", [0, 1, SHORTEST - 1, LONGEST + 1])
def test_what_is_too_short_or_too_long_is_refused(length):
    assert fault_of("kx9"[:1] * length) == "password_length"


def test_signs_are_counted_as_people_see_them():
    """An e with its accent beside it is one letter, not two."""
    assert fault_of("cafe\u0301 di gunung"[:SHORTEST]) == "password_length"


@pytest.mark.parametrize(
    "password",
    [
        "kata sandi yang panjang",
        "correct horse battery staple",
        "sepeda hijau makan nasi",
        "481920571940375",
        "naik sepeda ke Tebing Tinggi",
        "  spasi di depan  ",
    ],
)
def test_a_few_words_are_enough(password):
    assert fault_of(password, CITY) is None


def test_any_other_text_of_fifteen_to_sixty_four_signs_is_taken():
    chance = random.Random(112)  # noqa: S311 (of tests)
    for _ in range(2_000):
        low, high = chance.choice(PLANES)
        # Letters that merge with their neighbours would make the text shorter.
        signs = [chr(chance.randint(low, high)) for _ in range(chance.randint(SHORTEST + 10, 64))]
        password = "".join(signs)

        assert fault_of(password, CITY) is None, password.encode("unicode_escape")


def test_what_was_taken_opens_and_nothing_else_does():
    stored = hashed("🙂 kafe\u0301 di tepi sungai 🙂")

    assert fits(stored, "🙂 kaf\u00e9 di tepi sungai 🙂")
    assert not fits(stored, "🙂 kafe di tepi sungai 🙂")
    assert not fits(NOBODY, "")
