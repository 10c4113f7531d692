"""A page as a small tree, so that tests can ask what stands where."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNREAD = {"script", "style", "title"}


@dataclass(eq=False)
class Element:
    """Hold a tag with what it encloses."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def elements(self) -> list["Element"]:
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def text(self) -> str:
        """Give what a reader reads, with single spaces."""
        return " ".join("".join(self._pieces()).split())

    def all(self, *tags: str) -> list["Element"]:
        return [one for one in self.walk() if not tags or one.tag in tags]

    def one(self, tag: str) -> "Element":
        found = self.all(tag)
        assert len(found) == 1, f"{len(found)} <{tag}> where one was expected"
        return found[0]

    def by_id(self, name: str) -> "Element":
        found = [one for one in self.walk() if one.attributes.get("id") == name]
        assert len(found) == 1, f"{len(found)} elements with the id {name}"
        return found[0]

    @property
    def ids(self) -> list[str]:
        return [one.attributes["id"] for one in self.walk() if "id" in one.attributes]

    def meta(self, name: str) -> str:
        return next(
            one.attributes["content"] for one in self.all("meta") if one.attributes.get("name") == name
        )

    def walk(self) -> Iterator["Element"]:
        for child in self.elements:
            yield child
            yield from child.walk()

    def _pieces(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in UNREAD:
                yield f" {child.text} "


class Reader(HTMLParser):
    """Build the tree; elements without an end tag enclose nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("#document")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        places = [at for at, one in enumerate(self.open) if one.tag == tag]
        if places:
            del self.open[places[-1] :]

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: str) -> Element:
    """Give the tree of a page."""
    reader = Reader()
    reader.feed(html)
    return reader.root
