"""The site tool for both languages; then one swap: a failed build leaves the old site untouched."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from charter_data.models import Charter
from charter_data.sealed import History
from charter_data.snapshot import Snapshot
from scripts.charter_site.aside import aside
from scripts.charter_site.composing import NOTHING_SEALED, Tree, compose, extra_files, root_path
from scripts.charter_site.crawlers import crawler_files
from scripts.charter_site.exports import data_files
from scripts.charter_site.exports.heads import HEADS_FILE, heads_file
from scripts.charter_site.feeds import FEED, HEADS_FEED, feed, has_feed, has_heads_feed, heads_feed
from scripts.charter_site.heads import root_of
from scripts.charter_site.measures import Measures
from scripts.charter_site.offline import WORKER, TooMuchToKeepError, worker, worker_off
from scripts.charter_site.share_pictures import share_pictures
from scripts.charter_site.text_edition import NAMES, outgrown
from scripts.charter_site.tools import WORK, Engine, Tool, begin
from scripts.charter_site.versions import public_editions
from scripts.charter_site.words import LANGUAGES, Words

OUTPUT, BESIDE, FORMER = "out", "beside", "former"
SHORT = "k"  # where clauses have their short addresses
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
) -> list[str]:
    """Build a charter with a tool that loads only now; see `build_with`."""
    with begin(engine, work) as tool:
        return build_with(tool, charter, site, work, snapshot=snapshot, history=history)


def build_with(
    tool: Tool,
    charter: Charter,
    site: Path,
    work: Path = WORK,
    *,
    snapshot: Snapshot | None = None,
    history: History = NOTHING_SEALED,
    is_kept: bool = True,
) -> list[str]:
    """Build both languages into a folder; phones keep its emergency pages, or lose them without `is_kept`.

    Gives a line for all that has outgrown what a phone should load, in a charter of very many services.
    Raises BuildError with the tool's own words when it fails; the folder is then as it was.
    """
    measures = Measures(snapshot)
    for leftover in (OUTPUT, BESIDE):
        shutil.rmtree(work / leftover, ignore_errors=True)
    trees = compose(charter, work, measures, history, lambda tree: tool.build(tree.config))
    with aside(lambda: _write_all(_data(charter, history), work / BESIDE)):
        _write_beside(charter, measures, history, work)
        outgrown_editions = [*outgrown((tree.source / NAMES[tree.language]) for tree in trees)]
        tool.finish()
    merged = _merge(trees, work)
    for name, content in crawler_files(charter, measures, trees[0].reviewed):
        _write(merged / name, content)
    script, told = _worker(charter, merged) if is_kept else (worker_off(), [])
    _write(merged / WORKER, script)
    _swap(merged, site, work / FORMER)
    return [*outgrown_editions, *told]


def _write_beside(charter: Charter, measures: Measures, history: History, work: Path) -> None:
    for language in LANGUAGES:
        _take_over(f"{root_of(language)}{SHORT}", work)
    shutil.rmtree(work / FORMER, ignore_errors=True)
    written = _write_all(_beside(charter, measures, history), work / BESIDE)
    for language in LANGUAGES:
        _remove_others(work / BESIDE / f"{root_of(language)}{SHORT}", written)


def _write_all(files: Iterable[tuple[str, str | bytes]], folder: Path) -> set[str]:
    written = set()
    for name, content in files:
        _write(folder / name, content)
        written.add(str(folder / name))
    return written


def _take_over(folder: str, work: Path) -> None:
    """Move a folder of very many files out of the former site: most of them will be the same again."""
    (work / BESIDE / folder).parent.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):  # there is none, or it is somebody else's: then all of it is written anew
        (work / FORMER / folder).rename(work / BESIDE / folder)


def _remove_others(root: Path, written: set[str]) -> None:
    for folder, _, names in os.walk(root, topdown=False):
        others = [path for path in (f"{folder}/{name}" for name in names) if path not in written]
        for path in others:
            Path(path).unlink()
        if len(others) == len(names):
            with suppress(OSError):  # it has other folders
                Path(folder).rmdir()


def _beside(charter: Charter, measures: Measures, history: History) -> Iterator[tuple[str, str | bytes]]:
    """Yield what stands beside the pages, by its path on the site."""
    for language in LANGUAGES:
        own: list[tuple[str, str | bytes]] = [*extra_files(charter, language)]
        own += share_pictures(charter, Words(language))
        yield from ((f"{root_of(language)}{name}", content) for name, content in own)
        if has_feed(charter, measures):
            yield f"{root_of(language)}{FEED}", feed(charter, measures, history, language)
        if has_heads_feed(charter, measures):
            yield f"{root_of(language)}{HEADS_FEED}", heads_feed(charter, measures, language)
    if measures.heads:
        yield HEADS_FILE, heads_file(measures)


def _data(charter: Charter, history: History) -> Iterator[tuple[str, str | bytes]]:
    """Yield what is for programs, by its path on the site."""
    yield from data_files(charter).items()
    yield from public_editions(history).items()


def _merge(trees: tuple[Tree, ...], work: Path) -> Path:
    merged = work / "merged"
    shutil.rmtree(merged, ignore_errors=True)
    for tree in trees:
        shutil.move(tree.output, merged / tree.root)  # the language of the root comes first
        for name in SITEMAPS_OF_THE_TOOL:
            (merged / tree.root / name).unlink(missing_ok=True)
    _move_into(work / BESIDE, merged)
    return merged


def _move_into(source: Path, target: Path) -> None:
    """Move a folder's files over another's; a folder that is not there yet moves as a whole."""
    if not target.exists():
        source.rename(target)
        return
    for path in list(source.iterdir()):
        if path.is_dir():
            _move_into(path, target / path.name)
        else:
            path.replace(target / path.name)


def _worker(charter: Charter, merged: Path) -> tuple[str, list[str]]:
    paths = (path.relative_to(merged).as_posix() for path in merged.rglob("*.html"))
    try:
        script = worker(charter, root_path(charter, "id"), paths, lambda path: (merged / path).read_bytes())
    except TooMuchToKeepError as error:
        return worker_off(), [f"{error}; until then phones keep none"]
    return script, []


def _write(path: Path, content: str | bytes) -> None:
    # Line ends of a text stay as they are.
    raw = content.encode() if isinstance(content, str) else content
    with suppress(FileNotFoundError):
        if path.read_bytes() == raw:
            return
        path.unlink()  # a copy of the former site may share it
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)


def _swap(made: Path, site: Path, former: Path) -> None:
    """Put the new site in the old one's place by rename; copy first where the disk differs.

    The old one is only put away: to remove a thousand files takes time that nobody should wait for.
    """
    site.parent.mkdir(parents=True, exist_ok=True)
    new, old = site.with_name(f".{site.name}.new"), site.with_name(f".{site.name}.old")
    for leftover in (new, old, former):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.move(made, new)
    if site.exists():
        site.rename(old)
    new.rename(site)
    _put_away(old, former)


def _put_away(old: Path, former: Path) -> None:
    if old.is_symlink():
        old.unlink()  # what it leads to is not ours
    with suppress(OSError):  # of another disk, or not there
        old.rename(former)
    shutil.rmtree(old, ignore_errors=True)
