"""How long staff wait: the build beside plain MkDocs, the check beside merely reading the same files."""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.builds import build_ours, build_peer
from charter_data.models import Charter
from scripts.charter_site.rendering import ROOT
from scripts.charter_site.words import LANGUAGES
from scripts.commands import DATA

RUNS = 3
READ_ALL = """import pathlib, sys, yaml
for path in pathlib.Path(sys.argv[1]).rglob("*.yml"):
    yaml.load(path.read_text(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))"""


@dataclass(frozen=True)
class Timing:
    """Hold the seconds of a task and of its peer, the median of some runs."""

    task: str
    seconds: float
    peer: str
    peer_seconds: float


def measure(charter: Charter, folder: Path) -> list[Timing]:
    """Time what staff do; the Markdown of a build must already be in the folder."""
    return [
        Timing(
            "build, both languages",
            _seconds(lambda: build_ours(charter, folder)),
            "mkdocs build of its Markdown, one language after the other",
            _seconds(lambda: [build_peer(folder, language) for language in LANGUAGES]),
        ),
        Timing(
            "check",
            _seconds(lambda: _run(str(ROOT / "scripts" / "build_charter.py"), "check", "--quiet")),
            "PyYAML alone on the same files",
            _seconds(lambda: _run("-c", READ_ALL, str(DATA))),
        ),
    ]


def report(timings: list[Timing]) -> str:
    """Give the figures as lines."""
    return "\n".join(
        [f"Seconds, the median of {RUNS} runs:"]
        + [
            f"{one.task}: {one.seconds:.2f}; {one.peer}: {one.peer_seconds:.2f};"
            f" ratio {one.seconds / one.peer_seconds:.2f}"
            for one in timings
        ]
    )


def _seconds(task: Callable[[], object]) -> float:
    return median(_once(task) for _ in range(RUNS))


def _once(task: Callable[[], object]) -> float:
    begun = time.perf_counter()
    task()
    return time.perf_counter() - begun


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True)  # noqa: S603 (this Python)
