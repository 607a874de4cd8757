"""A layer of the gazetteer: one SQLite file of places, their names, spellings and trigrams."""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple
from zlib import crc32

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from harmledger.places.entry import Entry, PlaceKind
from harmledger.places.folding import fold_key, fold_name
from harmledger.places.town import Box, Town
from harmledger.places.transliteration import RULES_TEXT, reduce_spelling, spell_name
from harmledger.places.trigrams import TrigramIndex, list_trigrams

_APPLICATION_ID: Final = 0x484C_4741  # "HLGA"
_TRIGRAM_LIMIT: Final = 20
_SEARCHES_OF_ALL: Final = 24
SKELETON_LIMIT: Final = 200
_KEY_LIMIT: Final = 200
_LONGEST_QUERY: Final = 60
_SCHEMA: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE places (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, country TEXT, admin1 TEXT, admin2 TEXT,
  lat REAL NOT NULL, lon REAL NOT NULL, kind TEXT NOT NULL, feature TEXT NOT NULL, population INTEGER NOT NULL,
  radius_km REAL, names INTEGER NOT NULL, first_name INTEGER NOT NULL) STRICT;
CREATE TABLE spellings (number INTEGER PRIMARY KEY, spelling TEXT NOT NULL, skeleton TEXT NOT NULL) STRICT;
CREATE TABLE names (
  key TEXT NOT NULL, place INTEGER NOT NULL, spelling INTEGER, name TEXT NOT NULL, principal INTEGER NOT NULL) STRICT;
CREATE VIRTUAL TABLE trigrams USING fts5(spelling, content='', detail='full', tokenize='trigram');
"""
_FOLDING_VERSION: Final = 1
"""Raised whenever the code of folding or spelling changes what it gives."""

_INDEXES: Final = """
CREATE INDEX names_by_key ON names (key);
CREATE INDEX names_by_spelling ON names (spelling) WHERE spelling IS NOT NULL;
CREATE INDEX spellings_by_skeleton ON spellings (skeleton);
CREATE INDEX places_by_province ON places (kind, country, admin1);
"""
COMPILER_VERSION: Final = (
    crc32(f"{_FOLDING_VERSION}|{_SCHEMA}|{_INDEXES}|{RULES_TEXT}".encode()) & 0x7FFF_FFFF
)
"""Changes with the tables and with the rules of spelling, so that older files are compiled anew."""

_HIT: Final = (
    "SELECT p.id, p.name, p.country, p.admin1, p.admin2, p.lat, p.lon, p.kind, p.feature, p.population,"
    " p.radius_km, p.names, n.name, n.key, s.spelling, s.skeleton, n.principal FROM "
)
_BY_KEY: Final = (
    _HIT + "names n JOIN places p ON p.number = n.place LEFT JOIN spellings s ON s.number = n.spelling"
    " WHERE n.key = ? ORDER BY p.population DESC, p.number LIMIT ?"
)
_PROVINCES: Final = (
    _HIT
    + "places p CROSS JOIN names n ON n.rowid BETWEEN p.first_name AND p.first_name + p.names - 1 LEFT JOIN spellings s ON s.number = n.spelling"
    " WHERE p.kind = 'province' AND p.country = ? ORDER BY p.number"
)
_ALL: Final = (
    _HIT + "places p JOIN names n ON n.rowid = p.first_name LEFT JOIN spellings s ON s.number = n.spelling"
    " ORDER BY p.number"
)
_BY_SKELETON: Final = (
    _HIT + "spellings s JOIN names n ON n.spelling = s.number JOIN places p ON p.number = n.place"
    " WHERE s.skeleton = ? AND (?2 IS NULL OR p.country = ?2)"
    " ORDER BY p.population DESC, p.number LIMIT ?3"
)
_SPELLINGS: Final = (
    "SELECT s.number, s.spelling, (SELECT count(*) FROM names n WHERE n.spelling = s.number) FROM spellings s"
    " WHERE s.skeleton = ?"
)
_HAS_SPELLING: Final = "SELECT 1 FROM spellings WHERE skeleton = ? AND spelling = ? LIMIT 1"
_BY_SPELLINGS: Final = (
    _HIT + "json_each(?1) j JOIN spellings s ON s.number = j.value JOIN names n ON n.spelling = s.number"
    " JOIN places p ON p.number = n.place WHERE ?2 IS NULL OR p.country = ?2 ORDER BY p.number"
)
_WITHIN: Final = (
    "SELECT id, name, country, lat, lon, max(population, CASE feature WHEN 'PPLC' THEN 500000 WHEN 'PPLA' THEN 100000"
    " WHEN 'PPLA2' THEN 20000 WHEN 'PPLA3' THEN 5000 ELSE 0 END) AS size FROM places WHERE kind = 'settlement'"
    " AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ? ORDER BY size DESC, number LIMIT ?"
)


_MAPPED: Final = f"PRAGMA mmap_size = {256 << 20}"
"""Files are mapped into memory: they never change while open, and every page read saves a call of the system."""


class Hit(NamedTuple):
    """A place of a layer, and the name by which it was found.

    `names` counts the place's names; `spelling` is None where none is kept; `principal` is 1 where the name
    is the place's first, and 0 for its other names.
    """

    id: str
    name: str
    country: str | None
    admin1: str | None
    admin2: str | None
    lat: float
    lon: float
    kind: PlaceKind
    feature: str
    population: int
    radius_km: float | None
    names: int
    matched_name: str
    key: str
    spelling: str | None
    skeleton: str | None
    principal: int


class Layer:
    """A compiled layer, open for reading; `path` is its file, None for one that lives in memory.

    Its methods raise sqlite3.DatabaseError on a damaged file.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None = None) -> None:
        self._connection = connection
        self.path = path
        self._spellings: dict[str, int] = {}
        self._has_trigrams: bool | None = None
        self._index: TrigramIndex | None = None
        self._searches = 0
        self.meta: Mapping[str, Any] = {
            key: json.loads(value) for key, value in connection.execute("SELECT key, value FROM meta")
        }
        self.digest: str = str(self.meta["digest"])
        self.label: str = str(self.meta["label"])
        self.country: str | None = self.label if len(self.label) == 2 else None

    def find_key(self, key: str) -> list[Hit]:
        """Give the places one of whose names folds to this key, the most populous first."""
        return [Hit._make(row) for row in self._connection.execute(_BY_KEY, (key, _KEY_LIMIT))]

    def find_skeleton(self, skeleton: str, country: str | None) -> list[Hit]:
        """Give the places one of whose names has this consonant skeleton."""
        rows = self._connection.execute(_BY_SKELETON, (skeleton, country, SKELETON_LIMIT))
        return [Hit._make(row) for row in rows]

    def list_spellings(self, skeleton: str) -> list[tuple[int, str, int]]:
        """Give the spellings with this skeleton: number, spelling, and how many names of places have it."""
        return self._connection.execute(_SPELLINGS, (skeleton,)).fetchall()

    def find_spellings(self, numbers: Sequence[int], country: str | None) -> list[Hit]:
        """Give the places of the country that have a name of one of these spellings."""
        rows = self._connection.execute(_BY_SPELLINGS, (json.dumps(numbers), country))
        return [Hit._make(row) for row in rows]

    def find_trigrams(
        self, spelling: str, country: str | None, least: float, accept: Callable[[str], bool]
    ) -> list[Hit]:
        """Give the places whose spellings share a trigram with this one and agree best, at least so far (percent),
        of those that `accept` takes.
        """
        if not self._holds_trigrams():
            return []
        spelling = spelling[:_LONGEST_QUERY]
        trigrams = list_trigrams(spelling)
        if not trigrams:
            return []
        numbers = self._load_spellings()
        choices = self._list_choices(trigrams)
        closest = extract(spelling, choices, scorer=ratio, score_cutoff=least, limit=None)
        ranked = sorted(
            (-agreement, numbers[similar], similar)
            for similar, agreement, _ in closest
            if any(map(similar.__contains__, trigrams))
        )
        taken = [number for _, number, similar in ranked[:_TRIGRAM_LIMIT] if accept(similar)]
        return self.find_spellings(taken, country) if taken else []

    def _list_choices(self, trigrams: Sequence[str]) -> list[str]:
        """Give the spellings among which to look, in any order: all, or those that share a trigram once it is often asked.

        Looking through fewer takes a tenth of the time; indexing costs as much as looking through all some dozens of times.
        """
        if self._index is None:
            self._searches += 1
            if self._searches <= _SEARCHES_OF_ALL:
                return list(self._load_spellings())
            self._index = TrigramIndex(self._load_spellings())
        return self._index.list_sharing(trigrams)

    def _holds_trigrams(self) -> bool:
        """Tell whether the layer can be searched by trigrams at all: the base cannot."""
        if self._has_trigrams is None:
            self._has_trigrams = bool(
                self._connection.execute("SELECT rowid FROM trigrams LIMIT 1").fetchone()
            )
        return self._has_trigrams

    def _load_spellings(self) -> dict[str, int]:
        """Give the number of each spelling, read once."""
        if not self._spellings:
            rows = self._connection.execute("SELECT spelling, number FROM spellings ORDER BY number")
            self._spellings = dict(rows)
        return self._spellings

    def list_keys(self) -> Iterator[str]:
        """Give the keys of all names; one that several places bear comes several times."""
        return (key for (key,) in self._connection.execute("SELECT key FROM names"))

    def list_sounds(self) -> Iterator[tuple[str, str]]:
        """Give all spellings, each once, with their skeletons."""
        return iter(self._connection.execute("SELECT spelling, skeleton FROM spellings"))

    def list_meanings(self) -> dict[str, set[str]]:
        """Give the ids of the places that bear a name, by its key; meant for small layers."""
        meanings: dict[str, set[str]] = {}
        rows = self._connection.execute("SELECT n.key, p.id FROM names n JOIN places p ON p.number = n.place")
        for key, place in rows:
            meanings.setdefault(key, set()).add(place)
        return meanings

    def list_places(self) -> list[Hit]:
        """Give every place once, under its first name; meant for small layers."""
        return [Hit._make(row) for row in self._connection.execute(_ALL)]

    def list_towns(self, box: Box, most: int) -> list[Town]:
        """Give the towns and villages within a box, the largest first."""
        asked = (box.south, box.north, box.west, box.east, most)
        return [Town._make(row) for row in self._connection.execute(_WITHIN, asked)]

    def find_provinces(self, country: str) -> list[Hit]:
        """Give the country's provinces, once for each of their names."""
        return [Hit._make(row) for row in self._connection.execute(_PROVINCES, (country,))]

    def has_key(self, key: str) -> bool:
        """Tell whether any place's name folds to this key."""
        found = self._connection.execute("SELECT 1 FROM names WHERE key = ? LIMIT 1", (key,)).fetchone()
        return found is not None

    def has_spelling(self, spelling: str, skeleton: str) -> bool:
        """Tell whether any place's name has this spelling; `skeleton` is the spelling's own."""
        found = self._connection.execute(_HAS_SPELLING, (skeleton, spelling)).fetchone()
        return found is not None

    def list_script(self, first: str, last: str) -> list[tuple[str, str]]:
        """Give the keys and names that begin with a letter from `first` to `last`, as folded."""
        rows = self._connection.execute(
            "SELECT key, name FROM names WHERE key >= ? AND key < ? ORDER BY key", (first, chr(ord(last) + 1))
        )
        return [(key, name) for key, name in rows]

    def list_divisions(self, kind: PlaceKind) -> dict[tuple[str, str, str], str]:
        """Give the names of the provinces, or districts, by country, admin1 code and admin2 code ("" if none)."""
        rows = self._connection.execute(
            "SELECT country, admin1, coalesce(admin2, ''), name FROM places WHERE kind = ?"
            " AND country IS NOT NULL AND admin1 IS NOT NULL",
            (kind,),
        )
        return {(country, admin1, admin2): name for country, admin1, admin2, name in rows}

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _spell_address(path: Path) -> str:
    return f"{path.resolve().as_uri()}?mode=ro&immutable=1"


def open_layer(path: Path) -> Layer:
    """Open a compiled layer for reading.

    Raises FileNotFoundError, or sqlite3.DatabaseError where the file is damaged, cut short, made by another
    program or by another version of this compiler.
    """
    if not path.is_file():
        raise FileNotFoundError(path)
    connection = sqlite3.connect(_spell_address(path), uri=True, check_same_thread=False)
    try:
        connection.execute(_MAPPED)
        _check_file(connection, path)
        return Layer(connection, path)
    except (sqlite3.DatabaseError, KeyError, ValueError) as fault:
        connection.close()
        if isinstance(fault, sqlite3.DatabaseError):
            raise
        raise sqlite3.DatabaseError(str(fault)) from fault


def write_layer(
    path: Path, label: str, meta: Mapping[str, Any], entries: Iterable[Entry], is_deep: bool = True
) -> None:
    """Compile entries into a layer at `path`: built aside, and renamed when complete.

    `meta` must hold `digest`. A deep layer is searched fuzzily by all names, else a place is found by
    each of its names exactly, and by the skeleton of the first.
    Raises OSError or sqlite3.Error where the folder cannot be written; nothing is left then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.building")
    aside.unlink(missing_ok=True)
    try:
        connection = sqlite3.connect(aside)
        try:
            _fill(connection, label, meta, entries, is_deep)
        finally:
            connection.close()
        with aside.open("rb") as handle:
            os.fsync(handle.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def build_layer(label: str, meta: Mapping[str, Any], entries: Iterable[Entry]) -> Layer:
    """Compile entries into a layer that lives in memory."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(connection, label, meta, entries, is_deep=True)
    return Layer(connection)


def _fill(
    connection: sqlite3.Connection,
    label: str,
    meta: Mapping[str, Any],
    entries: Iterable[Entry],
    is_deep: bool,
) -> None:
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
    connection.execute("BEGIN")
    numbers: dict[str, int] = {}
    places: list[tuple[Any, ...]] = []
    connection.executemany(
        "INSERT INTO names VALUES (?, ?, ?, ?, ?)", _list_names(entries, numbers, places, is_deep)
    )
    connection.executemany("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", places)
    connection.executemany(
        "INSERT INTO spellings VALUES (?, ?, ?)",
        ((number, spelling, reduce_spelling(spelling)) for spelling, number in numbers.items()),
    )
    if is_deep:
        connection.execute("INSERT INTO trigrams (rowid, spelling) SELECT number, spelling FROM spellings")
        connection.execute("INSERT INTO trigrams (trigrams) VALUES ('optimize')")
    facts = dict(meta) | {"label": label, "places": len(places), "names": sum(place[-2] for place in places)}
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?)",
        [(key, json.dumps(facts[key], sort_keys=True)) for key in sorted(facts)],
    )
    connection.execute("COMMIT")
    connection.executescript(_INDEXES)
    connection.executescript(
        f"ANALYZE; PRAGMA application_id = {_APPLICATION_ID}; PRAGMA user_version = {COMPILER_VERSION};"
    )


def _list_names(
    entries: Iterable[Entry], numbers: dict[str, int], places: list[tuple[Any, ...]], is_deep: bool
) -> Iterator[tuple[str, int, int | None, str, int]]:
    """Yield the rows of `names`; fill `numbers` (spelling to its number) and `places` on the way."""
    first_name = 1
    for place, entry in enumerate(entries, 1):
        keys: set[str] = set()
        for name in entry.names:
            key = fold_key(name)
            if not key or key in keys:
                continue
            spelling = spell_name(fold_name(name)) if is_deep or not keys else ""
            number = numbers.setdefault(spelling, len(numbers) + 1) if spelling else None
            yield key, place, number, name, int(not keys)
            keys.add(key)
        places.append((place, *entry[:-1], len(keys), first_name))
        first_name += len(keys)


def _check_file(connection: sqlite3.Connection, path: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != _APPLICATION_ID:
        raise sqlite3.DatabaseError("not a gazetteer layer")
    if version != COMPILER_VERSION:
        raise sqlite3.DatabaseError(f"compiled by version {version}, this is version {COMPILER_VERSION}")
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    if pages * size != path.stat().st_size:
        raise sqlite3.DatabaseError("the file is cut short")
