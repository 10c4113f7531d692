"""Links: a clause or an address of the site that a text names is there."""

import re
from collections.abc import Iterator

from charter_data.drafts import Draft
from charter_data.models import anchor_of
from charter_data.problems import Finding

NAMED = re.compile(r"\b(?:UMUM|PGD|[A-Z]{3})\.[a-z]+(?:-[a-z]+)*|/(?:k|layanan)/[a-z0-9-]+")


def texts_lead_somewhere(draft: Draft) -> Iterator[Finding]:
    """Find clauses, short addresses and pages of services that a text names and nobody has."""
    if draft.unread:
        return
    known = draft.declared_clauses | {f"/k/{anchor_of(clause)}" for clause in draft.declared_clauses}
    known |= {f"/layanan/{file.data.get('slug')}" for _, file in draft.clause_files()}
    for name, texts in draft.texts.items():
        for path, text in texts:
            for language, words in (("id", text.id), ("en", text.en)):
                for named in NAMED.findall(words):
                    if named not in known:
                        message = f"`{named}` is named here and is nowhere: correct it, or take it out"
                        yield draft.place(name, *path).finding("link-broken", message, language)


RULES = (texts_lead_somewhere,)
