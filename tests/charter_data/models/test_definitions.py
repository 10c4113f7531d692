import pytest
from pydantic import ValidationError

from charter_data.models import Definitions
from tests.factories import changed, city_files, without

CITY = city_files()


@pytest.mark.parametrize(
    ("listing", "key"),
    [
        ("standings", "janji"),
        ("events", "tiba_rs"),
        ("side_events", "tiba"),
        ("feedback_events", "dibaca"),
        ("modes", "estafet"),
        ("call_classes", "prank"),
        ("components", "harga"),
    ],
)
def test_a_word_outside_its_vocabulary_is_refused(listing, key):
    files = changed(CITY, "definitions.yml", (listing, 0, "key"), key)

    with pytest.raises(ValidationError):
        Definitions.model_validate(files["definitions.yml"])


@pytest.mark.parametrize("listing", ["standings", "side_events", "feedback_events", "modes", "exclusions"])
def test_a_word_without_a_meaning_is_no_definition(listing):
    files = without(CITY, "definitions.yml", (listing, 0, "meaning"))

    with pytest.raises(ValidationError):
        Definitions.model_validate(files["definitions.yml"])


@pytest.mark.parametrize(
    ("misuse", "is_taken"), [("yes", True), ("no", True), ("never", True), ("maybe", False)]
)
def test_a_class_of_calls_counts_as_misuse_or_not_or_never(misuse, is_taken):
    data = changed(CITY, "definitions.yml", ("call_classes", 0, "misuse"), misuse)["definitions.yml"]

    if is_taken:
        assert Definitions.model_validate(data).call_classes[0].misuse == misuse
    else:
        with pytest.raises(ValidationError):
            Definitions.model_validate(data)
