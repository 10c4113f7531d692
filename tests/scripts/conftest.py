"""The city's real charter, and its site built once with each site tool."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from charter_data.models import Charter
from tests import sites
from tests.sites import Site


@pytest.fixture(scope="session")
def city_charter() -> Charter:
    return sites.city_charter()


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return sites.built_site(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return sites.sample_site(tmp_path_factory.getbasetemp())


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a copy of the city's folder that a test may spoil."""
    return Path(shutil.copytree(sites.DATA, tmp_path / "data"))


@pytest.fixture
def edit(data: Path) -> Callable[[str, str, str], None]:
    """Replace what stands once in a file of the copied folder."""

    def replace(name: str, old: str, new: str) -> None:
        text = (data / name).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (data / name).write_text(text.replace(old, new), encoding="utf-8")

    return replace
