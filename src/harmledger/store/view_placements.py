"""Where and when the incidents in a view are, and which of their claims are part of others: what contains what."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any, Final, NamedTuple

import msgspec

from harmledger.incidents.containment import LONGEST_AREA_DAY, Located
from harmledger.records.place import Place
from harmledger.records.vocabulary import IncidentScope
from harmledger.store.view_incidents import decode_ids
from harmledger.store.view_readings import BATCH

_PLACES: Final = msgspec.json.Decoder(Place)
_COLUMNS: Final = "SELECT number, scope, first, last, place, id, part_of FROM incidents"


class Placed(NamedTuple):
    """What bears on containment of an incident, its id, and the ids of what contains it."""

    located: Located
    id: str
    part_of: tuple[str, ...]


class Placements:
    """The incidents in a view, found by where and when they are, and by the parts that their claims tell of."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._places: dict[int | None, Place] = {}

    def list_all(self) -> list[Placed]:
        """Give what bears on containment of every incident."""
        return list(self._place(self._connection.execute(_COLUMNS).fetchall()))

    def load(self, numbers: Iterable[int]) -> list[Placed]:
        """Give the same of some incidents."""
        return list(self._place(list(self._query(f"{_COLUMNS} WHERE number", numbers))))

    def find_around(self, days: Iterable[int], *scopes: IncidentScope) -> list[Placed]:
        """Give the same of those of some scopes that share one of some days; such as are too long to be found by day may
        be left out."""
        found: dict[int, tuple[Any, ...]] = {}
        for day in days:
            text = date.fromordinal(day).isoformat()
            since = date.fromordinal(max(1, day - LONGEST_AREA_DAY)).isoformat()
            for scope in scopes:
                rows = self._connection.execute(
                    f"{_COLUMNS} WHERE scope = ? AND first BETWEEN ? AND ? AND last >= ?",
                    (scope, since, text, text),
                )
                found.update((row[0], row) for row in rows)
        return list(self._place(list(found.values())))

    def list_parts_of(self, numbers: Iterable[int]) -> list[tuple[int, int]]:
        """Give the claims of some incidents that are part of others, with those, by number."""
        query = "SELECT part, whole FROM members JOIN parts ON part = claim WHERE incident"
        return list(self._query(query, numbers))

    def list_parts_in(self, numbers: Iterable[int]) -> list[tuple[int, int]]:
        """Give the claims that are part of claims of some incidents, with those, by number."""
        query = "SELECT part, whole FROM members JOIN parts ON whole = claim WHERE incident"
        return list(self._query(query, numbers))

    def _place(self, rows: list[tuple[Any, ...]]) -> Iterator[Placed]:
        places = self._load_places({row[4] for row in rows})
        for number, scope, first, last, place, id, part_of in rows:
            days = None if first is None else (_read_day(first), _read_day(last))
            yield Placed(Located(number, scope, places.get(place), days), id, decode_ids(part_of))

    def _load_places(self, numbers: set[int | None]) -> Mapping[int | None, Place]:
        missing = numbers - self._places.keys() - {None}
        for number, body in self._query("SELECT number, body FROM places WHERE number", missing):
            self._places[number] = _PLACES.decode(body)
        return self._places

    def _query(self, statement: str, values: Iterable[object]) -> Iterator[tuple[Any, ...]]:
        remaining = iter(values)
        while batch := list(islice(remaining, BATCH)):
            marks = ",".join("?" * len(batch))
            yield from self._connection.execute(f"{statement} IN ({marks})", batch).fetchall()


@lru_cache(maxsize=65536)
def _read_day(day: str) -> int:
    return date.fromisoformat(day).toordinal()
