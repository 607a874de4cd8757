"""Asking the catalogue: what answers a question, some rows at a time, counted, or gathered into marks of a map."""

import re
import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from harmledger.store.catalogue import Found
from harmledger.store.catalogue_kept import CELLS, COLUMNS, DEEPEST, GATHERED
from harmledger.store.catalogue_masks import Mask, unpack_mask
from harmledger.store.conditions import Condition

TAGS: Final = ("means", "target", "group", "party")
"""The kinds of tag that a question may name."""

_WORD: Final = re.compile(r"\w+")
_MOST_WORDS: Final = 8
_COLUMNS: Final = "number, position, id, stem, scope, first, last, release, name, province, grade, killed, x, y, radius, is_area, is_place_hidden, body"
_WHOLE: Final = "entries JOIN bodies USING (number)"
_LATEST_UNTIL: Final = (
    "(SELECT min(position) FROM entries WHERE first = (SELECT max(first) FROM entries WHERE first <= ?))"
)
"""Where in the list, which has the latest first, those begin that start on a day or before it."""

_EARLIEST_SINCE: Final = (
    "(SELECT max(position) FROM entries WHERE first = (SELECT min(first) FROM entries WHERE first >= ?))"
)
"""Where those end that start on a day or after it."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for; every part that is given must hold.

    `words` are beginnings of words of places and parties. `since` and `until` are days (YYYY-MM-DD): what shares a day
    with the period answers. `tags` are pairs of a kind (`TAGS`) and a value. `box` is (west, north, east, south) on the
    Web Mercator square, 0 to 1.
    """

    words: str = ""
    since: str | None = None
    until: str | None = None
    province: str | None = None
    grade: str | None = None
    scope: str | None = None
    tags: tuple[tuple[str, str], ...] = ()
    box: tuple[float, float, float, float] | None = None

    def list_parts(self) -> list["Question"]:
        """Give questions of one part each; what answers all of them answers this one, and nothing else does."""
        parts = [Question(tags=(tag,)) for tag in self.tags]
        parts += [Question(words=word) for word in dict.fromkeys(_WORD.findall(self.words)[:_MOST_WORDS])]
        parts += [Question(since=self.since, until=self.until)] if self.since or self.until else []
        parts += [Question(province=self.province)] if self.province else []
        parts += [Question(grade=self.grade)] if self.grade else []
        parts += [Question(scope=self.scope)] if self.scope else []
        parts += [Question(box=self.box)] if self.box else []
        return parts


EVERYTHING: Final = Question()
"""The question that everything answers."""


class Cell(NamedTuple):
    """Entries that stand near each other on the map: how many, the sum of their best figures of people killed, their
    middle on the square, the page name of one of them, whether they are known only by area, and the name of their place
    where they have one name, the largest radius (km) around any, and the
    name of the place with most people killed."""

    entries: int
    killed: int
    x: float
    y: float
    stem: str
    is_area: int
    name: str | None
    radius: float | None
    largest: str | None


class Line(NamedTuple):
    """What the list prints of an entry, as HTML, and the day on which it begins."""

    first: str | None
    line: str


class Catalogue:
    """A catalogue that is open for questions.

    `now` is the moment (UTC, ISO 8601) that decides what is held back; `gone` are documents that were taken out of the
    case since: entries that rest on one are not shown.
    """

    def __init__(self, connection: sqlite3.Connection, now: str, gone: Iterable[str] = ()) -> None:
        self._connection = connection
        self._now = now
        self._hidden = self._find_hidden(gone)

    def _find_hidden(self, gone: Iterable[str]) -> tuple[int, ...]:
        hidden: set[int] = set()
        for document in gone:
            rows = self._connection.execute("SELECT number FROM sources WHERE document = ?", (document,))
            hidden.update(number for (number,) in rows)
        return tuple(sorted(hidden))

    def read_meta(self) -> dict[str, str]:
        """Give what the catalogue says of itself."""
        return dict(self._connection.execute("SELECT key, value FROM meta"))

    def fetch_page(self, name: str, language: str) -> bytes | None:
        """Give what was kept for a page, as JSON."""
        found = self._connection.execute(
            "SELECT body FROM pages WHERE name = ? AND language = ?", (name, language)
        ).fetchone()
        return None if found is None else bytes(found[0])

    def load_order(self) -> "array[int]":
        """Give the numbers of all entries in the order of the list; those that are not shown now stand in it too."""
        return self._gather(
            "SELECT group_concat(number) FROM (SELECT number FROM entries ORDER BY position)", ()
        )

    def find_part(self, part: Question) -> "array[int]":
        """Give the numbers of the entries that answer a question of one part, in no order; whether they are shown now, is
        not asked."""
        if part.tags:
            return self._gather(
                "SELECT group_concat(number) FROM tags WHERE kind = ? AND value = ?", part.tags[0]
            )
        words = _spell_words(part.words)
        if words:
            return self._gather("SELECT group_concat(rowid) FROM words WHERE words MATCH ?", (words,))
        where = Condition()
        _add_columns(where, part)
        if part.box is not None:
            _add_box(where, part.box)
        return self._gather(f"SELECT group_concat(number) FROM entries WHERE {where.text}", where.values)  # noqa: S608

    def fetch_mask(self, part: Question) -> Mask | None:
        """Give what answers a question of one part, where it was kept; whether it is shown now, is not asked."""
        named = [(column, getattr(part, column)) for column in COLUMNS if getattr(part, column)]
        for kind, value in (*part.tags, *named):
            found = self._connection.execute(
                "SELECT mask FROM masks WHERE kind = ? AND value = ?", (kind, value)
            ).fetchone()
            return None if found is None else unpack_mask(found[0])
        return None

    def find_days(self, since: str | None, until: str | None) -> tuple[int, int, "array[int]"]:
        """Give what shares a day with a period: positions from one to another, and the numbers of the few that began
        before the period and last into it."""
        first = self._find_edge(_LATEST_UNTIL, until) if until else 1
        last = self._find_edge(_EARLIEST_SINCE, since) if since else self._find_edge(_EARLIEST_SINCE, "")
        if not since:
            return first or 1, last if first else 0, array("I")
        condition = "last > first AND last >= ? AND first < ?" + (" AND first <= ?" if until else "")
        values = (since, since, until) if until else (since, since)
        asked = f"SELECT group_concat(number) FROM entries INDEXED BY entries_of_days WHERE {condition}"  # noqa: S608
        return first or 1, last if first else 0, self._gather(asked, values)

    def _find_edge(self, edge: str, day: str) -> int:
        """Give a position, 0 where nothing stands beyond the edge."""
        found = self._connection.execute(f"SELECT {edge}", (day,)).fetchone()
        return int(found[0] or 0)

    def _gather(self, asked: str, values: Sequence[Any]) -> "array[int]":
        """Give numbers, which come as one text: each row that SQLite gives by itself lets another thread go first."""
        (told,) = self._connection.execute(asked, values).fetchone()
        return array("I", map(int, told.split(","))) if told else array("I")

    def list_unshown(self) -> set[int]:
        """Give the numbers of the entries that are not shown now: few, and found by an index."""
        rows = self._connection.execute("SELECT number FROM entries WHERE release > ?", (self._now,))
        return {number for (number,) in rows}.union(self._hidden)

    def fetch_lines(self, numbers: Sequence[int], language: str) -> list[Line]:
        """Give what the list prints of the entries with these numbers, of those that are shown, the latest first."""
        where = self._compose(EVERYTHING)
        where.add("language = ?", language)
        where.add(f"number IN ({','.join(map(str, numbers))})")
        rows = self._connection.execute(
            f"SELECT first, line FROM lines JOIN entries USING (number) WHERE {where.text} ORDER BY position",  # noqa: S608
            where.values,
        )
        return [Line._make(row) for row in rows]

    def fetch_numbered(self, numbers: Sequence[int]) -> list[Found]:
        """Give the entries with these numbers, of those that are shown, the latest first."""
        where = self._compose(EVERYTHING)
        where.add(f"number IN ({','.join(map(str, numbers))})")
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM {_WHOLE} WHERE {where.text} ORDER BY position",  # noqa: S608
            where.values,
        )
        return [Found._make(row) for row in rows]

    def fetch_surroundings(self, number: int, language: str) -> bytes | None:
        """Give what the page of an entry tells of others in a language, as JSON; None where it tells nothing."""
        found = self._connection.execute(
            "SELECT body FROM surroundings WHERE number = ? AND language = ?", (number, language)
        ).fetchone()
        return None if found is None else bytes(found[0])

    def list_ids(self) -> list[str]:
        """Give the ids of all entries that are shown."""
        where = self._compose(EVERYTHING)
        rows = self._connection.execute(f"SELECT id FROM entries WHERE {where.text}", where.values)  # noqa: S608
        return [id for (id,) in rows]

    def find(self, stem: str) -> Found | None:
        """Give the entry whose page has this name, or had it before it became part of another; held ones too."""
        row = self._fetch("stem = ?", stem)
        if row is None:
            moved = self._connection.execute("SELECT number FROM formerly WHERE stem = ?", (stem,)).fetchone()
            row = None if moved is None else self._fetch("number = ?", moved[0])
        return row

    def is_shown(self, entry: Found) -> bool:
        """Tell whether an entry may be shown now."""
        return entry.release <= self._now and entry.number not in self._hidden

    def find_neighbours(self, entry: Found) -> tuple[Found | None, Found | None]:
        """Give the entries before and after one in time, of those that are shown."""
        where = self._compose(EVERYTHING)
        older = self._fetch(f"{where.text} AND position > ? ORDER BY position", *where.values, entry.position)
        newer = self._fetch(
            f"{where.text} AND position < ? ORDER BY position DESC", *where.values, entry.position
        )
        return older, newer

    def list_parts(self, id: str) -> list[Found]:
        """Give the entries inside a total, of those that are shown, the latest first."""
        where = self._compose(EVERYTHING)
        where.add("number IN (SELECT number FROM wholes WHERE whole = ?)", id)
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM {_WHOLE} WHERE {where.text} ORDER BY position LIMIT 500",  # noqa: S608
            where.values,
        )
        return [Found._make(row) for row in rows]

    def fetch(self, ids: Sequence[str]) -> list[Found]:
        """Give the entries with these ids, of those that are shown."""
        where = self._compose(EVERYTHING)
        found = [self._fetch(f"{where.text} AND id = ?", *where.values, id) for id in ids]
        return [entry for entry in found if entry is not None]

    def list_cells(
        self, question: Question, zoom: int, limit: int, numbers: Sequence[int] | None = None
    ) -> list[Cell]:
        """Gather what answers and has a position into cells, the largest first. `numbers` are those of the entries that
        answer, where they are known and few.

        A cell is the side of the square halved `zoom` times.
        """
        depth = max(0, min(zoom, DEEPEST))
        if replace(question, box=None) == EVERYTHING and not self._hidden:
            return self._list_kept_cells(question, depth, limit)
        where = self._compose(question if numbers is None else EVERYTHING)
        if numbers is not None:
            where.add(f"number IN ({','.join(map(str, numbers))})")
        where.add("x IS NOT NULL AND scope != 'since_date'")
        side = float(1 << depth)
        rows = self._connection.execute(
            f"SELECT {GATHERED} FROM entries WHERE {where.text}"  # noqa: S608
            " GROUP BY CAST(x * ? AS INTEGER), CAST(y * ? AS INTEGER), is_area ORDER BY count(*) DESC, min(position) LIMIT ?",
            (*where.values, side, side, limit),
        )
        return [Cell._make(row) for row in rows]

    def _list_kept_cells(self, question: Question, depth: int, limit: int) -> list[Cell]:
        """Give the cells that were gathered of everything when the catalogue was made."""
        where = Condition()
        where.add("depth = ?", depth)
        if question.box is not None:
            _add_box(where, question.box)
        rows = self._connection.execute(
            f"SELECT {CELLS} FROM cells WHERE {where.text} ORDER BY entries DESC, stem LIMIT ?",  # noqa: S608
            (*where.values, limit),
        )
        return [Cell._make(row) for row in rows]

    def _fetch(self, condition: str, *values: Any) -> Found | None:
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM {_WHOLE} WHERE {condition} LIMIT 1",  # noqa: S608 - the conditions are ours
            values,
        ).fetchone()
        return None if row is None else Found._make(row)

    def _compose(self, question: Question) -> Condition:
        where = Condition()
        where.add("release <= ?", self._now)
        if self._hidden:
            where.add(f"number NOT IN ({','.join(map(str, self._hidden))})")
        _add_columns(where, question)
        for kind, value in question.tags:
            where.add("number IN (SELECT number FROM tags WHERE kind = ? AND value = ?)", kind, value)
        words = _spell_words(question.words)
        if words:
            where.add("number IN (SELECT rowid FROM words WHERE words MATCH ?)", words)
        if question.box is not None:
            _add_box(where, question.box)
        return where


def _add_columns(where: Condition, question: Question) -> None:
    """Add what is asked of an entry's own columns."""
    if question.since:
        where.add("last >= ?", question.since)
    if question.until:
        where.add("first <= ?", question.until)
        where.add(f"position >= {_LATEST_UNTIL}", question.until)
    named = {"province": question.province, "grade": question.grade, "scope": question.scope}
    for column, value in named.items():
        if value:
            where.add(f"{column} = ?", value)


def _spell_words(asked: str) -> str:
    """Give words as FTS5 takes them: each the beginning of one, and all of them in the text; empty without any."""
    return " ".join(f'"{word}"*' for word in _WORD.findall(asked)[:_MOST_WORDS])


def _add_box(where: Condition, box: tuple[float, float, float, float]) -> None:
    west, north, east, south = box
    where.add("x BETWEEN ? AND ? AND y BETWEEN ? AND ?", west, east, north, south)
