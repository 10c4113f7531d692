"""Markdown files on disk, one tree a language: the only contract with the site tool."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from os.path import relpath
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from jinja2 import Environment
from markdown import markdown
from markupsafe import Markup, escape

from charter_data.models import Charter, anchor_of
from charter_data.problems import RefusedError
from charter_data.sealed import History
from scripts.charter_site.aside import aside
from scripts.charter_site.exports import data_paths
from scripts.charter_site.exports.heads import HEADS_FILE
from scripts.charter_site.feeds import FEED, HEADS_FEED, has_feed, has_heads_feed
from scripts.charter_site.heads import front_matter, head_of_clause, head_of_page, root_of
from scripts.charter_site.links import check_links
from scripts.charter_site.measures import NOTHING_MEASURED, Measures
from scripts.charter_site.pages import Page, home_titles, pages, shared_context
from scripts.charter_site.rendering import ROOT, environment, render
from scripts.charter_site.text_edition import NAMES, kilobytes, text_edition
from scripts.charter_site.versions import address_of, public_editions, told_history, withdrawn_pages
from scripts.charter_site.views import home_of
from scripts.charter_site.words import LANGUAGES, Language, Words

BRAND = ROOT / "brand"
DOCS = ROOT / "docs"
NOTHING_SEALED = History()
NOT_SERVED = shutil.ignore_patterns("*.md", "icons", "paper.css", "worker*.js")
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


@dataclass(frozen=True)
class Tree:
    """Hold the composed source of one language, ready for the site tool."""

    language: Language
    config: Path
    source: Path
    output: Path
    reviewed: dict[str, date | None] = field(default_factory=dict)

    @property
    def root(self) -> str:
        """Give the address below which the pages of this language stand."""
        return root_of(self.language)


class WrittenPageError(RefusedError):
    """Say that a hand-written page lacks what every page has."""


def compose(
    charter: Charter,
    work: Path,
    measures: Measures = NOTHING_MEASURED,
    history: History = NOTHING_SEALED,
    written: Callable[[Tree], None] = lambda _tree: None,
) -> tuple[Tree, ...]:
    """Write the files of every language, as `compose_in` does, at the same time.

    Calls `written` as soon as the files of a language are there.
    Raises BrokenLinkError when a page links to what the site will not have.
    """
    first, second = LANGUAGES
    with aside(lambda: compose_in(charter, work, second, measures, history)) as other:
        tree = compose_in(charter, work, first, measures, history)
        written(tree)
    written(other.given)
    check_trees(charter, (tree, other.given), measures, history)
    return tree, other.given


def check_trees(
    charter: Charter,
    trees: tuple[Tree, ...],
    measures: Measures = NOTHING_MEASURED,
    history: History = NOTHING_SEALED,
) -> None:
    """Raise BrokenLinkError when a page links to what the site will not have."""
    short = [f"{tree.root}{address}" for tree in trees for address in _short_addresses(charter)]
    texts = [f"{tree.root}{NAMES[tree.language]}" for tree in trees]
    beside = (
        *data_paths(charter),
        *public_editions(history),
        *short,
        *texts,
        *_feeds(charter, measures, trees),
    )
    check_links(dict(page for tree in trees for page in _bodies(tree)), beside)


def _feeds(charter: Charter, measures: Measures, trees: tuple[Tree, ...]) -> Iterator[str]:
    if has_feed(charter, measures):
        yield from (f"{tree.root}{FEED}" for tree in trees)
    if has_heads_feed(charter, measures):
        yield from (f"{tree.root}{HEADS_FEED}" for tree in trees)
    if measures.heads:
        yield HEADS_FILE


def extra_files(charter: Charter, language: Language) -> Iterator[tuple[str, str]]:
    """Yield what stands beside the pages: each clause's short address, and error pages."""
    env, words = environment(charter, language), Words(language)
    env.globals["bar"] = Markup(render(env, "_bar.html", ""))  # noqa: S704 (a template of ours has escaped it)
    titles = home_titles(charter, words)
    for clause in charter.clauses():
        page, service = f"k/{clause.anchor}/", charter.service_of_scope.get(clause.scope)
        home = home_of(charter, clause)
        yield (
            f"{page}index.html",
            render(
                env,
                "clause.html",
                page,
                root="../../",
                title=titles[clause.id],
                target=f"../../{home}",
                head=head_of_clause(charter, words, clause, home),
                clause=clause,
                is_sensitive=service is not None and service.is_sensitive,
            ),
        )
    for page, said in withdrawn_pages(charter, words):
        yield f"{page}index.html", render(env, "withdrawn.html", page, root="../../", **said)
    number, root = charter.emergency_number.number, root_path(charter, language)
    for name, said in words.labels["error_pages"].items():
        text = said.get("text", "").format(number=number) or words.text(charter.texts.unavailable)
        template = "offline.html" if name == "offline" else "error.html"
        yield f"{name}.html", render(env, template, "", root=root, title=said["title"], text=text)


def _short_addresses(charter: Charter) -> Iterator[str]:
    yield from (f"k/{clause.anchor}/" for clause in charter.clauses())
    yield from (f"k/{anchor_of(gone.clause)}/" for gone in charter.changes.withdrawn)


def compose_in(
    charter: Charter,
    work: Path,
    language: Language,
    measures: Measures = NOTHING_MEASURED,
    history: History = NOTHING_SEALED,
) -> Tree:
    """Write the Markdown and the configuration of a language below a folder, where its last ones go."""
    words, env = Words(language), environment(charter, language, measures)
    env.globals |= shared_context(charter) | told_history(charter, history, words)
    env.globals["clause_address"] = partial(address_of, charter)
    source = work / "src" / language
    shutil.rmtree(source, ignore_errors=True)
    whole = text_edition(charter, language)
    _write(source / NAMES[language], whole)
    env.globals["text_file"] = {"name": NAMES[language], "kb": kilobytes(whole.encode())}
    env.globals["feed"] = FEED if has_feed(charter, measures) else ""
    env.globals["heads_feed"] = HEADS_FEED if has_heads_feed(charter, measures) else ""
    reviewed: dict[str, date | None] = {}
    for page in (*pages(charter, words), *_written_pages(charter, words)):
        _write(source / page.address / "index.md", _markdown(env, charter, page, words))
        reviewed[page.address] = page.reviewed_on
    shutil.copytree(BRAND, source / "assets" / "brand", ignore=NOT_SERVED)
    shutil.copy(BRAND / "favicon.svg", source / "assets" / "favicon.svg")
    config = work / f"mkdocs.{language}.yml"
    settings = _config(charter, measures, words, work)
    settings["extra"]["bar"] = render(env, "_bar.html", "")
    settings["extra"]["root"] = env.globals["script_root"]
    _write(config, yaml.safe_dump(settings, allow_unicode=True, sort_keys=False))
    return Tree(language, config, source, work / "out" / language, reviewed)


def _bodies(tree: Tree) -> Iterator[tuple[str, str]]:
    for path in sorted(tree.source.rglob("index.md")):
        address = path.parent.relative_to(tree.source).as_posix()
        body = FRONT_MATTER.sub("", path.read_text(encoding="utf-8"))
        yield f"{tree.root}{'' if address == '.' else f'{address}/'}", body


def _markdown(env: Environment, charter: Charter, page: Page, words: Words) -> str:
    up = "../" * page.address.count("/")
    front: dict[str, Any] = {
        # The search of the theme writes titles into its results as markup.
        "title": str(escape(page.title)),
        **front_matter(head_of_page(charter, words, page)),
        "kind": page.kind,
        "alternate": f"{up}{'en/' if words.language == 'id' else '../'}{page.address}",
    }
    if not page.is_searchable:
        front["search"] = {"exclude": True}
    if page.found_by:
        front["tags"] = [str(escape(word)) for word in page.found_by]
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
            {"body": markdown(body, extensions=["toc"])},
        )


def _config(charter: Charter, measures: Measures, words: Words, work: Path) -> dict[str, Any]:
    info, label, language = charter.info, words.labels, words.language
    titles = label["titles"]
    is_simulated = measures.is_simulated or info.simulated
    says = {key: said.format(number=info.emergency_number.number) for key, said in label["frame"].items()}
    config: dict[str, Any] = {
        "INHERIT": relpath(ROOT / "mkdocs.yml", work),
        "site_name": words.text(info.name),
        "site_description": words.text(info.description),
        "docs_dir": f"src/{language}",
        "site_dir": f"out/{language}",
        "theme": {"custom_dir": relpath(DOCS / "overrides", work), "language": language},
        "nav": [{titles["home"]: "index.md"}, {titles["search"]: "cari/index.md"}],
        "extra": {
            "tag": label["state_tag"][info.status],
            "menu": [{"title": title, "href": address} for title, address in label["menu"]],
            "more": [{"title": title, "href": address} for title, address in label["more"]],
            "says": says,
            "feed": FEED if has_feed(charter, measures) else "",
            "simulated": words.text(charter.texts.notices.simulated) if is_simulated else "",
        },
    }
    if info.public_url:
        config["site_url"] = info.public_url.rstrip("/") + ("/" if language == "id" else "/en/")
    return config


def root_path(charter: Charter, language: Language) -> str:
    """Give the path of a language's home page on its host."""
    root = urlsplit(charter.info.public_url or "/").path.rstrip("/") + "/"
    return root if language == "id" else f"{root}en/"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
