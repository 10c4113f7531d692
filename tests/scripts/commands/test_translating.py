import pytest

from charter_data.loading import load
from charter_data.translations import SIDECAR
from scripts.build_charter import main
from tests.factories import changed, city_files, text, without, write_city

CITY = city_files()
FIRE = "services/KBK.yml"


@pytest.fixture
def folder(tmp_path):
    write_city(tmp_path, CITY)
    (tmp_path / SIDECAR).unlink()
    return tmp_path


def translated(folder, *files):
    return main(["translated", *map(str, files), "--data", str(folder)])


def problems(folder):
    return [(problem.file, problem.code) for problem in load(folder).problems]


def test_confirming_every_file_leaves_nothing_to_be_told(folder, capsys):
    code = translated(folder, *CITY)

    assert (code, problems(folder)) == (0, [])
    assert capsys.readouterr().out.count("texts are new or changed") == len(CITY)


def test_what_is_new_or_changed_is_counted(folder, capsys):
    translated(folder, FIRE)
    write_city(folder, {FIRE: changed(CITY, FIRE, ("dont",), text("Jangan lari"))[FIRE]})
    capsys.readouterr()

    translated(folder, FIRE)
    translated(folder, FIRE)

    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("services/KBK.yml: 1 of ")
    assert second.startswith("services/KBK.yml: 0 of ")


def test_files_that_are_not_named_stay_unconfirmed(folder):
    translated(folder, *(name for name in CITY if name != FIRE))

    assert problems(folder) == [(FIRE, "translation-unconfirmed")]


def test_a_file_may_be_named_by_its_path_from_anywhere(folder, monkeypatch):
    translated(folder, folder / FIRE)
    by_path = (folder / SIDECAR).read_text()
    (folder / SIDECAR).unlink()
    monkeypatch.chdir(folder / "services")
    translated(folder, "KBK.yml")

    assert (folder / SIDECAR).read_text() == by_path
    assert f"\n  {FIRE}:\n" in by_path


def test_the_same_texts_give_the_same_bytes_in_any_order(folder):
    translated(folder, *CITY)
    forwards = (folder / SIDECAR).read_bytes()
    (folder / SIDECAR).unlink()
    for name in reversed(CITY):
        translated(folder, name)

    assert (folder / SIDECAR).read_bytes() == forwards
    assert forwards.startswith(b"# Written by `build_charter.py translated FILE`")


def test_pairs_of_texts_and_files_that_are_gone_are_forgotten(folder):
    translated(folder, *CITY)
    (folder / "services" / "KDR.yml").unlink()
    write_city(folder, {FIRE: without(CITY, FIRE, ("special_cases", 1))[FIRE]})

    before = (folder / SIDECAR).read_text().count("\n")
    translated(folder, FIRE)

    assert "services/KDR.yml" not in (folder / SIDECAR).read_text()
    assert (folder / SIDECAR).read_text().count("\n") < before


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("services/MED.yml", "services/MED.yml:1:1: file-missing: "),
        ("catatan.yml", "catatan.yml:1:1: file-unknown: "),
        ("../common.yml", "../common.yml:1:1: file-unknown: "),
    ],
)
def test_a_file_that_no_charter_has_is_named(folder, capsys, given, said):
    code = translated(folder, FIRE, given)

    assert code == 1
    assert capsys.readouterr().err.startswith(said)
    assert not (folder / SIDECAR).exists()


def test_nothing_is_recorded_of_a_file_that_is_not_sound(folder, capsys):
    write_city(folder, {FIRE: without(CITY, FIRE, ("dont", "en"))[FIRE]})

    code = translated(folder, "common.yml", FIRE)

    assert code == 1
    assert "missing-translation" in capsys.readouterr().err
    assert not (folder / SIDECAR).exists()


def test_broken_confirmations_are_refused_and_left_as_they_are(folder, capsys):
    (folder / SIDECAR).write_text("files: [\n")

    code = translated(folder, FIRE)

    assert (code, (folder / SIDECAR).read_text()) == (1, "files: [\n")
    assert capsys.readouterr().err.startswith("en_of.yml:")


def test_the_city_of_tebing_tinggi_can_be_confirmed_whole(data):
    names = sorted(path.relative_to(data).as_posix() for path in data.rglob("*.yml"))

    code = translated(data, *(name for name in names if name != SIDECAR))

    assert code == 0
    assert [code for _, code in problems(data) if code.startswith("translation")] == []
