"""Rows of a catalogue: written, and taken out again or moved where it is renewed."""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from harmledger.store.catalogue import CatalogueRow

Surroundings = tuple[tuple[str, bytes], ...]
"""What the page of an entry tells of others, as JSON, by language."""

_BY_NUMBER: Final = ("entries", "bodies", "lines", "surroundings", "kept", "tags", "wholes", "sources")


class KeptRow(NamedTuple):
    """An entry of the present catalogue as the next one takes it over."""

    number: int
    position: int
    id: str
    stem: str
    release: str
    mark: int
    around: int
    body: bytes


def put_rows(connection: sqlite3.Connection, rows: Iterable[CatalogueRow]) -> None:
    """Write rows."""
    for row in rows:
        *columns, body = row.entry
        number = row.entry.number
        connection.execute(
            "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", columns
        )
        connection.execute("INSERT INTO bodies VALUES (?, ?)", (number, body))
        connection.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (number, row.text))
        connection.executemany(
            "INSERT OR IGNORE INTO tags VALUES (?, ?, ?)", ((*tag, number) for tag in row.tags)
        )
        connection.executemany("INSERT INTO wholes VALUES (?, ?)", ((one, number) for one in row.wholes))
        connection.executemany("INSERT INTO lines VALUES (?, ?, ?)", ((number, *told) for told in row.lines))
        put_surroundings(connection, number, row.surroundings)
        kept = (number, row.kept.mark, check_surroundings(row.surroundings), row.kept.body)
        connection.execute("INSERT INTO kept VALUES (?, ?, ?, ?)", kept)
        connection.executemany("INSERT INTO sources VALUES (?, ?)", ((one, number) for one in row.documents))


def put_surroundings(connection: sqlite3.Connection, number: int, surroundings: Surroundings) -> None:
    """Write what the page of an entry tells of others."""
    connection.executemany(
        "INSERT INTO surroundings VALUES (?, ?, ?)", ((number, *told) for told in surroundings)
    )


def check_surroundings(surroundings: Surroundings) -> int:
    """Give a check sum of what the page of an entry tells of others; 0 where it tells nothing."""
    check = 0
    for language, body in surroundings:
        check = zlib.crc32(body, zlib.crc32(language.encode(), check))
    return check


def list_kept(connection: sqlite3.Connection) -> Iterator[KeptRow]:
    """Give what is taken over of every entry, by id."""
    rows = connection.execute(
        "SELECT number, position, id, stem, release, mark, around, body FROM entries JOIN kept USING (number) ORDER BY id"
    )
    return map(KeptRow._make, rows)


def find_told_of(connection: sqlite3.Connection, documents: Iterable[str]) -> set[int]:
    """Give the numbers of the entries that rest on one of these documents."""
    found: set[int] = set()
    for document in documents:
        rows = connection.execute("SELECT number FROM sources WHERE document = ?", (document,))
        found.update(number for (number,) in rows)
    return found


def remove_rows(connection: sqlite3.Connection, texts: Mapping[int, str]) -> None:
    """Take entries out, by number; the text of each is what searching looked at."""
    connection.execute("CREATE TEMP TABLE leaving (number INTEGER PRIMARY KEY)")
    connection.executemany("INSERT INTO leaving VALUES (?)", ((number,) for number in texts))
    connection.executemany("INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)", texts.items())
    for table in _BY_NUMBER:
        connection.execute(f"DELETE FROM {table} WHERE number IN (SELECT number FROM leaving)")  # noqa: S608
    connection.execute("DROP TABLE leaving")


def move_rows(connection: sqlite3.Connection, positions: Mapping[int, int]) -> None:
    """Give entries new positions, by number."""
    connection.executemany(
        "UPDATE entries SET position = ? WHERE number = ?", ((at, number) for number, at in positions.items())
    )


def release_rows(connection: sqlite3.Connection, releases: Mapping[int, str]) -> None:
    """Give entries new moments of release, by number."""
    connection.executemany(
        "UPDATE entries SET release = ? WHERE number = ?", ((at, number) for number, at in releases.items())
    )


def change_surroundings(connection: sqlite3.Connection, number: int, surroundings: Surroundings) -> None:
    """Write anew what the page of an entry tells of others."""
    connection.execute("DELETE FROM surroundings WHERE number = ?", (number,))
    put_surroundings(connection, number, surroundings)
    connection.execute(
        "UPDATE kept SET around = ? WHERE number = ?", (check_surroundings(surroundings), number)
    )


def put_formerly(connection: sqlite3.Connection, formerly: Iterable[tuple[str, int]]) -> None:
    """Write anew which page names lead to which entry, of those that it had earlier; the first counts."""
    connection.execute("DELETE FROM formerly")
    connection.executemany("INSERT OR IGNORE INTO formerly VALUES (?, ?)", formerly)


def put_left_out(connection: sqlite3.Connection, marks: Mapping[str, int]) -> None:
    """Record the incidents that no edition shows, with the marks that they had."""
    connection.execute("DELETE FROM left_out")
    connection.executemany("INSERT INTO left_out VALUES (?, ?)", marks.items())


def read_left_out(connection: sqlite3.Connection) -> dict[str, int]:
    """Give the incidents that were left out, with their marks."""
    return dict(connection.execute("SELECT id, mark FROM left_out"))
