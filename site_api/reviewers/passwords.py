"""Passwords: long, in one form of Unicode, none that people who guess try first; kept as Argon2id hashes."""

import re
import secrets
import unicodedata
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from zxcvbn.frequency_lists import FREQUENCY_LISTS

SHORTEST = 15
LONGEST = 256
SHORTEST_WORD = 4
COMMON = frozenset(FREQUENCY_LISTS["passwords"])
OURS = (
    *("piagam", "darurat", "panggilan", "petugas", "triase", "admin", "kota", "tinjau", "masukan"),
    *("kata", "sandi", "katasandi", "rahasia", "bismillah", "indonesia", "merdeka", "sayang", "cinta"),
    *("password", "passphrase", "login", "masuk", "dinas", "inspektorat", "kominfo", "dprd"),
)
KEYS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
ROWS = tuple(row * LONGEST for keys in (*KEYS, "".join(KEYS[2:])) for row in (keys, keys[::-1]))
PADDING = re.compile(r"^(?:\d+|(.)\1{2,})|(?:\d+|(.)\2{2,})$")

_hasher = PasswordHasher()
# Held by an account that has no password yet, and checked where there is no account: nobody knows it.
NOBODY = _hasher.hash(secrets.token_hex(32))


def hashed(password: str) -> str:
    """Give what may lie in the database in place of a password."""
    return _hasher.hash(_one_form(password))


def fits(stored: str, password: str) -> bool:
    """Tell whether a password is the one of a hash; takes as long for either answer."""
    try:
        return _hasher.verify(stored, _one_form(password))
    except VerificationError:
        return False


def fault_of(password: str, around: Iterable[str] = ()) -> str | None:
    """Say what is wrong with a new password, by the name of a text; `around` are words of its own place."""
    text = _one_form(password)
    if not SHORTEST <= len(text) <= LONGEST:
        return "password_length"
    letters = "".join(sign for sign in text.casefold() if sign.isalnum()) or text
    is_guessed = _is_known(letters) or _is_repeated(letters) or _is_row(letters) or _is_ours(letters, around)
    return "password_common" if is_guessed else None


def _is_known(letters: str) -> bool:
    """Tell whether this is a listed word, or one with only digits or one repeated sign around it."""
    bare = PADDING.sub("", letters)
    return letters in COMMON or (len(bare) >= SHORTEST_WORD and bare in COMMON)


def _is_repeated(letters: str) -> bool:
    """Tell whether a few signs, or a listed word, are written again and again."""
    for length in range(1, len(letters) // 2 + 1):
        unit = letters[:length]
        if (unit * len(letters))[: len(letters)] == letters:
            return length <= SHORTEST_WORD or _is_known(unit) or _is_row(unit) or _is_ours(unit, ())
    return False


def _is_row(letters: str) -> bool:
    return len(letters) >= SHORTEST_WORD and any(letters in row for row in ROWS)


def _is_ours(letters: str, around: Iterable[str]) -> bool:
    """Tell whether next to nothing is left without the words of this place and digits."""
    rest = letters
    for word in sorted({*OURS, *_words(around)}, key=len, reverse=True):
        rest = rest.replace(word, " ")
    return rest != letters and len(re.sub(r"[\s\d]", "", rest)) < SHORTEST_WORD


def _words(around: Iterable[str]) -> set[str]:
    return {
        word for text in around for word in re.split(r"\W+|_", text.casefold()) if len(word) >= SHORTEST_WORD
    }


def _one_form(password: str) -> str:
    return unicodedata.normalize("NFC", password)
