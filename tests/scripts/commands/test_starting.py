import re
from collections import Counter
from datetime import date

import pytest

from charter_data.loading import load_charter
from charter_data.skeleton import read_local
from charter_data.vocabulary import Certainty, Standing
from scripts.build_charter import main
from scripts.charter_site.building import build
from tests.sites import DATA, TEXT_FILES, Site, copy_checkout, start_command

NAME, LOCAL = "Kota Baru", read_local().only_here
TODAY = date(2026, 11, 24)


def start(folder, *more, name=NAME, code="9999"):
    return main(["new-city", str(folder), "--name", name, "--code", code, "--today", str(TODAY), *more])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cities") / "kota_baru"
    assert start(folder) == 0
    return folder


@pytest.fixture(scope="module")
def charter(folder):
    return load_charter(folder)


@pytest.fixture(scope="module")
def reference():
    return load_charter(DATA)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Give the whole site of a new city whose staff have edited three files."""
    place = tmp_path_factory.mktemp("filled")
    assert start(place / "data") == 0
    for name, old, new in (
        (
            "charter.yml",
            "complaint_officer: null",
            'complaint_officer: {name: "Sari", address: "Jalan Satu 1"}',
        ),
        ("agencies.yml", "phone: null", 'phone: "021 112 113"'),
        ("area.yml", "subdistricts: []", SUBDISTRICTS),
    ):
        text = (place / "data" / name).read_text()
        (place / "data" / name).write_text(text.replace(old, new, 1))
    build(load_charter(place / "data"), place / "site", "mkdocs", place / "work")
    return Site(place / "site")


SUBDISTRICTS = """\
subdistricts:
  - code: "9999010"
    name: "Melati"
    area_km2: null
    population_2010: null
    districts:
      - {code: "9999010001", name: "Kenanga"}"""


def named_in(text):
    return [word for word in LOCAL if word in text.lower()]


def test_a_new_city_passes_the_check_with_warnings_only(folder, capsys):
    code = main(["check", "--data", str(folder)])

    assert code == 0
    assert re.search(r"^0 errors, [1-9]\d* warnings$", capsys.readouterr().out, re.MULTILINE)


def test_every_file_begins_with_what_to_do(folder):
    for path in folder.rglob("*.yml"):
        head = path.read_text().split("\n\n")[0]
        assert "# Isi dulu charter.yml, lalu agencies.yml, lalu area.yml." in head
        assert f"check --data {folder}\n" in head


def test_the_comments_of_the_reference_city_stay(folder):
    for path in DATA.rglob("*.yml"):
        name = path.relative_to(DATA)
        if (folder / name).exists():
            old, new = (
                Counter(re.findall(r"(?m)^ *# .*$", one.read_text())) for one in (path, folder / name)
            )
            # The head is another one, and one comment counts calls of the reference city.
            assert len(old - new) <= 3


def test_editors_find_the_schemas_from_a_folder_beside_the_reference_city(tmp_path):
    checkout = copy_checkout(tmp_path / "checkout")
    folder = checkout / "charter_data" / "kota_baru"

    with start_command(checkout, "new-city", folder, "--name", NAME, "--code", "9999") as command:
        command.communicate(timeout=60)

    assert command.returncode == 0
    for path in folder.rglob("*.yml"):
        schema = re.search(r"\$schema=(\S+)", path.read_text())
        assert schema is not None
        assert (path.parent / schema[1]).is_file()


def test_a_folder_elsewhere_says_nothing_of_where_the_command_stood(folder):
    assert not [path for path in folder.rglob("*.yml") if "$schema" in path.read_text()]


def test_no_file_names_what_belongs_to_the_reference_city(folder):
    assert {path.name: named_in(path.read_text()) for path in folder.rglob("*.yml")} == {
        path.name: [] for path in folder.rglob("*.yml")
    }


@pytest.mark.parametrize(
    "part",
    [
        "do_now",
        "dont",
        "special_cases",
        "tell_operator",
        "operator_asks",
        "rights",
        "powers",
        "legal",
        "lead",
    ],
)
def test_what_is_national_of_a_service_is_carried_over(charter, reference, part):
    assert [getattr(one, part) for one in charter.services] == [
        getattr(one, part) for one in reference.services
    ]


def test_every_clause_and_law_and_word_is_carried_over(charter, reference):
    assert [one.id for one in charter.clauses()] == [one.id for one in reference.clauses()]
    assert [one.key for one in charter.legal_basis] == [one.key for one in reference.legal_basis]
    assert charter.definitions.events == reference.definitions.events
    assert charter.hoax_policy.steps == reference.hoax_policy.steps
    assert {one.standing for one in charter.promises()} <= {Standing.PROPOSED, Standing.REQUIRED}


def test_nothing_is_known_of_the_new_city_beyond_its_name_and_code(charter):
    info, area = charter.info, charter.area
    assert (info.city.name, info.city.short, area.bps_code, info.dated) == (NAME, "Baru", "9999", TODAY)
    assert (info.version, info.status, info.intake, info.official) == ("0.1", "draft", "pilot", False)
    assert {info.adopted_on, info.reviewed_on, info.emergency_number.verified_on, info.complaint_officer} == {
        None
    }
    assert not info.pledge.is_signed
    assert {area.area_km2, area.population, area.population_on, area.kemendagri_code} == {None}
    assert (area.subdistricts, area.sources, charter.hoax_policy.practice) == ((), (), ())


def test_no_agency_has_a_fact_of_its_own(charter):
    for agency in charter.agencies:
        assert {agency.phone, agency.address, agency.duty_post, agency.source.url} == {None}
        assert agency.source.certainty is Certainty.LOW
    assert charter.agency["polres"].name.id == "Kepolisian Resor Baru"


def test_nobody_has_reviewed_or_agreed_to_anything(charter):
    assert {party.holder for party in charter.agreements.parties} == {None}
    assert charter.agreements.agreements == ()
    for service in charter.services:
        assert service.reviewed_on is None
        assert service.lead_certainty is Certainty.LOW
        checks = [service.first_aid, *(case.first_aid for case in service.special_cases if case.first_aid)]
        assert not any(check.is_reviewed for check in checks)


@pytest.mark.parametrize(
    ("name", "more", "short"),
    [
        ("Kabupaten Padang Lawas", [], "Padang Lawas"),
        ("Kota Tebing Lama", ["--short", "Lama"], "Lama"),
        ("Kota", [], "Kota"),
    ],
)
def test_any_name_is_kept_even_one_like_that_of_the_reference_city(tmp_path, name, more, short):
    start(tmp_path / "a", *more, name=name)

    city = load_charter(tmp_path / "a").info.city
    assert (city.name, city.short) == (name, short)


def test_no_figure_of_the_new_city_itself_stands_among_those_of_others(tmp_path, reference):
    start(tmp_path / "a", name="Kota Surabaya", code="3578")

    references = load_charter(tmp_path / "a").definitions.references
    assert len(references) == len(reference.definitions.references) - 1
    assert not [one for one in references if "Surabaya" in one.text.id]


def test_the_same_day_gives_the_same_files(folder):
    again = folder.with_name("kota_lagi")
    start(again)

    for path in folder.rglob("*.yml"):
        twin = again / path.relative_to(folder)
        assert twin.read_text().replace(str(again), str(folder)) == path.read_text()


def test_a_folder_that_holds_something_stays_as_it_is(tmp_path, capsys):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "catatan.txt").write_text("milik saya")

    code = start(tmp_path / "a")

    assert code == 1
    assert "stays as it is" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["catatan.txt"]


def test_a_file_is_no_folder_for_a_city(tmp_path, capsys):
    (tmp_path / "a").write_text("milik saya")

    assert start(tmp_path / "a") == 1
    assert (tmp_path / "a").read_text() == "milik saya"


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "a").mkdir()

    assert start(tmp_path / "a") == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "123"},
        {"code": "12345"},
        {"code": "12.3"},
        {"code": "\u0661\u0662\u0663\u0664"},
        {"name": "  "},
        {"name": "Kota\nBaru"},
        {"name": "Kota \u202eBaru"},
        {"name": "K" * 81},
    ],
    ids=repr,
)
def test_a_code_or_name_that_cannot_be_is_refused_before_anything_is_written(tmp_path, wrong):
    with pytest.raises(SystemExit):
        start(tmp_path / "a", **wrong)

    assert not (tmp_path / "a").exists()


def test_the_site_names_the_new_city_on_every_page(site):
    assert len(site.pages) > 40
    assert [address for address, page in site.pages.items() if NAME not in page.text] == []


def test_no_file_of_the_site_names_what_belongs_to_the_reference_city(site):
    named = {
        name: found
        for name, raw in site.files.items()
        if any(name.endswith(end) for end in (*TEXT_FILES, ".csv", ".ttl"))
        and (found := named_in(raw.decode()))
    }
    assert named == {}
    assert "charter.json" in site.files


@pytest.mark.parametrize("prefix", ["/", "/en/"])
def test_what_staff_have_filled_in_stands_on_the_pages(site, prefix):
    agencies = site.page(f"{prefix}instansi/").text
    assert "021 112 113" in agencies
    assert "Melati" in agencies
    assert "Kenanga" in agencies
    assert any("Sari" in page.text for address, page in site.pages.items() if address.startswith(prefix))
