from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, select

from site_api.calls import simulation
from site_api.calls.models import Call, DatasetKind
from site_api.calls.queries import is_simulated
from site_api.calls.reading import LogError
from site_api.database import db
from site_api.installation import installation
from tests.site_api.calls.logs import import_rows, row

YEAR_END = date(2026, 10, 31)


@pytest.fixture(scope="session")
def year(city_charter):
    return list(simulation.simulated_rows(city_charter, year_end=YEAR_END, seed=112))


def test_the_same_seed_gives_the_same_bytes(tmp_path, city_charter):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        simulation.write_year(city_charter, tmp_path / name, year_end=YEAR_END, seed=seed)

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert (tmp_path / "a").read_bytes() != (tmp_path / "c").read_bytes()


def test_a_simulated_year_is_of_the_size_of_the_city(year):
    classes = Counter({line["nomor"]: line["kelas"] for line in year}.values())

    assert 19 <= sum(classes.values()) / 365 <= 22
    assert 100 <= classes["darurat"] <= 130
    assert classes["iseng"] > classes["bukan_darurat"] > classes["palsu"] > 0


def test_a_simulated_year_stays_inside_its_year(year):
    days = {line["masuk"][:10] for line in year}

    assert (min(days), max(days)) == ("2025-11-01", "2026-10-31")


def test_a_crash_is_of_police_and_ambulance_side_by_side(year):
    agencies: dict[str, set[str]] = {}
    for line in year:
        if line["layanan"] == "KLL" and "instansi" in line:
            agencies.setdefault(line["nomor"], set()).add(line["instansi"])

    assert len(agencies) > 30
    assert all({"polres", "dinkes"} <= some for some in agencies.values())


def test_a_simulated_year_never_names_where_somebody_was_hurt_at_home(year):
    assert not [line for line in year if line["layanan"] in ("BKL", "JWA") and "kelurahan" in line]


def test_a_simulated_year_comes_in_like_any_log(app, tmp_path, year):
    imported = simulation.import_year(installation(), tmp_path, year_end=YEAR_END, seed=112)

    assert imported.kind is DatasetKind.SIMULATED
    assert (imported.added, imported.refused) == (len(year), [])
    assert is_simulated()
    assert db.session.scalar(select(func.count()).select_from(Call)) == len({line["nomor"] for line in year})


def test_a_simulated_year_never_stands_beside_real_calls(app, tmp_path):
    import_rows(tmp_path, [row(1, masuk=0)])

    with pytest.raises(LogError, match="never mix"):
        simulation.import_year(installation(), tmp_path, year_end=YEAR_END, seed=112)
    assert not is_simulated()
