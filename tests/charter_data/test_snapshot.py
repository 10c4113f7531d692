import json
from datetime import UTC, date, datetime

import pytest

from charter_data.snapshot import (
    Answer,
    Figure,
    Outcome,
    Said,
    Snapshot,
    SnapshotError,
    Verdict,
    read_snapshot,
    write_snapshot,
)

FILES = ("manifest.json", "figures.json", "answers.json", "removed.json")


def figure(**changes):
    whole = {
        "clause": "KBK.siap",
        "service": "KBK",
        "first_day": date(2026, 1, 1),
        "last_day": date(2026, 12, 31),
        "n": 9,
        "missing": 2,
        "out_of_order": 0,
        "within": 7,
        "mean_s": None,
        "median_s": None,
        "p90_s": None,
        "verdict": Verdict.UNCERTAIN,
    }
    return Figure(**(whole | changes))


def answer(**changes):
    whole = {
        "number": "M-7KQ4F2",
        "clause": "KBK.siap",
        "service": "KBK",
        "answered_on": date(2026, 10, 2),
        "outcome": Outcome.DONE,
        "summary": Said(id="Ringkasan."),
        "text": Said(id="Jawaban.", en="Answer."),
    }
    return Answer(**(whole | changes))


def snapshot(charter, **changes):
    whole = {
        "city": charter.area.bps_code,
        "seal": "0" * 64,
        "made_at": datetime(2026, 11, 24, 8, 0, tzinfo=UTC),
        "kind": "simulated",
        "figures": (figure(),),
        "answers": (answer(),),
        "removed": ("M-2ABCD3",),
    }
    return Snapshot(**(whole | changes))


def test_a_snapshot_comes_back_as_it_went_out(charter, tmp_path):
    sent = snapshot(charter)

    write_snapshot(tmp_path, sent)

    assert read_snapshot(tmp_path, charter) == sent


def test_the_same_snapshot_is_written_with_the_same_bytes(charter, tmp_path):
    write_snapshot(tmp_path / "a", snapshot(charter))
    write_snapshot(tmp_path / "b", snapshot(charter))

    assert [(tmp_path / "a" / name).read_bytes() for name in FILES] == [
        (tmp_path / "b" / name).read_bytes() for name in FILES
    ]


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(charter, tmp_path, name):
    write_snapshot(tmp_path, snapshot(charter))
    (tmp_path / name).unlink()

    with pytest.raises(SnapshotError, match=name):
        read_snapshot(tmp_path, charter)


@pytest.mark.parametrize("name", FILES[1:])
def test_a_changed_file_is_named(charter, tmp_path, name):
    write_snapshot(tmp_path, snapshot(charter))
    (tmp_path / name).write_text("[]" if name != "removed.json" else '["M-000000"]')

    with pytest.raises(SnapshotError, match=rf"{name}: not the file that the manifest names"):
        read_snapshot(tmp_path, charter)


def test_a_snapshot_of_another_city_is_refused(charter, tmp_path):
    write_snapshot(tmp_path, snapshot(charter, city="9999"))

    with pytest.raises(SnapshotError, match="of city 9999"):
        read_snapshot(tmp_path, charter)


def test_foreign_data_has_no_kind(charter, tmp_path):
    write_snapshot(tmp_path, snapshot(charter))
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps(manifest | {"kind": "foreign"}))

    with pytest.raises(SnapshotError, match="kind"):
        read_snapshot(tmp_path, charter)


def test_a_file_that_is_no_json_is_named(charter, tmp_path):
    write_snapshot(tmp_path, snapshot(charter))
    (tmp_path / "manifest.json").write_text("{")

    with pytest.raises(SnapshotError, match=r"manifest\.json: is not JSON"):
        read_snapshot(tmp_path, charter)


def test_clauses_that_the_charter_no_longer_has_are_listed(charter):
    spoken = snapshot(charter, figures=(figure(clause="KBK.hilang"),), answers=())

    assert spoken.retired(charter) == ("KBK.hilang",)
