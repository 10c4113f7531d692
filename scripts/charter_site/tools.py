"""One run of a site tool: MkDocs in both languages at once and while we still write, Zensical in turn."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from charter_data.problems import RefusedError

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build"
PATH = (str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")]))
Engine = Literal["mkdocs", "zensical"]
ENGINES: tuple[Engine, ...] = ("mkdocs", "zensical")
AHEAD = [sys.executable, "-m", "scripts.charter_site.tool"]
# An empty line: the end of the stream may come late, for others that we start hold it open too.
THAT_IS_ALL = ""


class BuildError(RefusedError):
    """Say what the site tool refused; the old site still stands."""


class MkDocs:
    """Load MkDocs at once, and build each configuration from the moment that it is given."""

    def __init__(self, lock: int) -> None:
        """Start the process."""
        self._process = _start(AHEAD, lock)

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Leave no process behind, whatever happened."""
        self._end()

    def build(self, config: Path) -> None:
        """Begin with a configuration."""
        self._tell(str(config))

    def finish(self) -> None:
        """Wait for all of them; raises BuildError with what the tool said when one has failed."""
        self._tell(THAT_IS_ALL)
        said = self._end()
        if self._process.returncode:
            raise _failed("mkdocs", said)

    def _tell(self, line: str) -> None:
        if self._process.stdin:
            with suppress(BrokenPipeError):  # it has failed; `finish` tells why
                self._process.stdin.write(f"{line}\n")
                self._process.stdin.flush()

    def _end(self) -> str:
        if self._process.stdout is None or self._process.stdout.closed:
            return ""
        return self._process.communicate()[0]


class Zensical:
    """Build one configuration after the other: all of them share one cache, which each empties first."""

    def __init__(self, lock: int) -> None:
        """Wait for the first one."""
        self._lock = lock
        self._configs: list[Path] = []

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Leave nothing behind: nothing runs between two calls."""

    def build(self, config: Path) -> None:
        """Take a configuration."""
        self._configs.append(config)

    def finish(self) -> None:
        """Build all that was given; raises BuildError with what the tool said when one has failed."""
        said = []
        for config in self._configs:
            process = _start(_command(config), self._lock)
            output, _ = process.communicate()
            said += [output] if process.returncode else []
        if said:
            raise _failed("zensical", "\n".join(said))


Tool = MkDocs | Zensical
TOOLS: dict[Engine, type[Tool]] = {"mkdocs": MkDocs, "zensical": Zensical}


@contextmanager
def begin(engine: Engine = "mkdocs", work: Path = WORK) -> Iterator[Tool]:
    """Give a site tool for one build, as soon as no other build works in the folder."""
    work.mkdir(parents=True, exist_ok=True)
    with (work / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with TOOLS[engine](lock.fileno()) as tool:
            yield tool


def _command(config: Path) -> list[str]:
    tool = str(Path(sys.executable).with_name("zensical"))
    return [tool, "build", "--strict", "-c", "-f", str(config)]


def _failed(engine: Engine, said: str) -> BuildError:
    return BuildError(f"{engine} could not build the site; the old one still stands:\n{said}")


def _start(command: list[str], lock: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603 (the site tool beside this Python, with arguments of our own)
        command,
        # The path is where both find our Markdown extension.
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": os.pathsep.join(PATH)},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        pass_fds=(lock,),  # the tool holds the lock too, should it outlive us
    )
