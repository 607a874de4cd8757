"""Leaves that stay where they are though links of theirs came or went: told without looking at all their links.

An undated report of a town often hit is linked with hundreds of others, and a build brings it one more, of an attack that it
knows by a better link already. Then neither the attacks that it may tell of, nor the best link to each, are others.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from harmledger.incidents.ambiguity import Leaf
from harmledger.incidents.components import Core
from harmledger.store.view_tellings import Tellings


class LinkEnd(NamedTuple):
    """A link of a leaf to a pinned telling that came or went, from the leaf's side."""

    leaf: int
    other: int
    score: float
    is_gained: bool


class _Attacks:
    """Which pinned tellings that stay are of one attack with some: as it was before a change (`is_gained` false), and as it is."""

    def __init__(
        self,
        tellings: Tellings,
        cores: Mapping[int, Core],
        removed: AbstractSet[int],
        added: AbstractSet[int],
    ) -> None:
        self._tellings = tellings
        self._cores = cores
        self._removed = removed
        self._homes: dict[int, int] = {}
        self._members: dict[int, list[int]] = defaultdict(list)
        for number, core in cores.items():
            if number not in added:
                self._members[-core.attack].append(number)

    def load(self, ends: Iterable[LinkEnd], holders: Iterable[int]) -> None:
        """Look up what is asked of the pinned ones at these ends, and of those that leaves hang on."""
        known = list(ends)
        numbers = {end.other for end in known} | set(holders)
        self._homes = self._tellings.list_homes(sorted(numbers))
        keys = {self.find(end.other, end.is_gained) for end in known}
        for incident, number in self._tellings.list_pinned(sorted(key for key in keys if key > 0)):
            if number not in self._removed:
                self._members[incident].append(number)

    def find(self, number: int, is_gained: bool) -> int:
        """Give a number that pinned tellings of one attack share."""
        core = self._cores.get(number) if is_gained else None
        return self._homes.get(number, 0) if core is None else -core.attack

    def list_members(self, number: int, is_gained: bool) -> list[int]:
        """Give those of its attack that stay."""
        return self._members[self.find(number, is_gained)]


def find_still(
    tellings: Tellings, cores: Mapping[int, Core], ends: Iterable[LinkEnd], removed: AbstractSet[int], added: AbstractSet[int]
) -> set[int]:  # fmt: skip
    """Give the leaves that stay where they are for certain, of those that have one of these `ends`; `ends` are all links
    to pinned tellings that came or went. No pinned telling that a leaf is linked with, and that stays, may be of one attack with
    others that stay than it was. `cores` are as `case_leaves` found them; the links are up to date."""
    by_leaf: dict[int, list[LinkEnd]] = defaultdict(list)
    for end in ends:
        by_leaf[end.leaf].append(end)
    leaves = {
        number: leaf
        for number, leaf in tellings.load_leaves(sorted(by_leaf)).items()
        if leaf.is_direct and leaf.holder is not None and leaf.holder not in removed
    }
    attacks = _Attacks(tellings, cores, removed, added)
    asked = [end for number in leaves for end in by_leaf[number]]
    attacks.load(asked, (leaf.holder for leaf in leaves.values() if leaf.holder is not None))
    scores = _load_scores(tellings, leaves, asked, attacks)
    return {
        number
        for number, leaf in leaves.items()
        if all(_is_idle(end, leaf, scores[number], attacks) for end in by_leaf[number])
    }


def _load_scores(
    tellings: Tellings, leaves: Mapping[int, Leaf], ends: Iterable[LinkEnd], attacks: _Attacks
) -> dict[int, dict[int, float]]:
    """Give the scores of the links that leaves had and have, with what they hang on, and with the attacks at some ends."""
    pairs = {(number, leaf.holder) for number, leaf in leaves.items() if leaf.holder is not None}
    fresh: set[tuple[int, int]] = set()
    for end in ends:
        pairs.update((end.leaf, other) for other in attacks.list_members(end.other, end.is_gained))
        if end.is_gained:
            fresh.add((end.leaf, end.other))
    scores: dict[int, dict[int, float]] = {number: {} for number in leaves}
    wanted = sorted(pairs - fresh)
    for later, earlier, score in tellings.find_links((*wanted, *((other, one) for one, other in wanted))):
        leaf, other = (later, earlier) if (later, earlier) in pairs else (earlier, later)
        scores[leaf][other] = score
    return scores


def _is_idle(end: LinkEnd, leaf: Leaf, scores: Mapping[int, float], attacks: _Attacks) -> bool:
    """Tell whether a link changes nothing for a leaf: it has a better one to the same attack, which is not as good as the one
    that it hangs on, or is of that attack, and came."""
    holder = leaf.holder or 0
    top = scores.get(holder)
    members = attacks.list_members(end.other, end.is_gained)
    best = max((scores[one] for one in members if one in scores and one != end.other), default=None)
    if top is None or best is None or end.score > best or end.score >= top:
        return False
    if attacks.find(end.other, end.is_gained) == attacks.find(holder, end.is_gained):
        return end.is_gained
    return best < top
