"""A folder for another city: what is national carried over, what is local left open."""

import argparse
import re
from collections import Counter
from datetime import date
from os.path import relpath
from pathlib import Path
from typing import Any

from charter_data.drafts import MODELS
from charter_data.loading import load
from charter_data.models.base import LINE_FORM
from charter_data.skeleton import NewCity, SkeletonError, read_local, skeleton
from scripts.commands import DATA, day
from scripts.commands.describing import SCHEMAS

ROOT = DATA.parents[1]
CODE_FORM = r"[0-9]{4}"
LONGEST_NAME = 80
KINDS = re.compile(r"^(Kota|Kabupaten) +(?=\S)")


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add `new-city`."""
    starting = commands.add_parser("new-city", help="write the first files of another city's charter")
    starting.add_argument("folder", type=Path, help="a folder that is not there yet, or empty")
    starting.add_argument("--name", required=True, type=_name, help='whole name, such as "Kota Contoh"')
    starting.add_argument("--code", required=True, type=_code, help="BPS code of four digits")
    starting.add_argument(
        "--short", type=_name, help="short name; without it the name less Kota or Kabupaten"
    )
    starting.add_argument("--today", type=day, help="date of the first version")
    starting.set_defaults(act=start_city)


def start_city(chosen: argparse.Namespace) -> int:
    """Write the files of a new city, and print what to do with them.

    Raises SkeletonError when the folder holds something already.
    """
    folder: Path = chosen.folder
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise SkeletonError(f"{folder}: something is here already and stays as it is: name a new folder")
    short = chosen.short or KINDS.sub("", chosen.name)
    city = NewCity(chosen.name, short, chosen.code, chosen.today or date.today(), str(folder))
    for name, text in skeleton(_reference_texts(), read_local(), city).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_with_schema(text, path), encoding="utf-8")
    return _report(folder)


def _reference_texts() -> dict[str, str]:
    services = sorted(path.relative_to(DATA).as_posix() for path in DATA.glob("services/*.yml"))
    return {name: (DATA / name).read_text(encoding="utf-8") for name in (*MODELS, *services)}


def _with_schema(text: str, path: Path) -> str:
    line = r"(?m)^(# yaml-language-server: \$schema=).*/"
    if not path.resolve().is_relative_to(ROOT):  # the way from there to here is that of one machine
        return re.sub(line + r".*\n", "", text)
    folder = relpath(SCHEMAS.resolve(), path.parent.resolve())
    return re.sub(line, rf"\g<1>{folder}/", text)


def _report(folder: Path) -> int:
    loaded = load(folder)
    print(f"{folder}: fill in charter.yml first, then agencies.yml, then area.yml")
    for code, count in Counter(problem.code for problem in loaded.warnings).most_common():
        print(f"{count} x {code}")
    print(f"{len(loaded.errors)} errors, {len(loaded.warnings)} warnings")
    if loaded.charter:
        print(f"time_zone is {loaded.charter.info.time_zone}: correct it in charter.yml if it is another")
    print(f"next: build_charter.py check --data {folder}")
    return 1 if loaded.errors else 0


def _name(given: str) -> str:
    name = given.strip()
    if not name or len(name) > LONGEST_NAME or not re.match(LINE_FORM, name):
        raise argparse.ArgumentTypeError(
            f"{given!r} is no name: write one line of at most {LONGEST_NAME} signs"
        )
    return name


def _code(given: str) -> str:
    if not re.fullmatch(CODE_FORM, given, re.ASCII):
        raise argparse.ArgumentTypeError(
            f'{given!r} is no BPS code of a city: write four digits, such as "9999"'
        )
    return given
