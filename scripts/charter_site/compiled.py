"""Templates compiled once for both languages and for the next build, as Python keeps its modules."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache, pass_context
from jinja2.bccache import Bucket

FOLDER = Path(__file__).resolve().parents[2] / "build" / "templates"


class Compiled(FileSystemBytecodeCache):
    """Keep what one version of Jinja makes of templates under the settings of one module."""

    def __init__(self, settings: Path, folder: Path = FOLDER) -> None:
        """Name the module whose every change makes all that was kept void."""
        mark = hashlib.sha256(settings.read_bytes()).hexdigest()[:12]
        super().__init__(str(folder / f"{version('jinja2')}-{mark}"))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template; where nothing can be written, the next build compiles again."""
        with suppress(OSError):
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)


def unfolded(said: Callable[..., Any]) -> Callable[..., Any]:
    """Give a filter that Jinja leaves for the page: what is kept must hold no word of one language."""

    @pass_context
    def say(_context: Any, *given: Any, **named: Any) -> Any:
        return said(*given, **named)

    return say
