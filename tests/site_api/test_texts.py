import re
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest
import yaml
from werkzeug.datastructures import LanguageAccept

from charter_data.snapshot import Finding, Outcome, Stance
from site_api.approvals.models import Decision
from site_api.cases import Channel, DeclineReason, HoldReason
from site_api.digests.queries import Topic
from site_api.feedback import lists
from site_api.feedback import questions as feedback
from site_api.feedback.filters import View
from site_api.feedback.models import FeedbackKind, Happened, Side
from site_api.feedback.models import State as FeedbackState
from site_api.hoax_reports import questions as hoax_reports
from site_api.hoax_reports.models import HoaxClass
from site_api.hoax_reports.models import State as HoaxState
from site_api.intake import WORDS
from site_api.measures.models import Caller, Step
from site_api.measures.models import State as MeasureState
from site_api.problem_types import PROBLEMS
from site_api.retention import TABLES
from site_api.reviewers.models import Role, Standing
from site_api.reviewers.policy import Joint
from site_api.texts import Texts, language_of_client, language_of_page
from tests.factories import make_charter

APP = Path(__file__).resolve().parents[2] / "site_api"
SOURCES = "\n".join(
    path.read_text("utf-8") for path in sorted(APP.rglob("*")) if path.suffix in {".py", ".html"}
)
FAULTS = {*WORDS.values(), *re.findall(r'FieldFault\([^()]*?"([a-z_]+)"\)', SOURCES)}
FAULTS |= {"password_length", "password_common"}
FAULTS |= {"wrong_day", "wrong_time", "wrong_value", "over_limit"}
FIELDS = set(re.findall(r'"([a-z_]+)": "[a-z_]+"', SOURCES)) | set(re.findall(r'name="([a-z_]+)"', SOURCES))
ASKED = (*feedback.questions(make_charter(), Texts.load()), *hoax_reports.questions(make_charter()))
FIELDS |= {field for question in ASKED for field in question.fields}
# "Laporan palsu" is a class of calls, and SP4N-LAPOR! is a name.
ALLOWED = re.compile(r"sp4n-lapor!|lapor\.go\.id|laporan palsu")


def parts_of_time(kept):
    return () if kept.goes_with else ("until" if kept.days is None else "event",)


# Keys that the app puts together from a vocabulary of its own.
ACTS = (
    *("submit", "verify", "assign", "answer", "publish", "unpublish", "decline", "withdraw", "close"),
    *("message", "dispute", "rate", "find", "ask", "approve", "refuse", "take_back", "lapse"),
    *("extend", "note", "release", "erase", "opine", "retract"),
)
KEPT = [
    f"{model.__tablename__}.{part}"
    for model in TABLES
    for part in ("title", "what", "why", "readers", *parts_of_time(model.kept))
]
BUILT = {
    "joint": Joint,
    "decisions": Decision,
    "classes": HoaxClass,
    "class_hints": HoaxClass,
    "findings": Finding,
    "happened": Happened,
    "hoax.status": HoaxState,
    "kinds": FeedbackKind,
    "kind_hints": FeedbackKind,
    "outcomes": Outcome,
    "stances": Stance,
    "reasons": DeclineReason,
    "roles": Role,
    "standings": Standing,
    "states": (*FeedbackState, *HoaxState),
    "dates.months": [f"m{month:02}" for month in range(1, 13)],
    "errors": [f"{problem.key}.{part}" for problem in PROBLEMS for part in ("title", "detail")],
    "fields": FAULTS,
    "counts": [
        "days.one",
        "days.many",
        "working_days.one",
        "working_days.many",
        "years.one",
        "years.many",
        "hours.one",
        "hours.many",
    ],
    "portal.channels": Channel,
    "portal.views": View,
    "status.channels": ["phone", "paper"],
    "held": HoldReason,
    "digest": Topic,
    "thread": Side,
    "ratings": [f"r{mark}" for mark in range(1, 6)],
    "acts": ACTS,
    "kept": KEPT,
    "portal.reports": lists.REPORTS,
    "measures.callers": Caller,
    "measures.states": MeasureState,
    "measures.steps": Step,
    "ask.feedback": [one.name for one in feedback.questions(make_charter(), Texts.load())],
    "ask.hoax": [one.name for one in hoax_reports.questions(make_charter())],
}


def test_both_languages_have_the_same_keys_in_the_same_order():
    words = Texts.load().words

    assert list(words["id"]) == list(words["en"])


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_key_stands_twice(language):
    whole = yaml.compose((APP / "texts" / f"{language}.yml").read_text("utf-8"))

    assert list(doubled(whole)) == []


def doubled(node):
    if not isinstance(node, yaml.MappingNode):
        return
    yield from (key for key, count in Counter(key.value for key, _ in node.value).items() if count > 1)
    for _, value in node.value:
        yield from doubled(value)


def test_no_text_is_empty():
    words = Texts.load().words

    assert all(text.strip() for language in words.values() for text in language.values())


@pytest.mark.parametrize("problem", PROBLEMS)
def test_every_problem_has_a_title_and_a_detail(problem):
    texts = Texts.load()

    said = [texts.say("id", f"errors.{problem.key}.{part}") for part in ("title", "detail")]

    assert all(text.endswith(".") for text in said)


@pytest.mark.parametrize("above", BUILT)
def test_every_word_of_a_vocabulary_is_written(above):
    written = Texts.load().words["id"]

    assert [name for name in sorted(BUILT[above]) if f"{above}.{name}" not in written] == []


def test_every_text_is_used():
    written = Texts.load().words["id"]
    built = {f"{above}.{name}" for above, names in BUILT.items() for name in names}

    unused = [key for key in written if key not in built and not is_named(key)]

    assert unused == []


def is_named(key: str) -> bool:
    """Tell whether a template or a module names the key, or builds it before a name of a field or state."""
    above, _, name = key.rpartition(".")
    if above == "labels":
        return name in FIELDS or f'"labels.{name}"' in SOURCES
    if above == "status" and name in [state.value for state in FeedbackState]:
        return True
    return f'"{key}"' in SOURCES


def test_both_languages_leave_the_same_places_for_values():
    words = Texts.load().words
    places = {
        language: {
            key: {field for _, field, _, _ in Formatter().parse(text) if field} for key, text in said.items()
        }
        for language, said in words.items()
    }

    assert places["id"] == places["en"]


def test_feedback_is_never_called_a_report():
    said = Texts.load().words["id"].values()

    found = [text for text in said if "lapor" in ALLOWED.sub("", text.lower())]

    assert found == []


def test_a_key_that_nobody_wrote_is_an_error():
    with pytest.raises(KeyError, match="nobody"):
        Texts.load().say("id", "nobody")


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/", "id"),
        ("/layanan/", "id"),
        ("/en", "en"),
        ("/en/", "en"),
        ("/en/layanan/", "en"),
        ("/energi/", "id"),
        ("/id/", "id"),
        ("/layanan/en/", "id"),
    ],
)
def test_the_address_of_a_page_decides_its_language(path, language):
    assert language_of_page(path) == language


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ([], "id"),
        ([("en", 1)], "en"),
        ([("en-US", 1), ("id", 0.5)], "en"),
        ([("id", 1), ("en", 0.5)], "id"),
        ([("fr", 1)], "id"),
        ([("fr", 1), ("EN", 0.1)], "en"),
        ([("en", 0)], "id"),
    ],
)
def test_a_program_gets_the_language_it_prefers(accepted, language):
    assert language_of_client(LanguageAccept(accepted)) == language
