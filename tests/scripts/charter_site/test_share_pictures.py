from io import BytesIO

import pytest
from PIL import Image

from scripts.charter_site.share_pictures import BAND, CALL, GENERAL, INK, PAPER, card_of, share_pictures
from scripts.charter_site.words import LANGUAGES, Words
from tests.factories import make_charter, text
from tests.hostile import PAYLOADS
from tests.sites import city_charter as real_charter

FIRE = "services/KBK.yml"
MOST_BYTES = 60 * 1024


def opened(png):
    return Image.open(BytesIO(png))


def colours(picture):
    return {colour for _, colour in picture.convert("RGB").getcolors()}


@pytest.fixture(scope="module")
def pictures():
    return {
        f"{language}/{address}": png
        for language in LANGUAGES
        for address, png in share_pictures(real_charter(), Words(language))
    }


def test_every_emergency_that_is_not_sensitive_has_a_picture_and_there_is_one_for_the_rest(pictures):
    own = {f"gambar/layanan/{one.slug}.png" for one in real_charter().emergencies if not one.is_sensitive}

    assert set(pictures) == {f"{language}/{at}" for language in LANGUAGES for at in (*own, GENERAL)}


def test_a_picture_has_the_size_that_messengers_ask_for_and_loads_fast(pictures):
    assert {opened(png).size for png in pictures.values()} == {(1200, 630)}
    assert max(map(len, pictures.values())) < MOST_BYTES


def test_a_picture_begins_with_the_red_of_112_and_goes_on_in_ink_on_paper(pictures):
    for png in pictures.values():
        picture = opened(png)
        band, page = picture.crop((0, 0, 1200, BAND)), picture.crop((0, BAND, 1200, 630))
        assert {CALL, PAPER} <= colours(band)
        assert {INK, PAPER} <= colours(page)
        assert CALL not in colours(page)


def test_every_picture_is_another_one(pictures):
    assert len(set(pictures.values())) == len(pictures)


def test_the_same_charter_gives_the_same_pictures(pictures):
    again = {
        f"{language}/{address}": png
        for language in LANGUAGES
        for address, png in share_pictures(real_charter(), Words(language))
    }

    assert again == pictures


def test_a_sensitive_service_and_a_page_without_an_emergency_share_the_general_picture(charter):
    words = Words("id")
    general = card_of(charter, words)

    for service in charter.services:
        card = card_of(charter, words, service)
        assert (card == general) == service.is_sensitive
        if service.is_sensitive:
            assert words.text(service.name) not in card.alt


def test_the_words_for_who_cannot_see_it_are_those_of_the_picture(charter):
    alt = card_of(charter, Words("id"), charter.service["KBK"]).alt

    assert alt == "Darurat? Telepon 112. Gratis. Kebakaran. Piagam 112 Kota Contoh. Rancangan"


def test_a_charter_that_is_adopted_is_no_longer_called_a_draft(charter):
    info = charter.info.model_copy(update={"status": "adopted"})
    adopted = charter.model_copy(update={"info": info})

    before, after = (dict(share_pictures(one, Words("id"))) for one in (charter, adopted))

    assert "Rancangan" not in card_of(adopted, Words("id")).alt
    assert all(before[address] != after[address] for address in before)


@pytest.mark.parametrize("title", ["Kebakaran hutan dan lahan " * 20, "x" * 400, " ".join(PAYLOADS)[:1900]])
def test_no_title_is_too_long_or_too_strange_for_a_picture(title):
    charter = make_charter((FIRE, ("name",), text(title.strip())), (FIRE, ("title_tag",), None))

    made = dict(share_pictures(charter, Words("id")))["gambar/layanan/kebakaran.png"]

    picture = opened(made).convert("L")
    edges = [picture.crop(box).getextrema() for box in ((0, BAND, 50, 630), (1150, BAND, 1200, 630))]
    assert edges == [(255, 255), (255, 255)]
