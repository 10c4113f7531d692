import json

import pytest
from pydantic import ValidationError

from charter_data.snapshot_files import SnapshotError, read_snapshot, write_snapshot
from tests.snapshots import HIDDEN, figure, snapshot

FILES = ("manifest.json", "figures.json", "answers.json", "removed.json", "counts.json")


def test_a_snapshot_comes_back_as_it_went_out(charter, tmp_path):
    sent = snapshot(charter)

    write_snapshot(tmp_path, sent)

    assert read_snapshot(tmp_path, charter) == sent


def test_a_snapshot_without_counts_and_audit_comes_back_too(charter, tmp_path):
    sent = snapshot(charter, counts=None, audit_head=None)

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


def test_a_form_of_before_is_refused_by_its_name(charter, tmp_path):
    write_snapshot(tmp_path, snapshot(charter))
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    old = manifest | {"schema_version": "piagam112/snapshot/1"}
    (tmp_path / "manifest.json").write_text(json.dumps(old))

    with pytest.raises(SnapshotError, match=r"of the form piagam112/snapshot/1, not piagam112/snapshot/3"):
        read_snapshot(tmp_path, charter)


def test_a_file_that_is_no_json_is_named(charter, tmp_path):
    write_snapshot(tmp_path, snapshot(charter))
    (tmp_path / "manifest.json").write_text("{")

    with pytest.raises(SnapshotError, match=r"manifest\.json: is not JSON"):
        read_snapshot(tmp_path, charter)


@pytest.mark.parametrize("told", ["missing", "out_of_order", "within", "mean_s", "median_s", "p90_s"])
def test_a_hidden_figure_hides_everything(told):
    assert figure(**HIDDEN).is_hidden

    with pytest.raises(ValidationError, match="hides everything"):
        figure(**(HIDDEN | {told: 3}))


@pytest.mark.parametrize("left_out", ["missing", "out_of_order"])
def test_a_figure_that_is_shown_says_what_it_could_not_count(left_out):
    with pytest.raises(ValidationError, match="missing and out of order"):
        figure(**{left_out: None})


def test_what_was_removed_cannot_be_published(charter):
    with pytest.raises(ValidationError, match="M-7KQ4F2 is removed and still among the answers"):
        snapshot(charter, removed=("M-2ABCD3", "M-7KQ4F2"))


def test_clauses_that_the_charter_no_longer_has_are_listed(charter):
    spoken = snapshot(charter, figures=(figure(clause="KBK.hilang"),), answers=())

    assert spoken.retired(charter) == ("KBK.hilang",)
