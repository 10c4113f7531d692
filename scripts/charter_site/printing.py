"""HTML to tagged PDF through the printing process, whose files appear only when all are done."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from charter_data.problems import RefusedError
from scripts.charter_site.rendering import ROOT


class PrintError(RefusedError):
    """Say what kept the sheets from being printed; the folder is as it was."""


def print_sheets(sheets: Mapping[str, str], folder: Path, dated: date, pages: int = 1) -> list[Path]:
    """Print HTML by name (`id/kebakaran-a4`) into a folder, and give the PDF files in that order.

    Raises PrintError when a library is missing or a sheet has more pages than it may have.
    """
    with TemporaryDirectory() as work:
        sources = [Path(work) / f"{name}.html" for name in sheets]
        for source, text in zip(sources, sheets.values(), strict=True):
            source.parent.mkdir(parents=True, exist_ok=True)
            source.write_text(text, encoding="utf-8")
        _press(sources, dated, pages)
        return [_keep(source.with_suffix(".pdf"), Path(work), folder) for source in sources]


def _press(sources: list[Path], dated: date, pages: int) -> None:
    noon = datetime(dated.year, dated.month, dated.day, 12, tzinfo=UTC)
    press = [sys.executable, "-m", "scripts.charter_site.pressing"]
    ended = subprocess.run(  # noqa: S603 (our own module, with files of our own)
        [*press, ROOT / "brand", str(pages), *sources],
        check=False,
        cwd=ROOT,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(int(noon.timestamp()))},
        stderr=subprocess.PIPE,
        text=True,
    )
    if ended.returncode:
        reason = ended.stderr.strip() or f"The printing process ended without a word ({ended.returncode})."
        raise PrintError(f"Nothing was printed. {reason}")


def _keep(made: Path, work: Path, folder: Path) -> Path:
    kept = folder / made.relative_to(work)
    kept.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.move(made, kept))
