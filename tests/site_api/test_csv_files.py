"""Whatever people write, no cell of a file begins a formula, and nothing of it is lost."""

import csv
import re
from io import StringIO
from unicodedata import category, normalize

import pytest

from site_api.csv_files import BOM, as_csv, safe_cell
from tests.hostile import PAYLOADS
from tests.site_api.nasty import NASTY, made_up


def cells_of(file: bytes) -> list[list[str]]:
    text = file.decode("utf-8")
    assert text.startswith(BOM)
    return list(csv.reader(StringIO(text.removeprefix(BOM), newline=""), strict=True))


def is_formula(cell: str) -> bool:
    """Tell it another way than the code does: skip what is invisible, and look at the first sign."""
    seen = [sign for sign in cell if not sign.isspace() and category(sign) not in ("Cc", "Cf")]
    return bool(seen) and normalize("NFKC", seen[0]).replace("\u2212", "-")[0] in "=+-@"


@pytest.mark.parametrize("text", [*NASTY, *PAYLOADS])
def test_no_text_is_a_formula(text):
    assert not is_formula(safe_cell(text))


def test_of_twenty_thousand_made_up_texts_none_is_a_formula_and_none_has_lost_a_sign():
    texts = made_up(20_000)
    assert sum(map(is_formula, texts)) > 5000

    (header, *rows) = cells_of(as_csv(["isi"], ([text] for text in texts)))

    assert header == ["isi"]
    assert not [cell for (cell,) in rows if is_formula(cell)]
    for text, (cell,) in zip(texts, rows, strict=True):
        assert cell.replace("'", "") == text.replace("'", "").replace("\0", "")


def test_no_part_of_a_cell_is_a_formula_for_a_program_that_parts_at_semicolons_lines_or_tabs():
    for text in made_up(20_000):
        for part in re.split(r"[;\t\r\n]", safe_cell(text)):
            assert not is_formula(part.replace('"', "")), text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Damkar datang lama.", "Damkar datang lama."),
        ("KBK.siap", "KBK.siap"),
        ("M-7KQ4F2", "M-7KQ4F2"),
        ("a = b", "a = b"),
        ("2026-11-24", "2026-11-24"),
        ("- satu", "'- satu"),
        ("=1+1", "'=1+1"),
        ("\ttab", "'\ttab"),
        (None, ""),
        (5, "5"),
    ],
)
def test_what_is_no_formula_stays_as_it_is(text, cell):
    assert safe_cell(text) == cell


def test_a_file_is_utf8_with_its_mark_and_lines_end_as_the_standard_says():
    file = as_csv(["nomor", "isi"], [["M-7KQ4F2", 'Kata "siap"\ndi sini, é'], [None, 3]])

    assert file == ('\ufeff"nomor","isi"\r\n"M-7KQ4F2","Kata ""siap""\ndi sini, é"\r\n"","3"\r\n').encode()
