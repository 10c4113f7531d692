import pytest

from charter_data.drafts import MODELS, Draft
from charter_data.models import Info, Service
from charter_data.reading import YamlFile
from charter_data.validating import validate
from tests.factories import as_yaml, changed, city_files, without

CITY = city_files()
FIRE, FAMILY = "services/KBK.yml", "services/KDR.yml"


def draft_of(files, unread=()):
    draft = Draft(unread=set(unread))
    for name, data in files.items():
        draft.files[name] = YamlFile(name, as_yaml(data), data)
        sound, _ = validate(MODELS.get(name, Service), data, name)
        if sound:
            draft.sound[name] = sound
    return draft


def test_a_record_is_given_by_file_and_kind():
    draft = draft_of(CITY)

    assert draft.record("charter.yml", Info).city.name == "Kota Contoh"
    assert draft.record("charter.yml", Service) is None
    assert draft.record("tidak_ada.yml", Info) is None


def test_what_is_broken_is_absent():
    draft = draft_of(without(without(CITY, FIRE, ("lead",)), "agencies.yml", ("agencies",)))

    assert list(draft.services) == [FAMILY]
    assert draft.agencies == {}


def test_every_clause_comes_with_its_place():
    draft = draft_of(CITY)

    places = {clause.id: (place.file, place.path) for place, clause in draft.clauses()}

    assert places["UMUM.angkat"] == ("common.yml", ("promises", 0))
    assert places["KBK.std-biaya"] == (FIRE, ("standard", 0))
    assert places["BKL.kami-izin"] == (FAMILY, ("obligations", 0))


def test_clauses_after_a_broken_one_keep_their_place_in_the_file():
    draft = draft_of(changed(CITY, FIRE, ("promises", 0, "owner"), 1))

    places = {clause.id: place.path for place, clause in draft.clauses()}

    assert "KBK.siap" not in places
    assert places["KBK.siap-warga"] == ("promises", 1)


def test_a_draft_without_common_texts_still_has_its_services_clauses():
    draft = draft_of(without(CITY, "common.yml"))

    assert {place.file for place, _ in draft.clauses()} == {FIRE, FAMILY}


def test_declared_keys_are_counted_with_the_broken_ones():
    files = changed(CITY, "agencies.yml", ("agencies", 0, "key"), "damkar")
    files = changed(files, "agencies.yml", ("agencies", 2, "source"), None)

    draft = draft_of(files)

    assert draft.declared("agencies.yml", "agencies") == {"damkar": 2, "polres": 1}
    assert draft.declared("tidak_ada.yml", "agencies") is None


@pytest.mark.parametrize("listing", [None, "kata", {"a": "b"}, [1, None, ["x"], {"key": 7}, {"name": "x"}]])
def test_a_list_that_is_none_declares_nothing(listing):
    draft = draft_of(changed(CITY, "agencies.yml", ("agencies",), listing))

    assert draft.declared("agencies.yml", "agencies") == {}


def test_declared_clauses_and_services_include_the_broken_ones():
    draft = draft_of(changed(without(CITY, FIRE, ("lead",)), FIRE, ("promises", 0, "owner"), 1))

    assert {"KBK.siap", "UMUM.angkat", "BKL.damping"} <= draft.declared_clauses
    assert draft.declared_services == {"KBK", "KDR"}


def test_a_service_that_cannot_be_read_is_known_by_its_file_name():
    draft = draft_of(without(CITY, FIRE), unread=[FIRE])

    assert draft.declared_services == {"KBK", "KDR"}


@pytest.mark.parametrize(
    ("unread", "clause", "is_lost"),
    [
        ((), "KBK.siap", False),
        ((FIRE,), "KBK.siap", True),
        ((FIRE,), "BKL.damping", False),
        ((FIRE,), "UMUM.angkat", False),
        (("common.yml",), "UMUM.angkat", True),
        (("common.yml",), "PGD.jawab", True),
        (("common.yml",), "KBK.siap", False),
        (("area.yml",), "KBK.siap", False),
    ],
)
def test_a_clause_is_lost_only_with_the_file_that_may_hold_it(unread, clause, is_lost):
    draft = draft_of(without(CITY, FIRE), unread=unread)

    assert draft.is_lost(clause) is is_lost


def test_a_finding_names_the_file_and_the_path_below_its_place():
    draft = draft_of(CITY)

    finding = draft.place(FIRE, "promises", 1).finding("law-missing", "pesan", "basis", 0)

    assert (finding.file, finding.path, finding.code) == (FIRE, ("promises", 1, "basis", 0), "law-missing")
