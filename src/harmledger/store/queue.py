"""The queue of a case: what a person should look at next, as columns; made from view and facts, thrown away at will.

One small file beside the view, changed in place: a build changes the rows of incidents that it changed, a signature one
row. A page asks it for some dozens of rows, and never for a whole case.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from harmledger.store.conditions import Condition

FILE: Final = "queue.sqlite"
_FORMAT: Final = "3"
_PRIVATE: Final = 0o600
_BATCH: Final = 500
_SECONDS_TO_WAIT: Final = 20
_MOST_VALUES: Final = 200
MOST_COUNTED: Final = 5000
"""Answers are counted no further: nobody turns a hundred pages, and counting a hundred thousand would cost every page."""

_TABLES: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE looks (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  checksum INTEGER NOT NULL,
  score REAL NOT NULL,
  state TEXT NOT NULL,
  scope TEXT NOT NULL,
  first TEXT,
  last TEXT,
  name TEXT,
  province TEXT,
  country TEXT,
  grade TEXT,
  low INTEGER,
  best INTEGER,
  high INTEGER,
  reasons TEXT NOT NULL
) STRICT;
CREATE TABLE tags (
  kind TEXT, value TEXT, number INTEGER, PRIMARY KEY (kind, value, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE formerly (earlier TEXT, number INTEGER, PRIMARY KEY (earlier, number)) STRICT, WITHOUT ROWID;
CREATE TABLE facets (kind TEXT, value TEXT, count INTEGER NOT NULL, PRIMARY KEY (kind, value)) STRICT, WITHOUT ROWID;
CREATE INDEX looks_by_score ON looks (score DESC, id, state, province, scope);
CREATE INDEX looks_by_state ON looks (state, score DESC, id);
CREATE INDEX looks_by_province ON looks (province, score DESC, id);
CREATE INDEX tags_by_number ON tags (number);
CREATE INDEX formerly_by_number ON formerly (number);
"""

_COLUMNS: Final = (
    "id, checksum, score, state, scope, first, last, name, province, country, grade, low, best, high, reasons"
)


class LookRow(NamedTuple):
    """An incident as the queue keeps it. `reasons` is JSON: pairs of name and points, the heaviest first. `low`, `best` and
    `high` are those of people killed."""

    id: str
    checksum: int
    score: float
    state: str
    scope: str
    first: str | None
    last: str | None
    name: str | None
    province: str | None
    country: str | None
    grade: str | None
    low: int | None
    best: int | None
    high: int | None
    reasons: str


class QueuedLook(NamedTuple):
    """A row with the tags it is found by, pairs of kind (reason, means, group) and value, and its earlier ids."""

    row: LookRow
    tags: tuple[tuple[str, str], ...] = ()
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the queue; every part that is given must hold. `states` are alternatives."""

    states: tuple[str, ...] = ()
    province: str | None = None
    scope: str | None = None
    tags: tuple[tuple[str, str], ...] = ()


class Queue:
    """An open queue."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # Asking

    def read_meta(self) -> dict[str, str]:
        """Give what the queue says of itself: which view and which signings it was made from."""
        return dict(self._connection.execute("SELECT key, value FROM meta"))

    def count(self, asked: Asked) -> int:
        """Give how many answer; one more than MOST_COUNTED stands for any more."""
        where = _compose(asked)
        found = self._connection.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM looks WHERE {where.text} LIMIT {MOST_COUNTED + 1})",  # noqa: S608
            where.values,
        )
        return int(found.fetchone()[0])

    def count_states(self) -> dict[str, int]:
        """Give how many stand in each state."""
        return dict(
            self._connection.execute("SELECT value, count FROM facets WHERE kind = 'state' AND count > 0")
        )

    def list_rows(self, asked: Asked, limit: int, offset: int = 0) -> list[LookRow]:
        """Give those that answer, those that want a look most first."""
        where = _compose(asked)
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM looks WHERE {where.text} ORDER BY score DESC, id LIMIT ? OFFSET ?",  # noqa: S608
            (*where.values, limit, offset),
        )
        return [LookRow._make(row) for row in rows]

    def find_next(self, asked: Asked, score: float, id: str, *, is_before: bool = False) -> str | None:
        """Give the id of what comes after a place in the order, or before it."""
        sign, order = (">", "score, id DESC") if is_before else ("<", "score DESC, id")
        beside = "<" if is_before else ">"
        for place, values in ((f"score = ? AND id {beside} ?", (score, id)), (f"score {sign} ?", (score,))):
            where = _compose(asked)
            where.add(place, *values)
            found = self._connection.execute(
                f"SELECT id FROM looks WHERE {where.text} ORDER BY {order} LIMIT 1",  # noqa: S608
                where.values,
            ).fetchone()
            if found is not None:
                return str(found[0])
        return None

    def fetch(self, id: str) -> LookRow | None:
        """Give one row."""
        found = self._connection.execute(f"SELECT {_COLUMNS} FROM looks WHERE id = ?", (id,)).fetchone()  # noqa: S608
        return None if found is None else LookRow._make(found)

    def list_values(self, kind: str) -> list[tuple[str, int]]:
        """Give the values of a kind of tag, or the provinces, and how many have each, the most first, as they were when the
        queue was last brought up to date."""
        rows = self._connection.execute(
            "SELECT value, count FROM facets WHERE kind = ? ORDER BY count DESC, value LIMIT ?",
            (kind, _MOST_VALUES),
        )
        return list(rows)

    # Keeping up

    def list_checks(self) -> dict[str, int]:
        """Give the check sum under which each incident was weighed, by id."""
        return dict(self._connection.execute("SELECT id, checksum FROM looks"))

    def find_present(self, ids: Iterable[str]) -> list[str]:
        """Give the incidents that have these ids now, or had them earlier."""
        found: set[str] = set()
        for id in ids:
            rows = self._connection.execute(
                "SELECT id FROM looks WHERE id = ?1 UNION"
                " SELECT l.id FROM formerly f JOIN looks l USING (number) WHERE f.earlier = ?1",
                (id,),
            )
            found.update(name for (name,) in rows)
        return sorted(found)

    def put(self, looks: Iterable[QueuedLook]) -> None:
        """Add or replace rows."""
        for look in looks:
            self.drop((look.row.id,))
            marks = ", ".join("?" * len(look.row))
            cursor = self._connection.execute(
                f"INSERT INTO looks ({_COLUMNS}) VALUES ({marks})",  # noqa: S608
                look.row,
            )
            number = cursor.lastrowid
            self._connection.execute(
                "INSERT INTO facets VALUES ('state', ?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
                (look.row.state,),
            )
            self._connection.executemany(
                "INSERT OR IGNORE INTO tags VALUES (?, ?, ?)", ((*tag, number) for tag in look.tags)
            )
            self._connection.executemany(
                "INSERT OR IGNORE INTO formerly VALUES (?, ?)", ((one, number) for one in look.formerly)
            )

    def drop(self, ids: Iterable[str]) -> None:
        """Take rows out."""
        for id in ids:
            found = self._connection.execute("SELECT number, state FROM looks WHERE id = ?", (id,)).fetchone()
            if found is not None:
                for table in ("tags", "formerly", "looks"):
                    self._connection.execute(f"DELETE FROM {table} WHERE number = ?", found[:1])  # noqa: S608
                self._connection.execute(
                    "UPDATE facets SET count = count - 1 WHERE kind = 'state' AND value = ?", found[1:]
                )

    def count_values(self) -> None:
        """Count the values that `list_values` gives."""
        self._connection.execute("DELETE FROM facets")
        self._connection.execute(
            "INSERT INTO facets SELECT kind, value, count(*) FROM tags GROUP BY kind, value"
        )
        self._connection.execute(
            "INSERT INTO facets SELECT 'province', province, count(*) FROM looks"
            " WHERE province IS NOT NULL GROUP BY province"
        )
        self._connection.execute(
            "INSERT INTO facets SELECT 'state', state, count(*) FROM looks GROUP BY state"
        )

    def put_meta(self, meta: Mapping[str, str]) -> None:
        """Record what the queue was made from."""
        self._connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())


def _compose(asked: Asked) -> Condition:
    where = Condition()
    if asked.states:
        where.add(f"state IN ({','.join('?' * len(asked.states))})", *asked.states)
    for column in ("province", "scope"):
        value = getattr(asked, column)
        if value:
            where.add(f"{column} = ?", value)
    for kind, value in asked.tags:
        where.add("number IN (SELECT number FROM tags WHERE kind = ? AND value = ?)", kind, value)
    return where


@contextmanager
def open_queue(folder: Path, *, is_writing: bool = False) -> Iterator[Queue]:
    """Open the queue of a case folder while the block runs; whoever writes does so in one transaction.

    Without one there, or where it is damaged or of another program, an empty one is made by whoever writes; whoever reads
    gets FileNotFoundError. Raises sqlite3.Error where it cannot be written.
    """
    path = folder / FILE
    if is_writing:
        _prepare(path)
    elif not path.exists():
        raise FileNotFoundError(path)
    connection = _connect(path)
    try:
        if not is_writing and not _is_whole(connection):
            raise FileNotFoundError(path)
        if not is_writing:
            yield Queue(connection)
            return
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield Queue(connection)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    finally:
        connection.close()


def remove_queue(folder: Path) -> None:
    """Remove the queue; it is made anew."""
    for end in ("", "-wal", "-shm"):
        (folder / (FILE + end)).unlink(missing_ok=True)


def _prepare(path: Path) -> None:
    if path.exists():
        with suppress(sqlite3.Error):
            connection = _connect(path)
            try:
                if _is_whole(connection):
                    return
            finally:
                connection.close()
        remove_queue(path.parent)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE))
    connection = _connect(path)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("BEGIN IMMEDIATE")
        if not _is_whole(connection):
            for statement in _TABLES.split(";"):
                connection.execute(statement)
            connection.execute("INSERT INTO meta VALUES ('format', ?)", (_FORMAT,))
        connection.execute("COMMIT")
    finally:
        connection.close()


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, timeout=_SECONDS_TO_WAIT)


def _is_whole(connection: sqlite3.Connection) -> bool:
    try:
        found = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    except sqlite3.DatabaseError:
        return False
    return found is not None and found[0] == _FORMAT
