import re

import pytest

from scripts.charter_site.exports import data_files, data_paths
from tests.sites import city_charter

SECRETS = re.compile(r"\b(KDR|ODG)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def files():
    return data_files(city_charter())


def test_every_path_has_its_file(charter):
    assert set(data_paths(charter)) == set(data_files(charter))


def test_the_site_carries_every_file_as_it_is(files, built_site):
    assert {name: built_site.files[name].decode() for name in files} == files


@pytest.mark.parametrize("prefix", ["/", "/en/"])
def test_the_page_of_data_leads_to_every_file_and_says_what_a_proposal_is(files, built_site, prefix):
    page = built_site.page(f"{prefix}data/")
    up = "../" if prefix == "/" else "../../"

    assert {f"{up}{name}" for name in files} <= {one.attributes["href"] for one in page.all("a")}
    assert "usulan" in page.one("main").text


def test_no_file_has_the_code_of_a_sensitive_service(files):
    assert [name for name, text in files.items() if SECRETS.search(name) or SECRETS.search(text)] == []


def test_no_file_has_a_line_that_waits_for_an_agreement(files):
    charter = city_charter()
    waiting = {
        words
        for service in charter.services
        for case in service.special_cases
        for line in case.do
        if line not in charter.lines_of(case)
        for words in (line.id, line.en)
    }

    assert waiting
    assert [name for name, text in files.items() if any(words in text for words in waiting)] == []


def test_no_file_has_a_note_of_the_staff(files):
    notes = [service.note for service in city_charter().services if service.note]

    assert notes
    assert [name for name, text in files.items() if any(note in text for note in notes)] == []
