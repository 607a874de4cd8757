"""The tellings in a view: who stands in which block, which are linked, and which make up which incident."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final, NamedTuple

import msgspec

from harmledger.incidents.ambiguity import Leaf, Link, is_pinned
from harmledger.incidents.components import Core
from harmledger.incidents.folding import Telling
from harmledger.store.view_blocks import Blocks
from harmledger.store.view_readings import BATCH

_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(Telling)
_LIST: Final = msgspec.json.Decoder(list[Any])
_REMEMBERED: Final = 20_000
"""Tellings that are remembered: a build of a few reports asks for some thousands, for many of them three times."""


def pack_telling(telling: Telling) -> bytes:
    """Give a telling as it is kept."""
    return _ENCODER.encode(telling)


def unpack_telling(body: bytes) -> Telling:
    """Give a telling that was packed."""
    return _DECODER.decode(body)


class Near(NamedTuple):
    """What a telling is linked with: pinned tellings by number, the scores, and the incidents of these; and loose ones, and the
    scores."""

    pinned: list[int]
    scores: list[float]
    incidents: list[int]
    loose: list[int]
    loose_scores: list[float]


class Tellings:
    """The tellings in a view, by number, and the blocks in which they stand."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.blocks = Blocks(connection)
        self._told: dict[int, Telling] = {}

    def find_last(self) -> int:
        """Give the largest number in use."""
        found = self._connection.execute("SELECT coalesce(max(number), 0) FROM tellings").fetchone()
        return int(found[0])

    # Reading

    def load(self, numbers: Iterable[int]) -> dict[int, Telling]:
        """Give tellings by number, in the order in which they are asked for."""
        wanted, known = list(numbers), self._told
        missing = [number for number in wanted if number not in known]
        rows = self._query("SELECT number, body FROM told WHERE number", missing)
        fresh = {number: unpack_telling(body) for number, body in rows}
        if len(known) + len(fresh) <= _REMEMBERED:
            known |= fresh
        found = ((number, known.get(number) or fresh.get(number)) for number in wanted)
        return {number: telling for number, telling in found if telling is not None}

    def list_attacks(self) -> Iterator[tuple[int, int, Telling]]:
        """Give all tellings of attacks, in their order, each with its number and its incident."""
        rows = self._connection.execute(
            "SELECT number, incident, body FROM tellings JOIN homes USING (number) JOIN told USING (number)"
            " WHERE scope = 'attack' ORDER BY position"
        )
        for number, incident, body in rows:
            yield number, incident, unpack_telling(body)

    def list_links(self) -> Iterator[Link]:
        """Give all links."""
        return (Link(*row) for row in self._connection.execute("SELECT later, earlier, score FROM links"))

    def load_families(self, families: Iterable[str]) -> dict[int, Telling]:
        """Give the tellings of whole families."""
        query = "SELECT number, body FROM tellings JOIN told USING (number) WHERE family"
        return {number: unpack_telling(body) for number, body in self._query(query, families)}

    def load_components(self, components: Iterable[int]) -> dict[int, Telling]:
        """Give the tellings of whole components."""
        rows = self._query("SELECT number FROM homes WHERE component", components)
        return self.load(number for (number,) in rows)

    def find_components(self, numbers: Iterable[int]) -> set[int]:
        """Give the components that the tellings with these numbers are in."""
        return {
            component for (component,) in self._query("SELECT component FROM homes WHERE number", numbers)
        }

    def find_incidents(self, numbers: Iterable[int]) -> set[int]:
        """Give the incidents that tellings make up."""
        return {incident for (incident,) in self._query("SELECT incident FROM homes WHERE number", numbers)}

    def list_homes(self, numbers: Iterable[int]) -> dict[int, int]:
        """Give the incident that each telling makes up, by number."""
        return dict(self._query("SELECT number, incident FROM homes WHERE number", numbers))

    def list_pinned(self, incidents: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Give the tellings of incidents that are not loose, each with its incident first."""
        rows = self._query("SELECT incident, number FROM homes WHERE +loose = 0 AND incident", incidents)
        return ((incident, number) for incident, number in rows)

    def list_cores(self, numbers: Iterable[int]) -> dict[int, Core]:
        """Give what pinned tellings are part of as it is recorded, by number: of each component, and of each incident, one of
        these stands for all."""
        components: dict[int, int] = {}
        attacks: dict[int, int] = {}
        rows = self._query("SELECT number, component, incident FROM homes WHERE number", numbers)
        return {
            number: Core(components.setdefault(component, number), attacks.setdefault(incident, number))
            for number, component, incident in rows
        }

    def load_incidents(self, incidents: Iterable[int]) -> dict[int, dict[int, Telling]]:
        """Give the tellings of whole incidents, by incident and number."""
        found: dict[int, dict[int, Telling]] = {}
        homes = dict(self._query("SELECT number, incident FROM homes WHERE incident", incidents))
        for number, telling in self.load(homes).items():
            found.setdefault(homes[number], {})[number] = telling
        return found

    def load_links(self, numbers: Iterable[int]) -> list[Link]:
        """Give the links whose later telling has one of these numbers."""
        return [
            Link(*row) for row in self._query("SELECT later, earlier, score FROM links WHERE later", numbers)
        ]

    def load_links_at(self, numbers: Iterable[int]) -> set[Link]:
        """Give the links of which either telling has one of these numbers."""
        wanted = list(numbers)
        rows = self._query("SELECT later, earlier, score FROM links WHERE earlier", wanted)
        return {*self.load_links(wanted), *(Link(*row) for row in rows)}

    def find_links(self, pairs: Iterable[tuple[int, int]]) -> Iterator[Link]:
        """Give the links between some pairs, later and earlier."""
        remaining = iter(pairs)
        while batch := list(islice(remaining, BATCH // 2)):
            marks = ",".join(["(?, ?)"] * len(batch))
            rows = self._connection.execute(
                "WITH wanted (later, earlier) AS (VALUES "  # noqa: S608
                f"{marks}) SELECT l.later, l.earlier, l.score FROM wanted CROSS JOIN links l USING (later, earlier)",
                [number for pair in batch for number in pair],
            )
            yield from (Link(*row) for row in rows.fetchall())

    def list_near(self, numbers: Iterable[int]) -> dict[int, Near]:
        """Give what each of these tellings is linked with. A hundred thousand for a hundred reports in a large case: so they
        come as lists, and not as rows. The database writes scores with 15 digits, of which they have seven."""
        found = {number: Near([], [], [], [], []) for number in numbers}
        for own, near in (("later", "earlier"), ("earlier", "later")):
            pinned, loose = (f"FILTER (WHERE h.loose = {flag})" for flag in (0, 1))
            columns = (
                f"json_group_array({column}) {which}"
                for which, told in (
                    (pinned, (f"l.{near}", "l.score", "h.incident")),
                    (loose, (f"l.{near}", "l.score")),
                )
                for column in told
            )
            rows = self._query(
                f"SELECT l.{own}, {', '.join(columns)} FROM links l"  # noqa: S608
                f" JOIN homes h ON h.number = l.{near} WHERE l.{own}",
                found,
                f" GROUP BY l.{own}",
            )
            for number, *told in rows:
                lists: tuple[list[Any], ...] = found[number]
                for known, more in zip(lists, told, strict=True):
                    known.extend(_LIST.decode(more))
        return found

    def find_linked(self, incident: int, most: int) -> list[tuple[int, int, int]]:
        """Give the incidents that are linked with one, as many as asked, the most strongly linked first: the number of each, with
        the tellings of the strongest link, that of the one first."""
        rows = self._connection.execute(
            "WITH mine AS MATERIALIZED (SELECT number FROM homes WHERE incident = ?1), beside AS MATERIALIZED ("
            "SELECT later AS own, earlier AS other, score FROM links WHERE later IN mine UNION ALL"
            " SELECT earlier, later, score FROM links WHERE earlier IN mine)"
            " SELECT h.incident, own, other, max(score) FROM beside JOIN homes h ON h.number = other"
            " WHERE h.incident != ?1 GROUP BY h.incident ORDER BY 4 DESC, own, other LIMIT ?2",
            (incident, most),
        )
        return [(number, own, other) for number, own, other, _ in rows]

    def load_orders(self, numbers: Iterable[int]) -> dict[int, str]:
        """Give the orders of tellings by number."""
        return dict(self._query("SELECT number, position FROM tellings WHERE number", numbers))

    def load_leaves(self, numbers: Iterable[int]) -> dict[int, Leaf]:
        """Give where those of these tellings belong that are loose."""
        rows = self._query(
            "SELECT number, alternatives, holder, remainder, direct FROM leaves WHERE number", numbers
        )
        return {
            number: Leaf(alternatives, holder, left, bool(direct))
            for number, alternatives, holder, left, direct in rows
        }

    def list_inner_links(self, incidents: Iterable[int]) -> Iterator[tuple[int, Link]]:
        """Give the links between two tellings of one incident, with its number, for incidents by number."""
        rows = self._query(
            "SELECT t.incident, l.later, l.earlier, l.score FROM homes t JOIN links l ON l.later = t.number"
            " JOIN homes e ON e.number = l.earlier AND e.incident = t.incident WHERE t.incident",
            incidents,
        )
        for incident, *link in rows:
            yield incident, Link(*link)

    def _query(self, statement: str, values: Iterable[object], end: str = "") -> Iterator[tuple[Any, ...]]:
        remaining = iter(values)
        while batch := list(islice(remaining, BATCH)):
            marks = ",".join("?" * len(batch))
            yield from self._connection.execute(f"{statement} IN ({marks}){end}", batch).fetchall()

    # Writing

    def put(self, tellings: Iterable[tuple[int, Telling, bytes]]) -> None:
        """Add tellings with themselves packed. They stand in no block, component or incident yet."""
        rows: list[tuple[int, str, str, str]] = []
        homes: list[tuple[int, bool]] = []
        bodies: list[tuple[int, bytes]] = []
        for number, telling, packed in tellings:
            rows.append((number, telling.scope, telling.family, telling.order))
            homes.append((number, telling.scope == "attack" and not is_pinned(telling)))
            bodies.append((number, packed))
        self._connection.executemany("INSERT INTO tellings VALUES (?, ?, ?, ?)", rows)
        self._connection.executemany("INSERT INTO homes VALUES (?, 0, 0, ?)", homes)
        self._connection.executemany("INSERT INTO told VALUES (?, ?)", bodies)

    def drop(self, tellings: Mapping[int, Telling]) -> None:
        """Take tellings out, with their blocks; the links that they had must be dropped first."""
        self.blocks.drop(tellings)
        for number in tellings:
            self._told.pop(number, None)
        for table in ("leaves", "told", "homes", "tellings"):
            self._connection.executemany(
                f"DELETE FROM {table} WHERE number = ?",  # noqa: S608
                ((number,) for number in tellings),
            )

    def put_links(self, links: Iterable[Link]) -> None:
        """Add links."""
        self._connection.executemany("INSERT INTO links VALUES (?, ?, ?)", links)

    def drop_links(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Take links out, given as later and earlier; those that are not there are passed over."""
        self._connection.executemany("DELETE FROM links WHERE later = ? AND earlier = ?", pairs)

    def put_leaves(self, leaves: Mapping[int, Leaf]) -> None:
        """Record where loose tellings belong."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO leaves VALUES (?, ?, ?, ?, ?)",
            (
                (number, leaf.alternatives, leaf.holder, leaf.left, leaf.is_direct)
                for number, leaf in leaves.items()
            ),
        )

    def settle(self, homes: Iterable[tuple[int, int, int]]) -> None:
        """Record the component and the incident of tellings, given as component, incident and number."""
        self._connection.executemany(
            "UPDATE homes SET component = ?1, incident = ?2 WHERE number = ?3 AND (component, incident) != (?1, ?2)",
            homes,
        )

    def clear(self) -> None:
        """Take all tellings and links out."""
        self.blocks.clear()
        self._told.clear()
        for table in ("tellings", "homes", "told", "links", "leaves"):
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608
