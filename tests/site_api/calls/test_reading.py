import pytest

from site_api.calls.models import DatasetKind
from site_api.calls.reading import Log, LogError, RowFault
from site_api.calls.schemas import Vocabulary, load_mapping
from tests.site_api.calls.logs import write_mapping

HEADER = "nomor,masuk"
ONE_EVENT = {"masuk": {"column": "masuk", "format": "%H:%M"}}


@pytest.fixture
def log(tmp_path, city_charter):
    """Read bytes as a log of two columns."""

    def log(content: bytes, **changes):
        path = tmp_path / "log.csv"
        path.write_bytes(content)
        small = {"row_key": ["nomor"], "case_key": None, "events": ONE_EVENT, "date": DATE}
        nothing = dict.fromkeys(("agency", "unit", "service", "class", "district"))
        described = write_mapping(tmp_path, **(nothing | small | changes))
        return Log(path, load_mapping(described, Vocabulary(city_charter, DatasetKind.REAL)))

    return log


DATE = {"column": "nomor", "format": "%Y-%m-%d"}


def rows(log):
    return [(line, "refused" if isinstance(cells, RowFault) else cells) for line, cells in log.rows()]


@pytest.mark.parametrize(
    "content",
    [
        b"nomor,masuk\n1,08:00\n",
        b"nomor,masuk\r\n1,08:00\r\n",
        b"\xef\xbb\xbfnomor,masuk\n1,08:00",
        b' nomor , masuk \n"1","08:00"\n\n,\n',
    ],
    ids=["plain", "windows", "bom", "spaces, quotes and empty lines"],
)
def test_a_csv_file_is_read_however_it_was_saved(log, content):
    assert rows(log(content)) == [(2, ["1", "08:00"])]


def test_a_quoted_cell_may_hold_commas_and_line_breaks(log):
    read = log(b'nomor,masuk\n"1, \r\n""dua""",08:00\n3,09:00\n')

    assert rows(read) == [(2, ['1, \r\n"dua"', "08:00"]), (4, ["3", "09:00"])]


def test_another_delimiter_and_encoding_are_read_as_the_mapping_says(log):
    assert rows(log("nomor;masuk\né;1".encode("latin-1"), delimiter=";", encoding="iso-8859-1")) == [
        (2, ["é", "1"])
    ]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (b'"2,08:00', "never closed"),
        (b'2,"08":00', "do not fit"),
        (b"2", "1 cells where the header has 2"),
        (b"2,08:00,x", "3 cells where the header has 2"),
        (b"2,08\x00:00", "zero byte"),
        (b"2,\xff\xfe", "is not utf-8"),
    ],
)
def test_a_broken_row_is_named_and_costs_no_other_row(log, broken, reason):
    read = log(b"nomor,masuk\n1,08:00\n" + broken + b"\n3,09:00\n")

    found = list(read.rows())

    assert [line for line, _ in found] == [2, 3, 4]
    assert isinstance(found[1][1], RowFault)
    assert reason in str(found[1][1])
    assert found[0][1] == ["1", "08:00"]
    assert found[2][1] == ["3", "09:00"]


def test_a_quotation_mark_inside_a_cell_is_a_sign_like_any_other(log):
    read = log(b'nomor,masuk\n1",08:00\n"2",08:10\n')

    assert rows(read) == [(2, ['1"', "08:00"]), (3, ["2", "08:10"])]


def test_two_open_quotation_marks_far_apart_hide_no_row_between_them(log):
    read = log(b'nomor,masuk\n"1,08:00\n2,08:10\n3,"08:20\n4,08:30\n')

    assert rows(read) == [(2, "refused"), (3, ["2", "08:10"]), (4, "refused"), (5, ["4", "08:30"])]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "has no header"),
        (b"id,masuk\n1,08:00\n", "no column `nomor`, which the mapping names at `row_key`"),
        (b"nomor,pukul\n1,08:00\n", "no column `masuk`, which the mapping names at `events.masuk`"),
        (b"nomor,masuk,masuk\n1,1,1\n", "`masuk` stands twice"),
        ("nomor,masuk\n".encode("utf-16"), "log.csv:1: has a zero byte"),
    ],
)
def test_a_log_without_the_columns_of_its_mapping_is_refused_before_any_row(log, content, reason):
    with pytest.raises(LogError) as error:
        log(content)

    assert reason in str(error.value)
