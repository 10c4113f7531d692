from pathlib import Path

import pytest

from site_api.settings import ROOT, Settings, SettingsError


def test_without_an_environment_the_folders_of_the_checkout_are_used():
    settings = Settings.from_environment({})

    assert settings == Settings(ROOT / "charter_data" / "tebing_tinggi", ROOT / "site")


def test_the_environment_names_other_folders(tmp_path):
    environ = {"PIAGAM_CHARTER_DIR": str(tmp_path), "PIAGAM_SITE_DIR": str(tmp_path / "out")}

    settings = Settings.from_environment(environ)

    assert settings == Settings(charter_dir=tmp_path, site_dir=tmp_path / "out")


def test_a_relative_folder_no_longer_depends_on_the_current_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    settings = Settings.from_environment({"PIAGAM_SITE_DIR": "out"})

    assert settings.site_dir == tmp_path / "out"


@pytest.mark.parametrize("name", ["PIAGAM_CHARTER_DIR", "PIAGAM_SITE_DIR"])
def test_a_file_in_place_of_a_folder_is_refused_by_name(name, tmp_path):
    file = tmp_path / "a.txt"
    file.touch()

    with pytest.raises(SettingsError, match=rf"{name} is {file}, which is not a folder\. Set it to "):
        Settings.from_environment({name: str(file)})


def test_a_charter_folder_that_is_absent_is_refused(tmp_path):
    environ = {"PIAGAM_CHARTER_DIR": str(tmp_path / "none")}

    with pytest.raises(SettingsError, match="PIAGAM_CHARTER_DIR"):
        Settings.from_environment(environ)


def test_a_site_folder_may_be_absent_yet(tmp_path):
    settings = Settings.from_environment({"PIAGAM_SITE_DIR": str(tmp_path / "none")})

    assert not settings.is_site_built


def test_settings_cannot_be_changed():
    settings = Settings.from_environment({})

    with pytest.raises(AttributeError):
        settings.site_dir = Path("elsewhere")  # type: ignore[misc]
