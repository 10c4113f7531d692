"""Writes the keys of a new installation, once: `python -m site_api.keys`."""

import os
import secrets
from pathlib import Path

from site_api.settings import KEY_NAMES, KEYS_FILE


def write_keys(path: Path = KEYS_FILE) -> bool:
    """Write fresh keys to a file that only its owner reads; leave a file that is there alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(
            "# Keys of this installation. Keep a copy elsewhere: without PIAGAM_CODE_KEY no code works.\n"
        )
        file.writelines(f"{name}={secrets.token_hex(32)}\n" for name in KEY_NAMES)
    return True


if __name__ == "__main__":
    write_keys()
