"""The ids that a case has given its incidents: facts, read and recorded by every build."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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


class Names:
    """The ids given so far: `rows` as they were recorded, and what records more."""

    def __init__(self, rows: Iterable[Minted], record: Callable[[list[Minted]], None]) -> None:
        self._record = record
        self._given: dict[str, _Given] = {}
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
        following = max((given.order for given in self._given.values()), default=0) + 1
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
            self._record(minted)
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


def open_names(facts: "Facts") -> Names:
    """Give the ids that a case's facts hold."""
    from harmledger.store.tables import models

    rows = facts.rows(models.MintedId).order_by("id")
    fields = rows.values_list("incident", "anchor", "order", "merged_into")
    return Names((Minted(*row) for row in fields), facts.record_minted)


def list_gone(facts: "Facts", present: Mapping[str, object]) -> list[str]:
    """Give the ids that stand for no incident any more and were merged into none."""
    names = {one.incident for one in facts.list_minted() if one.merged_into is None}
    return sorted(names - present.keys())
