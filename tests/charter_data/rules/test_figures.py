import pytest

from charter_data.loading import load
from charter_data.rules.figures import figures_in
from tests.factories import added, changed, city_files, text, without, write_city

CITY = city_files()
FIRE, FAMILY = "services/KBK.yml", "services/KDR.yml"


def told(folder, *changes):
    files = CITY
    for change in changes:
        files = changed(files, *change)
    return [(problem.file, problem.code) for problem in load(write_city(folder, files)).problems]


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("Dalam 15 detik.", {"15 detik": ("seconds", 15)}),
        ("Dalam 2 menit dan tiga jam", {"2 menit": ("seconds", 120), "tiga jam": ("seconds", 10800)}),
        ("Rata-rata 5,5 menit", {"5,5 menit": ("seconds", 330)}),
        ("Dalam 14 hari.", {"14 hari": ("days", 14)}),
        ("Dalam 10 hari kerja.", {"10 hari kerja": ("working days", 10)}),
        ("Selama 2 minggu", {"2 minggu": ("days", 14)}),
        ("Setelah 6 bulan", {"6 bulan": ("months", 6)}),
        ("Dalam 1x24 jam", {"1x24 jam": ("seconds", 86400)}),
        ("Dalam 3 x 24 jam", {"3 x 24 jam": ("seconds", 259200)}),
        ("Paling lama 24 jam", {"24 jam": ("seconds", 86400)}),
        ("Piket siap 24 jam", {}),
        ("24 jam, tiga giliran", {}),
        ("Telepon 112 hari ini", {}),
        ("Dalam beberapa menit, sejak jam berapa, 90 dari 100", {}),
        (f"Dalam {'9' * 40} hari", {}),
    ],
)
def test_times_are_read_from_indonesian(words, figures):
    assert figures_in(words) == figures


@pytest.mark.parametrize(
    ("kind", "index", "field"),
    [
        ("promises", 1, "text"),
        ("promises", 0, "remedy"),
        ("steps", 0, "text"),
        ("steps", 0, "caller"),
        ("rights", 0, "text"),
        ("obligations", 1, "good_for"),
        ("powers", 0, "text"),
        ("partners", 0, "text"),
    ],
)
def test_a_time_that_nobody_promised_is_an_error_in_every_clause(tmp_path, kind, index, field):
    assert told(tmp_path, (FIRE, (kind, index, field), text("Dalam 7 menit"))) == [
        (FIRE, "figure-without-promise")
    ]


@pytest.mark.parametrize(
    "words", ["Dalam 15 menit", "Dalam 900 detik", "Paling lama 60 detik", "Dalam 10 hari kerja"]
)
def test_a_target_of_the_file_or_of_every_call_may_be_said_again(tmp_path, words):
    assert told(tmp_path, (FIRE, ("obligations", 0, "text"), text(words))) == []


@pytest.mark.parametrize("words", ["Dalam 10 hari", "Dalam 15 jam", "Dalam 30 menit"])
def test_another_unit_or_the_target_of_another_service_is_another_figure(tmp_path, words):
    assert told(tmp_path, (FIRE, ("obligations", 0, "text"), text(words))) == [
        (FIRE, "figure-without-promise")
    ]


def test_a_law_that_the_service_names_may_be_quoted(tmp_path):
    about = ("legal_basis.yml", ("laws", 1, "about"), text("Laporan tahunan dalam 90 hari"))
    says = (FIRE, ("legal", 0, "says"), text("Petugas siap dalam 40 menit"))
    clauses = [(FIRE, ("obligations", 0, "text"), text("Kami datang dalam 40 menit, laporan dalam 90 hari"))]

    assert told(tmp_path, about, says, *clauses) == []
    assert told(tmp_path / "without", says, *clauses) == [(FIRE, "figure-without-promise")]


def test_the_law_of_a_clause_may_be_quoted_in_it_alone(tmp_path):
    basis = [{"law": "uu-contoh", "article": "18", "says": text("Dijawab dalam 60 hari")}]
    right = ("common.yml", ("rights", 0))
    changes = [
        ("common.yml", (*right[1], "basis"), basis),
        ("common.yml", (*right[1], "text"), text("Anda berhak dijawab dalam 60 hari")),
    ]

    assert told(tmp_path, *changes) == []
    assert told(
        tmp_path / "other", *changes, ("common.yml", ("rights", 1, "text"), text("Dalam 60 hari"))
    ) == [("common.yml", "figure-without-promise")]


@pytest.mark.parametrize(
    ("file", "path"),
    [
        (FIRE, ("do_now", 0, "id")),
        (FIRE, ("special_cases", 0, "do", 0, "id")),
        (FIRE, ("standard", 0, "text", "id")),
        ("definitions.yml", ("events", 0, "moment", "id")),
    ],
)
def test_first_aid_and_definitions_are_not_searched(tmp_path, file, path):
    assert told(tmp_path, (file, path, "Siram selama 20 menit")) == []


def test_a_promise_that_is_broken_still_lends_its_figure(tmp_path):
    files = changed(CITY, FIRE, ("promises", 0, "standing"), "janji")
    files = added(files, FIRE, ("obligations",), {"id": "KBK.kami-siap", "text": text("Siap dalam 15 menit")})

    assert [problem.code for problem in load(write_city(tmp_path, files)).problems] == ["wrong-value"]


@pytest.mark.parametrize("targets", ["dua", [3], [{"value": "15", "unit": []}], [{"unit": "min"}]])
def test_targets_that_are_no_targets_do_no_harm(tmp_path, targets):
    codes = {code for _, code in told(tmp_path, (FIRE, ("promises", 0, "targets"), targets))}

    assert codes <= {"wrong-value", "missing-key"}


def test_nothing_is_judged_while_the_laws_cannot_be_read(tmp_path):
    files = changed(CITY, FIRE, ("obligations", 0, "text"), text("Dalam 7 menit"))

    problems = load(write_city(tmp_path, without(files, "legal_basis.yml"))).problems

    assert {problem.code for problem in problems} == {"file-missing"}
