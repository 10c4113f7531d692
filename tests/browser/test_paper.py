"""The council's sheet: what the browser prints of the ten figures."""

import unicodedata
from io import BytesIO

import pytest
from pypdf import PdfReader

from scripts.charter_site.words import Words
from tests import sites

pytestmark = pytest.mark.browser


def sides(page):
    """Print a page on A4 and give the text of its two sides, without spaces and ligatures."""
    front, back = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    return [joined(side.extract_text()) for side in (front, back)]


def joined(text):
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize("language", ["id", "en"])
def test_six_figures_are_on_the_front_and_four_with_all_that_is_open_on_the_back(page, language):
    words, charter = Words(language), sites.city_charter()
    page.goto("/angka/" if language == "id" else "/en/angka/")

    front, back = sides(page)

    titles = [joined(words.text(figure.title)) for figure in charter.definitions.figures]
    questions = [joined(words.text(point.question)) for point in charter.agreements.open_points]
    assert [title in front for title in titles] == [True] * 6 + [False] * 4
    assert [one for one in (*titles[6:], *questions) if one not in back] == []
    assert joined(words.labels["ask_officer"]) in back
    assert joined(words.labels["no_officer"]) in back


def test_on_the_screen_the_back_of_the_sheet_takes_no_room(page):
    page.goto("/angka/")

    assert page.locator(".p-sheet").count() == 1
    assert not page.locator(".p-sheet").is_visible()
