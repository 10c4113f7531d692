"""What can be wrong with a charter: the codes, and a problem with its place."""

from dataclasses import dataclass
from typing import Any, Literal

Path = tuple[str | int, ...]
Severity = Literal["error", "warning"]


class RefusedError(Exception):
    """Say what a person must mend, in words that need nothing else: str() is the whole message."""


# Of one file in one run: nobody reads more, and a hostile file could have a hundred thousand.
MOST_TOLD = 100

ERRORS = {
    "file-missing": "a file that every charter has is not there",
    "file-unknown": "a file that no part of the charter reads",
    "file-name": "a service file is named by its code",
    "file-too-large": "a data file is at most 512 KiB and 20,000 values, and a charter 2,000 services",
    "file-not-utf8": "data files are UTF-8",
    "yaml-syntax": "the file is not YAML",
    "yaml-tag": "tags, which could run code, are refused",
    "yaml-alias": "anchors and aliases are refused: write the text out",
    "yaml-depth": "nesting is at most 32 deep",
    "yaml-duplicate-key": "a key stands once in its mapping",
    "yaml-value": "a value that YAML cannot read, such as a date that does not exist",
    "unknown-key": "a key that this record does not have, often a slip of the pen",
    "missing-key": "a key that this record must have",
    "missing-translation": "every text stands in Indonesian and in English",
    "wrong-value": "a value that this key does not take",
    "wrong-form": "a value that is not written as this key wants it",
    "wrong-scope": "the part of a clause id before the dot names its service, UMUM or PGD",
    "duplicate-id": "an id, key, code or address is used once and never again",
    "unknown-agency": "an agency that agencies.yml does not have",
    "unknown-clause": "a clause that no file has",
    "unknown-law": "a law that legal_basis.yml does not have",
    "unknown-service": "a service that no file has",
    "unknown-case": "a special case that the named service does not have",
    "unknown-party": "a party that agreements.yml does not have",
    "standing-without-agreement": "`disepakati` needs a recorded agreement on exactly this wording",
    "figure-without-consent": "a body that the city cannot bind has no figure until it has agreed itself",
    "law-missing": "`wajib` names the law that fixes the figure",
    "remedy-missing": "what is agreed says what follows when it is broken",
    "right-unanswered": "a right names the `kami-` obligation that answers it",
    "obligation-without-use": "an obligation of the citizen says what it is good for",
    "definition-missing": "every word of a closed vocabulary is defined once",
    "component-missing": "all 14 components of the standard stand in common.yml",
    "intake-without-officer": "`intake: open` needs a named complaint officer",
    "deadline-after-law": "no deadline is later than that of the law it stands on",
    "limit-missing": "a figure that is `wajib` quotes the law's own limit",
    "calendar-missing": "a clock says which days it counts",
    "calendar-wrong": "hours run around the clock, days on `hari`, working days on `hari_kerja`",
    "part-twice": "in a step each body acts, is asked, or is told: one of them",
    "adoption-undated": "`adopted` and `adopted_on` go together",
    "seat-empty-agrees": "nobody can have agreed for a seat that is empty",
    "date-ahead": "what is said to have happened has happened",
    "figure-without-promise": "a time in a clause is that of a promise or of a law",
    "link-broken": "a clause or an address of the site that a text names is there",
    "clause-reused": "the id of a withdrawn clause is never used again",
    "clause-vanished": "a clause of a sealed version stands, or is withdrawn in changes.yml",
}

WARNINGS = {
    "number-unverified": "nobody has tested the emergency number yet",
    "officer-missing": "no complaint officer has been named",
    "first-aid-unreviewed": "no health or rescue officer has checked these instructions",
    "page-unreviewed": "nobody has reviewed this page yet",
    "fact-missing": "a fact that has not been found; pages say so",
    "seat-empty": "a seat at the table of the agreement is empty",
    "cost-missing": "what a step costs has not been found; pages say so",
    "article-missing": "a law is named without its article",
    "law-unlinked": "a law has no address where citizens can read it",
    "release-broken": "a sealed version cannot be read: run `verify`",
    "pledge-unsigned": "nobody has signed the maklumat yet",
    "review-past": "a page or instruction is reviewed at least once a year",
    "security-contact-old": "security.txt holds for 364 days from `dated`",
    "translation-unconfirmed": "nobody has confirmed the English text yet",
    "translation-outdated": "the Indonesian text has changed since the English was written",
    "sentence-long": "a sentence has at most 20 words",
    "sentences-long": "the sentences of a file have at most 15 words on average",
    "word-unplain": "a word for which the charter has a plainer one",
    "abbreviation-unknown": "an abbreviation is explained in the file or in definitions.yml",
}


@dataclass(frozen=True)
class Finding:
    """Say what is wrong at a path inside a file, before its line is looked up."""

    file: str
    path: Path
    code: str
    message: str

    @property
    def is_warning(self) -> bool:
        """Tell whether a build goes on."""
        return self.code in WARNINGS


@dataclass(frozen=True, order=True)
class Problem:
    """Say what is wrong at a line and column, and what would be right."""

    file: str
    line: int
    column: int
    code: str
    message: str

    def __str__(self) -> str:
        """Give the one line that people read; what could move their cursor is shown as a dot."""
        line = f"{self.file}:{self.line}:{self.column}: {self.code}: {self.message}"
        return "".join(sign if sign.isprintable() else "\u00b7" for sign in line)

    @property
    def severity(self) -> Severity:
        """Tell whether the problem stops a build."""
        return "warning" if self.code in WARNINGS else "error"

    def as_json(self) -> dict[str, Any]:
        """Give the problem as programs read it."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "severity": self.severity,
            "code": self.code,
            "message": self.message,
        }
