from datetime import date, datetime
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from scripts.charter_site.crawlers import crawler_files
from scripts.charter_site.measures import NOTHING_MEASURED, Measures
from tests.factories import make_charter
from tests.snapshots import snapshot

HOST = "https://112.contoh.example"
PAGES = {"": None, "layanan/kebakaran/": date(2027, 1, 2), "versi/": date(2020, 1, 1)}
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
TWIN = "{http://www.w3.org/1999/xhtml}link"
CLOSED = ["/masukan", "/masukan?clause=KBK.siap", "/lacak", "/tinjau/masuk", "/api/v1/answers"]


def charter_at(public_url=HOST, **info):
    changes = {"public_url": public_url, **info}
    return make_charter(*(("charter.yml", (key,), value) for key, value in changes.items()))


def files(charter, measures=NOTHING_MEASURED, pages=PAGES):
    return dict(crawler_files(charter, measures, pages))


def robots(charter, measures=NOTHING_MEASURED):
    parser = RobotFileParser()
    parser.parse(files(charter, measures)["robots.txt"].splitlines())
    return parser


def entries(charter, measures=NOTHING_MEASURED):
    tree = ElementTree.fromstring(files(charter, measures)["sitemap.xml"])  # noqa: S314 (our own file)
    return {one.findtext(f"{MAP}loc"): one for one in tree}


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_robots_may_read_the_site_but_no_form_status_portal_or_api(prefix):
    read = robots(charter_at())

    for open_to_all in ("/", "/layanan/kebakaran/", "/k/kbk-siap/", "/gambar/piagam.png"):
        assert read.can_fetch("*", HOST + prefix + open_to_all)
    for closed in CLOSED:
        assert not read.can_fetch("*", HOST + prefix + closed)
    assert read.site_maps() == [f"{HOST}/sitemap.xml"]


def test_below_a_folder_the_same_is_closed_there():
    read = robots(charter_at(f"{HOST}/piagam/"))

    assert not read.can_fetch("*", f"{HOST}/piagam/en/masukan")
    assert read.can_fetch("*", f"{HOST}/piagam/layanan/")


@pytest.mark.parametrize("simulated", ["charter", "snapshot"])
def test_no_robot_may_read_what_is_simulated_and_nothing_maps_it(simulated):
    charter = charter_at(simulated=simulated == "charter")
    measures = Measures(snapshot(charter)) if simulated == "snapshot" else NOTHING_MEASURED

    assert not robots(charter, measures).can_fetch("*", f"{HOST}/")
    assert "sitemap.xml" not in files(charter, measures)


def test_a_site_without_an_address_has_no_map():
    charter = charter_at(None)

    assert "sitemap.xml" not in files(charter)
    assert robots(charter).site_maps() is None


def test_the_map_has_every_page_in_both_languages_and_each_names_both():
    found = entries(charter_at())

    assert set(found) == {f"{HOST}/{root}{page}" for root in ("", "en/") for page in PAGES}
    for address, entry in found.items():
        twins = {one.get("hreflang"): one.get("href") for one in entry.findall(TWIN)}
        assert set(twins) == {"id", "en", "x-default"}
        assert address in {twins["id"], twins["en"]}
        assert twins["x-default"] == twins["id"] == twins["en"].replace("/en/", "/")


def test_a_page_is_as_new_as_the_charter_its_review_or_what_was_measured():
    charter = charter_at(dated=date(2026, 12, 24))
    measured = Measures(snapshot(charter, kind="real", made_at=datetime(2027, 2, 3, 4, 5)))

    days = {at: one.find(f"{MAP}lastmod").text for at, one in entries(charter).items()}
    later = {one.find(f"{MAP}lastmod").text for one in entries(charter, measured).values()}

    assert days[f"{HOST}/"] == days[f"{HOST}/versi/"] == "2026-12-24"
    assert days[f"{HOST}/layanan/kebakaran/"] == days[f"{HOST}/en/layanan/kebakaran/"] == "2027-01-02"
    assert later == {"2027-02-03"}


def test_security_txt_says_where_faults_are_told_and_until_when_that_holds():
    charter = charter_at()

    told = dict(line.split(": ", 1) for line in files(charter)[".well-known/security.txt"].splitlines())

    assert told == {
        "Contact": "mailto:aman@contoh.example",
        "Expires": "2027-11-23T23:59:59Z",
        "Preferred-Languages": "id, en",
        "Canonical": f"{HOST}/.well-known/security.txt",
    }
    assert 0 < (datetime.fromisoformat(told["Expires"]).date() - charter.info.dated).days < 365


def test_security_txt_without_an_address_of_the_site_claims_none():
    assert "Canonical" not in files(charter_at(None))[".well-known/security.txt"]


def test_without_a_contact_there_is_no_security_txt():
    assert ".well-known/security.txt" not in files(charter_at(security_contact=None))
