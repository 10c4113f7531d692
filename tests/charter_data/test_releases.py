import json
import os
from datetime import date
from pathlib import Path

import pytest

from charter_data.loading import load_charter
from charter_data.releases import (
    LIMIT_BYTES,
    ReleaseError,
    broken_releases,
    read_history,
    released_clauses,
    seal_version,
    verify_all,
    write_release,
)
from charter_data.sealed import History, Release
from charter_data.seals import canonical, clause_hash, seal
from charter_data.verifying import verify
from tests.factories import DAY, added, changed, make_charter, text, write_city
from tests.sealing import CITY, FIRE, because, of_version, reworded, sealed, without_clause

FIRST = of_version(CITY, "1.0")
REAL = Path(__file__).resolve().parents[2] / "charter_data" / "tebing_tinggi"
LARGEST = 1_500_000


def refused(folder, files, version=None):
    charter = load_charter(write_city(folder, files))
    with pytest.raises(ReleaseError) as caught:
        seal_version(charter, version or charter.info.version, DAY, read_history(folder))
    return str(caught.value)


@pytest.fixture
def city(tmp_path):
    sealed(tmp_path, FIRST)
    return tmp_path


def test_a_sealed_version_holds_the_charter_its_seal_and_every_clause(city):
    charter = make_charter(files=FIRST)

    (release,) = read_history(city).releases

    assert (release.version, release.sealed_on, release.previous) == ("1.0", DAY, None)
    assert release.seal == seal(charter)
    assert release.clauses == {clause.id: clause_hash(clause) for clause in charter.clauses()}
    assert (city / "releases" / "1.0.json").read_bytes() == canonical(release.model_dump(mode="json"))


def test_nothing_of_agreements_standings_and_reasons_is_sealed(city):
    charter = read_history(city).releases[0].charter

    assert not {"agreements", "changes"} & charter.keys()
    assert '"standing":' not in json.dumps(charter)


def turned(data):
    if isinstance(data, dict):
        return {key: turned(data[key]) for key in reversed(data)}
    return [turned(item) for item in data] if isinstance(data, list) else data


def test_the_same_data_in_another_folder_and_order_is_sealed_to_the_same_bytes(city, tmp_path):
    other = tmp_path / "lain"
    sealed(other, turned(FIRST))

    assert (other / "releases" / "1.0.json").read_bytes() == (city / "releases" / "1.0.json").read_bytes()


def test_a_later_version_says_what_changed_why_and_what_came_before(city):
    first, second = sealed(city, reworded()).releases

    reason = second.why["KBK.siap"]
    assert second.previous == first.link
    assert list(second.why) == ["KBK.siap"]
    assert (reason.kind, reason.evidence) == ("changed", ("M-7KQ4F2",))
    assert [one.id for one in reason.why] == ["Supaya jelas (id)"]


def test_a_clause_that_went_says_so_with_what_replaces_it(city):
    files = without_clause(of_version(CITY, "1.1"), "1.1", "KBK.siap-warga", "KBK.siap")

    reason = sealed(city, files).releases[-1].why["KBK.siap-warga"]

    assert (reason.kind, reason.replaced_by) == ("withdrawn", ("KBK.siap",))


def test_a_clause_that_came_needs_no_reason(city):
    rule = {"id": "KBK.wenang-tebang", "text": text("Boleh menebang")}

    history = sealed(city, added(of_version(CITY, "1.1"), FIRE, ("powers",), rule))

    assert history.releases[-1].why["KBK.wenang-tebang"].kind == "added"


@pytest.mark.parametrize(
    ("files", "version", "said"),
    [
        (FIRST, "1.2", "charter.yml says version 1.0, not 1.2: correct one of the two"),
        (FIRST, "1.0", "1.0 is sealed already: raise `version` in charter.yml"),
        (
            of_version(CITY, "0.9"),
            "0.9",
            "0.9 is not higher than 1.0, the last sealed version: raise `version`",
        ),
        (
            changed(of_version(CITY, "1.1"), "charter.yml", ("simulated",), True),
            "1.1",
            "charter.yml says `simulated: true`: only a real charter is sealed",
        ),
        (
            {key: value for key, value in reworded().items() if key != "changes.yml"},
            "1.1",
            "changed since 1.0 without a reason: KBK.siap: "
            "say why in changes.yml, under `changes` with version 1.1",
        ),
        (
            because({**reworded(), "changes.yml": {}}, "1.0", "KBK.siap"),
            "1.1",
            "changed since 1.0 without a reason: KBK.siap: "
            "say why in changes.yml, under `changes` with version 1.1",
        ),
    ],
)
def test_what_may_not_be_sealed_is_refused_in_one_sentence(city, files, version, said):
    assert refused(city, files, version) == said


def test_versions_count_by_number(city):
    sealed(city, of_version(CITY, "1.9"))

    history = sealed(city, of_version(CITY, "1.10"))

    assert [one.version for one in history.releases] == ["1.0", "1.9", "1.10"]


def test_a_sealed_file_is_never_written_over(city):
    before = (city / "releases" / "1.0.json").read_bytes()

    with pytest.raises(ReleaseError, match=r"1\.0 is sealed already"):
        write_release(city, "1.0", b"other")

    assert [path.name for path in (city / "releases").iterdir()] == ["1.0.json"]
    assert (city / "releases" / "1.0.json").read_bytes() == before


def test_nothing_is_sealed_after_a_version_that_is_not_what_was_sealed(city):
    path = city / "releases" / "1.0.json"
    path.write_bytes(path.read_bytes().replace(b"Kota Contoh", b"Kota Contoj", 1))

    with pytest.raises(
        ReleaseError, match=r"^1\.0: [a-z.]+ is not what was sealed: put the sealed file back"
    ):
        read_history(city)


def test_every_fault_of_every_version_is_told(city):
    sealed(city, reworded())
    for path in (city / "releases").iterdir():
        path.write_bytes(path.read_bytes().replace(b"Damkar siap", b"Damkar siaq", 1))

    history, faults = verify_all(city)

    assert history.releases == ()
    assert [str(fault) for fault in faults] == [
        f"{version}: services[KBK].promises[KBK.siap].text.en is not what was sealed"
        for version in ("1.0", "1.1")
    ]


def test_a_version_taken_out_of_the_chain_is_told(city):
    sealed(city, reworded())
    (city / "releases" / "1.0.json").unlink()

    with pytest.raises(ReleaseError, match=r"1\.1: previous names a version that is gone"):
        read_history(city)


def test_a_file_that_is_no_version_is_told(city):
    (city / "releases" / "lama.json").write_text("{}")

    with pytest.raises(ReleaseError, match="lama: "):
        read_history(city)


def test_a_city_without_sealed_versions_has_an_empty_history(tmp_path):
    assert read_history(tmp_path) == History()
    assert released_clauses(tmp_path) == ()


def test_the_check_reads_clause_ids_of_whatever_version_it_can_read(city):
    (city / "releases" / "1.1.json").write_text("not JSON")

    assert [sorted(clauses)[:1] for clauses in released_clauses(city)] == [["BKL.damping"]]


def test_only_the_given_day_is_the_date_of_the_seal(tmp_path):
    charter = make_charter(files=FIRST)

    content = seal_version(charter, "1.0", date(2027, 1, 2), History())

    assert json.loads(content)["sealed_on"] == "2027-01-02"


def test_the_reasons_of_one_version_add_up(city):
    files = because(reworded(), "1.1", "KBK.siap", evidence=["M-4TZ8WK"])

    assert sealed(city, files).releases[-1].why["KBK.siap"].evidence == ("M-7KQ4F2", "M-4TZ8WK")


def test_reasons_for_clauses_that_did_not_change_do_no_harm(city):
    files = because(added(reworded(), "changes.yml", ("changes",), {}), "1.1", "KBK.siap-warga")
    files["changes.yml"]["changes"].remove({})

    assert list(sealed(city, files).releases[-1].why) == ["KBK.siap"]


def test_a_real_city_fits_into_a_file_of_a_megabyte_and_a_half():
    charter = load_charter(REAL)
    version = charter.info.version

    content = seal_version(charter, version, DAY, History())

    assert len(content) < LARGEST
    assert isinstance(verify(version, content), Release)


def test_the_real_city_is_a_draft_and_has_no_sealed_version():
    assert not (REAL / "releases").exists()


@pytest.mark.parametrize(
    "spoiled",
    [
        b"",
        b"[",
        b"[" * 100_000,
        b'{"clauses":[1,"a"]}',
        b'{"clauses":"abc"}',
        None,
    ],
)
def test_a_spoiled_file_breaks_no_check_takes_no_clause_away_and_is_told(city, spoiled):
    path = city / "releases" / "1.0.json"
    path.unlink()
    path.mkdir() if spoiled is None else path.write_bytes(spoiled)

    assert released_clauses(city) == ()
    assert broken_releases(city) == ("1.0.json",)
    assert {fault.version for fault in verify_all(city)[1]} == {"1.0"}


def test_no_more_than_a_version_can_need_is_read(city):
    with (city / "releases" / "1.0.json").open("wb") as file:
        file.truncate(LIMIT_BYTES + 1)

    assert released_clauses(city) == ()
    assert str(verify_all(city)[1][0]) == "1.0: the file is larger than 16 MiB"


@pytest.mark.parametrize("name", ["1..0", ".1", "satu", "1.0.0", "01.0", "1.0\n"])
def test_a_name_that_is_no_version_is_a_fault_and_no_accident(city, name):
    (city / "releases" / f"{name}.json").write_bytes(b"{}")

    assert name in [fault.version for fault in verify_all(city)[1]]


def test_a_pipe_is_not_waited_for(city):
    os.mkfifo(city / "releases" / "1.1.json")

    assert broken_releases(city) == ("1.1.json",)
    assert [str(fault) for fault in verify_all(city)[1]] == ["1.1: the file is not a file"]


def test_a_file_where_the_folder_of_versions_belongs_is_told_in_a_sentence(tmp_path):
    (tmp_path / "releases").write_text("")

    with pytest.raises(ReleaseError, match="releases is not a folder: move that file away"):
        write_release(tmp_path, "1.0", b"{}")
