"""How far the facts had come when a view was built, told without opening them as a whole."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

from harmledger.store.case import FACTS_FILE

_TABLES: Final = ("store_version", "store_judgement", "store_tombstone", "store_unread", "store_ruling")
"""The tables of the facts whose rows bear on a view; each row is a change, and none is ever changed."""

_ERASED: Final = _TABLES.index("store_tombstone")

Mark = tuple[int, ...]


def read_mark(folder: Path) -> Mark | None:
    """Give how far the facts have come: the last row of each table. None where they cannot be read at the moment.

    Commands that only look at a view ask this, since starting the whole of the facts takes longer than they do.
    """
    name = f"file:{quote(os.fspath((folder / FACTS_FILE).absolute()))}?mode=ro"
    try:
        with closing(sqlite3.connect(name, uri=True, timeout=1)) as connection:
            rows = (
                connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()  # noqa: S608
                for table in _TABLES
            )
            return tuple(int(row[0]) for row in rows)
    except sqlite3.Error:
        return None


def read_signing_mark(folder: Path, steps: tuple[str, ...]) -> int:
    """Give the number of the last signing of one of these steps; 0 where there is none, or it cannot be read at the moment."""
    name = f"file:{quote(os.fspath((folder / FACTS_FILE).absolute()))}?mode=ro"
    marks = ",".join("?" * len(steps))
    query = f"SELECT coalesce(max(id), 0) FROM store_signing WHERE step IN ({marks})"  # noqa: S608
    try:
        with closing(sqlite3.connect(name, uri=True, timeout=1)) as connection:
            return int(connection.execute(query, steps).fetchone()[0])
    except sqlite3.Error:
        return 0


def write_mark(mark: Mark | None) -> str:
    """Give a mark as text."""
    return ",".join(map(str, mark or ()))


def count_since(mark: Mark | None, written: str) -> int:
    """Give how many changes the facts have seen since a mark was written; 0 where that cannot be told."""
    before = [int(part) for part in written.split(",") if part]
    if mark is None or len(before) != len(mark):
        return 0
    return sum(max(0, now - then) for now, then in zip(mark, before, strict=True))


class Since(NamedTuple):
    """The last rows that stood when a view was built: of versions, and of judgements on documents."""

    version: int
    judgement: int


def find_since(mark: Mark | None, written: str) -> Since | None:
    """Give where what changed among documents since a mark was written begins; None where that cannot be told: after an
    erasure, or for a mark of another program."""
    before = [int(part) for part in written.split(",") if part]
    if mark is None or len(before) != len(mark) or before[_ERASED] != mark[_ERASED]:
        return None
    return Since(*before[:_ERASED])
