"""What somebody has compared: the English texts of data files, as they stand now."""

import argparse
from os.path import normpath
from pathlib import Path
from typing import Any

from charter_data.loading import load_record
from charter_data.translations import SIDECAR, Confirmed, pair_of, sidecar_text, texts_in
from scripts.commands import DATA


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add `translated`."""
    confirming = commands.add_parser(
        "translated", help="record that the English of files fits the Indonesian"
    )
    confirming.add_argument("files", nargs="+", metavar="FILE", help="such as services/KBK.yml, or its path")
    confirming.add_argument("--data", type=Path, default=DATA, help="folder of a city's charter")
    confirming.set_defaults(act=confirm)


def confirm(chosen: argparse.Namespace) -> int:
    """Record every pair of texts of the files, and print how many of them are new or changed.

    Raises CharterError when a file is not sound; nothing is recorded then.
    """
    recorded, told = _recorded(chosen.data), []
    for name in [_name(chosen.data, given) for given in chosen.files]:
        pairs = {pair_of(text) for _, text in texts_in(load_record(chosen.data, name))}
        new = pairs.difference(recorded.get(name, ()))
        told.append(f"{name}: {len(new)} of {len(pairs)} texts are new or changed")
        if pairs:
            recorded[name] = tuple(pairs)
    (chosen.data / SIDECAR).write_text(sidecar_text(Confirmed(files=recorded)), encoding="utf-8")
    print(*told, sep="\n")
    return 0


def _recorded(folder: Path) -> dict[str, tuple[str, ...]]:
    """Give what en_of.yml has on files that still exist."""
    found = load_record(folder, SIDECAR) if (folder / SIDECAR).is_file() else None
    files = found.files if isinstance(found, Confirmed) else {}
    return {name: pairs for name, pairs in files.items() if (folder / name).is_file()}


def _name(folder: Path, given: str) -> str:
    path, home = Path(given).resolve(), folder.resolve()
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else normpath(given)
