"""What differs between one installation of the app and another, read once from the environment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Self
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[1]
BRAND_DIR = ROOT / "brand"
INSTANCE_DIR = ROOT / "instance"
KEYS_FILE = INSTANCE_DIR / "piagam.env"
KEY_NAMES = ("PIAGAM_SECRET_KEY", "PIAGAM_CODE_KEY", "PIAGAM_NUMBER_KEY", "PIAGAM_PROOF_KEY")
LANGUAGES = ("id", "en")
JOURNALS = ("WAL", "TRUNCATE")
SQLITE = "sqlite:///"
KEY_FORM = re.compile(r"[0-9a-f]{64}")
LIMIT_FORM = re.compile(r"[1-9][0-9]{0,6}")
SMTP_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
ADDRESS_FORM = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){0,8}"
)
URL_FORM = re.compile(r"https?://[^\s/?#]+")


class SettingsError(Exception):
    """A setting has a value that the app cannot use; str() names it and says what would be right."""


@dataclass(frozen=True)
class Limits:
    """Hold how much is taken an hour: from one network, and in all."""

    submissions: int = 10
    drafts: int = 60
    codes: int = 10
    system: int = 1000
    all_codes: int = 1000


@dataclass(frozen=True)
class Mail:
    """Hold the mail server that takes our mail, and from which address it comes."""

    security: str
    host: str
    port: int
    sender: str
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Settings:
    """Hold every setting; the keys never show in a log."""

    charter_dir: Path
    site_dir: Path
    database: Path
    secret_key: bytes = field(repr=False)
    code_key: bytes = field(repr=False)
    number_key: bytes = field(repr=False)
    proof_key: bytes = field(repr=False)
    former_proof_keys: tuple[bytes, ...] = ()
    public_url: str = "http://127.0.0.1:8112"
    proxy_hops: int = 0
    journal: str = "WAL"
    limits: Limits = Limits()
    stay_days: int = 5
    mail: Mail | None = None

    @property
    def is_site_built(self) -> bool:
        """Say whether there are pages to serve."""
        return (self.site_dir / "index.html").is_file()

    @property
    def is_secure(self) -> bool:
        """Say whether people reach the app over TLS, so that cookies may insist on it."""
        return self.public_url.startswith("https://")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], keys_file: Path = KEYS_FILE) -> Self:
        """Read the settings; raises SettingsError for the first value that cannot be used.

        What the environment leaves out stands in the file of keys that `make run` writes once.
        """
        given = {**_read_file(keys_file), **{name: value for name, value in environ.items() if value}}
        return cls(
            charter_dir=_folder(given, "PIAGAM_CHARTER_DIR", ROOT / "charter_data" / "tebing_tinggi"),
            site_dir=_site_dir(given),
            database=_database(given),
            secret_key=_key(given, "PIAGAM_SECRET_KEY"),
            code_key=_key(given, "PIAGAM_CODE_KEY"),
            number_key=_key(given, "PIAGAM_NUMBER_KEY"),
            proof_key=_key(given, "PIAGAM_PROOF_KEY"),
            former_proof_keys=_former_proof_keys(given),
            public_url=_public_url(given),
            proxy_hops=_proxy_hops(given),
            journal=_journal(given),
            limits=_limits(given),
            stay_days=_stay_days(given),
            mail=_mail(given),
        )


def _read_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _folder(given: Mapping[str, str], name: str, default: Path) -> Path:
    folder = Path(given.get(name) or default)
    if not folder.is_dir():
        raise _wrong(name, folder, "which is not a folder", "the folder of a city's charter")
    return folder.resolve()


def _site_dir(given: Mapping[str, str]) -> Path:
    folder = Path(given.get("PIAGAM_SITE_DIR") or ROOT / "site")
    if folder.exists() and not folder.is_dir():
        raise _wrong("PIAGAM_SITE_DIR", folder, "which is not a folder", "the folder that `make site` writes")
    return folder.resolve()


def _database(given: Mapping[str, str]) -> Path:
    name = "PIAGAM_DATABASE_URL"
    url = given.get(name) or f"{SQLITE}{INSTANCE_DIR / 'piagam.sqlite3'}"
    path = Path(url.removeprefix(SQLITE))
    if not url.startswith(SQLITE) or not path.is_absolute():
        raise _wrong(name, url, "which is no SQLite file", f"{SQLITE} and a path that begins with /")
    if not path.parent.is_dir():
        raise _wrong(name, url, "whose folder does not exist", "a file in a folder that exists")
    return path


def _key(given: Mapping[str, str], name: str) -> bytes:
    key = given.get(name, "")
    if not KEY_FORM.fullmatch(key):
        state = "not 64 hexadecimal digits" if key else "missing"
        raise SettingsError(
            f"{name} is {state}. `python -m site_api.keys` writes all keys once to {KEYS_FILE}."
        )
    return bytes.fromhex(key)


def _former_proof_keys(given: Mapping[str, str]) -> tuple[bytes, ...]:
    name = "PIAGAM_FORMER_PROOF_KEYS"
    keys = given.get(name, "").split()
    for key in keys:
        if not KEY_FORM.fullmatch(key):
            raise _wrong(name, key, "which is no public key", "keys of 64 hexadecimal digits, blanks between")
    return tuple(map(bytes.fromhex, keys))


def _public_url(given: Mapping[str, str]) -> str:
    url = given.get("PIAGAM_PUBLIC_URL", "http://127.0.0.1:8112").rstrip("/")
    if not URL_FORM.fullmatch(url):
        raise _wrong(
            "PIAGAM_PUBLIC_URL", url, "which is no address of a host", "such as https://112.example.id"
        )
    return url


def _proxy_hops(given: Mapping[str, str]) -> int:
    hops = given.get("PIAGAM_PROXY_HOPS", "0")
    if not hops.isdecimal() or int(hops) > 5:
        raise _wrong("PIAGAM_PROXY_HOPS", hops, "which is no count", "the number of proxies in front, 0 to 5")
    return int(hops)


def _journal(given: Mapping[str, str]) -> str:
    journal = given.get("PIAGAM_JOURNAL", JOURNALS[0])
    if journal not in JOURNALS:
        raise _wrong("PIAGAM_JOURNAL", journal, "which is no journal", " or ".join(JOURNALS))
    return journal


def _stay_days(given: Mapping[str, str]) -> int:
    days = given.get("PIAGAM_STAY_DAYS", "5")
    if not days.isdecimal() or not 1 <= int(days) <= 60:
        right = "how many working days an agency is to keep a case at most, 1 to 60"
        raise _wrong("PIAGAM_STAY_DAYS", days, "which is no number of days", right)
    return int(days)


def _limits(given: Mapping[str, str]) -> Limits:
    name, known = "PIAGAM_LIMITS", [limit.name for limit in fields(Limits)]
    written = given.get(name, "")
    pairs = [part.strip().partition("=") for part in written.split(",")] if written else []
    values = {limit: int(number) for limit, _, number in pairs if LIMIT_FORM.fullmatch(number)}
    if len(values) != len(pairs) or not values.keys() <= set(known):
        right = f"such as submissions=10,codes=10: numbers an hour from 1 to 9999999 of {', '.join(known)}"
        raise _wrong(name, written, "which is no list of limits", right)
    return Limits(**values)


def _mail(given: Mapping[str, str]) -> Mail | None:
    url, sender = given.get("PIAGAM_SMTP_URL", ""), given.get("PIAGAM_MAIL_FROM", "")
    if not url and not sender:
        return None
    if not ADDRESS_FORM.fullmatch(sender):
        state = f"{sender}, which is no mail address" if sender else "missing, but PIAGAM_SMTP_URL is set"
        raise SettingsError(f"PIAGAM_MAIL_FROM is {state}. Set it to one such as 112@kota.example.")
    found = _mail_server(url, sender)
    if found is None:  # the value may hold a password, so it is not shown
        state = "no address of a mail server" if url else "missing, but PIAGAM_MAIL_FROM is set"
        right = "smtp://HOST:25, or with a password smtps://USER:PASSWORD@HOST or smtp+starttls://USER:PASSWORD@HOST"
        raise SettingsError(f"PIAGAM_SMTP_URL is {state}. Set it to {right}; signs such as @ in it as %40.")
    return found


def _mail_server(url: str, sender: str) -> Mail | None:
    try:
        parts = urlsplit(url)
        port = parts.port or SMTP_PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    has_password = parts.username is not None and parts.password is not None
    is_bare = parts.username is None and parts.password is None
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        return None
    if not is_bare and (not has_password or parts.scheme == "smtp"):
        return None
    user, password = (unquote(one) if one else None for one in (parts.username, parts.password))
    return Mail(parts.scheme, parts.hostname, port, sender, user, password)


def _wrong(name: str, value: object, what: str, right: str) -> SettingsError:
    return SettingsError(f"{name} is {value}, {what}. Set it to {right}, or leave it out.")
