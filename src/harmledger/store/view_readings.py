"""What was read in each document: its claims, its problems, and what fusing needs to know of it."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import msgspec

from harmledger.incidents.source import Source
from harmledger.records.claim import Claim
from harmledger.records.problem import Problem
from harmledger.store.view_packing import pack_bytes, unpack_bytes

if TYPE_CHECKING:
    from harmledger.documents.copies import Sketch
    from harmledger.store.entries import HeadState

BATCH: Final = 500
_CLAIMS: Final = msgspec.json.Decoder(Claim)
_PROBLEMS: Final = msgspec.json.Decoder(Problem)
_SOURCES: Final = msgspec.json.Decoder(Source)
_ENCODER: Final = msgspec.json.Encoder()
_HEX: Final = 16
_BEGINNING: Final = re.compile(r"[0-9a-f]{16}")
"""What of an id is looked up."""
_SIGN: Final = 1 << 63
_FULL: Final = 1 << 64


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document gave. `lines` are its claims as lines of claims.jsonl, in the order of the text; `parts`
    are the claims that are part of others, with those. `source` says what fusing needs to know, but for copies.

    `sketch` is None, and there are no lines, where there was no text to read in it.
    """

    id: str
    source: Source
    lines: tuple[bytes, ...] = ()
    claims: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    sketch: "Sketch | None" = None


def number_claim(claim: str) -> int:
    """Give the number that a claim is looked up by: the first 64 bits of its id, as a signed integer."""
    return int(claim[:_HEX], 16) - _SIGN


def _number_each(claims: Iterable[str]) -> dict[int, str]:
    """Give claims by the numbers that they are looked up by, less what cannot be the id of one: whoever asks may have typed it."""
    return {number_claim(claim): claim for claim in claims if _BEGINNING.match(claim)}


def _span_prefix(prefix: str) -> tuple[int, int] | None:
    """Give the smallest and the largest number of claims whose id begins so; None where no id can."""
    start = prefix[:_HEX].lower()
    try:
        first = int(start.ljust(_HEX, "0"), 16)
        last = int(start.ljust(_HEX, "f"), 16)
    except ValueError:
        return None
    return (first - _SIGN, last - _SIGN) if start.isalnum() and last < _FULL else None


def pack_reading(reading: Reading) -> tuple[bytes, bytes]:
    """Give a reading's claims and problems packed, as they are kept. Costly: done where documents are read."""
    problems = b"\n".join(map(_ENCODER.encode, reading.problems))
    return pack_bytes(b"".join(reading.lines)), pack_bytes(problems)


class Readings:
    """The readings in a view."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def list_fingerprints(self, ids: Iterable[str] | None = None) -> dict[str, str]:
        """Give the fingerprint that each document was read under, by id, or those of some."""
        columns = "SELECT id, fingerprint FROM readings"
        if ids is None:
            return dict(self._connection.execute(columns))
        return dict(self._query(f"{columns} WHERE id", ids))

    def count(self) -> int:
        """Give the number of documents."""
        (number,) = self._connection.execute("SELECT count(*) FROM readings").fetchone()
        return int(number)

    def count_states(self) -> dict[str, int]:
        """Give the number of documents in each state."""
        return dict(self._connection.execute("SELECT state, count(*) FROM readings GROUP BY state"))

    def put(self, readings: "Iterable[tuple[Reading, str, HeadState, bytes, bytes]]") -> None:
        """Add readings, each with its document's fingerprint and state and its packed claims and problems."""
        from harmledger.documents.copies import Sketch

        rows: list[tuple[object, ...]] = []
        sketches: list[tuple[int, bytes, bytes]] = []
        contents: list[tuple[int, bytes, bytes, bytes]] = []
        claims: list[tuple[int, int]] = []
        parts: list[tuple[int, int, int]] = []
        (last,) = self._connection.execute("SELECT coalesce(max(number), 0) FROM readings").fetchone()
        for number, (reading, fingerprint, state, packed, problems) in enumerate(readings, last + 1):
            sketch = reading.sketch or Sketch(b"")
            source = reading.source
            told = source.published, source.supersedes, None, _ENCODER.encode(source).decode()
            rows.append((number, reading.id, fingerprint, state, *told))
            sketches.append((number, sketch.key, sketch.bands))
            contents.append((number, sketch.signature, packed, problems))
            claims.extend((number_claim(claim), number) for claim in reading.claims)
            parts.extend((number, number_claim(part), number_claim(whole)) for part, whole in reading.parts)
        run = self._connection.executemany
        run("INSERT INTO readings VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        run("INSERT INTO sketches VALUES (?, ?, ?)", sketches)
        run("INSERT INTO contents VALUES (?, ?, ?, ?)", contents)
        run("INSERT OR IGNORE INTO claims VALUES (?, ?)", sorted(claims))
        run("INSERT OR IGNORE INTO parts VALUES (?, ?, ?)", parts)

    def drop(self, ids: Iterable[str]) -> None:
        """Take readings out."""
        for id in ids:
            found = self._connection.execute(
                "SELECT number, claims FROM readings JOIN contents USING (number) WHERE id = ?", (id,)
            ).fetchone()
            if found is None:
                continue
            number, packed = found
            claims = [(number_claim(claim.id), number) for claim in unpack_claims(packed)]
            self._connection.executemany("DELETE FROM claims WHERE claim = ? AND reading = ?", claims)
            self._connection.execute("DELETE FROM parts WHERE reading = ?", (number,))
            for table in ("readings", "sketches", "contents"):
                self._connection.execute(f"DELETE FROM {table} WHERE number = ?", (number,))  # noqa: S608

    # What is read

    def load_sources(self) -> dict[str, Source]:
        """Give what fusing needs to know of the standing documents, by id."""
        rows = self._connection.execute("SELECT id, source, family FROM readings WHERE state = 'current'")
        return {id: _link_source(_SOURCES.decode(source), family) for id, source, family in rows}

    def open_sources(self) -> Mapping[str, Source]:
        """Give what fusing needs to know of the standing documents, by id: looked up as it is asked for, which a few
        changes among many want. The families must not change any more."""
        return _SourceTable(self._connection)

    def fetch_packed(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Give documents with their claims packed, for `unpack_claims`; those that are not there are left out."""
        remaining = iter(ids)
        while batch := list(islice(remaining, BATCH)):
            marks = ",".join("?" * len(batch))
            rows = self._connection.execute(
                f"SELECT id, claims FROM readings JOIN contents USING (number) WHERE id IN ({marks})",  # noqa: S608
                batch,
            )
            found: dict[str, bytes] = dict(rows)
            yield from ((id, found[id]) for id in batch if id in found)

    def fetch_claims(self, ids: Iterable[str]) -> Iterator[tuple[str, tuple[Claim, ...]]]:
        """Give documents with their claims, in the order of the text."""
        for id, packed in self.fetch_packed(ids):
            yield id, unpack_claims(packed)

    def list_lines(self) -> Iterator[bytes]:
        """Give the claims of each document as lines, documents by id, those that do not stand too."""
        for (packed,) in self._connection.execute(
            "SELECT claims FROM readings JOIN contents USING (number) ORDER BY id"
        ):
            yield unpack_bytes(packed)

    def list_problems(self) -> Iterator[Problem]:
        """Give the problems of all readings, documents by id."""
        rows = self._connection.execute(
            "SELECT problems FROM readings JOIN contents USING (number) ORDER BY id"
        )
        for (packed,) in rows:
            yield from _PROBLEMS.decode_lines(unpack_bytes(packed))

    def count_problems(self, ids: Iterable[str], code: str) -> dict[str, int]:
        """Give how many problems of a kind documents have; those without any are left out."""
        found: dict[str, int] = {}
        mark = f'"{code}"'.encode()
        remaining = iter(ids)
        while batch := list(islice(remaining, BATCH)):
            marks = ",".join("?" * len(batch))
            rows = self._connection.execute(
                f"SELECT id, problems FROM readings JOIN contents USING (number) WHERE id IN ({marks})",  # noqa: S608
                batch,
            )
            counted = ((id, unpack_bytes(packed).count(mark)) for id, packed in rows)
            found.update((id, number) for id, number in counted if number)
        return found

    def list_parts(self) -> list[tuple[int, int]]:
        """Give the claims that are part of others, with those, by number."""
        return self._connection.execute("SELECT part, whole FROM parts").fetchall()

    def describe(self, ids: Iterable[str]) -> "Mapping[str, tuple[Source, HeadState]]":
        """Give what is known of documents, standing or not, and their state."""
        remaining = iter(ids)
        known: dict[str, tuple[Source, HeadState]] = {}
        while batch := list(islice(remaining, BATCH)):
            marks = ",".join("?" * len(batch))
            rows = self._connection.execute(
                f"SELECT id, source, family, state FROM readings WHERE id IN ({marks})",  # noqa: S608
                batch,
            )
            for id, source, family, state in rows:
                known[id] = _link_source(_SOURCES.decode(source), family), state
        return known

    def find_claims(self, prefix: str) -> list[Claim]:
        """Give the claims whose id begins with the prefix: one where it is told apart, else two or more."""
        span = _span_prefix(prefix)
        if span is None:
            return []
        rows = self._connection.execute(
            "SELECT DISTINCT o.claims FROM claims c JOIN contents o ON o.number = c.reading"
            " WHERE c.claim BETWEEN ? AND ? LIMIT 5",
            span,
        )
        found = (claim for (packed,) in rows for claim in unpack_claims(packed))
        return sorted((claim for claim in found if claim.id.startswith(prefix)), key=lambda claim: claim.id)

    def list_later(self) -> set[str]:
        """Give the ids of the documents that replaced an earlier version."""
        rows = self._connection.execute("SELECT id FROM readings WHERE supersedes IS NOT NULL")
        return {id for (id,) in rows}

    def find_successors(self, ids: Iterable[str]) -> dict[str, str]:
        """Give for each of some documents that a later version replaced the id of that version."""
        rows = self._query("SELECT supersedes, id FROM readings WHERE supersedes", ids)
        found: dict[str, str] = {}
        for earlier, id in rows:
            found[earlier] = max(id, found.get(earlier, id))
        return found

    def find_earlier(self, ids: Iterable[str]) -> set[str]:
        """Give the ids of the documents that some replaced, of those that these had replaced, and so on."""
        found: set[str] = set()
        wanted = set(ids)
        while wanted:
            rows = self._query("SELECT id, supersedes FROM readings WHERE id", wanted)
            wanted = {earlier for _, earlier in rows if earlier is not None} - found
            found |= wanted
        return found

    def _query(self, statement: str, values: Iterable[object]) -> Iterator[tuple[Any, ...]]:
        remaining = iter(values)
        while batch := list(islice(remaining, BATCH)):
            marks = ",".join("?" * len(batch))
            yield from self._connection.execute(f"{statement} IN ({marks})", batch).fetchall()

    def find_documents(self, claims: Iterable[str]) -> list[str]:
        """Give the ids of the documents that claims given by id are from, sorted."""
        numbers = sorted(_number_each(claims))
        documents: set[str] = set()
        for start in range(0, len(numbers), BATCH):
            batch = numbers[start : start + BATCH]
            marks = ",".join("?" * len(batch))
            rows = self._connection.execute(
                f"SELECT r.id FROM claims c JOIN readings r ON r.number = c.reading WHERE c.claim IN ({marks})",  # noqa: S608
                batch,
            )
            documents.update(id for (id,) in rows)
        return sorted(documents)

    def locate_claims(self, claims: Iterable[str]) -> dict[str, str]:
        """Give the id of the document of each claim given by id; those that are not there are left out. An id is looked up by its first
        half: where it comes from outside, `fetch_claims_by_id` looks at all of it."""
        by_number = _number_each(claims)
        homes: dict[str, str] = {}
        numbers = sorted(by_number)
        for start in range(0, len(numbers), BATCH):
            batch = numbers[start : start + BATCH]
            marks = ",".join("?" * len(batch))
            rows = self._connection.execute(
                "SELECT c.claim, min(r.id) FROM claims c JOIN readings r ON r.number = c.reading "  # noqa: S608
                f"WHERE c.claim IN ({marks}) GROUP BY c.claim",
                batch,
            )
            homes.update((by_number[number], document) for number, document in rows)
        return homes

    def fetch_claims_by_id(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Give the claims with these ids; those that are not there are left out."""
        wanted = set(ids)
        found = self.fetch_claims(self.find_documents(wanted))
        return {claim.id: claim for _, claims in found for claim in claims if claim.id in wanted}


class _SourceTable(Mapping[str, Source]):
    """The sources of the standing documents, remembered once they were asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[str, Source | None] = {}

    def __getitem__(self, id: str) -> Source:
        if id not in self._known:
            found = self._connection.execute(
                "SELECT source, family FROM readings WHERE id = ? AND state = 'current'", (id,)
            ).fetchone()
            self._known[id] = None if found is None else _link_source(_SOURCES.decode(found[0]), found[1])
        source = self._known[id]
        if source is None:
            raise KeyError(id)
        return source

    def __iter__(self) -> Iterator[str]:
        return (id for (id,) in self._connection.execute("SELECT id FROM readings WHERE state = 'current'"))

    def __len__(self) -> int:
        (number,) = self._connection.execute(
            "SELECT count(*) FROM readings WHERE state = 'current'"
        ).fetchone()
        return int(number)


def unpack_claims(packed: bytes) -> tuple[Claim, ...]:
    """Give the claims of a document, in the order of the text."""
    return tuple(_CLAIMS.decode_lines(unpack_bytes(packed)))


def _link_source(source: Source, family: str | None) -> Source:
    return source if family in (None, source.document) else replace(source, copy_of=family)
