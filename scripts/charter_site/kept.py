"""What one build has drawn, kept for the next: found again by all that it is made of."""

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "build" / "kept"


def kept(made_of: tuple[str, ...], make: Callable[[], bytes], folder: Path = FOLDER) -> bytes:
    """Give what an earlier build made of the same, or make it, and keep it where that can be written."""
    path = folder / hashlib.sha256(repr(made_of).encode()).hexdigest()
    with suppress(OSError):
        return path.read_bytes()
    made = make()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        # Written beside and renamed: a build that is stopped half-way leaves no half of a picture.
        half = path.with_suffix(f".{os.getpid()}")
        half.write_bytes(made)
        half.replace(path)
    return made
