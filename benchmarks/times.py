"""How long staff wait: the build beside plain Markdown under Material, the check beside merely reading."""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from benchmarks.builds import Checkout, build_ours, build_peer

RUNS = 5
BUILD_LIMIT, GROWN_LIMIT = 0.8, 0.6
BUILD_PEER = "Material on the same words in plain Markdown, one language after the other"
READ_ALL = """import pathlib, sys, yaml
for path in pathlib.Path(sys.argv[1]).rglob("*.yml"):
    yaml.load(path.read_text(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))"""


@dataclass(frozen=True)
class Timing:
    """Hold the seconds of a task and of its peer, run in turn, and what the ratio may be."""

    task: str
    seconds: tuple[float, ...]
    peer: str
    peer_seconds: tuple[float, ...]
    limit: float | None = None

    @property
    def ratio(self) -> float:
        """Give the median of the ratios of two runs that followed each other."""
        return median(ours / theirs for ours, theirs in zip(self.seconds, self.peer_seconds, strict=True))

    @property
    def line(self) -> str:
        """Give the figures as a line."""
        limit = "" if self.limit is None else f" (at most {self.limit:g})"
        return (
            f"{self.task}: {median(self.seconds):.2f}; {self.peer}: {median(self.peer_seconds):.2f};"
            f" ratio {self.ratio:.2f}{limit}"
        )


def measure(real: Checkout, grown: Checkout) -> list[Timing]:
    """Time what staff do; both checkouts have been built, and the peers of both written."""
    read_all = [sys.executable, "-c", READ_ALL, str(real.data)]
    check = real.command("check", "--quiet")
    return [
        _build(f"build, 2 x {real.pages} pages", real, BUILD_LIMIT),
        _build(f"build, 2 x {grown.pages} pages", grown, GROWN_LIMIT),
        _in_turn(
            "check", lambda: _run(real, check), "PyYAML alone on the files", lambda: _run(real, read_all)
        ),
    ]


def report(timings: list[Timing]) -> str:
    """Give the figures as lines."""
    return "\n".join(
        [
            f"Seconds, the median of {RUNS} runs in turn, each after an earlier one:",
            *(one.line for one in timings),
        ]
    )


def over(timings: list[Timing]) -> list[str]:
    """Give what is over its limit."""
    return [one.line for one in timings if one.limit is not None and one.ratio > one.limit]


def _build(task: str, checkout: Checkout, limit: float) -> Timing:
    return _in_turn(task, lambda: build_ours(checkout), BUILD_PEER, lambda: build_peer(checkout), limit)


def _in_turn(
    task: str, ours: Callable[[], None], peer: str, theirs: Callable[[], None], limit: float | None = None
) -> Timing:
    taken = [(_seconds(ours), _seconds(theirs)) for _ in range(RUNS)]
    return Timing(task, tuple(one for one, _ in taken), peer, tuple(one for _, one in taken), limit)


def _seconds(task: Callable[[], None]) -> float:
    begun = time.perf_counter()
    task()
    return time.perf_counter() - begun


def _run(checkout: Checkout, command: list[str]) -> None:
    subprocess.run(command, env=checkout.environment, check=True)  # noqa: S603 (our own commands)
