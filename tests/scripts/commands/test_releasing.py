import json
import re
from datetime import date

import pytest

from charter_data.snapshot_files import write_snapshot
from scripts.build_charter import main
from tests.factories import agreed, changed, make_charter, text, without, write_city
from tests.sealing import CITY, FIRE, because, of_version, reworded
from tests.snapshots import snapshot

FIRST = of_version(CITY, "1.0")
DATED = ("--today", "2026-11-24")


@pytest.fixture
def run(tmp_path, capsys):
    """Run a command on the city that stands in a folder, and give code, output and errors."""

    def command(*arguments, folder="kota"):
        code = main([*arguments, "--data", str(tmp_path / folder)])
        return code, *capsys.readouterr()

    return command


@pytest.fixture
def write(tmp_path):
    return lambda files, folder="kota": write_city(tmp_path / folder, files)


@pytest.fixture
def sealed(run, write):
    folder = write(FIRST)
    assert run("release", "1.0", *DATED)[0] == 0
    return folder / "releases" / "1.0.json"


def turned(data):
    if isinstance(data, dict):
        return {key: turned(data[key]) for key in reversed(data)}
    return [turned(item) for item in data] if isinstance(data, list) else data


def test_sealing_prints_seal_file_and_size(run, write):
    folder = write(FIRST)

    code, out, err = run("release", "1.0", *DATED)

    path = folder / "releases" / "1.0.json"
    assert (code, err) == (0, "")
    assert out == (
        f"1.0 is sealed: {json.loads(path.read_text())['seal']}\n{path}: {path.stat().st_size} bytes\n"
    )


def test_two_folders_with_the_same_data_in_another_order_say_the_same_seal(run, write, sealed):
    other = write(turned(FIRST), "lain")

    code, out, _ = run("release", "1.0", *DATED, folder="lain")

    assert code == 0
    assert out.split()[3] == json.loads(sealed.read_text())["seal"]
    assert (other / "releases" / "1.0.json").read_bytes() == sealed.read_bytes()


def test_a_charter_with_errors_is_not_sealed(run, write):
    folder = write(changed(FIRST, FIRE, ("slug",), "Kebakaran!"))

    assert run("release", "1.0") == (1, "", "the check finds 1 errors: run `check` and mend them first\n")
    assert not (folder / "releases").exists()


def test_a_second_seal_on_the_same_version_is_refused(run, sealed):
    assert run("release", "1.0") == (1, "", "1.0 is sealed already: raise `version` in charter.yml\n")


@pytest.mark.parametrize("kind", ["simulated", "real"])
def test_nothing_simulated_is_sealed(run, write, tmp_path, kind):
    write(FIRST)
    write_snapshot(tmp_path / "hasil", snapshot(make_charter(files=FIRST), kind=kind))

    code, _, err = run("release", "1.0", "--snapshot", str(tmp_path / "hasil"))

    assert (code, "the snapshot is simulated" in err) == ((1, True) if kind == "simulated" else (0, False))


def test_a_simulated_charter_is_not_sealed(run, write):
    write(changed(FIRST, "charter.yml", ("simulated",), True))

    code, _, err = run("release", "1.0")

    assert (code, err) == (1, "charter.yml says `simulated: true`: a release is of a real charter only\n")


def test_without_sealed_versions_there_is_nothing_to_verify(run, write):
    write(CITY)

    assert run("verify") == (0, "no version is sealed yet\n", "")


def test_what_verifies_is_told_with_seal_and_fingerprint(run, sealed):
    code, out, err = run("verify")

    assert (code, err) == (0, "")
    assert re.fullmatch(r"1\.0: as sealed on 2026-11-24: [0-9a-f]{64}, file [0-9a-f]{64}\n", out)


def test_a_changed_byte_is_told_by_version_and_field(run, sealed):
    sealed.write_bytes(
        sealed.read_bytes().replace(b"Damkar siap memadamkan (id)", b"Damkar siap memadamkam (id)")
    )

    code, out, err = run("verify")

    assert (code, out) == (1, "")
    assert err == "1.0: services[KBK].promises[KBK.siap].text.id is not what was sealed\n"


def test_differences_are_told_clause_by_clause_in_both_languages(run, write, sealed):
    write(reworded())

    code, out, err = run("diff", "1.0", "now")

    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "changed: KBK.siap",
        '  text.en: "Damkar siap memadamkan (en)" -> "Damkar siap menyemprot (en)"',
        '  text.id: "Damkar siap memadamkan (id)" -> "Damkar siap menyemprot (id)"',
        'elsewhere: info.version: "1.0" -> "1.1"',
    ]


def test_programs_get_the_differences_as_json(run, write, sealed):
    write(reworded())

    told = json.loads(run("diff", "1.0", "now", "--json")[1])

    assert [one["clause"] for one in told["changed"]] == ["KBK.siap"]
    assert {"field": "info.version", "old": "1.0", "new": "1.1"} in told["elsewhere"]


def test_a_version_that_there_is_not_is_told(run, sealed):
    assert run("diff", "1.0", "2.0") == (1, "", "there is no sealed version 2.0: name one of 1.0, now\n")


def test_no_difference_is_told_as_such(run, sealed):
    assert run("diff", "1.0", "now") == (0, "nothing is different\n", "")


def test_data_that_cannot_be_read_cannot_be_compared(run, write, sealed):
    write({FIRE: "a: ["})

    code, out, err = run("diff", "1.0", "now")

    assert (code, out) == (1, "")
    assert err.startswith(f"{FIRE}:")


def test_only_the_agreement_on_the_changed_clause_ends(run, write):
    both = agreed(agreed(FIRST, "KBK.siap-warga", "damkar", "dprd"), "UMUM.senyap", "diskominfo", "dprd")
    write(both)
    assert run("release", "1.0", *DATED)[0] == 0
    later = because(of_version(both, "1.1"), "1.1", "KBK.siap-warga")
    write(changed(later, FIRE, ("promises", 1, "text"), text("Damkar berjanji lain")))

    checked, compared = run("check", "--quiet"), run("diff", "1.0", "now")

    assert [re.findall(r"[a-z-]+: `[A-Za-z.-]+`", line) for line in checked[2].splitlines()] == [
        ["standing-without-agreement: `KBK.siap-warga`"]
    ]
    assert [line for line in compared[1].splitlines() if line.startswith("agreement")] == [
        "agreement of damkar on KBK.siap-warga (2026-11-24): no longer holds, the wording changed",
        "agreement of dprd on KBK.siap-warga (2026-11-24): no longer holds, the wording changed",
        "agreement of diskominfo on UMUM.senyap (2026-11-24): still holds",
        "agreement of dprd on UMUM.senyap (2026-11-24): still holds",
    ]
    assert run("release", "1.1")[0] == 1


def build(run, tmp_path, *more):
    return run("build", "--release", "--site", str(tmp_path / "situs"), *more)


def test_a_release_build_wants_a_sealed_version(run, write, tmp_path):
    write(CITY)

    assert build(run, tmp_path) == (1, "", "no version is sealed yet: run `release 0.1` first\n")


def test_a_release_build_refuses_data_that_differs_from_what_was_sealed(run, write, sealed, tmp_path):
    write(reworded())

    code, _, err = build(run, tmp_path)

    assert (code, err) == (
        1,
        "the data differs from 1.0, the last sealed version: run `diff 1.0 now`, then seal a new version\n",
    )


def test_a_release_build_refuses_what_never_happened(run, sealed, tmp_path):
    write_snapshot(tmp_path / "hasil", snapshot(make_charter(files=FIRST)))

    code, _, err = build(run, tmp_path, "--snapshot", str(tmp_path / "hasil"))

    assert (code, err) == (1, "the snapshot is simulated: a release takes real answers and figures only\n")


def test_a_build_refuses_a_version_that_is_not_what_was_sealed(run, sealed, tmp_path):
    sealed.write_bytes(sealed.read_bytes()[:-1])

    code, _, err = run("build", "--site", str(tmp_path / "situs"))

    assert (code, err[:5]) == (1, "1.0: ")
    assert not (tmp_path / "situs").exists()


def test_a_clause_taken_out_without_a_word_stops_the_seal(run, write, sealed):
    write(without(of_version(CITY, "1.1"), FIRE, ("promises", 1)))

    assert run("release", "1.1")[2].startswith("the check finds 1 errors")


def test_a_folder_of_no_city_is_not_told_as_one_without_versions(run):
    code, _, said = run("verify", folder="tidak_ada")

    assert code == 1
    assert "no charter.yml stands there" in said


def test_nothing_dated_ahead_is_sealed(run, write):
    write(changed(FIRST, FIRE, ("reviewed_on",), date(2031, 1, 1)))

    assert run("release", "1.0", *DATED) == (
        1,
        "",
        "the check finds 1 errors: run `check` and mend them first\n",
    )


SET_BY_LAW = changed(FIRST, FIRE, ("promises", 0, "standing"), "usulan")


def test_a_standing_changed_after_the_seal_is_told_and_stops_a_release_build(run, write, sealed, tmp_path):
    write(SET_BY_LAW)

    assert run("diff", "1.0", "now")[1].splitlines() == [
        "changed: KBK.siap",
        '  standing: "wajib" -> "usulan"',
    ]
    assert build(run, tmp_path) == (
        1,
        "",
        "standings differ from 1.0, the last sealed version: run `diff 1.0 now`, then seal a new version\n",
    )


def test_a_changed_standing_ends_no_agreement(run, write):
    both = agreed(FIRST, "KBK.siap-warga", "damkar", "dprd")
    write(both)
    assert run("release", "1.0", *DATED)[0] == 0
    write(changed(both, FIRE, ("promises", 1, "standing"), "usulan"))

    told = run("diff", "1.0", "now")[1]

    assert "standing: " in told
    assert told.count("still holds") == 2


def test_an_agreed_clause_that_went_is_told_as_withdrawn(run, write):
    both = agreed(FIRST, "KBK.siap-warga", "damkar", "dprd")
    write(both)
    assert run("release", "1.0", *DATED)[0] == 0
    write(without(both, FIRE, ("promises", 1)))

    assert run("diff", "1.0", "now")[1].count("(2026-11-24): was withdrawn") == 2


def test_a_changed_order_is_told(run, write, sealed):
    write(turned(FIRST))

    assert run("diff", "1.0", "now")[1] == "nothing is different\n"

    write(changed(FIRST, "agencies.yml", ("agencies",), FIRST["agencies.yml"]["agencies"][::-1]))

    assert run("diff", "1.0", "now")[1] == "order changed: agencies\n"


def test_an_expected_seal_tells_of_a_version_taken_away_or_replaced(run, sealed):
    seal = json.loads(sealed.read_text())["seal"]

    assert run("verify", "--expect", f"1.0:{seal}")[0] == 0
    assert "not " + seal[::-1] in run("verify", "--expect", f"1.0:{seal[::-1]}")[2]
    assert run("verify", "--expect", "1.0")[2].startswith("--expect 1.0: give version and seal")

    sealed.unlink()

    assert run("verify", "--expect", f"1.0:{seal}")[::2] == (
        1,
        "1.0: expected, but no such version verifies: put its sealed file back\n",
    )
