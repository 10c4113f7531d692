"""A page's HTML as the plain Markdown that an author would write: headings, lists, tables, links, no HTML."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}
DRAWN = {"svg", "script", "style", "template"}
INLINE = {"a", "abbr", "b", "bdi", "br", "button", "cite", "code", "em", "i", "img", "input", "label", "mark"}
INLINE |= {"q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr", "data", "output"}
MARKS = {"b": "**", "strong": "**", "em": "*", "i": "*", "code": "`", "summary": "**", "dt": "**"}
SPECIAL = re.compile(r"([\\`*_\[\]<>|])")


@dataclass
class Node:
    """Hold a tag with what it encloses."""

    tag: str = ""
    href: str = ""
    children: list["Node | str"] = field(default_factory=list)


END = Node("script")


class Reader(HTMLParser):
    """Read a page into nodes, without pictures and scripts, which Markdown does not have."""

    def __init__(self) -> None:
        """Open the page."""
        super().__init__()
        self.root = Node()
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a node."""
        node = Node(tag, dict(attrs).get("href") or "")
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost node of this tag, and what was left open in it."""
        places = [at for at, node in enumerate(self._open) if node.tag == tag]
        if places:
            del self._open[places[-1] :]

    def handle_data(self, data: str) -> None:
        """Keep a piece of text."""
        self._open[-1].children.append(data)


def parse(html: str) -> Node:
    """Give the nodes of some HTML."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.root


def first(node: Node, tag: str) -> Node | None:
    """Give the first node of a tag below another."""
    for child in node.children:
        if isinstance(child, Node):
            found = child if child.tag == tag else first(child, tag)
            if found:
                return found
    return None


def words(node: Node) -> int:
    """Count the words that a reader reads."""
    return len(re.findall(r"\w+", _text(node)))


def markdown(node: Node, sources: frozenset[str], address: str) -> str:
    """Give a page as Markdown; a link to the address of a source becomes one to its file."""
    return Author(sources, address).write(node)


def _text(node: Node) -> str:
    parts = (_text(child) if isinstance(child, Node) else child for child in node.children)
    return "" if node.tag in DRAWN else f" {' '.join(parts)} "


class Author:
    """Write one page."""

    def __init__(self, sources: frozenset[str], address: str) -> None:
        """Know the pages that there are, and the own one."""
        self.sources, self.address = sources, address

    def write(self, node: Node) -> str:
        """Give the blocks of a page."""
        return "\n\n".join(self._blocks(node)) + "\n"

    def _blocks(self, node: Node) -> list[str]:
        """Give the blocks inside a node; what stands between them becomes paragraphs."""
        blocks: list[str] = []
        run = Node()
        for child in (*node.children, END):
            if isinstance(child, str) or child.tag in INLINE:
                run.children.append(child)
                continue
            blocks += [said for said in [self._line(run)] if said]
            run = Node()
            blocks += [] if child.tag in DRAWN else self._block(child)
        return blocks

    def _block(self, node: Node) -> list[str]:
        tag = node.tag
        if re.fullmatch("h[1-6]", tag):
            return [f"{'#' * int(tag[1])} {self._line(node)}"]
        if tag in {"ul", "ol"}:
            return ["\n".join(self._item(child, "1. " if tag == "ol" else "- ") for child in _nodes(node))]
        if tag == "table":
            return self._table(node)
        if tag == "dl":
            return ["\n".join(self._terms(node))]
        if tag == "p" or tag in MARKS:
            return [said for said in [self._inline(node).strip()] if said]
        return self._blocks(node)

    def _item(self, node: Node, mark: str) -> str:
        return mark + "\n\n".join(self._blocks(node)).replace("\n", "\n    ").replace("\n    \n", "\n\n")

    def _terms(self, node: Node) -> list[str]:
        """Give a line for each term, with what is said of it."""
        lines: list[str] = []
        for child in _nodes(node):
            if child.tag == "dt":
                lines.append(f"- {self._inline(child)}:")
            elif child.tag == "dd" and lines:
                lines[-1] += f" {self._line(child)}"
            else:
                lines += self._terms(child)
        return lines

    def _table(self, node: Node) -> list[str]:
        rows = [[self._line(cell) for cell in _nodes(row)] for row in _all(node, "tr")]
        width = max(map(len, rows), default=0)
        lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
        caption = first(node, "caption")
        return [
            *([self._line(caption)] if caption else []),
            "\n".join([*lines[:1], "|" + " --- |" * width, *lines[1:]]),
        ]

    def _line(self, node: Node) -> str:
        return re.sub(r"\s+", " ", "".join(self._inner(node))).strip()

    def _inner(self, node: Node) -> list[str]:
        return [
            self._inline(child) if isinstance(child, Node) else _escaped(child) for child in node.children
        ]

    def _inline(self, node: Node) -> str:
        if node.tag in DRAWN:
            return ""
        said = self._line(node)
        if node.tag == "a" and node.href:
            said = f"[{said}]({self._target(node.href)})"
        elif said and node.tag in MARKS:
            said = f"{MARKS[node.tag]}{said}{MARKS[node.tag]}"
        return said if node.tag in {"a", "code"} else f" {said} "

    def _target(self, href: str) -> str:
        parts = urlsplit(href)
        if parts.scheme or parts.netloc or not parts.path:
            return href
        steps = [step for step in self.address.split("/") if step]
        for step in parts.path.split("/"):
            steps = steps[:-1] if step == ".." else [*steps, step] if step not in {"", "."} else steps
        if "".join(f"{step}/" for step in steps) not in self.sources:
            return href
        return f"{parts.path.rstrip('/') or '.'}/index.md" + (f"#{parts.fragment}" if parts.fragment else "")


def _nodes(node: Node) -> list[Node]:
    return [child for child in node.children if isinstance(child, Node) and child.tag not in DRAWN]


def _all(node: Node, tag: str) -> list[Node]:
    found: list[Node] = []
    for child in _nodes(node):
        found += [child] if child.tag == tag else _all(child, tag)
    return found


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", text))
