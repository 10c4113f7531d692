"""Writes the keys of an installation: `python -m site_api.keys`."""

import fcntl
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from site_api.settings import KEY_NAMES, KEYS_FILE

# A file may be older than these keys; any other one that it lacks is a loss, and a new one would hide it.
LATER = ("PIAGAM_PROOF_KEY",)


def write_keys(path: Path = KEYS_FILE) -> bool:
    """Write fresh keys to a file that only its owner reads, and tell whether any was written.

    Of a file that is there no line changes; a key that is younger than the file comes after them.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _add_later_keys(path)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(
            "# Keys of this installation. Keep a copy elsewhere: without PIAGAM_CODE_KEY no code works.\n"
        )
        file.write(_fresh(KEY_NAMES))
    return True


def _add_later_keys(path: Path) -> bool:
    with path.open("r+", encoding="utf-8", newline="") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # two commands that start together add one key, not two
        written = file.read()
        there = {line.partition("=")[0].strip() for line in written.splitlines()}
        missing = [name for name in LATER if name not in there]
        if missing:
            file.write(("" if not written or written.endswith("\n") else "\n") + _fresh(missing))
    return bool(missing)


def _fresh(names: Iterable[str]) -> str:
    return "".join(f"{name}={secrets.token_hex(32)}\n" for name in names)


if __name__ == "__main__":
    write_keys()
