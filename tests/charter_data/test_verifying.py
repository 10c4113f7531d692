import json
import random

import pytest

from charter_data.leaves import scan
from charter_data.releases import seal_version
from charter_data.sealed import History, Release, clauses_in
from charter_data.seals import canonical, fingerprint
from charter_data.verifying import Fault, broken_links, verify
from tests.factories import DAY, make_charter
from tests.sealing import CITY, of_version, reworded

CONTENT = seal_version(make_charter(files=of_version(CITY, "1.0")), "1.0", DAY, History())
LEAVES = tuple(scan(CONTENT))
SEAL = json.loads(CONTENT)["seal"].encode()


def swapped(old, new, content=CONTENT):
    assert content.count(old) == 1, f"{old!r} stands {content.count(old)} times"
    return content.replace(old, new)


def flipped(at, bit, content=CONTENT):
    return content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :]


def release_of(version, content):
    found = verify(version, content)
    assert isinstance(found, Release), found
    return found


def missed(version, content, places):
    """Give the flips of one bit that no fault names by a field that holds the byte."""
    dice = random.Random(97)  # noqa: S311 (the same flips every time)
    found = []
    for at in places:
        bit = dice.randrange(8)
        faults = verify(version, flipped(at, bit, content))
        if isinstance(faults, Release) or not any(one.first <= at < one.last for one in faults):
            found.append((at, bit, faults))
    return found


def told(content):
    found = verify("1.0", content)
    assert isinstance(found, tuple), "the change went unnoticed"
    return [str(fault) for fault in found]


def recharted(change):
    """Forge the charter itself: the seal and the hashes of its clauses fit again too."""
    charter = json.loads(CONTENT)["charter"]
    change(charter)
    clauses = {key: fingerprint(clause) for key, clause in clauses_in(charter).items()}
    return remade(charter=charter, seal=fingerprint(charter), clauses=clauses)


def twice(charter):
    charter["services"][0]["promises"].append(charter["services"][0]["promises"][0])


def nameless(charter):
    del charter["services"][0]["code"]


def remade(**changes):
    """Forge a release: change it and make every mark and the whole fit again."""
    data = json.loads(CONTENT) | changes
    del data["whole"], data["marks"]
    data["whole"] = fingerprint(data)
    data["marks"] = [leaf.mark for leaf in scan(canonical(data))]
    return canonical(data)


def test_what_was_sealed_verifies():
    assert isinstance(verify("1.0", CONTENT), Release)


def test_every_flipped_byte_is_found_and_the_named_field_holds_it():
    assert missed("1.0", CONTENT, range(0, len(CONTENT), 199)) == []


def test_every_flipped_byte_of_reasons_and_links_is_found_too():
    _, second = chained()
    content = canonical(second.model_dump(mode="json"))
    end = content.index(b'"previous"')

    assert missed("1.1", content, range(end, len(content), 7)) == []


@pytest.mark.parametrize(
    "leaf", [leaf for leaf in LEAVES if leaf.token[:1] == b'"'][::40], ids=lambda leaf: leaf.end
)
def test_a_flip_in_a_text_names_exactly_that_text(leaf):
    faults = verify("1.0", flipped(leaf.end - 2, 0))

    assert [fault.path for fault in faults if isinstance(fault, Fault)] == [leaf.path]


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (swapped(b"Damkar siap memadamkan (id)", b"Damkar siap memadamkam (id)"), "TEXT"),
        (swapped(SEAL, SEAL[::-1]), "seal"),
        (swapped(b'"sealed_on":"2026-11-24"', b'"sealed_on":"2026-11-25"'), "sealed_on"),
        (swapped(b'"version":"1.0","whole"', b'"version":"1.1","whole"'), "version"),
        (swapped(b'"format":"piagam', b'"format":"piagan'), "format"),
        (swapped(b'"marks":[', b'"mabks":['), "mabks"),
        (swapped(b'"clauses":{', b'"claures":{'), "claures"),
    ],
)
def test_a_change_is_named_by_version_and_field(content, field):
    wanted = "services[KBK].promises[KBK.siap].text.id" if field == "TEXT" else field

    assert told(content) == [f"1.0: {wanted} is not what was sealed"]


def test_a_changed_mark_is_told_from_a_changed_value():
    mark = json.loads(CONTENT)["marks"][7]
    content = swapped(mark.encode(), mark[::-1].encode())

    assert told(content) == ["1.0: marks[7] is not what was sealed"]


def test_a_changed_clause_hash_is_named_by_its_clause():
    sha256 = json.loads(CONTENT)["clauses"]["KBK.siap"]
    content = swapped(sha256.encode(), sha256[::-1].encode())

    assert told(content) == ["1.0: clauses[KBK.siap] is not what was sealed"]


def test_a_file_that_cannot_be_read_names_the_byte_and_what_was_read_last():
    at = CONTENT.index(b'"sealed_on"')

    (line,) = told(CONTENT[:at] + b"!" + CONTENT[at + 1 :])

    assert line == (
        f"1.0: the file is not what was sealed (unreadable at byte {at}, the last readable field is seal)"
    )


@pytest.mark.parametrize("content", [b"", b"5", b"{}", b"[]", b"null", b"\xff", b"[" * 500, CONTENT[:-1]])
def test_a_file_that_is_no_release_is_told(content):
    assert all(line.startswith("1.0: ") for line in told(content))


def test_the_same_data_with_spaces_is_not_what_was_sealed():
    assert told(json.dumps(json.loads(CONTENT)).encode())


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (remade(seal="0" * 64), "1.0: seal is not the fingerprint of the charter"),
        (remade(version="1.1"), "1.0: version is not 1.0, as the file is called"),
        (
            remade(clauses={**json.loads(CONTENT)["clauses"], "KBK.siap": "0" * 64}),
            "1.0: clauses[KBK.siap] is not the fingerprint of the clause",
        ),
        (
            remade(why={"KBK.hantu": {"kind": "changed", "why": [], "evidence": [], "replaced_by": []}}),
            "1.0: why[KBK.hantu] is of a clause that is not there",
        ),
        (
            remade(standings={"KBK.hantu": "wajib"}),
            "1.0: standings[KBK.hantu] is of a clause that is not there",
        ),
        (recharted(twice), "1.0: charter holds two clauses with the same id"),
        (recharted(nameless), "1.0: charter holds a service without a code of its own"),
        (remade(sealed_on="kemarin"), "1.0: sealed_on has not its form"),
        (remade(charter={"services": [7]}), "1.0: charter has not its form"),
        (remade(charter={"common": {"steps": [{}]}}), "1.0: charter has not its form"),
    ],
)
def test_a_forgery_whose_marks_fit_is_told_by_what_follows_from_the_rest(content, line):
    assert told(content)[0].startswith(line)


def chained():
    first = release_of("1.0", CONTENT)
    second = seal_version(make_charter(files=reworded()), "1.1", DAY, History((first,)))
    return first, release_of("1.1", second)


def test_each_version_names_the_one_before():
    first, second = chained()

    assert (first.previous, second.previous) == (None, first.link)
    assert list(broken_links((first, second))) == []


def test_a_version_that_was_taken_out_or_put_in_its_place_breaks_the_chain():
    _, second = chained()
    other = release_of("1.0", remade(sealed_on="2026-11-23"))

    assert [str(one) for one in broken_links((second,))] == ["1.1: previous names a version that is gone"]
    assert [str(one) for one in broken_links((other, second))] == [
        "1.1: previous is not 1.0 as its file stands"
    ]
