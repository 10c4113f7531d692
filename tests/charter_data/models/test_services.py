import pytest
from pydantic import ValidationError

from charter_data.models import Review, Service, SpecialCase
from charter_data.vocabulary import ServiceKind
from tests.factories import DAY, city_files, review, text

CITY = city_files()
FIRE, FAMILY = CITY["services/KBK.yml"], CITY["services/KDR.yml"]


def test_an_ordinary_service_shows_its_own_code_and_name():
    service = Service.model_validate(FIRE)

    assert (service.public_code, service.title.id, service.is_sensitive) == ("KBK", "Kebakaran", False)
    assert service.kind is ServiceKind.EMERGENCY


def test_a_sensitive_service_hides_behind_another_code_and_title():
    service = Service.model_validate(FAMILY)

    assert (service.public_code, service.title.id, service.is_sensitive) == ("BKL", "Bantuan keluarga", True)


def test_agencies_come_once_each_with_the_leading_one_first():
    service = Service.model_validate(
        {**FIRE, "co_lead": {"arus": "polres"}, "support": ["damkar", "polres", "rsud"]}
    )

    assert service.agencies == ("damkar", "polres", "rsud")


@pytest.mark.parametrize("count", [0, 4])
def test_a_service_has_one_to_three_first_steps(count):
    with pytest.raises(ValidationError):
        Service.model_validate({**FIRE, "do_now": FIRE["do_now"][:1] * count})


@pytest.mark.parametrize("picture", ["../rahasia", "do exit", "DO-EXIT", "do-exit.svg"])
def test_a_picture_is_a_name_and_no_path(picture):
    with pytest.raises(ValidationError):
        Service.model_validate({**FIRE, "do_now": [{"picture": picture, **text("Keluar")}]})


@pytest.mark.parametrize(
    "case",
    [{"do": [text("Baris")]}, {"same_as": "KDR"}, {"do": [text("Baris")], "first_aid": review()}],
)
def test_a_special_case_has_lines_or_those_of_another_service(case):
    assert SpecialCase.model_validate({"title": text("Judul"), **case})


@pytest.mark.parametrize("case", [{}, {"do": []}, {"do": [text("Baris")], "same_as": "KDR"}])
def test_a_special_case_with_neither_or_both_is_refused(case):
    with pytest.raises(ValidationError):
        SpecialCase.model_validate({"title": text("Judul"), **case})


@pytest.mark.parametrize(
    ("by", "on", "is_reviewed"),
    [("dr. Contoh", DAY, True), (None, DAY, False), ("dr. Contoh", None, False), (None, None, False)],
)
def test_a_review_has_a_name_and_a_date(by, on, is_reviewed):
    checked = Review.model_validate({**review(), "reviewed_by": by, "reviewed_on": on})

    assert checked.is_reviewed is is_reviewed


def test_a_review_names_its_source():
    with pytest.raises(ValidationError):
        Review.model_validate({**review(), "source": []})


def test_everyday_words_stand_in_each_language_apart():
    service = Service.model_validate({**FIRE, "search_words": {"id": ["api", "asap"], "en": ["smoke"]}})

    assert (service.search_words.id, service.search_words.en) == (("api", "asap"), ("smoke",))


def test_no_everyday_word_leads_to_a_service_that_hides():
    with pytest.raises(ValidationError, match="they would say what it hides"):
        Service.model_validate({**FAMILY, "search_words": {"id": ["dipukul"]}})
