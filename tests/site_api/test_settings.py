import re
import stat
from pathlib import Path

import pytest

from site_api.keys import write_keys
from site_api.settings import INSTANCE_DIR, KEY_NAMES, ROOT, Limits, Settings, SettingsError

KEYS = {name: digit * 64 for name, digit in zip(KEY_NAMES, "abcd", strict=True)}
NO_FILE = Path("/nowhere/piagam.env")


@pytest.fixture
def read(tmp_path):
    """Read settings from an environment of its own; the folder of the database exists."""

    def read(**environ):
        whole = KEYS | {"PIAGAM_DATABASE_URL": f"sqlite:///{tmp_path}/piagam.sqlite3"} | environ
        return Settings.from_environment(whole, NO_FILE)

    return read


def test_without_further_settings_the_folders_of_the_checkout_are_used(read):
    settings = read()

    assert (settings.charter_dir, settings.site_dir) == (
        ROOT / "charter_data" / "tebing_tinggi",
        ROOT / "site",
    )
    assert (settings.journal, settings.proxy_hops, settings.is_secure) == ("WAL", 0, False)
    assert settings.public_url == "http://127.0.0.1:8112"


def test_the_environment_names_other_folders(read, tmp_path):
    settings = read(PIAGAM_CHARTER_DIR=str(tmp_path), PIAGAM_SITE_DIR=str(tmp_path / "out"))

    assert (settings.charter_dir, settings.site_dir) == (tmp_path, tmp_path / "out")


def test_a_list_of_limits_may_name_some_of_them(read):
    assert read().limits == Limits(10, 60, 10, 1000)
    assert read(PIAGAM_LIMITS="codes=7, system=40, all_codes=90").limits == Limits(10, 60, 7, 40, 90)


def test_a_relative_folder_no_longer_depends_on_the_current_one(read, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert read(PIAGAM_SITE_DIR="out").site_dir == tmp_path / "out"


@pytest.mark.parametrize("name", ["PIAGAM_CHARTER_DIR", "PIAGAM_SITE_DIR"])
def test_a_file_in_place_of_a_folder_is_refused_by_name(read, name, tmp_path):
    file = tmp_path / "a.txt"
    file.touch()

    with pytest.raises(SettingsError, match=rf"{name} is {file}, which is not a folder\. Set it to "):
        read(**{name: str(file)})


def test_a_charter_folder_that_is_absent_is_refused(read, tmp_path):
    with pytest.raises(SettingsError, match="PIAGAM_CHARTER_DIR"):
        read(PIAGAM_CHARTER_DIR=str(tmp_path / "none"))


def test_a_site_folder_may_be_absent_yet(read, tmp_path):
    assert not read(PIAGAM_SITE_DIR=str(tmp_path / "none")).is_site_built


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PIAGAM_DATABASE_URL", "postgresql://db/piagam"),
        ("PIAGAM_DATABASE_URL", "sqlite:///relative.sqlite3"),
        ("PIAGAM_DATABASE_URL", "sqlite:////nowhere/at/all.sqlite3"),
        ("PIAGAM_JOURNAL", "DELETE"),
        ("PIAGAM_LIMITS", "submissions"),
        ("PIAGAM_LIMITS", "submissions=0"),
        ("PIAGAM_LIMITS", "submissions=-1"),
        ("PIAGAM_LIMITS", "codes=many"),
        ("PIAGAM_LIMITS", "visits=10"),
        ("PIAGAM_LIMITS", "codes=10,codes=20"),
        ("PIAGAM_LIMITS", "codes=10,"),
        ("PIAGAM_PROXY_HOPS", "-1"),
        ("PIAGAM_PROXY_HOPS", "many"),
        ("PIAGAM_STAY_DAYS", "0"),
        ("PIAGAM_STAY_DAYS", "soon"),
        ("PIAGAM_PUBLIC_URL", "112.example.id"),
        ("PIAGAM_PUBLIC_URL", "https://112.example.id/folder"),
        ("PIAGAM_SECRET_KEY", "rahasia"),
        ("PIAGAM_CODE_KEY", "A" * 64),
        ("PIAGAM_PROOF_KEY", "a" * 63),
        ("PIAGAM_FORMER_PROOF_KEYS", "a" * 64 + " kunci"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(read, name, value):
    with pytest.raises(SettingsError, match=name):
        read(**{name: value})


@pytest.mark.parametrize("name", KEY_NAMES)
def test_a_missing_key_is_named_with_what_writes_it(name, tmp_path):
    environ = {other: key for other, key in KEYS.items() if other != name}
    environ["PIAGAM_DATABASE_URL"] = f"sqlite:///{tmp_path}/piagam.sqlite3"

    with pytest.raises(SettingsError, match=rf"{name} is missing.*site_api\.keys"):
        Settings.from_environment(environ, NO_FILE)


def test_the_file_of_keys_is_written_once_and_read_by_its_owner_only(tmp_path):
    file = tmp_path / "instance" / "piagam.env"

    assert write_keys(file)
    first = file.read_text()

    assert not write_keys(file)
    assert file.read_text() == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_an_older_file_gets_the_key_of_proofs_and_keeps_every_byte(tmp_path, ending):
    file = tmp_path / "piagam.env"
    older = "# mine\n" + "\n".join(f"{name}={KEYS[name]}" for name in KEY_NAMES[:-1]) + ending
    file.write_bytes(older.encode())
    file.chmod(0o600)

    assert write_keys(file)
    assert not write_keys(file)

    written = file.read_bytes().decode()
    assert written.startswith(older)
    assert re.fullmatch(r"\n?PIAGAM_PROOF_KEY=[0-9a-f]{64}\n", written.removeprefix(older))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    url = f"sqlite:///{tmp_path}/x.sqlite3"
    assert Settings.from_environment({"PIAGAM_DATABASE_URL": url}, file).code_key.hex() == "b" * 64


def test_a_key_that_was_lost_is_never_replaced(tmp_path):
    file = tmp_path / "piagam.env"
    file.write_text("PIAGAM_PROOF_KEY=" + "d" * 64 + "\n")

    assert not write_keys(file)


def test_former_keys_of_proofs_are_read_one_after_the_other(read):
    settings = read(PIAGAM_FORMER_PROOF_KEYS=f"{'a' * 64}  {'b' * 64}")

    assert settings.former_proof_keys == (b"\xaa" * 32, b"\xbb" * 32)


def test_what_the_environment_leaves_out_stands_in_the_file(tmp_path):
    file = tmp_path / "piagam.env"
    write_keys(file)
    url = f"sqlite:///{tmp_path}/x.sqlite3"

    settings = Settings.from_environment({"PIAGAM_DATABASE_URL": url, "PIAGAM_CODE_KEY": "a" * 64}, file)

    assert settings.code_key == bytes.fromhex("a" * 64)
    assert settings.secret_key.hex() in file.read_text()
    assert settings.secret_key != settings.number_key


def test_no_key_shows_in_what_is_logged(read):
    assert not any(key in repr(read()) for key in (*KEYS.values(), "secret_key", "code_key"))


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("smtp://pos.example", ("smtp", "pos.example", 25, None, None)),
        ("smtp://127.0.0.1:2525/", ("smtp", "127.0.0.1", 2525, None, None)),
        ("smtps://112:kunci@pos.example", ("smtps", "pos.example", 465, "112", "kunci")),
        ("smtp+starttls://a%40b:k%2Fz@pos.example", ("smtp+starttls", "pos.example", 587, "a@b", "k/z")),
    ],
)
def test_the_mail_server_is_read_from_its_address(read, url, found):
    mail = read(PIAGAM_SMTP_URL=url, PIAGAM_MAIL_FROM="112@kota.example").mail

    assert (mail.security, mail.host, mail.port, mail.user, mail.password) == found
    assert mail.sender == "112@kota.example"
    assert "kunci" not in repr(mail)


@pytest.mark.parametrize(
    "url",
    [
        "pos.example",
        "http://pos.example",
        "smtp://",
        "smtp://pos.example:99999",
        "smtp://112:kunci@pos.example",
        "smtps://112@pos.example",
        "smtps://pos.example/kotak",
        "smtps://pos.example?x=1",
        "",
    ],
)
def test_an_address_that_is_no_mail_server_is_refused_without_being_shown(read, url):
    with pytest.raises(SettingsError, match="PIAGAM_SMTP_URL is ") as refused:
        read(PIAGAM_SMTP_URL=url, PIAGAM_MAIL_FROM="112@kota.example")

    assert "kunci" not in str(refused.value)


@pytest.mark.parametrize("sender", ["", "112", "112@kota.example\nBcc: x@y.example", "a@b, c@d"])
def test_a_sender_that_is_no_address_is_refused(read, sender):
    with pytest.raises(SettingsError, match="PIAGAM_MAIL_FROM is "):
        read(PIAGAM_SMTP_URL="smtp://pos.example", PIAGAM_MAIL_FROM=sender)


def test_without_a_mail_server_there_is_none(read):
    assert read().mail is None


def test_settings_cannot_be_changed(read):
    with pytest.raises(AttributeError):
        read().site_dir = Path("elsewhere")


def test_a_public_address_with_tls_makes_cookies_secure(read):
    assert read(PIAGAM_PUBLIC_URL="https://112.example.id/").is_secure


def test_the_database_lies_in_the_instance_folder():
    if INSTANCE_DIR.is_dir():
        assert Settings.from_environment(KEYS, NO_FILE).database == INSTANCE_DIR / "piagam.sqlite3"
