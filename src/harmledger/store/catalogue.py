"""The catalogue: what the public may find and list of a case, made from its view, thrown away and made anew.

A page of a list asks it for some dozens of rows, and never for a whole case. It holds the public form of each
incident without accounts: masked places, coarse coordinates, and the moment from which one that is held back may be
shown. Which documents stand behind an incident is in it too, so that what is taken out of the case is hidden at once.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copyfile
from typing import Final, NamedTuple
from urllib.parse import quote

from harmledger.records.identity import identify
from harmledger.store.newest import find_newest

CATALOGUE_FORMAT: Final = 6
"""Counts up with every change of the tables or of what is kept in them; it is part of a catalogue's name."""

NEVER: Final = "~"
"""In place of a moment of release: nothing tells when it may be shown. Sorts after every moment."""

_PATTERN: Final = "catalogue-*.sqlite"
_ASIDE: Final = ".catalogue-*"
_PRIVATE: Final = 0o600
_DIGEST: Final = 16
_MAKING_KIB: Final = 128 * 1024
"""Memory for a catalogue in the making: entries come by id, and stand in it by time."""

_MAPPED: Final = 1 << 30
"""Bytes of a catalogue that are read from the system's own cache, which all processes share."""

_TABLES: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE entries (
  number INTEGER PRIMARY KEY,
  position INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  stem TEXT NOT NULL UNIQUE,
  scope TEXT NOT NULL,
  first TEXT,
  last TEXT,
  release TEXT NOT NULL,
  name TEXT,
  province TEXT,
  grade TEXT,
  killed INTEGER,
  x REAL,
  y REAL,
  radius REAL,
  is_area INTEGER NOT NULL,
  is_place_hidden INTEGER NOT NULL
) STRICT;
CREATE TABLE bodies (number INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
CREATE TABLE lines (
  number INTEGER, language TEXT, line TEXT NOT NULL, PRIMARY KEY (number, language)
) STRICT, WITHOUT ROWID;
CREATE TABLE cells (
  depth INTEGER, entries INTEGER, killed INTEGER, x REAL, y REAL, stem TEXT, is_area INTEGER, name TEXT, radius REAL,
  largest TEXT
) STRICT;

CREATE TABLE tags (
  kind TEXT, value TEXT, number INTEGER, PRIMARY KEY (kind, value, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE masks (
  kind TEXT, value TEXT, mask BLOB NOT NULL, PRIMARY KEY (kind, value)
) STRICT;
CREATE TABLE wholes (whole TEXT, number INTEGER, PRIMARY KEY (whole, number)) STRICT, WITHOUT ROWID;
CREATE TABLE formerly (stem TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE sources (document TEXT, number INTEGER, PRIMARY KEY (document, number)) STRICT, WITHOUT ROWID;
CREATE TABLE surroundings (
  number INTEGER, language TEXT, body BLOB NOT NULL, PRIMARY KEY (number, language)
) STRICT, WITHOUT ROWID;
CREATE TABLE pages (name TEXT, language TEXT, body BLOB NOT NULL, PRIMARY KEY (name, language)) STRICT;
CREATE TABLE kept (
  number INTEGER PRIMARY KEY, mark INTEGER NOT NULL, around INTEGER NOT NULL, body BLOB NOT NULL
) STRICT;
CREATE TABLE left_out (id TEXT PRIMARY KEY, mark INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize="unicode61 remove_diacritics 2", prefix='2 3');
"""

_INDEXES: Final = """
CREATE UNIQUE INDEX entries_by_position ON entries (position, number);
CREATE INDEX entries_by_first ON entries (first, position);
CREATE INDEX entries_of_days ON entries (last, first) WHERE last > first;
CREATE INDEX entries_by_release ON entries (release);
CREATE INDEX entries_by_province ON entries (province);
CREATE INDEX entries_by_grade ON entries (grade);
CREATE INDEX entries_by_scope ON entries (scope);
CREATE INDEX entries_by_place ON entries (x, y);
CREATE INDEX cells_by_position ON cells (depth, x, y);
"""


class CatalogueError(Exception):
    """A catalogue that cannot be used: damaged, or another program's. It is made anew."""


class Found(NamedTuple):
    """An entry as the catalogue has it. `number` is its own for as long as the catalogue is kept up, `position` where it
    stands in the list, the latest first, from 1.

    `name` is that of its place, as the public may have it; `release` is the moment (UTC, ISO 8601) from which it may be
    shown, empty where it always may. `x` and `y` are its public position on the Web Mercator square, 0 to 1 from the
    north-west corner, `radius` is in km. `is_area` and `is_place_hidden` are 1 or 0. `body` is its public form as JSON.
    """

    number: int
    position: int
    id: str
    stem: str
    scope: str
    first: str | None
    last: str | None
    release: str
    name: str | None
    province: str | None
    grade: str | None
    killed: int | None
    x: float | None
    y: float | None
    radius: float | None
    is_area: int
    is_place_hidden: int
    body: bytes


class Kept(NamedTuple):
    """What of an incident is kept to write the next catalogue: a mark that changes with it, and what looking over the whole
    case asks of it, packed."""

    mark: int = 0
    body: bytes = b""


class CatalogueRow(NamedTuple):
    """An incident as the catalogue keeps it: the entry, and what finds it.

    `text` is what searching looks at, `tags` are pairs of kind and value,
    `lines` what the list prints of it, as HTML, `kept` what the next catalogue asks of it, `surroundings` what its page tells of others, as JSON, both by language.
    """

    entry: Found
    text: str
    tags: tuple[tuple[str, str], ...]
    wholes: tuple[str, ...]
    documents: tuple[str, ...]
    kept: Kept = Kept()
    lines: tuple[tuple[str, str], ...] = ()
    surroundings: tuple[tuple[str, bytes], ...] = ()


def digest_catalogue(parts: Iterable[str]) -> str:
    """Give the digest of what a catalogue is made from: the view, the settings that are public, the program."""
    return identify((str(CATALOGUE_FORMAT), *parts))[:_DIGEST]


def name_catalogue(folder: Path, digest: str) -> Path:
    """Give the path of the catalogue with this digest."""
    return folder / f"catalogue-{digest}.sqlite"


def find_catalogue(folder: Path) -> Path | None:
    """Give the case's present catalogue: the one put in place last; None where there is none."""
    return find_newest(folder, _PATTERN)


@contextmanager
def build_catalogue(folder: Path, digest: str) -> Iterator[sqlite3.Connection]:
    """Write a catalogue aside and put it in place when the block ends well; the earlier ones are removed then.

    One process makes a catalogue at a time. Raises OSError and sqlite3.Error where the folder cannot be written.
    """
    with _replace_catalogue(folder, digest) as aside:
        os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE))
        with _write_aside(aside) as connection:
            connection.executescript(_TABLES)
            connection.execute("BEGIN")
            connection.execute("INSERT INTO meta VALUES ('format', ?)", (str(CATALOGUE_FORMAT),))
            yield connection
            for statement in _INDEXES.strip().splitlines():
                connection.execute(statement)
            connection.execute("COMMIT")
            connection.execute("ANALYZE")


@contextmanager
def renew_catalogue(folder: Path, digest: str, present: Path) -> Iterator[sqlite3.Connection]:
    """Write a catalogue aside that begins as a copy of the present one, and put it in its place when the block ends well.

    Raises OSError and sqlite3.Error, as building one does.
    """
    with _replace_catalogue(folder, digest) as aside:
        copyfile(present, aside)
        aside.chmod(_PRIVATE)
        with _write_aside(aside) as connection:
            connection.execute("BEGIN")
            ordered = [line for line in _INDEXES.strip().splitlines() if "position" in line.partition("(")[2]]
            for statement in ordered:
                connection.execute("DROP INDEX " + statement.partition(" INDEX ")[2].partition(" ON ")[0])
            yield connection
            for statement in ordered:
                connection.execute(statement)
            connection.execute("COMMIT")


@contextmanager
def _replace_catalogue(folder: Path, digest: str) -> Iterator[Path]:
    """Give the path aside at which a catalogue is written; it takes the place of all others where the block ends well."""
    for leftover in folder.glob(_ASIDE):
        leftover.unlink(missing_ok=True)
    final = name_catalogue(folder, digest)
    aside = folder / f".catalogue-{digest}.part"
    try:
        yield aside
        aside.replace(final)
    finally:
        aside.unlink(missing_ok=True)
    for other in folder.glob(_PATTERN):
        if other != final:
            other.unlink(missing_ok=True)


@contextmanager
def _write_aside(aside: Path) -> Iterator[sqlite3.Connection]:
    """Open a file that nobody reads yet, and that is thrown away where writing it does not come to its end."""
    with closing(sqlite3.connect(aside, isolation_level=None)) as connection:
        connection.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;"
            f"PRAGMA locking_mode=EXCLUSIVE; PRAGMA cache_size={-_MAKING_KIB};"
        )
        yield connection


def put_page(connection: sqlite3.Connection, name: str, language: str, body: bytes) -> None:
    """Keep what looks over the whole case, as JSON, for a page in a language."""
    connection.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", (name, language, body))


def put_meta(connection: sqlite3.Connection, meta: Mapping[str, str]) -> None:
    """Record what the catalogue says of itself."""
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())


def open_catalogue(path: Path) -> sqlite3.Connection:
    """Open a catalogue for reading, for one thread at a time. Raises CatalogueError."""
    try:
        name = f"file:{quote(os.fspath(path.absolute()))}?mode=ro&immutable=1"
        connection = sqlite3.connect(name, uri=True, check_same_thread=False)
        connection.execute(f"PRAGMA mmap_size={_MAPPED}")
        found = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    except sqlite3.Error as error:
        raise CatalogueError(f"{path.name} is damaged: {error}") from error
    if found is None or found[0] != str(CATALOGUE_FORMAT):
        connection.close()
        raise CatalogueError(f"{path.name} was made by another version of the program")
    return connection
