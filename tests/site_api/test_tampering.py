"""Somebody with the disk in hand changes the record by raw SQL: each change is found and located."""

import hashlib
import sqlite3
from random import Random

import pytest

from charter_data.seals import canonical
from site_api import anchors, audit
from site_api.database import db, write
from site_api.installation import installation

TIMES = 1000
ROWS, HEADS = 45, 4
COLUMNS = ("id", "at", "actor", "verb", "subject", "detail", "digest", "previous", "hash")
VALUES = COLUMNS[1:]
VERBS = ("feedback.submit", "feedback.verify", "feedback.assign", "feedback.answer", "reviewer.sign_in")


@pytest.fixture
def chain(app, clock):
    """Write four days of changes, each with its signed head at the end."""
    random = Random(7)  # noqa: S311 (the same rows every time)
    for _ in range(HEADS):
        for _ in range(ROWS):
            add(random, clock())
        place = installation()
        anchors.anchor(place, place.local_date(place.now()))
        clock.forward(days=1)
    return app


def add(random, at):
    values = {
        "actor": random.choice(("sari", "budi", "public")),
        "verb": random.choice(VERBS),
        "subject": f"M-{random.randrange(10**6):06d}",
        "detail": {"channel": random.choice(("web", "phone"))},
        "digest": random.choice((None, hashlib.sha256(random.randbytes(8)).hexdigest())),
    }
    write(lambda connection: audit.record(connection, at=at, **values))


class Insider:
    """Change the file behind the app's back, with the triggers out of the way, and undo it."""

    def __init__(self, path, random):
        self.file = sqlite3.connect(path, isolation_level=None)
        self.file.execute("PRAGMA synchronous=OFF")
        self.random = random
        triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
        self.triggers = dict(self.file.execute(triggers).fetchall())
        self.rows = self.file.execute("SELECT * FROM audit ORDER BY id").fetchall()
        heads = "SELECT rows, sequence, day FROM audit_heads ORDER BY sequence"
        self.heads = self.file.execute(heads).fetchall()

    def change(self, work):
        """Run the work with the triggers dropped, and put them back; give what is expected to be found."""
        self.file.execute("BEGIN IMMEDIATE")
        for name in self.triggers:
            self.file.execute(f"DROP TRIGGER {name}")
        expected = work()
        for sql in self.triggers.values():
            self.file.execute(sql)
        self.file.execute("COMMIT")
        return expected

    def undo(self):
        def work():
            self.file.execute("DELETE FROM audit")
            self._insert(self.rows)

        self.change(work)

    def _insert(self, rows):
        self.file.executemany("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def _row(self, number):
        return dict(zip(COLUMNS, self.rows[number - 1], strict=True))

    def _named(self, number):
        verb, subject = self.file.execute(
            "SELECT verb, subject FROM audit WHERE id = ?", (number,)
        ).fetchone()
        return f"row {number} ({verb} {subject}) is not what was written"

    def _any(self, least=1, most=None):
        return self.random.randint(least, most or len(self.rows))

    def edit(self):
        number, column = self._any(), self.random.choice(VALUES)
        value = self.random.choice(
            ("lain", self._row(self._any())[column] or "x", f"{self._row(number)[column]} ", b"lain")
        )
        if value == self._row(number)[column]:
            value = "lain"
        self.file.execute(f"UPDATE audit SET {column} = ? WHERE id = ?", (value, number))  # noqa: S608
        return self._named(number)

    def delete(self):
        first = self._any(1, len(self.rows) - 1)
        last = min(first + self.random.choice((0, 0, 0, 5)), len(self.rows) - 1)
        self.file.execute("DELETE FROM audit WHERE id BETWEEN ? AND ?", (first, last))
        return f"{self._named(last + 1)}: row {first} is gone"

    def insert(self):
        """Forge a row; one that is sealed well is only betrayed by the row after it."""
        number, is_sealed = self._any(), self.random.random() < 0.5
        before = self._row(number - 1)["hash"] if number > 1 else audit.START
        forged = {**self._row(number), "verb": "feedback.answer", "actor": "lain", "previous": before}
        del forged["hash"]
        seal = hashlib.sha256(canonical(forged)).hexdigest() if is_sealed else self._row(number)["hash"]
        for turn in (
            "UPDATE audit SET id = -id - 1 WHERE id >= ?",
            "UPDATE audit SET id = -id WHERE id < -?",
        ):
            self.file.execute(turn, (number,))
        self._insert([(*forged.values(), seal)])
        return self._named(number + 1 if is_sealed else number)

    def reorder(self):
        first, second = sorted(self.random.sample(range(1, len(self.rows) + 1), 2))
        for turn in ((-1, first), (first, second), (second, -1)):
            self.file.execute("UPDATE audit SET id = ? WHERE id = ?", turn)
        return self._named(first)

    def truncate(self):
        most = self.heads[-1][0]
        left = self._any(0, most - 1)
        self.file.execute("DELETE FROM audit WHERE id > ?", (left,))
        since = max((head for head in self.heads if head[0] <= left), default=(0, 0, "the beginning"))[2]
        return f"missing {most - left} rows since {since}, if not more: row {left} is the last here"

    def rewrite(self):
        """Change a row and seal all later ones anew, as whoever knows the rule can."""
        number = self._any(1, self.heads[-1][0])
        previous = self._row(number)["previous"]
        for later in range(number, len(self.rows) + 1):
            row = {**self._row(later), "previous": previous}
            if later == number:
                row["actor"] = "lain"
            del row["hash"]
            previous = hashlib.sha256(canonical(row)).hexdigest()
            values = (row["actor"], row["previous"], previous, later)
            self.file.execute("UPDATE audit SET actor = ?, previous = ?, hash = ? WHERE id = ?", values)
        rows, sequence, day = next(head for head in self.heads if head[0] >= number)
        before = max((head[0] for head in self.heads if head[0] < number), default=0)
        return (
            f"head {sequence} of {day}: row {rows} is not the one that was signed; rows after row {before},"
        )


def test_a_thousand_changes_by_raw_sql_are_each_found_and_located(chain, tmp_path):
    random = Random(112)  # noqa: S311 (the same changes every time)
    missed = []
    insider = Insider(tmp_path / "piagam.sqlite3", random)
    ways = [insider.edit, insider.delete, insider.insert, insider.reorder, insider.truncate, insider.rewrite]
    assert found_in(chain) == []
    for turn in range(TIMES):
        way = ways[turn % len(ways)]
        expected = insider.change(way)
        found = found_in(chain)
        if not found or not found[0].startswith(expected):
            missed.append((way.__name__, expected, found[:1]))
        insider.undo()
    insider.file.close()

    assert missed == []
    assert found_in(chain) == []


def found_in(app):
    db.session.rollback()
    return anchors.walk(installation())[1]
