from datetime import datetime
from xml.etree import ElementTree

import pytest

from charter_data.snapshot import Said
from scripts.charter_site.composing import NOTHING_SEALED
from scripts.charter_site.feeds import MOST, feed, has_feed
from scripts.charter_site.measures import NOTHING_MEASURED, Measures
from scripts.charter_site.words import LANGUAGES
from tests.factories import changed, make_charter, text
from tests.hostile import PAYLOADS
from tests.sealing import CITY, because, of_version, reworded, sealed
from tests.snapshots import answer, snapshot

ATOM = "{http://www.w3.org/2005/Atom}"
HOST = "https://112.contoh.example"
FAMILY = "services/KDR.yml"
FIRST = of_version(CITY, "1.0")


@pytest.fixture
def history(tmp_path):
    sealed(tmp_path, FIRST)
    return sealed(tmp_path, reworded())


@pytest.fixture
def charter():
    return make_charter(files=reworded())


def measures(charter, *answers, **more):
    return Measures(snapshot(charter, **({"kind": "real", "answers": answers, "removed": ()} | more)))


def read(charter, measured=NOTHING_MEASURED, sealed_before=NOTHING_SEALED, language="id"):
    return ElementTree.fromstring(  # noqa: S314 (our own file)
        feed(charter, measured, sealed_before, language)
    )


def titles(tree):
    return [one.findtext(f"{ATOM}title") for one in tree.findall(f"{ATOM}entry")]


def content(tree):
    return " ".join("".join(one.itertext()) for one in tree.iter(f"{ATOM}content"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_feed_and_each_of_its_entries_have_what_atom_requires(charter, history, language):
    tree = read(charter, measures(charter, answer()), history, language)

    parts = [tree, *tree.findall(f"{ATOM}entry")]
    assert len(parts) == 4
    for part in parts:
        assert part.findtext(f"{ATOM}id").startswith("urn:piagam112:9901:")
        assert part.findtext(f"{ATOM}title")
        assert datetime.fromisoformat(part.findtext(f"{ATOM}updated")).tzinfo is not None
        assert [one.get("href") for one in part.findall(f"{ATOM}link") if one.get("rel") == "alternate"]
    assert tree.findtext(f"{ATOM}author/{ATOM}name")
    assert [one.get("href") for one in tree.findall(f"{ATOM}link") if one.get("rel") == "self"]


def test_versions_and_answers_stand_there_the_newest_first(charter, history):
    told = measures(charter, answer(), answer(number="M-4TZ8WK"))
    tree = read(charter, told, history)

    assert titles(tree) == [
        "Versi 1.1",
        "Versi 1.0",
        "Sudah dilakukan: M-7KQ4F2",
        "Sudah dilakukan: M-4TZ8WK",
    ]
    days = [one.findtext(f"{ATOM}updated") for one in tree.findall(f"{ATOM}entry")]
    assert days == sorted(days, reverse=True)
    assert tree.findtext(f"{ATOM}updated") == days[0]


def test_a_version_says_what_changed_and_why(charter, history):
    told = content(read(charter, sealed_before=history))

    assert "Damkar siap menyemprot" in told
    assert "Supaya jelas" in told


def test_names_are_no_two_the_same_and_outlive_a_move_of_the_site(charter, history):
    info = charter.info.model_copy(update={"public_url": HOST})
    moved = charter.model_copy(update={"info": info})
    told = measures(charter, answer())

    def ids(one):
        return [
            part.text
            for language in LANGUAGES
            for part in read(one, told, history, language).iter(f"{ATOM}id")
        ]

    assert len(set(ids(charter))) == len(ids(charter)) == 8
    assert ids(moved) == ids(charter)


def test_links_are_whole_once_the_site_has_an_address_and_relative_to_the_feed_before(charter, history):
    info = charter.info.model_copy(update={"public_url": HOST})
    moved = charter.model_copy(update={"info": info})

    def links(one):
        tree = read(one, sealed_before=history, language="en")
        return [part.get("href") for part in tree.iter(f"{ATOM}link")]

    relative = ["umpan.xml", "./", "versi/#v1-1", "versi/#v1-0"]
    assert links(charter) == relative
    assert links(moved) == [f"{HOST}/en/{one}" for one in ("umpan.xml", "", *relative[2:])]


def test_the_same_data_gives_the_same_feed(charter, history):
    told = measures(charter, answer())

    assert feed(charter, told, history, "id") == feed(charter, told, history, "id")


def test_nothing_of_a_sensitive_service_stands_in_a_feed(tmp_path):
    sealed(tmp_path, FIRST)
    clause = next(one["id"] for one in CITY[FAMILY]["promises"])
    later = changed(of_version(CITY, "1.1"), FAMILY, ("promises", 0, "text"), text("Rahasia keluarga"))
    later = changed(later, FAMILY, ("dont",), text("Jangan membalas"))
    later = because(later, "1.1", clause)
    history, charter = sealed(tmp_path, later), make_charter(files=later)
    told = measures(
        charter,
        answer(number="M-2ABCD3", clause=None, service="BKL"),
        answer(number="M-2ABCD4", clause=clause, service=None),
        answer(number="M-2ABCD5", clause="HTU.hilang", service=None),
    )

    for language in LANGUAGES:
        tree, raw = read(charter, told, history, language), feed(charter, told, history, language)
        assert len(titles(tree)) == 2
        for word in ("BKL", "KDR", "Rahasia", "M-2ABC", getattr(charter.service["KDR"].title, language)):
            assert word not in raw


def test_an_answer_that_was_asked_for_with_discretion_stands_in_no_feed(charter, history):
    told = measures(charter, answer(number="M-2ABCD3", in_feeds=False), answer(number="M-2ABCD4"))

    raw = feed(charter, told, history, "id")

    assert ("M-2ABCD3" in raw, "M-2ABCD4" in raw) == (False, True)


def test_a_text_is_text_and_never_markup_or_a_sign_that_xml_cannot_hold(charter):
    said = " ".join(PAYLOADS)[:3900] + "\x0c\x1b\ufffe"
    tree = read(charter, measures(charter, answer(text=Said(id=said))))

    assert " ".join(said[:500].split()) in " ".join(content(tree).split())
    names = {one.tag.split("}")[1] for one in tree.iter()}
    assert not names & {"script", "img", "iframe", "svg", "form"}


def test_a_feed_stays_small_however_many_answers_there_are(charter):
    many = [answer(number=f"M-{number:06d}") for number in range(MOST + 20)]

    assert len(titles(read(charter, measures(charter, *many)))) == MOST


def test_a_charter_without_news_has_an_empty_feed_as_old_as_itself(charter):
    tree = read(charter)

    assert titles(tree) == []
    assert tree.findtext(f"{ATOM}updated") == f"{charter.info.dated}T00:00:00Z"


def test_what_is_simulated_has_no_feed(charter):
    assert has_feed(charter, measures(charter))
    assert not has_feed(charter, measures(charter, kind="simulated"))
    simulated = charter.model_copy(update={"info": charter.info.model_copy(update={"simulated": True})})
    assert not has_feed(simulated, NOTHING_MEASURED)
