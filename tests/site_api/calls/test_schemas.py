import pytest

from charter_data.vocabulary import Event
from site_api.calls.models import DatasetKind
from site_api.calls.schemas import MappingError, Vocabulary, load_mapping
from tests.site_api.calls.logs import LINCOLN_MAPPING, mapping, write_mapping


@pytest.fixture
def read(tmp_path, city_charter):
    def read(kind=DatasetKind.REAL, **changes):
        return load_mapping(write_mapping(tmp_path, **changes), Vocabulary(city_charter, kind))

    return read


def arrival(form):
    return with_event("tiba", column="tiba", format=form)


def with_event(key, **timed):
    return mapping()["events"] | {key: timed}


def test_a_mapping_says_which_events_a_log_records_and_from_which_columns(city_charter):
    lincoln = load_mapping(LINCOLN_MAPPING, Vocabulary(city_charter, DatasetKind.FOREIGN))

    assert lincoln.main_events == {Event.PASSED_ON, Event.LEAVES, Event.ARRIVES}
    assert set(lincoln.columns) == {
        "incident_date", "response_unit", "call_type", "dispatch_time", "enroute_time", "arrive_time",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "place", "right"),
    [
        ({"dataset": None}, "dataset", "add it"),
        ({"dataset": "Log Kota"}, "dataset", "write it"),
        ({"row_key": []}, "row_key", "at least 1"),
        ({"zone": "Asia/Jakarta"}, "zone", "did you mean `time_zone`"),
        ({"time_zone": "Jakarta"}, "time_zone", "such as Asia/Jakarta"),
        ({"encoding": "utf-16"}, "encoding", "utf-8"),
        ({"delimiter": "tab"}, "delimiter", "write"),
        ({"agency": {"column": "instansi", "constant": "damkar"}}, "agency", "either `column` or `constant`"),
        ({"service": {}}, "service", "either `column` or `constant`"),
        ({"service": {"constant": "KBK", "words": {"api": "KBK"}}}, "service", "need a `column`"),
        ({"agency": None}, "agency", "name it"),
        ({"agency": {"constant": "pemadam"}}, "agency", "damkar"),
        ({"agency": {"column": "instansi", "words": {"DMK": "pemadam"}}}, "agency", "damkar"),
        ({"service": {"constant": "KDR"}}, "service", "BKL"),
        ({"class": {"constant": "gawat"}}, "class", "darurat"),
        ({"district": {"constant": "Pabatu"}}, "district", "1274010001"),
        ({"date": {"column": "tanggal", "format": "%H:%M"}}, "date", "%Y-%m-%d"),
        ({"events": {}}, "events", "at least 1"),
        (
            {"events": with_event("sampai", column="tiba")},
            "events.sampai",
            "did you",
        ),
        ({"events": with_event("tiba", column="tiba")}, "events.tiba.format", "add it"),
        (
            {"events": arrival("%H:%M:%S")},
            "events.tiba.format",
            "name `date`",
        ),
        (
            {"events": arrival("%Y-%m-%d")},
            "events.tiba.format",
            "with its date",
        ),
        ({"events": arrival("%Q")}, "events.tiba.format", "%H"),
        (
            {"events": arrival("%H:%M %H")},
            "events.tiba.format",
            "at most once",
        ),
        (
            {"events": arrival("jam")},
            "events.tiba.format",
            "such as %H:%M:%S",
        ),
    ],
)
def test_a_fault_names_its_field_and_what_would_be_right(read, changes, place, right):
    with pytest.raises(MappingError) as error:
        read(**changes)

    assert place in str(error.value)
    assert right in str(error.value)
    assert str(error.value).startswith("log.mapping.yml:")


def test_a_fault_names_its_line(read):
    with pytest.raises(MappingError, match=r"log\.mapping\.yml:11:\d+: wrong-value: `agency` is `pemadam`"):
        read(agency={"constant": "pemadam"})


def test_a_foreign_log_may_name_agencies_services_and_districts_of_its_own(read):
    other = read(DatasetKind.FOREIGN, agency={"constant": "ems"}, service={"constant": "FIRE"})

    assert other.worded["agency"].constant == "ems"


def test_even_a_foreign_log_uses_our_classes(read):
    with pytest.raises(MappingError, match="class"):
        read(DatasetKind.FOREIGN, **{"class": {"constant": "fire"}})


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_cells_may_be_parted_by_comma_semicolon_tab_or_bar(read, delimiter):
    assert read(delimiter=delimiter).delimiter == delimiter


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: &x 1\nb: *x\n", "points elsewhere"),
        ("a: !!python/object/apply:os.system ['true']\n", "refused"),
        ("- dataset\n", "key: value"),
        ("dataset: [\n", "yaml-syntax"),
        ("#" * 600_000, "512 KiB"),
    ],
)
def test_a_file_that_is_no_plain_mapping_is_refused(tmp_path, city_charter, text, reason):
    path = tmp_path / "log.mapping.yml"
    path.write_text(text, "utf-8")

    with pytest.raises(MappingError, match=reason):
        load_mapping(path, Vocabulary(city_charter, DatasetKind.REAL))
