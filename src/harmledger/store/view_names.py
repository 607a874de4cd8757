"""The ids that a case has given its incidents: facts, read and recorded by every build."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from harmledger.incidents.identity import ANCHORS, Held, Named
from harmledger.store.entries import Minted

if TYPE_CHECKING:
    from harmledger.store.facts import Facts

FindHome = Callable[[str], int | None]
"""Gives the number of the incident that a claim is in; None where it is in none."""


@dataclass(slots=True)
class _Given:
    """An id as the facts have it: its order, the claims that hold it, and what it is merged into."""

    order: int
    anchors: dict[str, None] = field(default_factory=dict)
    merged_into: str | None = None


class Register(Protocol):
    """Where the ids given so far are recorded. Rows come in the order in which they were recorded."""

    def list_all(self) -> Iterable[Minted]:
        """Give every row."""

    def find(
        self, *, incidents: Collection[str] = (), anchors: Collection[str] = (), heirs: Collection[str] = ()
    ) -> Iterable[Minted]:
        """Give the rows of some incidents, those that some claims hold, and those that were merged into some."""

    def find_last(self) -> int:
        """Give the largest order of any id."""

    def add(self, rows: list[Minted]) -> None:
        """Record more."""


class ListedRegister:
    """A register in memory: `rows` as they were recorded; what records more is `add`."""

    def __init__(self, rows: list[Minted], add: Callable[[list[Minted]], object]) -> None:
        self._rows = rows
        self._add = add

    def list_all(self) -> Iterable[Minted]:
        """Give every row."""
        return self._rows

    def find(
        self, *, incidents: Collection[str] = (), anchors: Collection[str] = (), heirs: Collection[str] = ()
    ) -> Iterable[Minted]:
        """Give the rows of some incidents, those that some claims hold, and those that were merged into some."""
        return [
            row
            for row in self._rows
            if row.incident in incidents or row.anchor in anchors or row.merged_into in heirs
        ]

    def find_last(self) -> int:
        """Give the largest order of any id."""
        return max((row.order for row in self._rows), default=0)

    def add(self, rows: list[Minted]) -> None:
        """Record more."""
        self._add(rows)


class Names:
    """The ids given so far, as many of them as were loaded, and what records more."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._given: dict[str, _Given] = {}

    def load_all(self) -> None:
        """Load every id."""
        self._given.clear()
        self._take(self._register.list_all())

    def load_around(self, claims: Collection[str], ids: Collection[str]) -> None:
        """Load some ids, those that some claims hold, and all that were merged with one of them."""
        found = self._register.find(anchors=claims)
        wanted = {*ids, *(row.incident for row in found)} - self._given.keys()
        while wanted:
            rows = list(self._register.find(incidents=wanted))
            self._take(rows)
            near = {row.merged_into for row in rows if row.merged_into is not None}
            near.update(row.incident for row in self._register.find(heirs=wanted))
            wanted = near - self._given.keys() - wanted

    def _take(self, rows: Iterable[Minted]) -> None:
        for row in rows:
            given = self._given.setdefault(row.incident, _Given(row.order))
            given.anchors[row.anchor] = None
            given.merged_into = row.merged_into

    def list_anchors(self) -> Iterator[str]:
        """Give every claim that holds an id."""
        for given in self._given.values():
            yield from given.anchors

    def hold(self, find_home: FindHome) -> list[Held]:
        """Give the ids as they are held by claims. One whose claims are all gone stays with what swallowed it."""
        living = {
            id
            for id, given in self._given.items()
            if any(find_home(claim) is not None for claim in given.anchors)
        }
        swallowed: dict[str, list[str]] = {}
        for id in self._given:
            heir = self._follow(id, living)
            if heir is not None and heir != id:
                swallowed.setdefault(heir, []).append(id)
        return [
            Held(id, tuple(given.anchors), (given.order,), tuple(swallowed.get(id, ())))
            for id, given in self._given.items()
        ]

    def _follow(self, id: str, living: set[str]) -> str | None:
        """Give the living id that one leads to: itself where it lives."""
        seen = set()
        while id not in living:
            seen.add(id)
            above = self._given[id].merged_into
            if above is None or above in seen or above not in self._given:
                return None
            id = above
        return id

    def record(self, named: Iterable[tuple[Named, Sequence[str], str]], find_home: FindHome) -> int:
        """Record what changed: new ids in the order of their age, claims that hold an id besides, merges.

        `named` gives for each incident its name, its first claims, and when the first was published. Gives the
        number of ids that are new.
        """
        ordered = sorted(named, key=lambda one: (one[2], one[0].id))
        following = self._register.find_last() + 1
        fresh = 0
        minted: list[Minted] = []
        for name, anchors, _ in ordered:
            given = self._given.get(name.id)
            if given is None:
                given = self._given[name.id] = _Given(following + fresh)
                fresh += 1
            minted.extend(_hold_on(name.id, given, anchors, find_home))
        for name, _, _ in ordered:
            for id in name.formerly:
                former = self._given[id]
                if former.merged_into != name.id:
                    former.merged_into = name.id
                    minted.append(Minted(id, next(iter(former.anchors)), former.order, name.id))
        if minted:
            self._register.add(minted)
        return fresh


def _hold_on(id: str, given: _Given, anchors: Sequence[str], find_home: FindHome) -> list[Minted]:
    """Give what is to be recorded so that ANCHORS claims hold an id, and that it stands for itself."""
    more = [claim for claim in anchors if claim not in given.anchors]
    if more:
        held = sum(find_home(claim) is not None for claim in given.anchors)
        more = more[: max(0, ANCHORS - held)]
    if not more and given.merged_into is not None:
        more = [next(iter(given.anchors))]
    given.anchors.update(dict.fromkeys(more))
    given.merged_into = None
    return [Minted(id, claim, given.order) for claim in more]


class FactsRegister:
    """The register in the facts of a case."""

    def __init__(self, facts: "Facts") -> None:
        self._facts = facts

    def list_all(self) -> Iterable[Minted]:
        """Give every row."""
        return self._facts.list_holders()

    def find(
        self, *, incidents: Collection[str] = (), anchors: Collection[str] = (), heirs: Collection[str] = ()
    ) -> Iterable[Minted]:
        """Give the rows of some incidents, those that some claims hold, and those that were merged into some."""
        asked = (("incident", incidents), ("anchor", anchors), ("merged_into", heirs))
        return [row for column, values in asked for row in self._facts.find_holders(column, values)]

    def find_last(self) -> int:
        """Give the largest order of any id."""
        return self._facts.find_last_minted()

    def add(self, rows: list[Minted]) -> None:
        """Record more."""
        self._facts.record_minted(rows)


def open_names(facts: "Facts") -> Names:
    """Give the ids that a case's facts hold."""
    return Names(FactsRegister(facts))


def list_gone(facts: "Facts", present: Mapping[str, object]) -> list[str]:
    """Give the ids that stand for no incident any more and were merged into none."""
    names = {one.incident for one in facts.list_minted() if one.merged_into is None}
    return sorted(names - present.keys())
