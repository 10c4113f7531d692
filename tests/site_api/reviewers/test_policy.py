from site_api.feedback.models import State
from site_api.measures.models import State as MeasureState
from site_api.reviewers.models import Actor, Role
from site_api.reviewers.policy import (
    ACTS,
    READERS_OF_REPORTS,
    SECONDS,
    SIGHTS,
    Part,
    Whose,
    may,
    measures_of,
    reads,
    reads_measure,
)
from tests.site_api.reviewers.roles_table import table, words

ROLES = [role.value for role in Role]


def somebody(role):
    return Actor(1, "sari", Role(role), "damkar" if role == "agency" else None, "token")


def test_the_page_names_every_role_and_whose_cases_each_sees():
    told = {row["role"]: row["cases of feedback within sight"] for row in table("Roles")}
    wanted = {role.value: SIGHTS[role].whose.value if role in SIGHTS else "none" for role in Role}

    assert told == wanted


def test_the_page_names_who_reads_reports_of_false_calls():
    told = {row["role"] for row in table("Roles") if row["reports of false calls"] == "all"}

    assert told == {role.value for role in READERS_OF_REPORTS}


def test_the_page_names_who_reads_measures_against_false_calls():
    told = {row["role"]: row["measures against false calls"] for row in table("Roles")}
    both, standing = frozenset(MeasureState), frozenset(MeasureState) - {"proposed", "refused"}
    states = {"all": both, "once in force": standing, "none": frozenset()}

    assert {role: measures_of(somebody(role)) for role in ROLES} == {
        role: states[what] for role, what in told.items()
    }
    assert {role for role in ROLES if reads_measure(somebody(role), Part.WORDS)} == {"triage", "inspectorate"}


def test_the_page_names_of_every_state_who_reads():
    for row in table("States"):
        seeing = {role.value for role, sight in SIGHTS.items() if row["state"] in sight.states}
        discreet = {role.value for role, sight in SIGHTS.items() if sight.sensitive_parts}

        assert words(row["who reads"]) == seeing, row
        assert words(row["who reads if sensitive"]) == seeing & discreet, row
    assert [row["state"] for row in table("States")] == [state.value for state in State]


def test_the_page_names_of_every_part_who_reads():
    for row in table("Parts"):
        for column, is_sensitive in (("who reads", False), ("who reads if sensitive", True)):
            told = {
                role for role in ROLES if reads(somebody(role), Part(row["part"]), is_sensitive=is_sensitive)
            }
            assert words(row[column]) == told, (row, column)
    assert [row["part"] for row in table("Parts")] == [part.value for part in Part]


def test_the_page_names_of_every_act_who_does_it():
    told = {row["act"]: words(row["who"]) for row in table("Acts")}

    assert told == {act.value: {role for role in ROLES if may(somebody(role), act)} for act in ACTS}


def test_the_page_names_what_takes_two_persons_and_who_is_the_second():
    told = {row["joint"]: words(row["decided by"]) for row in table("Two persons")}

    assert told == {joint.value: {role.value for role in roles} for joint, roles in SECONDS.items()}


def test_no_role_but_the_two_desks_sees_both_words_and_sensitive_cases():
    whole = {role for role, sight in SIGHTS.items() if Part.WORDS in sight.sensitive_parts}

    assert {SIGHTS[role].whose for role in whole} == {Whose.OF_OTHERS, Whose.OF_OPERATORS}
