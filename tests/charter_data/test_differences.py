from charter_data.differences import Change, compare, holdings
from charter_data.seals import sealed_data
from tests.factories import added, agreed, changed, make_charter, text, without
from tests.sealing import CITY, FIRE, READY

OLD = sealed_data(make_charter(files=CITY))


def since(files):
    return compare(OLD, sealed_data(make_charter(files=files)))


def test_a_charter_is_no_different_from_itself():
    assert not since(CITY)


def test_a_changed_clause_is_told_field_by_field_in_both_languages():
    files = changed(
        changed(CITY, FIRE, READY, text("Lain")), FIRE, ("promises", 0, "targets", 0, "value"), 14
    )

    found = since(files)

    (change,) = found.changed
    assert (found.added, found.withdrawn, found.elsewhere) == ((), (), ())
    assert change.clause == "KBK.siap"
    assert set(change.fields) == {
        Change("targets[0].value", 15, 14),
        Change("text.en", "Damkar siap memadamkan (en)", "Lain (en)"),
        Change("text.id", "Damkar siap memadamkan (id)", "Lain (id)"),
    }


def test_what_came_and_what_went_is_told_by_its_id():
    power = {"id": "KBK.wenang-tebang", "text": text("Boleh menebang")}
    files = without(added(CITY, FIRE, ("powers",), power), FIRE, ("promises", 1))

    found = since(files)

    assert (found.added, found.withdrawn) == (("KBK.wenang-tebang",), ("KBK.siap-warga",))


def test_moving_a_clause_changes_only_the_order():
    promises = CITY[FIRE]["promises"]

    found = since(changed(CITY, FIRE, ("promises",), promises[::-1]))

    assert (found.changed, found.elsewhere) == ((), ())
    assert found.reordered == ("services[KBK].promises",)


def test_another_order_of_a_list_outside_the_clauses_is_told():
    agencies = CITY["agencies.yml"]["agencies"]

    found = since(changed(CITY, "agencies.yml", ("agencies",), agencies[::-1]))

    assert (found.elsewhere, found.reordered) == ((), ("agencies",))


def test_what_lies_outside_clauses_is_named_by_its_path():
    found = since(changed(CITY, FIRE, ("dont", "id"), "Jangan masuk"))

    assert found.elsewhere == (Change("services[KBK].dont.id", "Jangan masuk lagi (id)", "Jangan masuk"),)
    assert not found.changed


def test_a_part_that_came_or_went_has_nothing_on_one_side():
    body = {**CITY["agencies.yml"]["agencies"][0], "key": "pmi"}
    found = since(added(CITY, "agencies.yml", ("agencies",), body)).elsewhere

    assert Change("agencies[pmi].key", None, "pmi") in found
    assert all(change.old is None for change in found)


def test_a_key_that_a_later_format_has_says_nothing_while_it_is_empty():
    newer = {**OLD, "lampiran": [], "catatan": None}

    assert not compare(OLD, newer)
    assert not compare(newer, OLD)


def test_an_agreement_holds_while_its_clause_reads_the_same():
    both = agreed(agreed(CITY, "KBK.siap-warga", "damkar", "dprd"), "UMUM.senyap", "diskominfo", "dprd")
    charter = make_charter(files=both)
    new = sealed_data(make_charter((FIRE, ("promises", 1, "text", "id"), "Lain")))

    told = {(one.party, one.clause): one.holds for one in holdings(charter.agreements, OLD, new)}

    assert told == {
        ("damkar", "KBK.siap-warga"): False,
        ("dprd", "KBK.siap-warga"): False,
        ("diskominfo", "UMUM.senyap"): True,
        ("dprd", "UMUM.senyap"): True,
    }


def test_an_agreement_on_other_words_than_the_old_ones_is_not_told():
    new = sealed_data(make_charter((FIRE, ("promises", 1, "text", "id"), "Lain")))
    charter = make_charter(files=agreed(CITY, "KBK.siap-warga", "damkar", "dprd"))

    assert holdings(charter.agreements, new, new) == ()
