"""Translations: no English text stands beside an Indonesian one that has moved on."""

from collections.abc import Collection, Iterator

from charter_data.drafts import Draft, Place
from charter_data.models import Text
from charter_data.problems import Finding
from charter_data.translations import SIDECAR, Confirmed, pair_of

COMMAND = "`build_charter.py translated"


def translations_are_confirmed(draft: Draft) -> Iterator[Finding]:
    """Warn of English texts that nobody has confirmed, or whose Indonesian has changed since."""
    confirmed = draft.record(SIDECAR, Confirmed)
    if confirmed:
        for name in draft.sound:
            yield from _of_file(draft, name, confirmed.files.get(name))
    elif SIDECAR not in draft.files and SIDECAR not in draft.unread:
        for name in [name for name in draft.sound if name == "charter.yml"]:
            message = f"there is no {SIDECAR}: compare the English texts, then {COMMAND} FILE` for every file"
            yield Finding(name, (), "translation-unconfirmed", message)


def _of_file(draft: Draft, name: str, pairs: Collection[str] | None) -> Iterator[Finding]:
    texts = draft.texts[name]
    if pairs is None and texts:
        message = f"nobody has confirmed its English: compare it, then {COMMAND} {name}`"
        yield Finding(name, (), "translation-unconfirmed", message)
        return
    known = set(pairs or ())
    english = {pair.split("-")[1] for pair in known}
    for path, text in texts:
        pair = pair_of(text)
        if pair not in known:
            place = draft.place(name, *path)
            yield _unconfirmed(place, text, name, is_outdated=pair.split("-")[1] in english)


def _unconfirmed(place: Place, text: Text, name: str, *, is_outdated: bool) -> Finding:
    shown = text.id if len(text.id) <= 40 else f"{text.id[:37]}..."
    if is_outdated:
        message = f"`{shown}` has changed since its English was written: mend `en`, then {COMMAND} {name}`"
        return place.finding("translation-outdated", message)
    message = f"nobody has confirmed the English of `{shown}`: compare it, then {COMMAND} {name}`"
    return place.finding("translation-unconfirmed", message)


RULES = (translations_are_confirmed,)
