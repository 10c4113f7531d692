"""Where the app finds its charter and its site, read once from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[1]
BRAND_DIR = ROOT / "brand"
LANGUAGES = ("id", "en")


class SettingsError(Exception):
    """A setting has a value that the app cannot use; str() names it and says what would be right."""


@dataclass(frozen=True)
class Settings:
    """What differs between one installation of the app and another."""

    charter_dir: Path
    site_dir: Path

    @property
    def is_site_built(self) -> bool:
        """Say whether there are pages to serve."""
        return (self.site_dir / "index.html").is_file()

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings; raises SettingsError for the first value that cannot be used."""
        charter_dir = Path(environ.get("PIAGAM_CHARTER_DIR") or ROOT / "charter_data" / "tebing_tinggi")
        site_dir = Path(environ.get("PIAGAM_SITE_DIR") or ROOT / "site")
        if not charter_dir.is_dir():
            raise SettingsError(_wrong("PIAGAM_CHARTER_DIR", charter_dir, "the folder of a city's charter"))
        if site_dir.exists() and not site_dir.is_dir():
            raise SettingsError(_wrong("PIAGAM_SITE_DIR", site_dir, "the folder that `make site` writes"))
        return cls(charter_dir=charter_dir.resolve(), site_dir=site_dir.resolve())


def _wrong(name: str, value: Path, right: str) -> str:
    return f"{name} is {value}, which is not a folder. Set it to {right}, or leave it out."
