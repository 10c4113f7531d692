"""The site tool for both languages; then one swap: a failed build leaves the old site untouched."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from charter_data.models import Charter
from charter_data.sealed import History
from charter_data.snapshot import Snapshot
from scripts.charter_site.composing import NOTHING_SEALED, Tree, compose, extra_files
from scripts.charter_site.exports import data_files
from scripts.charter_site.measures import Measures
from scripts.charter_site.rendering import ROOT
from scripts.charter_site.versions import public_editions
from scripts.charter_site.words import Language

Engine = Literal["mkdocs", "zensical"]
ENGINES: tuple[Engine, ...] = ("mkdocs", "zensical")
WORK = ROOT / "build"


class BuildError(Exception):
    """Say what the site tool refused; the old site still stands."""


def build(
    charter: Charter,
    site: Path,
    engine: Engine = "mkdocs",
    work: Path = WORK,
    *,
    snapshot: Snapshot | None = None,
    history: History = NOTHING_SEALED,
) -> None:
    """Build both languages into a folder.

    Raises BuildError with the tool's own words when it fails; the folder is then as it was.
    """
    work.mkdir(parents=True, exist_ok=True)
    with _alone(work) as lock:
        trees = compose(charter, work, Measures(snapshot), history)
        _run(trees, engine, charter, lock)
        _swap(_merge(charter, history, trees, work), site)


@contextmanager
def _alone(work: Path) -> Iterator[int]:
    with (work / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock.fileno()


def _run(trees: tuple[Tree, ...], engine: Engine, charter: Charter, lock: int) -> None:
    shutil.rmtree(trees[0].output.parent, ignore_errors=True)
    dated = datetime.combine(charter.info.dated, datetime.min.time(), UTC)
    environment = os.environ | {
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": str(int(dated.timestamp())),
    }

    def run(tree: Tree) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 (the site tool beside this Python, with arguments of our own)
            _command(engine, tree),
            check=False,
            env=environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            pass_fds=(lock,),  # the tool holds the lock too, should it outlive us
        )

    # Zensical empties one cache beside the configurations, so two of them would take it from each other.
    with ThreadPoolExecutor(len(trees) if engine == "mkdocs" else 1) as pool:
        ended = list(pool.map(run, trees))
    failed = [process.stdout for process in ended if process.returncode]
    if failed:
        raise BuildError(
            f"{engine} could not build the site; the old one still stands:\n" + "\n".join(failed)
        )


def _command(engine: Engine, tree: Tree) -> list[str]:
    tool = str(Path(sys.executable).with_name(engine))
    quiet = ["-q"] if engine == "mkdocs" else ["-c"]
    return [tool, "build", "--strict", *quiet, "-f", str(tree.config)]


def _merge(charter: Charter, history: History, trees: tuple[Tree, ...], work: Path) -> Path:
    merged = work / "merged"
    shutil.rmtree(merged, ignore_errors=True)
    for tree in trees:
        target = _root(merged, tree.language)
        shutil.copytree(tree.output, target, dirs_exist_ok=True)
        for name, text in extra_files(charter, tree.language):
            _write(target / name, text)
    for name, text in (data_files(charter) | public_editions(history)).items():
        _write(merged / name, text)
    return merged


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())  # line ends stay as they are


def _root(merged: Path, language: Language) -> Path:
    return merged if language == "id" else merged / language


def _swap(made: Path, site: Path) -> None:
    """Put the new site in the old one's place by rename; copy first where the disk differs."""
    site.parent.mkdir(parents=True, exist_ok=True)
    new, old = site.with_name(f".{site.name}.new"), site.with_name(f".{site.name}.old")
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.move(made, new)
    if site.exists():
        site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)
