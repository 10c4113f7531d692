"""What is kept of an answer to begin from; nothing of it is about anybody."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from charter_data.snapshot import Outcome
from site_api.database import Kept, Model, Word

NOUN = "answer_template"


class AnswerTemplate(Model):
    """Hold one answer to begin from; whoever uses it still says what fits the case."""

    __tablename__ = "answer_templates"
    kept = Kept()

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    outcome: Mapped[Outcome] = mapped_column(Word(Outcome))
    text_id: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int]
