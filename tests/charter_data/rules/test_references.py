import pytest

from charter_data.loading import load
from tests.factories import added, agreed, changed, city_files, source, text, without, write_city

CITY = city_files()
FIRE, FAMILY = "services/KBK.yml", "services/KDR.yml"
QUIET = text("Tidak aman untuk bicara")


def told(folder, files):
    return [(problem.file, problem.code) for problem in load(write_city(folder, files)).problems]


@pytest.mark.parametrize(
    ("file", "path", "value"),
    [
        (FIRE, ("lead",), "hantu"),
        (FIRE, ("owner",), "hantu"),
        (FIRE, ("support", 0), "hantu"),
        (FIRE, ("co_lead",), {"pendamping": "hantu"}),
        (FIRE, ("steps", 0, "actor"), "hantu"),
        (FIRE, ("steps", 0, "handover"), {"to": ["lead", "hantu"], "mode": "relay"}),
        (FIRE, ("promises", 1, "owner"), "hantu"),
        (FIRE, ("promises", 0, "clock", "agency"), "hantu"),
        ("common.yml", ("promises", 0, "owner"), "hantu"),
        ("agreements.yml", ("parties", 1, "agency"), "hantu"),
        ("charter.yml", ("owner",), "hantu"),
    ],
)
def test_every_agency_that_is_named_exists(tmp_path, file, path, value):
    assert told(tmp_path, changed(CITY, file, path, value)) == [(file, "unknown-agency")]


@pytest.mark.parametrize("role", ["caller", "operator", "lead", "co_lead", "support", "polres"])
def test_a_step_is_done_by_a_role_or_an_agency(tmp_path, role):
    assert told(tmp_path, changed(CITY, FIRE, ("steps", 0, "actor"), role)) == []


@pytest.mark.parametrize("role", ["operator", "lead", "each"])
def test_a_role_owns_no_service(tmp_path, role):
    assert told(tmp_path, changed(CITY, FIRE, ("owner",), role)) == [(FIRE, "unknown-agency")]


@pytest.mark.parametrize(
    ("file", "path"),
    [
        (FIRE, ("rights", 0, "answered_by", 0)),
        (FIRE, ("partners", 0, "about", 0)),
        (FIRE, ("steps", 0, "promise")),
        (FAMILY, ("special_cases", 0, "needs", "clause")),
        ("agreements.yml", ("open_points", 0, "clauses", 0)),
        ("definitions.yml", ("references", 0, "clause")),
    ],
)
def test_every_clause_that_is_named_exists(tmp_path, file, path):
    assert told(tmp_path, changed(CITY, file, path, "KBK.kami-hantu")) == [(file, "unknown-clause")]


def test_an_agreement_on_a_clause_that_is_not_there_is_found(tmp_path):
    files = agreed(CITY, "UMUM.senyap", "diskominfo", "dprd", "warga")
    files = changed(files, "agreements.yml", ("agreements", 2, "clauses", 0, "clause"), "UMUM.hantu")

    assert told(tmp_path, files) == [("agreements.yml", "unknown-clause")]


@pytest.mark.parametrize(
    ("file", "path"),
    [
        (FIRE, ("legal", 0, "law")),
        (FIRE, ("promises", 0, "basis", 0, "law")),
        ("common.yml", ("rights", 0, "basis", 0, "law")),
        ("common.yml", ("obligations", 2, "basis", 0, "law")),
    ],
)
def test_every_law_that_is_named_exists(tmp_path, file, path):
    assert told(tmp_path, changed(CITY, file, path, "uu-hantu")) == [(file, "unknown-law")]


def test_a_card_and_a_case_name_services_by_their_own_code(tmp_path):
    files = changed(CITY, "common.yml", ("texts", "home", "cards", 1, "services"), ["BKL"])
    files = changed(files, FIRE, ("special_cases", 1, "same_as"), "BKL")

    assert told(tmp_path, files) == [("common.yml", "unknown-service"), (FIRE, "unknown-service")]


@pytest.mark.parametrize(
    ("file", "case"),
    [
        pytest.param(FIRE, {"title": text("Judul lain"), "same_as": "KDR"}, id="another title"),
        pytest.param(FIRE, {"title": QUIET, "same_as": "KBK"}, id="itself"),
    ],
)
def test_a_borrowed_case_must_have_lines_where_it_is_borrowed_from(tmp_path, file, case):
    assert told(tmp_path, changed(CITY, file, ("special_cases", 1), case)) == [(file, "unknown-case")]


def test_two_cases_cannot_borrow_from_each_other(tmp_path):
    files = changed(CITY, FAMILY, ("special_cases", 0), {"title": QUIET, "same_as": "KBK"})

    assert told(tmp_path, files) == [(FIRE, "unknown-case"), (FAMILY, "unknown-case")]


def test_a_case_that_is_broken_where_it_stands_is_blamed_there_only(tmp_path):
    files = changed(CITY, FAMILY, ("special_cases", 0, "needs", "standing"), "setuju")

    assert told(tmp_path, files) == [(FAMILY, "wrong-value")]


@pytest.mark.parametrize(
    ("file", "path", "value"),
    [
        ("charter.yml", ("agreement_rule", 1), "hantu"),
        ("agreements.yml", ("agreements", 2, "party"), "hantu"),
        ("agreements.yml", ("agreements", 2, "party"), "owner"),
        ("agreements.yml", ("open_points", 0, "ask", 1), "hantu"),
    ],
)
def test_every_party_that_is_named_has_a_seat(tmp_path, file, path, value):
    files = agreed(CITY, "UMUM.senyap", "diskominfo", "dprd", "warga")

    assert (file, "unknown-party") in told(tmp_path, changed(files, file, path, value))


def test_an_open_point_may_ask_an_agency_without_a_seat(tmp_path):
    files = without(CITY, "agreements.yml", ("parties", 1))

    assert told(tmp_path, changed(files, "agreements.yml", ("open_points", 0, "ask"), ["damkar"])) == []


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("agencies.yml", ("agencies",)),
        ("legal_basis.yml", ("laws",)),
        ("agreements.yml", ("parties",)),
        ("agreements.yml", ("open_points",)),
        ("hoax_policy.yml", ("steps",)),
        ("definitions.yml", ("figures",)),
        ("common.yml", ("partners",)),
        (FIRE, ("rights",)),
    ],
)
def test_nothing_is_named_twice(tmp_path, file, path):
    files = added(CITY, file, path, CITY[file][path[0]][0])

    assert told(tmp_path, files) == [(file, "duplicate-id")]


def test_the_second_of_two_equal_ids_is_blamed_and_the_first_one_named(tmp_path):
    files = changed(CITY, FIRE, ("partners", 0, "id"), "KBK.mitra-sama")
    files = added(files, "common.yml", ("partners",), {"id": "KBK.mitra-sama", "text": text("Sama")})

    problems = load(write_city(tmp_path, files)).problems

    assert [(problem.file, problem.code) for problem in problems] == [
        ("common.yml", "wrong-scope"),
        (FIRE, "duplicate-id"),
    ]
    assert "already used in common.yml" in problems[1].message


@pytest.mark.parametrize("code", ["KBK", "PGD"])
def test_a_public_code_is_nobody_elses_code_or_scope(tmp_path, code):
    files = changed(CITY, FAMILY, ("public_code",), code)

    assert (FAMILY, "duplicate-id") in told(tmp_path, files)


def test_an_item_that_is_no_record_is_blamed_for_that_alone(tmp_path):
    files = added(CITY, "agencies.yml", ("agencies",), "polres")

    assert told(tmp_path, files) == [("agencies.yml", "wrong-value")]


def test_a_party_may_have_the_key_of_its_agency(tmp_path):
    assert told(tmp_path, CITY) == []


@pytest.mark.parametrize(
    ("file", "path", "clause_id"),
    [
        (FIRE, ("partners", 0, "id"), "UMUM.mitra-listrik"),
        (FAMILY, ("partners", 0, "id"), "KDR.mitra-damping"),
        ("common.yml", ("partners", 0, "id"), "KBK.mitra-awasi"),
    ],
)
def test_a_clause_begins_with_the_public_code_of_its_file(tmp_path, file, path, clause_id):
    assert told(tmp_path, changed(CITY, file, path, clause_id)) == [(file, "wrong-scope")]


def test_a_service_file_has_the_code_and_not_the_public_code_as_its_name(tmp_path):
    files = {**without(CITY, FAMILY), "services/BKL.yml": CITY[FAMILY]}

    assert told(tmp_path, files) == [("services/BKL.yml", "file-name")]


def test_a_comparison_need_not_concern_a_clause(tmp_path):
    files = added(CITY, "definitions.yml", ("references",), {"text": text("Kota lain"), "source": source()})

    assert told(tmp_path, files) == []


def test_only_clauses_have_clause_ids(tmp_path):
    files = changed(CITY, "hoax_policy.yml", ("steps", 0, "id"), "KBK.siap")

    assert told(tmp_path, files) == []
