"""Links: a clause or an address of the site that a text names is there."""

import re
from collections.abc import Iterator

from charter_data.drafts import Draft
from charter_data.models import anchor_of
from charter_data.problems import Finding
from charter_data.translations import texts_in

CLAUSE = re.compile(r"\b(?:UMUM|PGD|[A-Z]{3})\.[a-z]+(?:-[a-z]+)*")
SHORT = re.compile(r"/k/([a-z-]+)")
PAGE = re.compile(r"/layanan/([a-z0-9-]+)")


def texts_lead_somewhere(draft: Draft) -> Iterator[Finding]:
    """Find clauses, short addresses and pages of services that a text names and nobody has."""
    if draft.unread:
        return
    anchors = {anchor_of(clause) for clause in draft.declared_clauses}
    slugs = {str(file.data.get("slug")) for _, file in draft.clause_files()}
    for name, sound in draft.sound.items():
        for path, text in texts_in(sound.record):
            for language in ("id", "en"):
                words = getattr(text, language)
                lost = [one for one in CLAUSE.findall(words) if one not in draft.declared_clauses]
                lost += [f"/k/{one}/" for one in SHORT.findall(words) if one not in anchors]
                lost += [f"/layanan/{one}/" for one in PAGE.findall(words) if one not in slugs]
                for one in lost:
                    message = f"`{one}` is named here and is nowhere: correct it, or take it out"
                    yield draft.place(name, *path).finding("link-broken", message, language)


RULES = (texts_lead_somewhere,)
