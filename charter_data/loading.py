"""YAML to Charter, or every problem with its file, line and column."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from pathlib import Path

from charter_data.drafts import CHANGES, MODELS, OPTIONAL, AgencyFile, Draft, LawFile
from charter_data.models import (
    Agreements,
    Area,
    Changes,
    Charter,
    Common,
    Definitions,
    HoaxPolicy,
    Info,
    Record,
    Service,
)
from charter_data.problems import Finding, Problem, RefusedError
from charter_data.reading import YamlFile, read_yaml
from charter_data.releases import broken_releases, released_clauses
from charter_data.rules import apply_rules
from charter_data.validating import validate

SERVICES = "services"
LIMIT_SERVICES = 2000
UNREAD = ("README.md", "releases")


class CharterError(RefusedError):
    """Say that a charter cannot be used; str() gives every problem, one a line."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems for whoever reports them."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Loaded:
    """Hold what was read: the charter when nothing stops it, and all errors and warnings in order.

    `well_formed` is the charter when only rules object, to compare with; nothing may be published from it.
    """

    charter: Charter | None
    problems: tuple[Problem, ...]
    well_formed: Charter | None = None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Give what must be mended before a build."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Give what is known to be unfinished."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Spare the collector its walks over a million nodes: what is read holds no circles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_no_collecting()
def load(folder: Path, today: date | None = None, *, with_warnings: bool = True) -> Loaded:
    """Read and check a city's folder; every problem of every file comes out of one run.

    Without `today` no date is judged by its age.
    """
    draft, problems = _read_all(folder, today)
    misshapen = tuple(_validate_all(draft))
    well_formed = None if problems or misshapen else _assemble(draft)
    found = (*misshapen, *apply_rules(draft))
    findings = [finding for finding in found if with_warnings or not finding.is_warning]
    # File by file: places are looked up in the nodes of the last file alone.
    for finding in sorted(findings, key=attrgetter("file")):
        problems.append(_problem(draft.files[finding.file], finding))
    ordered = tuple(sorted(set(problems)))
    stopped = any(problem.severity == "error" for problem in ordered)
    return Loaded(None if stopped else well_formed, ordered, well_formed)


def load_charter(folder: Path, today: date | None = None) -> Charter:
    """Give the charter of a city's folder.

    Raises CharterError with every problem when there is an error.
    """
    loaded = load(folder, today, with_warnings=False)  # nobody asks for their places
    if loaded.charter is None:
        raise CharterError(loaded.errors)
    return loaded.charter


def load_record(folder: Path, name: str) -> Record:
    """Give the record of one data file, such as `services/KBK.yml`, whatever the others are like.

    Raises CharterError with its problems.
    """
    if not _is_expected(name):
        message = "no file of a charter has this name: give one such as common.yml or services/KBK.yml"
        raise CharterError((Problem(name, 1, 1, "file-unknown", message),))
    file = read_yaml(folder / name, name)
    if not isinstance(file, YamlFile):
        raise CharterError(tuple(file))
    sound, findings = validate((MODELS | OPTIONAL).get(name, Service), file.data, name)
    if findings or not sound:
        raise CharterError(tuple(_problem(file, finding) for finding in findings))
    return sound.record


def _problem(file: YamlFile, finding: Finding) -> Problem:
    line, column = file.place(finding.path)
    return Problem(finding.file, line, column, finding.code, finding.message)


def _read_all(folder: Path, today: date | None) -> tuple[Draft, list[Problem]]:
    draft = Draft(today=today, released=released_clauses(folder), broken=broken_releases(folder))
    problems = list(_wrong_files(folder))
    names = [
        *MODELS,
        *OPTIONAL,
        *(f"{SERVICES}/{path.name}" for path in sorted((folder / SERVICES).glob("*.yml"))[:LIMIT_SERVICES]),
    ]
    for name in names:
        if name not in MODELS | OPTIONAL or (folder / name).is_file():
            found = read_yaml(folder / name, name)
            if isinstance(found, YamlFile):
                draft.files[name] = found
            else:
                draft.unread.add(name)
                problems.extend(found)
    return draft, problems


def _wrong_files(folder: Path) -> Iterator[Problem]:
    if not folder.is_dir():
        yield Problem(
            str(folder), 1, 1, "file-missing", "there is no such folder: name the folder of a city's charter"
        )
        return
    for name in MODELS:
        if not (folder / name).is_file():
            yield Problem(name, 1, 1, "file-missing", f"{name} is not in {folder}: every charter has it")
    services = sum(1 for _ in (folder / SERVICES).glob("*.yml"))
    if not services:
        yield Problem(SERVICES, 1, 1, "file-missing", "a charter has at least one file services/<CODE>.yml")
    if services > LIMIT_SERVICES:
        message = f"{services} files are too many: at most {LIMIT_SERVICES} were read"
        yield Problem(SERVICES, 1, 1, "file-too-large", message)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name.split("/")[0] not in UNREAD and not _is_expected(name):
            message = "no part of the charter reads this file: correct its name, or move it away"
            yield Problem(name, 1, 1, "file-unknown", message)


def _is_expected(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    return name in MODELS | OPTIONAL or (folder == SERVICES and file.endswith(".yml"))


def _validate_all(draft: Draft) -> Iterator[Finding]:
    for name, file in draft.files.items():
        sound, findings = validate((MODELS | OPTIONAL).get(name, Service), file.data, name)
        if sound:
            draft.sound[name] = sound
        yield from findings


def _assemble(draft: Draft) -> Charter | None:
    info, common = draft.record("charter.yml", Info), draft.record("common.yml", Common)
    agencies, area = draft.record("agencies.yml", AgencyFile), draft.record("area.yml", Area)
    laws, hoax = draft.record("legal_basis.yml", LawFile), draft.record("hoax_policy.yml", HoaxPolicy)
    agreements = draft.record("agreements.yml", Agreements)
    definitions = draft.record("definitions.yml", Definitions)
    if not (info and common and agencies and area and laws and hoax and agreements and definitions):
        return None
    return Charter(
        info=info,
        common=common,
        agencies=agencies.agencies,
        area=area,
        legal_basis=laws.laws,
        hoax_policy=hoax,
        agreements=agreements,
        definitions=definitions,
        services=tuple(draft.services.values()),
        changes=draft.record(CHANGES, Changes) or Changes(),
    )
