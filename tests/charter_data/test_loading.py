import re

import pytest

from charter_data.loading import CharterError, load, load_charter
from charter_data.problems import ERRORS, WARNINGS
from tests.charter_data.examples import EXAMPLES
from tests.factories import DAY, added, agreed, changed, city_files, write_city

CITY = city_files()
FIRE, FAMILY = "services/KBK.yml", "services/KDR.yml"


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda example: example.code)
def faulty(request, tmp_path_factory):
    folder = write_city(tmp_path_factory.mktemp(request.param.code), request.param.files)
    return request.param, folder, load(folder, DAY)


def codes(loaded):
    return {problem.code for problem in loaded.problems}


def spot(text, marker):
    before, found, _ = text.partition(marker)
    assert found, f"{marker!r} is not in the file"
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def test_every_code_has_an_example():
    told = [example.code for example in EXAMPLES]

    assert sorted(told) == sorted(ERRORS | WARNINGS)


def test_a_fault_gives_its_code_and_no_other(faulty):
    example, _, loaded = faulty

    assert codes(loaded) == {example.code} | example.follows


def test_a_fault_is_shown_where_it_stands(faulty):
    example, folder, loaded = faulty
    place = spot((folder / example.file).read_text(), example.at) if example.at else (1, 1)

    found = [problem for problem in loaded.problems if problem.code == example.code]

    assert [(problem.file, problem.line, problem.column) for problem in found] == [(example.file, *place)]


def test_without_warnings_the_same_errors_are_told(faulty):
    _, folder, loaded = faulty

    assert load(folder, DAY, with_warnings=False).problems == loaded.errors


def test_errors_stop_a_build_and_warnings_do_not(faulty):
    example, _, loaded = faulty

    assert (loaded.charter is None) == (example.code in ERRORS)
    assert bool(loaded.errors) == (example.code in ERRORS)
    assert bool(loaded.warnings) == (example.code in WARNINGS or bool(example.follows))


def test_messages_speak_of_the_charter_and_not_of_programs(faulty):
    _, _, loaded = faulty

    messages = [problem.message for problem in loaded.problems]

    assert not [
        words for words in messages if re.search(r"Input should|Tuple|instance of|<\w+\.|\bNone\b", words)
    ]
    assert not [words for words in messages if len(words) < 20 or "\n" in words]


def test_a_sound_city_has_no_problems_at_all(city):
    loaded = load(city)

    assert loaded.problems == ()
    assert loaded.charter is not None


def test_a_folder_that_is_not_there_is_named(tmp_path):
    folder = tmp_path / "tidak_ada"

    loaded = load(folder)

    assert [(problem.file, problem.code) for problem in loaded.problems] == [(str(folder), "file-missing")]


def test_an_empty_folder_lacks_every_file(tmp_path):
    loaded = load(tmp_path)

    assert [problem.file for problem in loaded.problems] == sorted(
        [*(name for name in CITY if "/" not in name), "services"]
    )


def test_notes_and_releases_may_lie_beside_the_data(city):
    write_city(city, {"README.md": "# Kota Contoh\n", "releases/0.1.json": "{}\n"})

    loaded = load(city)

    assert [problem.code for problem in loaded.problems] == ["release-broken"]


@pytest.mark.parametrize(
    "name", ["services/catatan.txt", "services/lama/KBK.yml", "area.yaml", "services.yml"]
)
def test_a_file_that_nothing_reads_is_an_error(city, name):
    write_city(city, {name: "a: b\n"})

    loaded = load(city)

    assert [(problem.file, problem.code) for problem in loaded.problems] == [(name, "file-unknown")]


@pytest.mark.parametrize("kind", ["folder", "broken link"])
def test_a_service_that_is_no_file_is_named(city, kind):
    place = city / "services" / "MED.yml"
    if kind == "folder":
        place.mkdir()
    else:
        place.symlink_to(city / "tidak_ada.yml")

    loaded = load(city)

    assert [(problem.file, problem.code) for problem in loaded.problems] == [
        ("services/MED.yml", "file-missing")
    ]


def test_all_faults_of_all_files_come_out_of_one_run_in_order(tmp_path):
    files = changed(CITY, FIRE, ("slug",), "Kebakaran!")
    files = changed(files, "charter.yml", ("stattus",), "draft")
    files = changed(files, "area.yml", ("population",), 0)

    loaded = load(write_city(tmp_path, files))

    assert [(problem.file, problem.code) for problem in loaded.problems] == [
        ("area.yml", "wrong-value"),
        ("charter.yml", "unknown-key"),
        (FIRE, "wrong-form"),
    ]


@pytest.mark.parametrize("broken", [name for name in CITY if name != "agencies.yml"])
def test_rules_across_files_still_run_when_another_file_is_broken(tmp_path, broken):
    place = FIRE if broken != FIRE else FAMILY
    files = changed(CITY, place, ("lead",), "hantu")

    loaded = load(write_city(tmp_path, {**files, broken: "a: [\n"}))

    assert [(problem.file, problem.code) for problem in loaded.problems] == sorted(
        [(broken, "yaml-syntax"), (place, "unknown-agency")]
    )


@pytest.mark.parametrize("broken", CITY)
def test_a_file_that_cannot_be_read_is_the_only_one_blamed(tmp_path, broken):
    files = agreed(CITY, "UMUM.senyap", "diskominfo", "dprd")

    loaded = load(write_city(tmp_path, {**files, broken: "a: [\n"}))

    assert [(problem.file, problem.code) for problem in loaded.problems] == [(broken, "yaml-syntax")]


def test_a_broken_item_is_left_out_and_the_next_one_keeps_its_line(tmp_path):
    files = changed(CITY, FIRE, ("promises", 0, "targets"), "lima belas menit")
    files = changed(files, FIRE, ("promises", 1, "owner"), "hantu")

    folder = write_city(tmp_path, files)

    unknown = next(problem for problem in load(folder).problems if problem.code == "unknown-agency")
    assert (unknown.line, unknown.column) == spot((folder / FIRE).read_text(), "owner: hantu")


def test_clauses_of_a_broken_record_still_count_as_declared(tmp_path):
    files = changed(CITY, FIRE, ("promises", 0, "standing"), "janji")

    loaded = load(write_city(tmp_path, files))

    assert codes(loaded) == {"wrong-value"}


def test_an_unknown_key_leaves_the_rest_of_its_record_to_be_checked(tmp_path):
    files = changed(CITY, FIRE, ("warna",), "merah")
    files = changed(files, FIRE, ("lead",), "hantu")

    loaded = load(write_city(tmp_path, files))

    assert codes(loaded) == {"unknown-key", "unknown-agency"}


def test_a_charter_with_errors_is_refused_with_all_of_them(tmp_path):
    files = changed(changed(CITY, FIRE, ("lead",), "hantu"), FAMILY, ("reviewed_on",), None)

    with pytest.raises(CharterError) as caught:
        load_charter(write_city(tmp_path, files))

    assert [problem.code for problem in caught.value.problems] == ["unknown-agency"]
    assert str(caught.value) == str(caught.value.problems[0])


def test_a_charter_with_warnings_is_given(tmp_path):
    files = changed(CITY, FAMILY, ("reviewed_on",), None)

    charter = load_charter(write_city(tmp_path, files))

    assert charter.service["KDR"].reviewed_on is None


def test_services_come_in_the_order_of_their_files(charter):
    assert [service.code for service in charter.services] == ["KBK", "KDR"]


def test_a_fault_that_two_rules_find_at_one_place_is_told_once(tmp_path):
    files = added(CITY, "agreements.yml", ("parties",), CITY["agreements.yml"]["parties"][0])

    loaded = load(write_city(tmp_path, files))

    assert [problem.code for problem in loaded.problems] == ["duplicate-id"]
