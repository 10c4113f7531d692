"""The power fails: what was written and never synced is gone, and still nothing acknowledged is lost."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.faults.servers import APP, Served, post_again, ready, write_and_kill
from tests.faults.test_killed_server import is_chain_whole

RECEIPTS = 2_000
CUTS = 10
HURRIED = "tests.faults.hurried:create_app()"
SHIM = Path(__file__).with_name("unsynced.c")


@pytest.fixture
def disk(tmp_path):
    """Give the library that keeps apart what was synced, and a database of which all is."""
    library = tmp_path / "unsynced.so"
    made = ["gcc", "-shared", "-fPIC", "-O2", "-o", str(library), str(SHIM), "-ldl"]
    subprocess.run(made, check=True)  # noqa: S603 (our own file)
    ready(tmp_path)
    shutil.copy(tmp_path / "piagam.sqlite3", tmp_path / "piagam.sqlite3.durable")
    return {"LD_PRELOAD": str(library), "PIAGAM_DURABLE": str(tmp_path / "piagam.sqlite3")}


def cut(database):
    """Leave of a killed server's database only what was synced."""
    for path in (database, Path(f"{database}-wal")):
        path.unlink(missing_ok=True)
        durable = Path(f"{path}.durable")
        if durable.exists():
            shutil.copy(durable, path)
    Path(f"{database}-shm").unlink(missing_ok=True)


def lost_after_cuts(served):
    citizens = write_and_kill(served, RECEIPTS, CUTS, lambda: cut(served.database))
    again = post_again(Served(served.folder), citizens.receipts)
    return sum(again[key] != receipt for key, receipt in citizens.receipts.items())


@pytest.mark.parametrize(("app", "is_safe"), [(APP, True), (HURRIED, False)], ids=["as-built", "hurried"])
def test_a_power_cut_loses_what_is_acknowledged_only_where_commits_are_not_synced(
    tmp_path, disk, capsys, app, is_safe
):
    served = Served(tmp_path, app, disk)

    lost = lost_after_cuts(served)

    with capsys.disabled():
        print(f"\n{CUTS} power cuts, {app}: {RECEIPTS:,} acknowledged, {lost} lost")
    assert (lost == 0) == is_safe
    assert is_chain_whole(served)
