"""The page on the data we keep says what the tables declare, and nothing that they do not."""

import pytest

from site_api.installation import installation
from site_api.retention import TABLES
from tests.documents import read

LANGUAGES = [("", "id"), ("/en", "en")]
ONE_YEAR = {"id": "1 tahun", "en": "1 year"}
TWO_YEARS = {"id": "2 tahun", "en": "2 years"}
ONE_DAY = {"id": "1 hari", "en": "1 day"}


@pytest.fixture(params=LANGUAGES, ids=["id", "en"])
def told(request, client):
    """Give language and page, and what it tells of each table by the table's name."""
    base, language = request.param
    page = read(client.get(f"{base}/data-kami").text)
    cards = {card.attributes["aria-labelledby"]: card for card in page.all("section")}
    return language, page, {name: [one.text for one in card.all("dd")] for name, card in cards.items()}


def say(language, key):
    return installation().texts.say(language, key)


def test_it_tells_of_every_table_what_why_who_and_how_long(told):
    language, _, cards = told

    assert list(cards) == [model.__tablename__ for model in TABLES]
    for name, (what, why, readers, how_long) in cards.items():
        wanted = [say(language, f"kept.{name}.{part}") for part in ("what", "why", "readers")]
        assert [what, why, readers] == wanted
        assert how_long


def test_how_long_is_what_the_table_declares(told):
    language, _, cards = told
    how_long = {name: card[-1] for name, card in cards.items()}

    assert how_long["feedback"].startswith(TWO_YEARS[language])
    assert how_long["hoax_reports"].startswith(ONE_YEAR[language])
    assert how_long["reviewer_sessions"].startswith(ONE_DAY[language])
    assert say(language, "kept.calls.title") in how_long["call_units"]
    assert how_long["audit"] == say(language, "kept.audit.until")


def test_another_number_of_days_is_told_at_once(client, monkeypatch):
    feedback = TABLES[0]
    monkeypatch.setattr(feedback, "kept", type(feedback.kept)(days=90, since=("ended_at",)))

    assert "90 hari setelah" in client.get("/data-kami").text


def test_it_begins_with_112_and_says_that_the_days_are_a_proposal(told):
    language, page, _ = told

    assert page.all("a")[1].attributes["href"] == "tel:112"
    assert say(language, "data_kept.proposed") in page.text
    assert say(language, "erase.stays") in page.text


@pytest.mark.parametrize("base", ["", "/en"])
@pytest.mark.parametrize("path", ["/masukan", "/masukan/panggilan-palsu", "/lacak"])
def test_every_form_leads_to_it(client, base, path):
    page = read(client.get(base + path).text)

    assert f"{base}/data-kami" in [one.attributes["href"] for one in page.all("a")]
