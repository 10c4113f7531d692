"""A small city, as files and as a charter."""

from pathlib import Path

import pytest

from charter_data.models import Charter
from tests.factories import city_files, make_charter, write_city


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return write_city(tmp_path / "kota_contoh", city_files())


@pytest.fixture
def charter() -> Charter:
    return make_charter()
