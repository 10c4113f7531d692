import pytest
from pydantic import ValidationError

from charter_data.models import Agreements, HoaxPolicy
from charter_data.vocabulary import CallClass
from tests.factories import agreed, changed, city_files, without

CITY = city_files()
AGREED = agreed(CITY, "UMUM.senyap", "diskominfo")["agreements.yml"]


def test_an_agreement_binds_a_party_to_the_wording_of_a_clause():
    agreement = Agreements.model_validate(AGREED).agreements[0]

    assert (agreement.party, agreement.clauses[0].clause) == ("diskominfo", "UMUM.senyap")
    assert len(agreement.clauses[0].sha256) == 64


@pytest.mark.parametrize("key", ["party", "clauses", "version", "agreed_on", "minutes"])
def test_an_agreement_says_who_what_when_and_where_it_is_written(key):
    files = without({"agreements.yml": AGREED}, "agreements.yml", ("agreements", 0, key))

    with pytest.raises(ValidationError):
        Agreements.model_validate(files["agreements.yml"])


def test_an_empty_seat_is_said_and_not_left_out():
    files = without(CITY, "agreements.yml", ("parties", 0, "holder"))

    with pytest.raises(ValidationError):
        Agreements.model_validate(files["agreements.yml"])


def test_an_open_point_asks_somebody():
    files = changed(CITY, "agreements.yml", ("open_points", 0, "ask"), [])

    with pytest.raises(ValidationError):
        Agreements.model_validate(files["agreements.yml"])


@pytest.mark.parametrize("standing", ["wajib", "disepakati", "acuan"])
def test_the_ladder_stays_a_proposal_while_no_agreement_can_bind_it(standing):
    with pytest.raises(ValidationError):
        HoaxPolicy.model_validate({**CITY["hoax_policy.yml"], "standing": standing})


def test_calls_that_never_count_as_misuse_are_named_by_class():
    policy = HoaxPolicy.model_validate(CITY["hoax_policy.yml"])

    assert policy.never_counted.classes == (CallClass.SILENT, CallClass.DROPPED)
