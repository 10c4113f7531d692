"""The site tool for both languages; then one swap: a failed build leaves the old site untouched."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from charter_data.models import Charter
from charter_data.sealed import History
from charter_data.snapshot import Snapshot
from scripts.charter_site.composing import NOTHING_SEALED, Tree, compose, extra_files, root_path
from scripts.charter_site.crawlers import crawler_files
from scripts.charter_site.exports import data_files
from scripts.charter_site.feeds import FEED, feed, has_feed
from scripts.charter_site.measures import Measures
from scripts.charter_site.offline import WORKER, TooMuchToKeepError, worker, worker_off
from scripts.charter_site.rendering import ROOT
from scripts.charter_site.share_pictures import share_pictures
from scripts.charter_site.text_edition import outgrown
from scripts.charter_site.tools import ENGINES, TOOLS, BuildError, Engine
from scripts.charter_site.versions import public_editions
from scripts.charter_site.words import Words

__all__ = ["ENGINES", "BuildError", "Engine", "build"]

WORK = ROOT / "build"
OUTPUT = "out"
# One a language, without the other one, and with pages that are not for finding.
SITEMAPS_OF_THE_TOOL = ("sitemap.xml", "sitemap.xml.gz")


def build(
    charter: Charter,
    site: Path,
    engine: Engine = "mkdocs",
    work: Path = WORK,
    *,
    snapshot: Snapshot | None = None,
    history: History = NOTHING_SEALED,
    is_kept: bool = True,
) -> list[str]:
    """Build both languages into a folder; phones keep its emergency pages, or `is_kept` takes them off again.

    Gives a line for all that has outgrown what a phone should load, in a charter of very many services.
    Raises BuildError with the tool's own words when it fails; the folder is then as it was.
    """
    work.mkdir(parents=True, exist_ok=True)
    with _alone(work) as lock:
        measures = Measures(snapshot)
        shutil.rmtree(work / OUTPUT, ignore_errors=True)
        with TOOLS[engine](charter.info.dated, lock) as tool:
            trees = compose(charter, work, measures, history, lambda tree: tool.build(tree.config))
            beside = list(_beside(charter, measures, history, trees))
            tool.finish()
        merged = _merge(trees, beside, work)
        script, told = _worker(charter, merged) if is_kept else (worker_off(), [])
        _write(merged / WORKER, script)
        _swap(merged, site)
    return [*outgrown(charter), *told]


@contextmanager
def _alone(work: Path) -> Iterator[int]:
    with (work / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock.fileno()


def _beside(
    charter: Charter, measures: Measures, history: History, trees: tuple[Tree, ...]
) -> Iterator[tuple[str, str | bytes]]:
    """Yield what stands beside the pages, by its path on the site."""
    for tree in trees:
        own: list[tuple[str, str | bytes]] = [*extra_files(charter, tree.language)]
        own += share_pictures(charter, Words(tree.language))
        yield from ((f"{tree.root}{name}", content) for name, content in own)
        if has_feed(charter, measures):
            yield f"{tree.root}{FEED}", feed(charter, measures, history, tree.language)
    yield from data_files(charter).items()
    yield from public_editions(history).items()
    yield from dict(crawler_files(charter, measures, trees[0].reviewed)).items()


def _merge(trees: tuple[Tree, ...], beside: list[tuple[str, str | bytes]], work: Path) -> Path:
    merged = work / "merged"
    shutil.rmtree(merged, ignore_errors=True)
    for tree in trees:
        shutil.move(tree.output, merged / tree.root)  # the language of the root comes first
        for name in SITEMAPS_OF_THE_TOOL:
            (merged / tree.root / name).unlink(missing_ok=True)
    for name, content in beside:
        _write(merged / name, content)
    return merged


def _worker(charter: Charter, merged: Path) -> tuple[str, list[str]]:
    paths = (path.relative_to(merged).as_posix() for path in merged.rglob("*.html"))
    try:
        script = worker(charter, root_path(charter, "id"), paths, lambda path: (merged / path).read_bytes())
    except TooMuchToKeepError as error:
        return worker_off(), [f"{error}; until then phones keep none"]
    return script, []


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Line ends of a text stay as they are.
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def _swap(made: Path, site: Path) -> None:
    """Put the new site in the old one's place by rename; copy first where the disk differs."""
    site.parent.mkdir(parents=True, exist_ok=True)
    new, old = site.with_name(f".{site.name}.new"), site.with_name(f".{site.name}.old")
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.move(made, new)
    if site.exists():
        site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)
