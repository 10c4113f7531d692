"""What is printed, as readers, screen readers and phones meet it."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PIL import Image
from pypdf import PdfReader


@dataclass(frozen=True)
class Printed:
    """Hold a PDF file, and look at it as readers and as phones do."""

    path: Path

    @cached_property
    def pdf(self):
        return PdfReader(self.path)

    @cached_property
    def text(self):
        return joined(self.pdf.pages[0].extract_text())

    def picture(self, dpi):
        raw = self.path.with_suffix(f".{dpi}")
        options = ["-r", str(dpi), "-png", "-singlefile"]
        subprocess.run([str(shutil.which("pdftoppm")), *options, self.path, raw], check=True)  # noqa: S603
        return Image.open(f"{raw}.png").convert("L")


def joined(text: str) -> str:
    """Give a text without spaces: lines end in other places on paper, and a hyphen may stay."""
    return re.sub(r"\s+", "", text)


def elements(node):
    node = node.get_object()
    if not isinstance(node, dict):
        return
    yield node
    below = node.get("/K", [])
    for child in below if isinstance(below, list) else [below]:
        yield from elements(child)


def kind(element):
    return element.get("/S")
