"""The signed heads on the site: file, feed and page say what was signed, and nothing else."""

import json
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from charter_data.audit_heads import AuditHead
from scripts.charter_site.building import build
from scripts.charter_site.exports.heads import heads_file
from scripts.charter_site.feeds import MOST, has_heads_feed, heads_feed
from scripts.charter_site.measures import NOTHING_MEASURED, Measures
from scripts.charter_site.words import LANGUAGES
from tests.factories import make_charter
from tests.sites import Site, resolve
from tests.snapshots import snapshot

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def charter():
    return make_charter()


def head(number):
    day = date(2026, 11, 1) + timedelta(days=number)
    return AuditHead(
        city="9901",
        day=day,
        head=f"{number:064x}",
        key="a" * 16,
        made_at=f"{day}T23:10:00Z",
        previous="0" * 64,
        rows=1000 + number,
        sequence=number,
        signature="s" * 86,
    )


def measures(charter, count, kind="real"):
    heads = tuple(head(number) for number in range(1, count + 1))
    return Measures(snapshot(charter, kind=kind, heads=heads))


def test_the_file_has_every_head_as_it_was_signed(charter):
    told = json.loads(heads_file(measures(charter, 3)))

    assert (told["city"], told["kind"], told["format"]) == ("9901", "real", "piagam112/audit-heads/1")
    assert [AuditHead.model_validate(one) for one in told["heads"]] == [head(1), head(2), head(3)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_has_an_entry_a_head_the_newest_first_with_all_that_proves_it(charter, language):
    tree = ElementTree.fromstring(heads_feed(charter, measures(charter, 3), language))  # noqa: S314

    entries = tree.findall(f"{ATOM}entry")
    kept = [AuditHead.model_validate_json(one.findtext(f"{ATOM}content", "")) for one in entries]
    assert kept == [head(3), head(2), head(1)]
    names = [one.text for one in tree.iter(f"{ATOM}id")]
    assert names[1:] == [f"urn:piagam112:9901:{language}:bukti:{number}" for number in (3, 2, 1)]
    assert len(set(names)) == 4
    assert tree.findtext(f"{ATOM}updated") == head(3).made_at
    links = {one.get("href") for one in tree.iter(f"{ATOM}link")}
    assert links == {"umpan-bukti.xml", "data/#bukti"}


def test_the_feed_stays_small(charter):
    tree = ElementTree.fromstring(heads_feed(charter, measures(charter, MOST + 5), "id"))  # noqa: S314

    assert len(tree.findall(f"{ATOM}entry")) == MOST


def test_there_is_a_feed_only_of_heads_of_what_happened(charter):
    assert has_heads_feed(charter, measures(charter, 1))
    assert not has_heads_feed(charter, measures(charter, 0))
    assert not has_heads_feed(charter, measures(charter, 1, kind="simulated"))
    assert not has_heads_feed(charter, NOTHING_MEASURED)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Build a small city with nine signed heads."""
    folder, charter = tmp_path_factory.mktemp("heads"), make_charter()
    told = measures(charter, 9)
    build(charter, folder / "site", work=folder / "work", snapshot=told.snapshot)
    return Site(folder / "site")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_of_data_leads_to_file_and_feed_and_shows_the_newest_seven(site, prefix):
    section = next(one for one in site.page(f"{prefix}/data/").all("section") if "bukti" in one.ids)

    to = [resolve(f"{prefix}/data/", one.attributes["href"]) for one in section.all("a")]
    assert to == [("/data/audit.json", ""), (f"{prefix}/umpan-bukti.xml", "")]
    assert {"data/audit.json", f"{prefix}/umpan-bukti.xml".lstrip("/")} <= set(site.files)
    assert [one.text for one in section.all("code")] == [f"{number:064x}" for number in range(9, 2, -1)]


def test_without_heads_nothing_is_said_of_them(built_site):
    assert not [name for name in built_site.files if "audit.json" in name or "umpan-bukti" in name]
    assert "bukti" not in built_site.page("/data/").ids
