import csv
import io
import json

import pytest
from frictionless import Package

from charter_data.vocabulary import Component
from scripts.charter_site.exports.tables import as_csv, plain_cell, table_files, tables
from tests.factories import make_charter
from tests.scripts.charter_site.exports.hostile import WORDS, hostile_charter
from tests.sites import city_charter

CHARTERS = {"city": city_charter, "small": make_charter, "hostile": hostile_charter}


@pytest.fixture
def files(charter):
    return table_files(charter)


def rows(files, name):
    return list(csv.DictReader(io.StringIO(files[f"data/{name}.csv"], newline="")))


def write(folder, files):
    (folder / "data").mkdir()
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    return Package(str(folder / "data" / "datapackage.json"))


@pytest.mark.parametrize("make", CHARTERS.values(), ids=CHARTERS)
def test_frictionless_finds_no_fault(make, tmp_path):
    report = write(tmp_path, table_files(make())).validate()

    assert report.flatten(["type", "message"]) == []
    assert report.stats["tasks"] == len(tables())


def test_frictionless_would_find_an_agency_that_is_not_there(files, tmp_path):
    package = json.loads(files["data/datapackage.json"])
    for resource in package["resources"]:
        del resource["hash"], resource["bytes"]
    broken = {
        **files,
        "data/services.csv": files["data/services.csv"].replace("damkar", "hilang"),
        "data/datapackage.json": json.dumps(package),
    }

    report = write(tmp_path, broken).validate()

    assert [kind for (kind,) in report.flatten(["type"])] == ["foreign-key"]


def test_the_same_charter_gives_the_same_bytes(charter):
    assert table_files(charter) == table_files(charter)


def test_every_line_ends_as_rfc_4180_has_it(files):
    for name, text in files.items():
        if name.endswith(".csv"):
            assert text.count("\r\n") == text.count("\n") == text.count("\r")
            assert text.endswith("\r\n")


def test_every_clause_of_the_charter_has_a_row(charter, files):
    found = {row["id"]: row for row in rows(files, "clauses")}

    assert list(found) == [clause.id for clause in charter.clauses()]
    assert (found["KBK.siap"]["standing"], found["KBK.siap"]["is_proposal"]) == ("wajib", "false")
    assert (found["UMUM.angkat"]["standing"], found["UMUM.angkat"]["is_proposal"]) == ("usulan", "true")


def test_a_figure_stands_with_its_share_and_its_standing(files):
    found = [row for row in rows(files, "targets") if row["promise"] == "KBK.siap"]

    assert found == [
        {
            "promise": "KBK.siap",
            "number": "1",
            "value": "15",
            "unit": "min",
            "share": "average",
            "standing": "wajib",
        }
    ]


def test_a_promise_has_its_clock_and_its_laws(files):
    found = next(row for row in rows(files, "promises") if row["id"] == "KBK.siap")

    assert (found["clock_start"], found["clock_end"], found["laws"]) == ("terus", "tolong", "permen-contoh")
    assert next(row for row in rows(files, "promises") if row["id"] == "UMUM.senyap")["clock_start"] == ""


def test_a_step_has_what_its_record_has(files):
    found = next(row for row in rows(files, "steps") if row["id"] == "UMUM.langkah-terus")

    assert (found["actor"], found["handover_to"], found["promise"]) == (
        "operator",
        "lead co_lead support",
        "UMUM.terus",
    )
    assert found["caller_id"] == "Tunggu di telepon (id)"


def test_each_service_has_fourteen_components_and_what_is_not_found_is_empty():
    files = table_files(hostile_charter())

    found = [row for row in rows(files, "components") if row["service"] == "KBK"]

    assert [row["component"] for row in found] == [component.value for component in Component]
    assert [row["component"] for row in found if not row["text_id"]] == [list(Component)[7].value]


def test_sensitive_services_stand_under_their_public_code_and_neutral_name(files):
    found = next(row for row in rows(files, "services") if row["slug"] == "bantuan-keluarga")

    assert (found["code"], found["name_id"]) == ("BKL", "Bantuan keluarga")
    assert not any("KDR" in text or "Kekerasan" in text for text in files.values())


def test_a_district_names_its_subdistrict(files):
    assert rows(files, "districts")[0] == {
        "code": "9901010001",
        "name": "Mawar",
        "subdistrict_code": "9901010",
        "subdistrict_name": "Contoh Hulu",
    }


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_run_begins_with_an_apostrophe(start):
    assert plain_cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", "1-2", "damkar", "'=1"])
def test_other_cells_stay_as_they_are(text):
    assert plain_cell(text) == text


def test_hostile_words_come_out_as_they_are_behind_an_apostrophe():
    files = table_files(hostile_charter())

    found = next(row for row in rows(files, "services") if row["code"] == "KBK")

    assert found["name_id"] == found["dont_en"] == f"'{WORDS}"


def test_a_column_that_no_record_knows_is_told():
    with pytest.raises(KeyError, match="clock_begin"):
        as_csv(["clock_begin"], [{"clock": {"start": "masuk"}}])


def test_the_package_says_draft_proposals_and_the_rule_of_cells_in_both_languages(charter, files):
    package, notices = json.loads(files["data/datapackage.json"]), charter.texts.notices

    for key, language in (("description", "id"), ("description@en", "en")):
        assert getattr(notices.draft, language) in package[key]
        assert getattr(notices.unofficial, language) in package[key]
        assert "usulan" in package[key]
        assert "= + - @" in package[key]
    assert package["licenses"] == [{"name": "CC-BY-4.0", "title": "CC BY 4.0"}]


def test_every_table_and_every_column_is_described_in_both_languages(files):
    for resource in json.loads(files["data/datapackage.json"])["resources"]:
        for told in (resource, *resource["schema"]["fields"]):
            assert told["description"]
            assert told["description@en"]
