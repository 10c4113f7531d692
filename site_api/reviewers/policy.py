"""Who sees which case and what of it, and who acts: the tables of `docs/developers/roles.md`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from site_api.reviewers.models import Actor, Role


class Part(StrEnum):
    """Name what a case is made of, as far as some may read it and others not."""

    FACTS = "facts"
    PLACE = "place"
    WORDS = "words"
    ANSWER = "answer"
    STAFF = "staff"
    NOTES = "notes"


class Whose(StrEnum):
    """Say which cases a role has to do with, before states and sensitivity are asked."""

    ALL = "all"
    OWN = "of the own agency"
    OF_OTHERS = "not about the operators"
    OF_OPERATORS = "about the operators"


class Act(StrEnum):
    """Name what reviewers do to a case."""

    RELEASE = "release"
    VERIFY = "verify"
    ASSIGN = "assign"
    ANSWER = "answer"
    WRITE = "write"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    DECLINE = "decline"
    TAKE = "take"
    FIND = "find"
    OPINE = "opine"
    EXTEND = "extend"
    NOTE = "note"
    ERASE = "erase"
    DECIDE = "decide"
    TAKE_BACK = "take_back"
    KEEP_TEMPLATES = "keep_templates"
    LOOK_UP = "look_up"
    PROPOSE = "propose"
    SECOND = "second"
    REFUSE = "refuse"
    TELL = "tell"
    APPEAL = "appeal"
    JUDGE = "judge"
    DOWNLOAD = "download"


class Joint(StrEnum):
    """Name what one person asks for and a second one decides."""

    DECLINE = "decline"
    PUBLISH = "publish"
    ERASE = "erase"
    ANSWER = "answer"
    EXPORT = "export"


@dataclass(frozen=True)
class Sight:
    """Hold what a role sees: whose cases, in which states, which parts; and the same of sensitive ones."""

    whose: Whose
    states: frozenset[str]
    parts: frozenset[Part]
    sensitive_parts: frozenset[Part] = frozenset()


READ = frozenset({"verified", "assigned", "answered", "closed", "declined"})
EVERY = READ | {"received", "withdrawn", "found"}
WITH_AGENCY = frozenset({"assigned", "answered", "closed"})
WHOLE = frozenset(Part)
SIGHTS: Mapping[Role, Sight] = {
    Role.TRIAGE: Sight(Whose.OF_OTHERS, EVERY, WHOLE, WHOLE),
    Role.INSPECTORATE: Sight(Whose.OF_OPERATORS, EVERY, WHOLE, WHOLE),
    Role.AGENCY: Sight(Whose.OWN, WITH_AGENCY, WHOLE),
    Role.DPRD: Sight(Whose.ALL, READ, frozenset({Part.FACTS, Part.ANSWER})),
    Role.NGO: Sight(Whose.ALL, READ, frozenset({Part.FACTS, Part.ANSWER})),
    Role.AUDITOR: Sight(
        Whose.ALL, EVERY, frozenset({Part.FACTS, Part.STAFF}), frozenset({Part.FACTS, Part.STAFF})
    ),
}
"""An administrator has no line, and so sees no case at all."""

DESKS = frozenset({Role.TRIAGE, Role.INSPECTORATE})
"""Who sorts what comes in: the call centre, and of feedback about its operators the inspectorate."""

HANDS = DESKS | {Role.AGENCY}
READERS = frozenset(SIGHTS)
KEEPERS = frozenset({Role.ADMIN})
"""Who invites people and switches accounts off."""

READERS_OF_WORDS = frozenset(role for role, sight in SIGHTS.items() if Part.WORDS in sight.parts)
REPORTS: Mapping[Role, frozenset[Part]] = {
    Role.TRIAGE: WHOLE,
    Role.AUDITOR: frozenset({Part.FACTS, Part.STAFF}),
}
"""Reports of false calls are of no agency and about nobody; who reads which part of them."""

READERS_OF_REPORTS = frozenset(REPORTS)

STANDING = frozenset({"in_force", "appealed", "upheld", "lifted", "ended"})
MEASURES: Mapping[Role, Sight] = {
    Role.TRIAGE: Sight(Whose.ALL, STANDING | {"proposed", "refused"}, WHOLE),
    Role.INSPECTORATE: Sight(Whose.ALL, STANDING, WHOLE),
    Role.AUDITOR: Sight(Whose.ALL, STANDING | {"proposed", "refused"}, frozenset({Part.FACTS, Part.STAFF})),
}
"""Measures against misuse: the inspectorate judges appeals, so it sees what has come into force."""

READERS_OF_MEASURES = frozenset(MEASURES)
ACTS: Mapping[Act, frozenset[Role]] = {
    Act.RELEASE: DESKS,
    Act.VERIFY: DESKS,
    Act.ASSIGN: HANDS,
    Act.ANSWER: HANDS,
    Act.WRITE: HANDS,
    Act.PUBLISH: DESKS,
    Act.UNPUBLISH: DESKS,
    Act.DECLINE: DESKS,
    Act.TAKE: frozenset({Role.TRIAGE}),
    Act.FIND: frozenset({Role.TRIAGE}),
    Act.EXTEND: DESKS,
    Act.NOTE: HANDS,
    Act.ERASE: DESKS,
    Act.DECIDE: DESKS,
    Act.TAKE_BACK: HANDS,
    Act.KEEP_TEMPLATES: DESKS,
    Act.LOOK_UP: frozenset({Role.TRIAGE}),
    Act.PROPOSE: frozenset({Role.TRIAGE}),
    Act.SECOND: frozenset({Role.TRIAGE}),
    Act.REFUSE: frozenset({Role.TRIAGE}),
    Act.TELL: frozenset({Role.TRIAGE}),
    Act.APPEAL: DESKS,
    Act.JUDGE: frozenset({Role.INSPECTORATE}),
    Act.DOWNLOAD: READERS,
    Act.OPINE: frozenset({Role.DPRD, Role.NGO}),
}
SECONDS: Mapping[Joint, frozenset[Role]] = {
    Joint.DECLINE: DESKS,
    Joint.PUBLISH: DESKS,
    Joint.ERASE: DESKS,
    Joint.ANSWER: DESKS,
    Joint.EXPORT: DESKS,
}
"""Who decides what another has asked for: never the same account, and only of a case within sight."""

OTHER_OFFICE = frozenset({Joint.ANSWER})
"""Where the second person must be of another office: nobody countersigns for colleagues."""


def sight_of(actor: Actor) -> Sight | None:
    """Give what an actor sees; None: no case."""
    return SIGHTS.get(actor.role)


def reads(actor: Actor, part: Part, *, is_sensitive: bool) -> bool:
    """Tell whether an actor reads a part of the cases within sight."""
    sight = sight_of(actor)
    return sight is not None and part in (sight.sensitive_parts if is_sensitive else sight.parts)


def reads_report(actor: Actor, part: Part) -> bool:
    """Tell whether an actor reads a part of the reports of false calls."""
    return part in REPORTS.get(actor.role, ())


def measures_of(actor: Actor) -> frozenset[str]:
    """Give the states in which an actor sees measures; none: no measure."""
    sight = MEASURES.get(actor.role)
    return sight.states if sight else frozenset()


def reads_measure(actor: Actor, part: Part) -> bool:
    """Tell whether an actor reads a part of the measures within sight."""
    return actor.role in MEASURES and part in MEASURES[actor.role].parts


def may(actor: Actor, act: Act) -> bool:
    """Tell whether an actor does this to cases within sight."""
    return actor.role in ACTS[act]


def decides(actor: Actor) -> frozenset[Joint]:
    """Give what an actor may decide as the second person."""
    return frozenset(joint for joint, roles in SECONDS.items() if actor.role in roles)


def office_of(actor: Actor) -> str:
    """Give the office that somebody acts for: an agency, or else the desk of the role."""
    return actor.agency or actor.role.value
