"""Plain language: short sentences, Indonesian words, no unexplained abbreviation in any Indonesian text."""

import re
from collections.abc import Iterator

from charter_data.drafts import COMMON_SCOPES, Draft
from charter_data.problems import Finding

MOST_WORDS = 20
MEAN_WORDS = 15
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
# Two capitals or more, but no Roman number.
ABBREVIATION = re.compile(r"\b(?![IVX]+\b)[A-Z][A-Z0-9]*[A-Z][0-9]*\b")
IN_BRACKETS = re.compile(r"\(([^()]*)\)")
BEFORE_WORDS = re.compile(r"(\S+) \([A-Za-z]+ [A-Za-z]")

INSTEAD = {
    "hoaks": "laporan palsu",
    "prank": "panggilan iseng",
    "ghost call": "panggilan iseng",
    "hotline": "nomor darurat",
    "call center": "nomor darurat",
    "call centre": "nomor darurat",
    "call taker": "operator",
    "admin": "petugas",
    "agent": "petugas",
    "sla": "janji",
    "draft": "rancangan",
    "n/a": "belum kami temukan",
    "null": "belum kami temukan",
    "tidak tersedia": "belum kami temukan",
    "cacat": "penyandang disabilitas",
    "odgj": "orang dengan krisis kejiwaan",
    "orang gila": "orang dengan krisis kejiwaan",
    "overdue": "terlambat",
    "lewat sla": "terlambat",
    "kirim laporan": "kirim masukan",
    "submit": "kirim",
    "tercapai": "ditepati",
    "feedback": "masukan",
    "website": "situs",
    "link": "tautan",
    "update": "perbarui",
    "response time": "waktu tanggap",
}
# The longest first, so that `lewat sla` is told as itself and not as `sla`.
UNPLAIN = re.compile(
    r"(?<!\w)(" + "|".join(sorted(map(re.escape, INSTEAD), key=len, reverse=True)) + r")(?!\w)",
    re.IGNORECASE,
)


def sentences_are_short(draft: Draft) -> Iterator[Finding]:
    """Warn of Indonesian sentences of more than 20 words, and of files with more than 15 on average."""
    for name, texts in draft.texts.items():
        lengths = []
        for path, text in texts:
            counts = [len(sentence.split()) for sentence in SENTENCE_END.split(text.id)]
            lengths += counts
            if max(counts) > MOST_WORDS:
                message = f"a sentence of {max(counts)} words: say it in sentences of at most {MOST_WORDS}"
                yield draft.place(name, *path).finding("sentence-long", message, "id")
        mean = sum(lengths) / len(lengths) if lengths else 0
        if mean > MEAN_WORDS:
            message = f"{mean:.1f} words a sentence on average: come down to {MEAN_WORDS}"
            yield Finding(name, (), "sentences-long", message)


def words_are_plain(draft: Draft) -> Iterator[Finding]:
    """Warn of words for which the charter has a plainer one."""
    for name, texts in draft.texts.items():
        for path, text in texts:
            for word in dict.fromkeys(UNPLAIN.findall(text.id)):
                message = f"`{word}` is not for everybody: write `{INSTEAD[word.lower()]}`"
                yield draft.place(name, *path).finding("word-unplain", message, "id")


def abbreviations_are_explained(draft: Draft) -> Iterator[Finding]:
    """Warn of the first use of an abbreviation that neither the file nor a list of the charter explains."""
    known = _known(draft)
    if known is None:
        return
    for name, texts in draft.texts.items():
        seen = known | {token for _, text in texts for token in _expanded(text.id)}
        for path, text in texts:
            for token in ABBREVIATION.findall(text.id):
                if token not in seen and token.lower() not in INSTEAD:
                    message = f"`{token}` is not explained: write it out, or add it to `abbreviations`"
                    place = draft.place(name, *path)
                    yield place.finding("abbreviation-unknown", f"{message} of definitions.yml", "id")
                seen.add(token)


def _known(draft: Draft) -> set[str] | None:
    shorts = draft.declared("agencies.yml", "agencies", "short")
    listed = draft.declared("definitions.yml", "abbreviations")
    if shorts is None or listed is None:
        return None
    public = {service.public_code for service in draft.services.values()}
    said = {token for words in (*shorts, *listed) for token in ABBREVIATION.findall(words)}
    return said | draft.declared_services | public | set(COMMON_SCOPES)


def _expanded(words: str) -> Iterator[str]:
    """Yield abbreviations in brackets after their words, and those that brackets follow."""
    for part in (*IN_BRACKETS.findall(words), *BEFORE_WORDS.findall(words)):
        yield from ABBREVIATION.findall(part)


RULES = (sentences_are_short, words_are_plain, abbreviations_are_explained)
