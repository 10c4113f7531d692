"""Markdown files on disk, one tree a language: the only contract with the site tool."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from os.path import relpath
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from jinja2 import Environment
from markupsafe import escape

from charter_data.models import Charter, anchor_of
from charter_data.sealed import History
from scripts.charter_site.exports import data_paths
from scripts.charter_site.links import check_links
from scripts.charter_site.measures import NOTHING_MEASURED, Measures
from scripts.charter_site.pages import Page, home_titles, pages, shared_context
from scripts.charter_site.rendering import ROOT, environment, render
from scripts.charter_site.versions import address_of, public_editions, told_history, withdrawn_pages
from scripts.charter_site.views import home_of
from scripts.charter_site.words import LANGUAGES, Language, Words

BRAND = ROOT / "brand"
DOCS = ROOT / "docs"
NOTHING_SEALED = History()
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


@dataclass(frozen=True)
class Tree:
    """Hold the composed source of one language, ready for the site tool."""

    language: Language
    config: Path
    source: Path
    output: Path

    @property
    def root(self) -> str:
        """Give the address below which the pages of this language stand."""
        return "" if self.language == "id" else f"{self.language}/"


class WrittenPageError(Exception):
    """Say that a hand-written page lacks what every page has."""


def compose(
    charter: Charter,
    work: Path,
    measures: Measures = NOTHING_MEASURED,
    history: History = NOTHING_SEALED,
) -> tuple[Tree, ...]:
    """Write the Markdown and the configuration of every language below a folder, which is emptied first.

    Raises BrokenLinkError when a page links to what the site will not have.
    """
    shutil.rmtree(work / "src", ignore_errors=True)
    trees = tuple(_compose(charter, measures, history, language, work) for language in LANGUAGES)
    short = [f"{tree.root}{address}" for tree in trees for address in _short_addresses(charter)]
    beside = (*data_paths(charter), *public_editions(history), *short)
    check_links(dict(page for tree in trees for page in _bodies(tree)), beside)
    return trees


def extra_files(charter: Charter, language: Language) -> Iterator[tuple[str, str]]:
    """Yield what stands beside the pages: the short address of each clause, and the error pages."""
    env, words = environment(charter, language), Words(language)
    titles = home_titles(charter, words)
    for clause in charter.clauses():
        page, service = f"k/{clause.anchor}/", charter.service_of_scope.get(clause.scope)
        yield (
            f"{page}index.html",
            render(
                env,
                "clause.html",
                page,
                root="../../",
                title=titles[clause.id],
                target=f"../../{home_of(charter, clause)}",
                clause=clause,
                is_sensitive=service is not None and service.is_sensitive,
            ),
        )
    for page, said in withdrawn_pages(charter, words):
        yield f"{page}index.html", render(env, "withdrawn.html", page, root="../../", **said)
    for name, said in words.labels["error_pages"].items():
        text = said.get("text") or words.text(charter.texts.unavailable)
        root = _root_path(charter, language)
        yield f"{name}.html", render(env, "error.html", "", root=root, title=said["title"], text=text)


def _short_addresses(charter: Charter) -> Iterator[str]:
    yield from (f"k/{clause.anchor}/" for clause in charter.clauses())
    yield from (f"k/{anchor_of(gone.clause)}/" for gone in charter.changes.withdrawn)


def _compose(charter: Charter, measures: Measures, history: History, language: Language, work: Path) -> Tree:
    words, env = Words(language), environment(charter, language, measures)
    env.globals |= shared_context(charter) | told_history(charter, history, words)
    env.globals["clause_address"] = partial(address_of, charter)
    source = work / "src" / language
    for page in (*pages(charter, words), *_written_pages(charter, words)):
        _write(source / page.address / "index.md", _markdown(env, page, language))
    shutil.copytree(BRAND, source / "assets" / "brand", ignore=shutil.ignore_patterns("*.md", "icons"))
    shutil.copy(BRAND / "favicon.svg", source / "assets" / "favicon.svg")
    config = work / f"mkdocs.{language}.yml"
    _write(
        config, yaml.safe_dump(_config(charter, measures, words, work), allow_unicode=True, sort_keys=False)
    )
    return Tree(language, config, source, work / "out" / language)


def _bodies(tree: Tree) -> Iterator[tuple[str, str]]:
    for path in sorted(tree.source.rglob("index.md")):
        address = path.parent.relative_to(tree.source).as_posix()
        body = FRONT_MATTER.sub("", path.read_text(encoding="utf-8"))
        yield f"{tree.root}{'' if address == '.' else f'{address}/'}", body


def _markdown(env: Environment, page: Page, language: Language) -> str:
    up = "../" * page.address.count("/")
    front: dict[str, Any] = {
        # The search of the theme writes titles into its results as markup.
        "title": str(escape(page.title)),
        "description": page.description,
        "kind": page.kind,
        "alternate": f"{up}{'en/' if language == 'id' else '../'}{page.address}",
    }
    if not page.is_searchable:
        front["search"] = {"exclude": True}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()]
    body = render(
        env,
        page.template,
        page.address,
        title=page.title,
        kind=page.kind,
        owner=page.owner,
        reviewed_on=page.reviewed_on,
        **page.context,
    )
    return "---\n" + "\n".join(lines) + "\n---\n\n" + body + "\n"


def _written_pages(charter: Charter, words: Words) -> Iterator[Page]:
    for path in sorted((DOCS / words.language).glob("*.md")):
        found = FRONT_MATTER.match(path.read_text(encoding="utf-8"))
        front: dict[str, Any] = yaml.safe_load(found.group(1)) if found else {}
        missing = {"title", "description", "reviewed_on"} - set(front)
        if missing:
            raise WrittenPageError(
                f"{path.relative_to(ROOT)}: front matter lacks {', '.join(sorted(missing))}"
            )
        body = path.read_text(encoding="utf-8")[found.end() :] if found else ""
        yield Page(
            f"{path.stem}/",
            "written.html",
            front["title"],
            front["description"],
            "written",
            charter.info.owner,
            front["reviewed_on"],
            {"body": body},
        )


def _config(charter: Charter, measures: Measures, words: Words, work: Path) -> dict[str, Any]:
    info, label, language = charter.info, words.labels, words.language
    titles = label["titles"]
    is_simulated = measures.is_simulated or info.simulated
    config: dict[str, Any] = {
        "INHERIT": relpath(ROOT / "mkdocs.yml", work),
        "site_name": words.text(info.name),
        "site_description": words.text(info.description),
        "docs_dir": f"src/{language}",
        "site_dir": f"out/{language}",
        "theme": {"custom_dir": relpath(DOCS / "overrides", work), "language": language},
        "nav": [{titles["home"]: "index.md"}, {titles["search"]: "cari/index.md"}],
        "extra": {
            "bar": words.text(charter.texts.bar),
            "number": info.emergency_number.number,
            "tag": label["state_tag"][info.status],
            "menu": [{"title": title, "href": address} for title, address in label["menu"]],
            "more": [{"title": title, "href": address} for title, address in label["more"]],
            "says": label["frame"],
            "simulated": words.text(charter.texts.notices.simulated) if is_simulated else "",
        },
    }
    if info.public_url:
        config["site_url"] = info.public_url.rstrip("/") + ("/" if language == "id" else "/en/")
    return config


def _root_path(charter: Charter, language: Language) -> str:
    root = urlsplit(charter.info.public_url or "/").path.rstrip("/") + "/"
    return root if language == "id" else f"{root}en/"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
