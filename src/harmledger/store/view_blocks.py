"""Who stands in which block of a view, in order: a stretch of a block is looked up without the rest of it."""

import re
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, Final, NamedTuple

from harmledger.incidents.candidates import Block, list_blocks
from harmledger.incidents.folding import Telling
from harmledger.incidents.linking import Member, Span
from harmledger.store.view_readings import BATCH

_FIRST: Final = -1
_LAST: Final = 1 << 62
"""Before and after every moment."""
_TIME: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)", re.ASCII)
_UNDATED: Final = 10**12
_BYTES: Final = 7
_SIGN: Final = 1 << 63
_SLACK: Final = 8
"""So many members more are looked up than are asked for: where some go, others take their place in a window."""
_SMALL: Final = 64
"""A block of so many members is looked up as a whole."""
_ROWS: Final = 100
"""Stretches looked up at a time."""

_BEFORE: Final = "SELECT b.moment FROM blocks b WHERE b.block = w.block AND b.moment < w.moment ORDER BY b.moment DESC LIMIT 1 OFFSET"
_BEHIND: Final = "SELECT b.moment FROM blocks b WHERE b.block = w.block AND b.moment > w.moment ORDER BY b.moment LIMIT 1 OFFSET"


@lru_cache(maxsize=65536)
def number_block(block: tuple[Any, ...]) -> int:
    """Give the 64 bits that a block is found by: 16 of where it is, 10 of its day or whatever comes next, 38 of all of it. So the
    blocks of a telling, and those of its neighbours and of the day before, stand near each other in the view.

    Of the million blocks of a large case two share a number in one case of 10,000; their tellings would be compared, and found to
    differ in place.
    """
    where, more = block[1], block[2] if len(block) > 2 else None
    match where:
        case (int(row), int(column)):
            scale = 2 if block[0] == "town" else 0
            near = ((row >> scale) & 0xFF) << 8 | ((column >> scale) & 0xFF)
        case _:
            near = _digest_part(where, 16)
    day = more & 0x3FF if isinstance(more, int) else _digest_part(more, 10)
    return ((near << 10 | day) << 38 | _digest(block, 38)) - _SIGN


def _digest(value: object, bits: int) -> int:
    """Give so many bits that are the same for equal values, in every run."""
    return int.from_bytes(blake2b(repr(value).encode(), digest_size=8).digest(), "big") >> (64 - bits)


_digest_part: Final = lru_cache(maxsize=65536)(_digest)


def _list_numbers(telling: Telling) -> Iterator[int]:
    for block in list_blocks(telling) if telling.scope == "attack" else ():
        yield number_block(block)
    for join in telling.joins:
        yield number_block((telling.scope, join))


def _list_rows(tellings: Mapping[int, Telling]) -> Iterator[tuple[int, int, int]]:
    """Give the rows of tellings, block by block: in about the order in which a table keeps them, so that it grows at its end."""
    standing: dict[int, list[int]] = {}
    for number, telling in tellings.items():
        moment = round_order(telling.order)
        for block in set(_list_numbers(telling)):
            standing.setdefault(block, []).extend((moment, number))
    for block in sorted(standing):
        found = standing.pop(block)
        yield from ((block, *row) for row in zip(found[::2], found[1::2], strict=True))


@lru_cache(maxsize=65536)
def round_order(order: str) -> int:
    """Give the moment of a telling's order, a number of eight bytes: of two tellings that which comes first has no later one.

    Of a time (ISO 8601) the minute counts; of what has none, and stands behind all that do, the next few bytes.
    """
    found = _TIME.match(order)
    if found is not None:
        return int("".join(found.groups()))
    tail = order.encode("utf-8", "surrogatepass")[1 : 1 + _BYTES].ljust(_BYTES, b"\0")
    return _UNDATED + int.from_bytes(tail, "big") if order > "9" else 0


class _Stretch(NamedTuple):
    """The members of a block from one moment to another, both included."""

    first: int
    last: int
    members: Sequence[Member]

    def covers(self, moment: int, until: int) -> bool:
        """Tell whether all from one moment to another stand in it."""
        return self.first <= moment and until <= self.last


_EMPTY: Final = _Stretch(_FIRST, _LAST, ())


class Blocks:
    """The blocks in a view (`incidents.linking.Standing`). What was looked up is remembered until a telling comes or goes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._numbers: dict[Block, int] = {}
        self._orders: dict[int, str] = {}
        self._known: dict[int, list[_Stretch]] = {}
        self._whole: dict[Block, Sequence[Member]] = {}

    # Writing

    def put(self, tellings: Mapping[int, Telling]) -> None:
        """Have tellings stand in their blocks."""
        self._forget()
        self._connection.executemany("INSERT INTO blocks VALUES (?, ?, ?)", _list_rows(tellings))

    def drop(self, tellings: Mapping[int, Telling]) -> None:
        """Take tellings out of their blocks."""
        self._forget()
        statement = "DELETE FROM blocks WHERE block = ? AND moment = ? AND telling = ?"
        self._connection.executemany(statement, _list_rows(tellings))

    def clear(self) -> None:
        """Take all tellings out."""
        self._forget()
        self._connection.execute("DELETE FROM blocks")

    def _forget(self) -> None:
        self._orders.clear()
        self._known.clear()
        self._whole.clear()

    # Reading

    def list_all(self, block: tuple[Any, ...]) -> list[Member]:
        """Give all members of a block, in order."""
        rows = self._connection.execute(
            "SELECT t.position, t.number FROM blocks b JOIN tellings t ON t.number = b.telling WHERE b.block = ?",
            (number_block(block),),
        )
        return sorted(rows.fetchall())

    def fetch(self, spans: Iterable[Span]) -> None:
        """Make ready for being asked about these: many at once are looked up faster than each by itself."""
        asked: dict[Block, list[Span]] = {}
        for span in spans:
            if span.block not in self._whole:
                asked.setdefault(span.block, []).append(span)
        self._measure({self._number(block) for block in asked})
        wanted: dict[int, set[tuple[int, int, int | None]]] = {}
        for block, own in asked.items():
            number = self._number(block)
            known = self._known.get(number, ())
            if known and known[0].first == _FIRST and known[0].last == _LAST:
                self._whole[block] = known[0].members  # as most: empty, or small
                continue
            for _, order, reach, until in own:
                moment, end = round_order(order), None if until is None else round_order(until)
                if not any(one.covers(moment, _LAST if end is None else end) for one in known):
                    wanted.setdefault(reach, set()).add((number, moment, end))
        for reach, stretches in wanted.items():
            self._look_up(reach, sorted(stretches, key=itemgetter(0, 1)))

    def _measure(self, blocks: set[int]) -> None:
        """Load small blocks as a whole, and take note of which are empty, as most are that a telling looks into."""
        remaining = iter(sorted(blocks - self._known.keys()))
        while batch := list(islice(remaining, BATCH)):
            marks = ",".join(["(?)"] * len(batch))
            rows = self._connection.execute(
                f"WITH wanted (block) AS (VALUES {marks}) SELECT b.block, b.telling FROM wanted w"  # noqa: S608
                " CROSS JOIN blocks b ON b.block = w.block AND b.moment <= coalesce((SELECT s.moment FROM blocks s"
                f" WHERE s.block = w.block ORDER BY s.moment LIMIT 1 OFFSET {_SMALL}), {_LAST})",
                batch,
            ).fetchall()
            told = {block: [one for _, one in own] for block, own in groupby(rows, itemgetter(0))}
            self._load_orders(
                {one for own in told.values() if len(own) <= _SMALL for one in own} - self._orders.keys()
            )
            for block in batch:
                own = told.get(block)
                if own is None:
                    self._known[block] = [_EMPTY]
                elif len(own) <= _SMALL:
                    self._keep(block, _FIRST, _LAST, own)

    def list_before(self, block: Block, order: str, number: int) -> Sequence[Member]:
        """Give so many members of a block, the latest before an order."""
        whole = self._whole.get(block)
        if whole is not None:
            place = bisect_left(whole, (order,))
            return whole[max(0, place - number) : place]
        for one in self._list_around(block, number, order):
            place = bisect_left(one.members, (order,))
            if place >= number or one.first == _FIRST:
                return one.members[max(0, place - number) : place]
        return ()

    def list_from(self, block: Block, order: str, number: int) -> Sequence[Member]:
        """Give so many members of a block, the first from an order on."""
        whole = self._whole.get(block)
        if whole is not None:
            place = bisect_left(whole, (order,))
            return whole[place : place + number]
        for one in self._list_around(block, number, order):
            place = bisect_left(one.members, (order,))
            if len(one.members) - place >= number or one.last == _LAST:
                return one.members[place : place + number]
        return ()

    def list_span(self, block: Block, order: str, until: str) -> Sequence[Member]:
        """Give the members of a block from one order to another, both included."""
        whole = self._whole.get(block)
        if whole is not None:
            return whole[bisect_left(whole, (order,)) : bisect_right(whole, (until, _LAST))]
        for one in self._list_around(block, 1, order, until):
            return one.members[bisect_left(one.members, (order,)) : bisect_right(one.members, (until, _LAST))]
        return ()

    def _list_around(
        self, block: Block, number: int, order: str, until: str | None = None
    ) -> Iterator[_Stretch]:
        """Give the stretches of a block in which all from one order to another stand: those that are known, and, to whoever
        goes on asking, what is looked up then, with so many members about it."""
        found, moment = self._number(block), round_order(order)
        end = None if until is None else round_order(until)
        for is_known in (True, False):
            if not is_known:
                self._look_up(number, [(found, moment, end)])
            for one in self._known.get(found, ()):
                if one.covers(moment, moment if end is None else end):
                    yield one

    def _number(self, block: Block) -> int:
        found = self._numbers.get(block)
        if found is None:
            found = self._numbers[block] = number_block(block)
        return found

    def _look_up(self, number: int, wanted: Iterable[tuple[int, int, int | None]]) -> None:
        """Look up stretches, given as block, moment and last moment: with so many members before, and so many behind where
        no last moment is given."""
        reach = number + _SLACK
        remaining = iter(wanted)
        while batch := list(islice(remaining, _ROWS)):
            marks = ",".join(["(?, ?, ?, ?)"] * len(batch))
            rows = self._connection.execute(
                f"WITH wanted (place, block, moment, until) AS (VALUES {marks}), stretches AS MATERIALIZED ("  # noqa: S608
                f"SELECT place, block, coalesce(({_BEFORE} {reach - 1}), {_FIRST}) AS first,"
                f" coalesce(until, ({_BEHIND} {reach - 1}), {_LAST}) AS last FROM wanted w)"
                " SELECT s.place, s.first, s.last, b.telling FROM stretches s LEFT JOIN blocks b"
                " ON b.block = s.block AND b.moment BETWEEN s.first AND s.last",
                [value for place, one in enumerate(batch) for value in (place, *one)],
            ).fetchall()
            self._load_orders({telling for *_, telling in rows} - self._orders.keys())
            for (place, first, last), told in groupby(rows, itemgetter(0, 1, 2)):
                self._keep(batch[place][0], first, last, (one for *_, one in told))

    def _keep(self, block: int, first: int, last: int, tellings: Iterable[int | None]) -> None:
        orders = self._orders
        members = sorted((orders[one], one) for one in tellings if one is not None)
        self._known.setdefault(block, []).append(_Stretch(first, last, members))

    def _load_orders(self, numbers: Iterable[int | None]) -> None:
        remaining = iter(sorted(number for number in numbers if number is not None))
        while batch := list(islice(remaining, BATCH)):
            marks = ",".join("?" * len(batch))
            self._orders.update(
                self._connection.execute(
                    f"SELECT number, position FROM tellings WHERE number IN ({marks})",  # noqa: S608
                    batch,
                )
            )
