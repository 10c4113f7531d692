"""The app as tests make it: settings in a folder of their own, tables by the real migrations."""

from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade

from site_api.settings import ROOT, Limits, Settings

CHARTER_DIR = ROOT / "charter_data" / "tebing_tinggi"
# A whole suite speaks from one address; tests of the limits set their own.
GENEROUS = Limits(100_000, 100_000, 100_000, 100_000, 100_000)


def settings_in(folder: Path, **changes: Any) -> Settings:
    """Give settings whose database and site lie in a folder."""
    whole: dict[str, Any] = {
        "charter_dir": CHARTER_DIR,
        "site_dir": folder / "site",
        "database": folder / "piagam.sqlite3",
        "secret_key": b"s" * 32,
        "code_key": b"c" * 32,
        "number_key": b"n" * 32,
        "limits": GENEROUS,
        "proof_key": b"p" * 32,
    }
    return Settings(**(whole | changes))


def make_tables(app: Flask) -> None:
    """Bring the app's database to this version."""
    with app.app_context():
        upgrade()
