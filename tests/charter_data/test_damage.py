import json
import re
import shutil
from pathlib import Path

import pytest

from scripts.build_charter import main

DATA = Path(__file__).resolve().parents[2] / "charter_data" / "tebing_tinggi"
RUNS = '!!python/object/apply:os.system ["touch canary"]'

# file, code, what is written, what is written instead, the text that stands where the fault is
DAMAGE = (
    ("services/KBK.yml", "unknown-key", "\nsupport:", "\nsuport:", "suport:"),
    (
        "services/MED.yml",
        "missing-translation",
        '\n  en: "Give no food, drink or medicine unless the operator says so."',
        "",
        "dont:",
    ),
    ("services/KLL.yml", "unknown-agency", 'lead: "polres"', 'lead: "polrse"', 'lead: "polrse"'),
    (
        "services/TGL.yml",
        "duplicate-id",
        'id: "TGL.wajib-titik"',
        'id: "TGL.wajib-terjun" # dua',
        'id: "TGL.wajib-terjun" # dua',
    ),
    (
        "common.yml",
        "missing-key",
        '{value: 15, unit: "s", share: 90}',
        "{value: 15, share: 90}",
        "{value: 15, share: 90}",
    ),
    ("services/LIS.yml", "standing-without-agreement", '"usulan"', '"disepakati"', 'standing: "disepakati"'),
    (
        "services/KDR.yml",
        "figure-without-consent",
        '    standing: "usulan"\n    owner: "polres"',
        '    targets: [{value: 10, unit: "min"}]\n    standing: "usulan"\n    owner: "polres"',
        'targets: [{value: 10, unit: "min"}]',
    ),
    ("services/POHON.yml", "file-name", "", "", 'code: "POH"'),
    ("hoax_policy.yml", "yaml-syntax", "\nparents:", "\n\tparents:", "\tparents:"),
    ("services/HWN.yml", "yaml-tag", "line: {", f"line: {RUNS} # {{", "!!python"),
)


@pytest.fixture
def damaged(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = shutil.copytree(DATA, tmp_path / "data")
    (folder / "services" / "POH.yml").rename(folder / "services" / "POHON.yml")
    for file, _, before, after, _ in DAMAGE:
        text = (folder / file).read_text()
        assert before in text
        (folder / file).write_text(text.replace(before, after, 1))
    return folder


def spot(path, marker):
    before, found, _ = path.read_text().partition(marker)
    assert found
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def expected(folder):
    return sorted((file, *spot(folder / file, marker), code) for file, code, _, _, marker in DAMAGE)


def test_ten_faults_in_ten_files_come_out_of_one_run_each_with_its_place(damaged, capsys):
    code = main(["check", "--data", str(damaged), "--quiet"])

    said = capsys.readouterr().err
    found = re.findall(r"^(\S+?):(\d+):(\d+): ([a-z0-9-]+): .+$", said, re.MULTILINE)
    assert code == 1
    assert [(file, int(line), int(column), told) for file, line, column, told in found] == expected(damaged)
    assert len(said.splitlines()) == len(found)


def test_programs_get_the_same_ten_faults_as_json(damaged, capsys):
    code = main(["check", "--data", str(damaged), "--json"])

    problems = json.loads(capsys.readouterr().out)["problems"]
    errors = [problem for problem in problems if problem["severity"] == "error"]
    assert code == 1
    assert [
        (problem["file"], problem["line"], problem["column"], problem["code"]) for problem in errors
    ] == expected(damaged)
    assert {"first-aid-unreviewed", "seat-empty"} <= {problem["code"] for problem in problems}


def test_data_that_would_run_a_command_runs_nothing(damaged, tmp_path):
    main(["check", "--data", str(damaged), "--quiet"])

    assert list(tmp_path.rglob("canary")) == []


def test_the_count_of_faults_ends_the_list_for_people(damaged, capsys):
    main(["check", "--data", str(damaged)])

    assert re.fullmatch(r"10 errors, \d+ warnings", capsys.readouterr().out.splitlines()[-1])
