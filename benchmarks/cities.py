"""How time and memory grow with the city: check and render at 12, 120 and 1,200 services."""

import json
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from jinja2 import Environment

from charter_data.loading import load_charter
from charter_data.models import Charter
from scripts.charter_site import composing, rendering, text_edition
from scripts.charter_site.words import LANGUAGES
from scripts.commands import DATA

COPIES = (1, 10, 100)
GROWTH_LIMIT = 1.5
SHARE_LIMIT = 3.0

Rendered = tuple[Environment, str, str, dict[str, Any]]


@dataclass(frozen=True)
class City:
    """Hold the seconds that a city of some size takes, and the most memory of its run."""

    services: int
    check: float
    compose: float
    alone: float
    peak_mib: float

    @property
    def each(self) -> float:
        """Give the milliseconds that check and render take for one service."""
        return 1000 * (self.check + self.compose) / self.services

    @property
    def share(self) -> float:
        """Give how many times longer check and render take than rendering and writing alone."""
        return (self.check + self.compose) / self.alone


def measure(folder: Path) -> list[City]:
    """Measure each size in a process of its own, so that none inherits the memory of another."""
    folders = [_copied(folder / f"city-{copies}", copies) for copies in COPIES]
    # Once for nothing: templates are compiled by the first build after they changed.
    _measured(_copied(folder / "first", 1))
    return [_measured(one) for one in folders]


def report(cities: list[City]) -> str:
    """Give the figures as lines."""
    lines = [
        f"{one.services:,} services: check {one.check:.2f} s, render {one.compose:.2f} s;"
        f" rendering and writing alone {one.alone:.2f} s; ratio {one.share:.2f} (at most {SHARE_LIMIT:g});"
        f" {one.each:.1f} ms a service; peak {one.peak_mib:.0f} MiB"
        for one in cities
    ]
    grown = f"A service of the largest city: {_growth(cities):.2f} times one of the middle city"
    return "\n".join(["Cities of copied services:", *lines, f"{grown} (at most {GROWTH_LIMIT:g})"])


def over(cities: list[City]) -> list[str]:
    """Give what is over its limit."""
    shares = [
        f"{one.services:,} services: ratio {one.share:.2f}" for one in cities if one.share > SHARE_LIMIT
    ]
    growth = _growth(cities)
    return shares + ([f"a service of the largest city: {growth:.2f}"] if growth > GROWTH_LIMIT else [])


def main() -> None:
    """Measure the city of the folder that is named, and print its figures for the caller."""
    folder, rendered = Path(sys.argv[1]), list[Rendered]()
    rendering.ICONS = folder / "icons"
    vars(composing)["render"] = _noting(rendered)
    check, charter = _timed(lambda: load_charter(folder / "data"))
    made, _ = _timed(lambda: _compose(charter, folder / "work"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    alone, _ = _timed(lambda: _write_again(rendered, charter, folder / "alone"))
    print(json.dumps([len(charter.services), check, made, alone, peak]))


def _growth(cities: list[City]) -> float:
    return cities[-1].each / cities[-2].each


def _measured(folder: Path) -> City:
    command = [sys.executable, "-m", "benchmarks.cities", str(folder)]
    said = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 (this Python)
    return City(*json.loads(said.stdout))


def _noting(rendered: list[Rendered]) -> Callable[..., str]:
    def render(env: Environment, template: str, page: str, **context: Any) -> str:
        rendered.append((env, template, page, context))
        return rendering.render(env, template, page, **context)

    return render


def _compose(charter: Charter, work: Path) -> None:
    """Compose as a build does, but one language after the other and in this process."""
    trees = tuple(composing.compose_in(charter, work, language) for language in LANGUAGES)
    composing.check_trees(charter, trees)


def _write_again(rendered: list[Rendered], charter: Charter, folder: Path) -> None:
    """Do the bare task: templates are read anew, what a page says of itself is worked out before."""
    for env in {id(env): env for env, *_ in rendered}.values():
        env.cache.clear()  # type: ignore[union-attr]
    for at, (env, template, page, context) in enumerate(rendered):
        path = folder / str(at) / "index.md"
        path.parent.mkdir(parents=True)
        path.write_text(rendering.render(env, template, page, **context), encoding="utf-8")
    for language in LANGUAGES:
        text_edition.text_edition(charter, language)


def _copied(folder: Path, copies: int) -> Path:
    shutil.copytree(DATA, folder / "data")
    shutil.copytree(rendering.ICONS, folder / "icons")
    grow(folder / "data", folder / "icons", copies)
    return folder


def grow(data: Path, icons: Path, copies: int) -> None:
    """Copy every service of a city; each further copy has a code, address and picture of its own."""
    files = {path.stem: path.read_text(encoding="utf-8") for path in (data / "services").iterdir()}
    taken = {code for text in files.values() for code in re.findall(r"[A-Z]{3}", text)}
    free = (
        "".join(letters) for letters in product(ascii_uppercase, repeat=3) if "".join(letters) not in taken
    )
    for _ in range(copies - 1):
        new = dict(zip(_codes(files), free, strict=False))
        for code, text in files.items():
            _write_copy(data, new, code, text)
        for old, code in new.items():
            picture = icons / f"{old.lower()}.svg"
            if picture.is_file():
                shutil.copy(picture, picture.with_stem(code.lower()))


def _codes(files: dict[str, str]) -> list[str]:
    public = (re.search(r'^public_code: "([A-Z]{3})"', text, re.MULTILINE) for text in files.values())
    return sorted({*files, *(found[1] for found in public if found)})


def _write_copy(data: Path, new: dict[str, str], code: str, text: str) -> None:
    text = re.sub(r'"([A-Z]{3})(?=[."])', lambda found: f'"{new.get(found[1], found[1])}', text)
    text = re.sub(r'^slug: "(.+)"', rf'slug: "\1-{new[code].lower()}"', text, count=1, flags=re.MULTILINE)
    (data / "services" / f"{new[code]}.yml").write_text(text, encoding="utf-8")


def _timed(task: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    made = task()
    return time.perf_counter() - begun, made


if __name__ == "__main__":
    main()
