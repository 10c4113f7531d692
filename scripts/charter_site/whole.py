"""Pages are HTML already when the site tool reads them: its Markdown leaves them whole."""

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

BEFORE_ANY_PARSING = 29  # right after line ends and signs of its own are made good


class Whole(Extension):  # type: ignore[misc]
    """Put all of a page away as one block, which comes out as it went in."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name that Markdown calls)
        """Take the page before anything looks for Markdown in it."""
        md.preprocessors.register(_PutAway(md), "whole", BEFORE_ANY_PARSING)


class _PutAway(Preprocessor):  # type: ignore[misc]
    def run(self, lines: list[str]) -> list[str]:
        return [self.md.htmlStash.store("\n".join(lines))]
