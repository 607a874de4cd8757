"""Near-copies in a view: the sketches of the standing documents, found by what they share, and their families."""

import sqlite3
import sys
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from harmledger.documents.copies import BANDS, Entry
from harmledger.documents.relinking import Bucket
from harmledger.store.view_readings import BATCH

_ENTRIES: Final = (
    "SELECT id, published, key, bands FROM readings JOIN sketches USING (number) WHERE state = 'current'"
)
_EQUAL: Final = _ENTRIES.replace("readings JOIN sketches", "sketches CROSS JOIN readings") + " AND key = ?"
_KEY_BITS: Final = 32
_KEY_BYTES: Final = 4
_ITEM_BYTES: Final = 8
_REACH: Final = 512
"""So many keys are read on either side of where one should stand: of 200,000, hardly any lies farther off."""


class Copies:
    """The sketches and families in a view.

    Which documents have a key in a band is kept in runs: for each band the keys in order, each with the number of a
    reading. A build adds a run of what came; a run that is not much larger than the one after it is merged with that,
    so that there are few (O'Neil and others 1996). A reading that went leaves its numbers behind: what is found is held
    against the sketch itself.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # Reading

    def list_entries(self, ids: Iterable[str] | None = None) -> list[Entry]:
        """Give what is compared of the standing documents to find near-copies, or of those among some."""
        if ids is None:
            return list(map(Entry._make, self._connection.execute(_ENTRIES)))
        rows = (self._connection.execute(f"{_ENTRIES} AND id = ?", (id,)).fetchone() for id in ids)
        return [Entry._make(row) for row in rows if row is not None]

    def fetch_signature(self, id: str) -> bytes:
        """Give the signature of a document's text."""
        found = self._connection.execute(
            "SELECT signature FROM readings JOIN contents USING (number) WHERE id = ?", (id,)
        ).fetchone()
        return bytes(found[0]) if found else b""

    def find_equal(self, key: bytes) -> list[Entry]:
        """Give the standing documents whose texts are equal once folded."""
        return list(map(Entry._make, self._connection.execute(_EQUAL, (key,))))

    def find_family(self, id: str) -> str | None:
        """Give the head of the family of a standing document; None where none is recorded."""
        found = self._connection.execute(
            "SELECT family FROM readings WHERE id = ? AND +state = 'current'", (id,)
        ).fetchone()
        return found[0] if found else None

    def list_family(self, head: str) -> list[Entry]:
        """Give the standing documents of a family."""
        return list(map(Entry._make, self._connection.execute(f"{_ENTRIES} AND family = ?", (head,))))

    def list_buckets(self, entries: Collection[Entry], least: int = 1) -> Iterator[Bucket]:
        """Give for each band of each of some documents the standing ones that have the same key there, each key once, where there
        are so many. Almost all have nobody beside them."""
        columns = _list_columns(b"".join({entry.bands for entry in entries}))
        found = [(band, key, set[int]()) for band, keys in enumerate(columns) for key in set(keys)]
        by_band: dict[int, list[tuple[int, set[int]]]] = {}
        for band, key, numbers in found:
            by_band.setdefault(band, []).append((key, numbers))
        for row, band in self._connection.execute("SELECT rowid, band FROM bands"):
            if band in by_band:
                with self._connection.blobopen("bands", "body", row, readonly=True) as body:
                    _search(body, by_band[band])
        found = [one for one in found if len(one[2]) >= least]
        standing = self._load(sorted({number for _, _, numbers in found for number in numbers}))
        for band, key, numbers in found:
            sought, place = key.to_bytes(_KEY_BYTES, "little"), band * _KEY_BYTES
            members = (standing[number] for number in numbers if number in standing)
            bucket = [one for one in members if one.bands[place : place + _KEY_BYTES] == sought]
            if bucket:
                yield Bucket(band, sought, bucket)

    def _load(self, numbers: Sequence[int]) -> dict[int, Entry]:
        """Give the standing documents with these numbers."""
        found: dict[int, Entry] = {}
        remaining = iter(numbers)
        while batch := list(islice(remaining, BATCH)):
            marks = ",".join("?" * len(batch))
            rows = self._connection.execute(
                "SELECT number, id, published, key, bands FROM readings JOIN sketches USING (number)"  # noqa: S608
                f" WHERE number IN ({marks}) AND +state = 'current'",
                batch,
            )
            found.update((number, Entry._make(row)) for number, *row in rows)
        return found

    # Writing

    def set_families(self, families: Iterable[tuple[str, str]]) -> None:
        """Record the head of its family for documents given by id."""
        self._connection.executemany(
            "UPDATE readings SET family = ? WHERE id = ?", ((head, id) for id, head in families)
        )

    def index(self, ids: Iterable[str] | None = None) -> None:
        """Have standing documents found by the keys of their bands: those that came, or all where none are named."""
        query = "SELECT number, bands FROM readings JOIN sketches USING (number) WHERE +state = 'current'"
        if ids is None:
            self._connection.execute("DELETE FROM bands")
            rows = self._connection.execute(query).fetchall()
        else:
            found = (self._connection.execute(f"{query} AND id = ?", (id,)).fetchone() for id in ids)
            rows = [row for row in found if row is not None]
        rows = [row for row in rows if row[1]]
        if rows:
            self._add_run(rows)

    def _add_run(self, rows: Sequence[tuple[int, bytes]]) -> None:
        numbers = [number for number, _ in rows]
        run, merged = self._choose_runs(len(rows))
        for band, column in enumerate(_list_columns(b"".join(bands for _, bands in rows))):
            items = [key << _KEY_BITS | number for key, number in zip(column, numbers, strict=True)]
            for other in merged:
                (body,) = self._connection.execute(
                    "SELECT body FROM bands WHERE band = ? AND run = ?", (band, other)
                ).fetchone()
                items.extend(_unpack(body))
            items.sort()
            self._connection.execute("DELETE FROM bands WHERE band = ? AND run >= ?", (band, run))
            self._connection.execute("INSERT INTO bands VALUES (?, ?, ?)", (band, run, _pack(items)))

    def _choose_runs(self, size: int) -> tuple[int, list[int]]:
        """Give the number of a run of so many, and those of the runs that it is merged with."""
        runs = self._connection.execute(
            "SELECT run, length(body) FROM bands WHERE band = 0 ORDER BY run DESC"
        ).fetchall()
        merged: list[int] = []
        for run, length in runs:
            if length // _ITEM_BYTES > 2 * size:
                return run + 1, merged
            size += length // _ITEM_BYTES
            merged.append(run)
        return 1, merged


def _list_columns(bands: bytes) -> list["array[int]"]:
    """Give the keys of sketches band by band."""
    keys = array("I", bands)
    if sys.byteorder == "big":
        keys.byteswap()
    return [keys[band::BANDS] for band in range(BANDS)]


def _search(run: sqlite3.Blob, wanted: Iterable[tuple[int, set[int]]]) -> None:
    """Add the numbers that a run has under each key. Keys are check sums, and lie evenly: where one would stand is known, and
    little is read around there."""
    size = len(run) // _ITEM_BYTES
    whole = _unpack(run.read()) if size <= _REACH else None
    for key, numbers in wanted:
        first, end = key << _KEY_BITS, (key + 1) << _KEY_BITS
        items = _read_around(run, size, first, end) if whole is None else whole
        place = bisect_left(items, first)
        while place < len(items) and items[place] < end:
            numbers.add(items[place] - first)
            place += 1


def _read_around(run: sqlite3.Blob, size: int, first: int, end: int) -> Sequence[int]:
    """Give a part of a run, of that size, that has all items from `first` up to `end`."""
    place, reach = (first * size) >> (2 * _KEY_BITS), _REACH
    while True:
        start, stop = max(0, place - reach), min(size, place + reach)
        run.seek(start * _ITEM_BYTES)
        items = _unpack(run.read((stop - start) * _ITEM_BYTES))
        if (start == 0 or items[0] < first) and (stop == size or items[-1] >= end):
            return items
        reach *= 4


def _pack(items: Iterable[int]) -> bytes:
    packed = array("Q", items)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _unpack(body: bytes) -> "array[int]":
    items = array("Q", body)
    if sys.byteorder == "big":
        items.byteswap()
    return items
