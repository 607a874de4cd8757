"""The incidents in a view: each a line of incidents.jsonl, with the columns that lists and totals are made from."""

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, Final, NamedTuple

import msgspec

from harmledger.incidents.days import read_days
from harmledger.records.incident import Account, Extent, Incident
from harmledger.records.place import Place
from harmledger.records.time import Time
from harmledger.records.vocabulary import IncidentScope, IncidentStatus
from harmledger.store.view_packing import pack_bytes, unpack_bytes
from harmledger.store.view_readings import BATCH, number_claim
from harmledger.store.view_values import SharedValues

_ENCODER: Final = msgspec.json.Encoder(order="deterministic")
_INCIDENTS: Final = msgspec.json.Decoder(Incident)
_PLACES: Final = msgspec.json.Decoder(Place)
_TOLLS: Final = msgspec.json.Decoder(dict[str, Extent])
_IDS: Final = msgspec.json.Decoder(tuple[str, ...])
_NO_IDS: Final = "[]"
_UNDATED: Final = "~"
"""Sorts after every date: incidents without one are written last."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """What naming needs of an incident: its first claims and when the first was published, and its present name."""

    number: int
    anchors: tuple[str, ...]
    age: str
    id: str
    formerly: tuple[str, ...]


class _Claims(msgspec.Struct):
    """What of an incident's line says which claims it is made of."""

    claims: tuple[str, ...]


class Row(NamedTuple):
    """An incident as it is kept: the columns that lists and totals are made from, its first claims and when the first
    was published, its line packed, and its claims by number. `place` is its place as JSON."""

    number: int
    id: str
    scope: str
    first: str | None
    last: str | None
    name: str
    place: str | None
    status: str
    toll: str
    part_of: str
    formerly: str
    anchors: str
    age: str
    line: bytes
    claims: tuple[int, ...]


class CountedRow(NamedTuple):
    """What of an incident is counted, as its columns have it: all but its accounts."""

    id: str
    scope: IncidentScope
    time: Time | None
    place: Place | None
    toll: Mapping[str, Extent]
    part_of: tuple[str, ...]
    status: IncidentStatus
    accounts: tuple[Account, ...] = ()


_CLAIMS: Final = msgspec.json.Decoder(_Claims)


def compose_row(number: int, incident: Incident, line: bytes, anchors: Sequence[str], age: str) -> Row:
    """Give an incident as it is kept. Costly: done where incidents are made."""
    time = incident.time if read_days(incident.time) is not None else None
    return Row(
        number=number,
        id=incident.id,
        scope=incident.scope,
        first=None if time is None else time.start,
        last=None if time is None else time.end,
        name=(incident.place.name or "") if incident.place is not None else "",
        place=None if incident.place is None else _ENCODER.encode(incident.place).decode(),
        status=incident.status,
        toll=_ENCODER.encode(incident.toll).decode(),
        part_of=_encode(incident.part_of),
        formerly=_encode(incident.formerly),
        anchors=_encode(anchors),
        age=age,
        line=pack_bytes(line),
        claims=tuple(number_claim(claim) for claim in incident.claims),
    )


class Incidents:
    """The incidents in a view, by number."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._places = SharedValues(connection, "places")
        self._tolls = SharedValues(connection, "tolls")
        self._stayed: set[int] = set()
        """Claims that were left where they are when their incidents were taken out."""

    def find_last(self) -> int:
        """Give the largest number in use."""
        found = self._connection.execute("SELECT coalesce(max(number), 0) FROM incidents").fetchone()
        return int(found[0])

    def count(self) -> dict[str, int]:
        """Give the number of incidents of each scope."""
        return dict(self._connection.execute("SELECT scope, count(*) FROM incidents GROUP BY scope"))

    def find_period(self) -> tuple[str | None, str | None]:
        """Give the first and the last day that any incident names."""
        found = self._connection.execute("SELECT min(first), max(last) FROM incidents").fetchone()
        return found[0], found[1]

    # For a build

    def list_checks(self, numbers: Iterable[int] | None = None) -> dict[str, int]:
        """Give a check sum of each incident, or of some, by id, to tell what a build changed."""
        columns = "SELECT id, checksum FROM incidents"
        if numbers is None:
            return dict(self._connection.execute(columns))
        return dict(self._query(f"{columns} WHERE number", numbers))

    def list_numbers(self) -> Iterator[tuple[int, str, int]]:
        """Give number, id and check sum of every incident."""
        yield from self._connection.execute("SELECT number, id, checksum FROM incidents")

    def find_check(self, id: str) -> tuple[int, int] | None:
        """Give number and check sum of an incident; None where it is not there."""
        found = self._connection.execute(
            "SELECT number, checksum FROM incidents WHERE id = ?", (id,)
        ).fetchone()
        return None if found is None else (int(found[0]), int(found[1]))

    def find_number(self, id: str) -> int | None:
        """Give the number of an incident; None where it is not there."""
        found = self._connection.execute("SELECT number FROM incidents WHERE id = ?", (id,)).fetchone()
        return None if found is None else int(found[0])

    def list_anchored(self, numbers: Iterable[int]) -> Iterator[Anchored]:
        """Give what naming needs of some incidents."""
        rows = self._query("SELECT number, anchors, age, id, formerly FROM incidents WHERE number", numbers)
        for number, anchors, age, id, formerly in rows:
            yield Anchored(number, _IDS.decode(anchors), age, id, decode_ids(formerly))

    def list_claims(self, numbers: Iterable[int]) -> Iterator[str]:
        """Give the ids of the claims of some incidents."""
        for _, line in self._query("SELECT number, line FROM lines WHERE number", numbers):
            yield from _CLAIMS.decode(unpack_bytes(line)).claims

    def load_homes(self, claims: Iterable[int]) -> dict[int, int]:
        """Give the numbers of the incidents that claims are in, by the claims' numbers; those in none are left out."""
        return dict(self._query("SELECT claim, incident FROM members WHERE claim", claims))

    def load(self, numbers: Iterable[int]) -> Iterator[tuple[int, Incident]]:
        """Give incidents by number."""
        for number, line in self._query("SELECT number, line FROM lines WHERE number", numbers):
            yield number, _INCIDENTS.decode(unpack_bytes(line))

    def drop(self, numbers: Sequence[int], staying: Mapping[int, int]) -> None:
        """Take incidents out. Those that are put again under their number have the claims that stay in them, given as the number
        of the claim and of its incident, already: claims are all over the view, and each is a page to write."""
        keys = [(number,) for number in numbers]
        members = self._query("SELECT claim, incident FROM members WHERE incident", numbers)
        left: list[tuple[int]] = []
        for claim, incident in members:
            if staying.get(claim) == incident:
                self._stayed.add(claim)
            else:
                left.append((claim,))
        self._connection.executemany("DELETE FROM members WHERE claim = ?", left)
        self._connection.executemany("DELETE FROM lines WHERE number = ?", keys)
        self._connection.executemany("DELETE FROM incidents WHERE number = ?", keys)

    def clear(self) -> None:
        """Take all incidents out."""
        for table in ("incidents", "lines", "members", "places", "tolls"):
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608
        self._places.forget()
        self._tolls.forget()
        self._stayed.clear()

    def put(self, rows: Iterable[Row]) -> None:
        """Add incidents; what contains them may still be changed with `put_lines`."""
        places, tolls = self._places, self._tolls
        columns: list[tuple[object, ...]] = []
        lines: list[tuple[int, bytes]] = []
        members: list[tuple[int, int]] = []
        for row in rows:
            place = None if row.place is None else places.number(row.place)
            numbered = row._replace(place=place, toll=tolls.number(row.toll))  # type: ignore[arg-type]
            columns.append((*numbered[:-2], zlib.crc32(row.line)))
            lines.append((row.number, row.line))
            members.extend((claim, row.number) for claim in row.claims if claim not in self._stayed)
        marks = ", ".join("?" * 14)
        self._connection.executemany(f"INSERT INTO incidents VALUES ({marks})", columns)  # noqa: S608
        self._connection.executemany("INSERT INTO lines VALUES (?, ?)", lines)
        self._connection.executemany("INSERT OR IGNORE INTO members VALUES (?, ?)", sorted(members))

    def put_lines(self, changed: Iterable[tuple[int, Incident, bytes]]) -> None:
        """Record incidents under their number whose names, or what contains them, changed."""
        columns: list[tuple[str, str, str, int, int]] = []
        lines: list[tuple[bytes, int]] = []
        for number, one, line in changed:
            packed = pack_bytes(line)
            lines.append((packed, number))
            columns.append((one.id, _encode(one.formerly), _encode(one.part_of), zlib.crc32(packed), number))
        self._connection.executemany("UPDATE lines SET line = ? WHERE number = ?", lines)
        self._connection.executemany(
            "UPDATE incidents SET id = ?, formerly = ?, part_of = ?, checksum = ? WHERE number = ?", columns
        )

    # For those who ask

    def list_lines(self) -> Iterator[tuple[str, bytes]]:
        """Give the lines of incidents.jsonl with their ids, by first day, name of the place, and id."""
        rows = self._connection.execute(
            "SELECT id, number FROM incidents ORDER BY coalesce(first, ?), name, id", (_UNDATED,)
        ).fetchall()
        lines = self._fetch_lines((number,) for _, number in rows)
        yield from zip((id for id, _ in rows), lines, strict=True)

    def list_by_id(self) -> Iterator[Incident]:
        """Give every incident, sorted by id."""
        rows = self._connection.execute("SELECT number FROM incidents ORDER BY id")
        for line in self._fetch_lines(rows.fetchall()):
            yield _INCIDENTS.decode(line)

    def list_latest(
        self,
        number: int,
        since: str | None = None,
        until: str | None = None,
        is_wanted: Callable[[str], bool] | None = None,
    ) -> list[Incident]:
        """Give so many incidents, the latest first, of those that share a day with the period (YYYY-MM-DD), and whose id
        is wanted."""
        rows = self._connection.execute(
            "SELECT number, id FROM incidents WHERE (?1 IS NULL OR last >= ?1) AND (?2 IS NULL OR first <= ?2)"
            " ORDER BY first DESC, name, id LIMIT ?3",
            (since, until, number if is_wanted is None else -1),
        )
        chosen = islice(((row[0],) for row in rows if is_wanted is None or is_wanted(row[1])), number)
        return [_INCIDENTS.decode(line) for line in self._fetch_lines(tuple(chosen))]

    def find(self, prefix: str) -> list[Incident]:
        """Give the incidents whose id begins with the prefix, sorted by id: one where it is told apart, else two.

        An earlier id leads to the incident that goes on under another.
        """
        end = prefix + "~"
        rows = list(
            self._connection.execute(
                "SELECT line FROM incidents JOIN lines USING (number) WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 2",
                (prefix, end),
            )
        ) or list(
            self._connection.execute(
                "SELECT DISTINCT l.line FROM incidents i JOIN lines l USING (number), json_each(i.formerly) f"
                " WHERE i.formerly != '[]' AND f.value BETWEEN ? AND ? ORDER BY i.id LIMIT 2",
                (prefix, end),
            )
        )
        return [_INCIDENTS.decode(unpack_bytes(line)) for (line,) in rows]

    def fetch(self, ids: Iterable[str]) -> dict[str, Incident]:
        """Give the incidents with these ids; those that are not there are left out."""
        rows = self._query("SELECT id, line FROM incidents JOIN lines USING (number) WHERE id", ids)
        return {id: _INCIDENTS.decode(unpack_bytes(line)) for id, line in rows}

    def trace(self, ids: Iterable[str]) -> dict[str, Incident]:
        """Give the incidents with these ids, and for an earlier id the one that goes on under another; each by the id that was
        asked for, sorted by it, those that lead nowhere left out. Ids count whole: `find` takes their beginnings too."""
        asked = frozenset(ids)
        found = self.fetch(asked)
        rows = self._query(
            "SELECT f.value, l.line FROM incidents i JOIN lines l USING (number), json_each(i.formerly) f"
            " WHERE i.formerly != '[]' AND f.value",
            sorted(asked - found.keys()),
        )
        found.update((id, _INCIDENTS.decode(unpack_bytes(line))) for id, line in rows)
        return dict(sorted(found.items()))

    def list_present(self, ids: Iterable[str]) -> list[Incident]:
        """Give the incidents that ids lead to (`trace`), each once, sorted by its present id."""
        present = {one.id: one for one in self.trace(ids).values()}
        return [present[id] for id in sorted(present)]

    def find_home(self, claim: str) -> str | None:
        """Give the id of the incident that a claim is in."""
        found = self._connection.execute(
            "SELECT i.id FROM members m JOIN incidents i ON i.number = m.incident WHERE m.claim = ?",
            (number_claim(claim),),
        ).fetchone()
        return None if found is None else str(found[0])

    def find_homes(self, claims: Iterable[str]) -> dict[str, str]:
        """Give the id of the incident that each claim is in; those in none are left out."""
        by_number = {number_claim(claim): claim for claim in claims}
        rows = self._query(
            "SELECT m.claim, i.id FROM members m JOIN incidents i ON i.number = m.incident WHERE m.claim",
            sorted(by_number),
        )
        return {by_number[number]: id for number, id in rows}

    def list_parts(self, id: str) -> list[Incident]:
        """Give the incidents whose toll an area's day contains, by first day, name of the place, and id."""
        rows = self._connection.execute(
            "SELECT l.line FROM incidents i JOIN lines l USING (number), json_each(i.part_of) p"
            " WHERE i.part_of != '[]' AND p.value = ? ORDER BY i.first, i.name, i.id",
            (id,),
        )
        return [_INCIDENTS.decode(unpack_bytes(line)) for (line,) in rows]

    def list_counted(self, scope: IncidentScope | None = None) -> Sequence[CountedRow]:
        """Give of every incident, or of those of one scope, what totals are made from; `complete` gives the rest."""
        places = self._load_places()
        tolls = self._load_tolls()
        rows = self._connection.execute(
            "SELECT id, scope, first, last, place, status, toll, part_of FROM incidents"
            " WHERE ?1 IS NULL OR scope = ?1",
            (scope,),
        ).fetchall()
        times: dict[tuple[str | None, str | None], Time | None] = {
            (first, last): None if first is None else Time(first, last, "day")
            for first, last in {(row[2], row[3]) for row in rows}
        }
        make = partial(tuple.__new__, CountedRow)  # half the time of naming the fields for each
        return [
            make(
                (
                    id,
                    kind,
                    times[first, last],
                    places.get(place),
                    tolls[told],
                    decode_ids(part_of),
                    status,
                    (),
                )
            )
            for id, kind, first, last, place, status, told, part_of in rows
        ]

    def complete(self, id: str) -> Incident:
        """Give an incident whole."""
        return self.fetch((id,))[id]

    def _fetch_lines(self, numbers: Iterable[tuple[int]]) -> Iterator[bytes]:
        """Give lines in the order of the numbers. To sort lines themselves would move all of them twice."""
        for number in numbers:
            (line,) = self._connection.execute("SELECT line FROM lines WHERE number = ?", number).fetchone()
            yield unpack_bytes(line)

    def _load_places(self) -> Mapping[int | None, Place]:
        rows = self._connection.execute("SELECT number, body FROM places")
        return {number: _PLACES.decode(body) for number, body in rows}

    def _load_tolls(self) -> Mapping[int, Mapping[str, Extent]]:
        rows = self._connection.execute("SELECT number, body FROM tolls")
        return {number: _TOLLS.decode(body) for number, body in rows}

    def _query(self, statement: str, values: Iterable[object]) -> Iterator[tuple[Any, ...]]:
        remaining = iter(values)
        while batch := list(islice(remaining, BATCH)):
            marks = ",".join("?" * len(batch))
            yield from self._connection.execute(f"{statement} IN ({marks})", batch).fetchall()


def decode_ids(ids: str) -> tuple[str, ...]:
    """Give ids as they were kept: for most incidents none."""
    return () if ids == _NO_IDS else _IDS.decode(ids)


def _encode(ids: Sequence[str]) -> str:
    return _ENCODER.encode(ids).decode()
