"""Tables as CSV (RFC 4180) that a spreadsheet shows as they are: no cell of them is a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

BOM = "\ufeff"
"""Without it spreadsheets take UTF-8 for something else."""

# Signs that begin a formula, those of full width, small or raised that some take for them included. Where
# semicolons part the cells a program begins a new one inside a text; so it does at a line break or a tab.
APART = r";\t\r\n\v\f\x85\u2028\u2029"
UNSEEN = r"\s\x00-\x20\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\"'"
BEGINS = r"=+\-@\u207a\u207b\u208a\u208b\u207c\u208c\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
FORMULA = re.compile(rf"(\A|[{APART}])((?:(?![{APART}])[{UNSEEN}])*)(?=[{BEGINS}])")
BEGINS_APART = ("\t", "\r")


def safe_cell(value: object) -> str:
    """Give a cell whose text stays text: an apostrophe stands before whatever would be a formula."""
    text = "" if value is None else str(value).replace("\0", "")
    text = FORMULA.sub(r"\1'\2", text)
    return f"'{text}" if text.startswith(BEGINS_APART) else text


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Give a whole file: UTF-8 with its mark, every cell in quotation marks, lines ended by CR and LF."""
    file = StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(map(safe_cell, header))
    writer.writerows(map(safe_cell, row) for row in rows)
    return (BOM + file.getvalue()).encode("utf-8")
