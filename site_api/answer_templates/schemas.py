"""What may be sent in about an answer to begin from."""

from typing import Annotated

from pydantic import StringConstraints

from charter_data.snapshot import Outcome
from site_api.intake import PlainLine, PlainText, Submission

Paragraphs = Annotated[PlainText, StringConstraints(min_length=10, max_length=4000)]


class NewTemplate(Submission):
    """Hold its title, its outcome, and its words."""

    title: Annotated[PlainLine, StringConstraints(min_length=3, max_length=80)]
    outcome: Outcome
    text_id: Paragraphs
    text_en: Paragraphs | None = None
