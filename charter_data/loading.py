"""YAML to Charter, or every problem with its file, line and column."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from charter_data.drafts import MODELS, AgencyFile, Draft, LawFile
from charter_data.models import Agreements, Area, Charter, Common, Definitions, HoaxPolicy, Info, Service
from charter_data.problems import Finding, Problem
from charter_data.reading import YamlFile, read_yaml
from charter_data.rules import apply_rules
from charter_data.validating import validate

SERVICES = "services"
UNREAD = ("README.md", "releases")


class CharterError(Exception):
    """Say that a charter cannot be used; str() gives every problem, one a line."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems for whoever reports them."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Loaded:
    """Hold what was read: the charter when nothing stops it, and all errors and warnings in order."""

    charter: Charter | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Give what must be mended before a build."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Give what is known to be unfinished."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")


def load(folder: Path) -> Loaded:
    """Read and check a city's folder; every problem of every file comes out of one run."""
    draft, problems = _read_all(folder)
    for finding in (*_validate_all(draft), *apply_rules(draft)):
        line, column = draft.files[finding.file].place(finding.path)
        problems.append(Problem(finding.file, line, column, finding.code, finding.message))
    ordered = tuple(sorted(set(problems)))
    stopped = any(problem.severity == "error" for problem in ordered)
    return Loaded(None if stopped else _assemble(draft), ordered)


def load_charter(folder: Path) -> Charter:
    """Give the charter of a city's folder.

    Raises CharterError with every problem when there is an error.
    """
    loaded = load(folder)
    if loaded.charter is None:
        raise CharterError(loaded.errors)
    return loaded.charter


def _read_all(folder: Path) -> tuple[Draft, list[Problem]]:
    draft, problems = Draft(), list(_wrong_files(folder))
    names = [*MODELS, *(f"{SERVICES}/{path.name}" for path in sorted((folder / SERVICES).glob("*.yml")))]
    for name in names:
        if name not in MODELS or (folder / name).is_file():
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
    if not any((folder / SERVICES).glob("*.yml")):
        yield Problem(SERVICES, 1, 1, "file-missing", "a charter has at least one file services/<CODE>.yml")
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name.split("/")[0] not in UNREAD and not _is_expected(name):
            message = "no part of the charter reads this file: correct its name, or move it away"
            yield Problem(name, 1, 1, "file-unknown", message)


def _is_expected(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    return name in MODELS or (folder == SERVICES and file.endswith(".yml"))


def _validate_all(draft: Draft) -> Iterator[Finding]:
    for name, file in draft.files.items():
        sound, findings = validate(MODELS.get(name, Service), file.data, name)
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
    )
