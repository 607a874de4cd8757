"""Links and leaves of a case kept up with: which components change when some tellings of attacks go and others come.

Links of pinned tellings make the attacks; where a loose telling belongs follows from its own links, from which attack each
pinned telling is of, and from where the loose ones belong that it is linked with. So only those are looked at again of
which one of these changed; and only components are clustered again of which a telling, a link that counts there, or what
a leaf hangs on changed. An undated report of a town often hit has hundreds of links, and few of them tell.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from operator import itemgetter
from typing import NamedTuple

from harmledger.incidents.ambiguity import (
    Leaf,
    Link,
    choose_attack,
    choose_leaf,
    is_pinned,
    list_open,
    weigh_link,
)
from harmledger.incidents.compare import THRESHOLD
from harmledger.incidents.components import Core, find_cores
from harmledger.incidents.folding import Telling
from harmledger.incidents.linking import relink
from harmledger.incidents.rulings import Rulings
from harmledger.pipeline.case_still import LinkEnd, find_still
from harmledger.store.view_tellings import Tellings


class Relinked(NamedTuple):
    """The components that a change of links bears on, and what the pinned tellings are part of where that was looked at."""

    components: set[int]
    cores: Mapping[int, Core]


class _Changed(NamedTuple):
    """Links that went and came; which of the tellings at their ends, or that came, are loose; and those that went."""

    lost: Sequence[Link]
    gained: Sequence[Link]
    loose: AbstractSet[int]
    removed: AbstractSet[int]

    def list_pinned(self) -> Iterator[LinkEnd]:
        """Give the links between a loose telling and a pinned one."""
        for links, is_gained in ((self.lost, False), (self.gained, True)):
            for later, earlier, score in links:
                for one, other in ((later, earlier), (earlier, later)):
                    if one in self.loose and other not in self.loose:
                        yield LinkEnd(one, other, score, is_gained)


def relink_attacks(
    tellings: Tellings, removed: Mapping[int, Telling], added: Mapping[int, Telling], rulings: Rulings
) -> Relinked:
    """Bring links and leaves up to date, and give what this bears on; new tellings are in no component yet, and those that
    were removed are still there."""
    changed = _change_links(tellings, removed, added)
    firm = {
        number
        for link in (*changed.lost, *changed.gained)
        if link.score >= THRESHOLD and changed.loose.isdisjoint((link.later, link.earlier))
        for number in (link.later, link.earlier)
    }
    components = tellings.find_components((firm | removed.keys()) - added.keys())
    before = tellings.load_components(components)
    after = {number: one for number, one in (before | dict(added)).items() if number not in removed}
    after = dict(sorted(after.items(), key=lambda item: item[1].order))
    pinned = [number for number, one in after.items() if is_pinned(one)]
    cores = find_cores(after, tellings.load_links(pinned), rulings)
    moved = _find_moved(tellings.list_homes(before), cores, added.keys())
    stale = _find_stale(tellings, changed, moved, cores, added.keys()) | (changed.loose & added.keys())
    bound = _Leaves(tellings, cores).replace(stale - removed.keys(), changed)
    components |= tellings.find_components(bound - added.keys() - removed.keys())
    return Relinked(components, cores)


def _change_links(
    tellings: Tellings, removed: Mapping[int, Telling], added: Mapping[int, Telling]
) -> _Changed:
    """Bring the links up to date, and say what changed among them."""
    relinked = relink(removed, added, tellings.blocks, tellings.load, tellings.find_links)
    lost = [*tellings.load_links_at(removed), *relinked.lost]
    tellings.drop_links((link.later, link.earlier) for link in lost)
    tellings.put_links(relinked.gained)
    ends = {number for link in (*lost, *relinked.gained) for number in (link.later, link.earlier)}
    loose = {number for number, telling in added.items() if not is_pinned(telling)}
    return _Changed(lost, relinked.gained, loose | tellings.load_leaves(ends).keys(), removed.keys())


def _find_moved(before: Mapping[int, int], cores: Mapping[int, Core], added: AbstractSet[int]) -> set[int]:
    """Give the pinned tellings that stay, and of which others of these are of one attack than were. `before` are the incidents that
    they made up."""
    old: dict[int, set[int]] = defaultdict(set)
    new: dict[int, set[int]] = defaultdict(set)
    for number, core in cores.items():
        if number not in added:
            old[before[number]].add(number)
            new[core.attack].add(number)
    whole = {frozenset(group) for group in old.values()}
    return {number for group in new.values() if frozenset(group) not in whole for number in group}


def _find_stale(
    tellings: Tellings,
    changed: _Changed,
    moved: AbstractSet[int],
    cores: Mapping[int, Core],
    added: AbstractSet[int],
) -> set[int]:
    """Give the loose tellings of which a link to a pinned one came or went, unless it is told at a glance that this changes
    nothing, or that are linked with one that is of another attack than it was."""
    beside = {number for link in tellings.load_links_at(moved) for number in (link.later, link.earlier)}
    turned = set(tellings.load_leaves(beside))
    ends = [end for end in changed.list_pinned() if end.leaf not in turned]
    still = find_still(tellings, cores, ends, changed.removed, added)
    return turned | ({end.leaf for end in ends} - still)


class _Leaves:
    """Where loose tellings belong, as it is recorded and as it is found anew. `cores` tell which pinned tellings are of one
    attack, where that was looked at."""

    def __init__(self, tellings: Tellings, cores: Mapping[int, Core]) -> None:
        self._tellings = tellings
        self._cores = cores
        self._attacks: dict[int, dict[int, float]] = {}
        self._offers: dict[int, list[tuple[int, float, int]]] = {}
        self._mates: dict[int, list[tuple[int, float]]] = {}
        self._orders: dict[int, str] = {}
        self._known: dict[int, Leaf] = {}
        self._first: dict[int, Leaf] = {}

    def replace(self, stale: AbstractSet[int], changed: _Changed) -> set[int]:
        """Find anew where the stale ones belong, and those that this bears on; record what changed, and give the tellings
        whose components are not what they were."""
        self._load_near(stale)
        self._first = self._choose_attacks()
        doubtful = self._find_doubtful(changed)
        self._load_near(doubtful)
        found = self._choose_leaves(doubtful)
        other = {number: leaf for number, leaf in found.items() if leaf != self._known.get(number)}
        self._tellings.put_leaves(other)
        return self._list_bound(other, self._known | found, changed)

    def _load_near(self, numbers: AbstractSet[int]) -> None:
        """Load what tellings are linked with: the pinned ones, with the best score for each attack, and the loose ones. A telling
        without a day may be linked with hundreds."""
        cores = self._cores
        loose = set(numbers)
        for one, near in self._tellings.list_near(sorted(numbers)).items():
            self._mates[one] = list(zip(near.loose, near.loose_scores, strict=True))
            loose.update(near.loose)
            attacks = near.incidents
            if not cores.keys().isdisjoint(near.pinned):
                attacks = [
                    -cores[other].attack if other in cores else incident
                    for other, incident in zip(near.pinned, near.incidents, strict=True)
                ]
            self._offers[one] = list(zip(near.pinned, near.scores, attacks, strict=True))
            offers = sorted(zip(attacks, near.scores, strict=True), key=itemgetter(1))
            self._attacks[one] = dict(offers)  # the best comes last
        self._known |= self._tellings.load_leaves(sorted(loose - self._known.keys()))

    def _choose_attacks(self) -> dict[int, Leaf]:
        """Give where those that were loaded belong by their links to pinned tellings."""
        best = {number: self._list_best(number) for number in sorted(self._attacks)}
        self._load_orders(one for offers in best.values() if len(offers) > 1 for one, *_ in offers)
        found: dict[int, Leaf] = {}
        for number, offers in best.items():
            ordered = sorted(offers, key=lambda offer: self._orders.get(offer[0], ""))
            top = {attack for _, attack, _ in offers}
            rest = (
                (0, attack, score) for attack, score in self._attacks[number].items() if attack not in top
            )
            found[number] = choose_attack((*rest, *ordered))
        return found

    def _list_best(self, number: int) -> list[tuple[int, int, float]]:
        """Give those offers to a loose telling among which the order of tellings decides: of the attack with the best link the best
        ones, and where several attacks have such, all of theirs. How the others stand to each other changes nothing."""
        scores = self._attacks[number]
        top = max(scores.values(), default=0.0)
        best = {attack for attack, score in scores.items() if score == top}
        if len(best) > 1:
            return [(one, attack, score) for one, score, attack in self._offers[number] if attack in best]
        return [(one, attack, score) for one, score, attack in self._offers[number] if score == top]

    def _load_orders(self, numbers: Iterable[int]) -> None:
        self._orders |= self._tellings.load_orders(sorted(set(numbers) - self._orders.keys()))

    def _find_doubtful(self, changed: _Changed) -> set[int]:
        """Give the loose ones that stay, hang on no pinned one, and may hang on another leaf than they did."""
        offers: dict[int, list[tuple[int, float]]] = defaultdict(list)
        lost: set[tuple[int, int]] = set()
        for later, earlier, _ in changed.lost:
            lost |= {(later, earlier), (earlier, later)}
        for later, earlier, score in changed.gained:
            offers[later].append((earlier, score))
            offers[earlier].append((later, score))
        for number, leaf in self._first.items():
            if _offers_otherwise(self._known.get(number), leaf):
                for other, score in self._mates[number]:
                    offers[other].append((number, score))
                    lost.add((other, number))
        self._known |= self._tellings.load_leaves(
            sorted(changed.loose - changed.removed - self._known.keys())
        )
        wanted = (offers.keys() | {one for one, _ in lost}) & self._known.keys() - self._first.keys()
        return {
            number
            for number in wanted
            if not self._known[number].is_direct
            and ((number, self._known[number].holder) in lost or self._is_bettered(number, offers[number]))
        }

    def _is_bettered(self, number: int, offers: Iterable[tuple[int, float]]) -> bool:
        """Tell whether one of the offers is as good as what the leaf hangs on, or better."""
        leaf = self._known[number]
        for other, score in offers:
            mate = self._first.get(other) or self._known.get(other)
            if mate is not None and mate.is_direct:
                left = weigh_link(score, leaf, mate)
                if left >= THRESHOLD and left >= leaf.left:
                    return True
        return False

    def _choose_leaves(self, doubtful: AbstractSet[int]) -> dict[int, Leaf]:
        """Give where the stale ones and the doubtful ones belong, with what loose tellings they are linked with."""
        found = self._first | {number: self._known[number] for number in sorted(doubtful)}
        loose = [number for number, leaf in found.items() if not leaf.is_direct]
        self._load_orders(other for number in loose for other, _ in self._mates[number])
        known = self._known | self._first
        for number in loose:
            mates = sorted(self._mates[number], key=lambda mate: self._orders[mate[0]])
            found[number] = choose_leaf(
                found[number], ((other, known[other], score) for other, score in mates if other in known)
            )
        return found

    def _list_bound(
        self, other: Mapping[int, Leaf], leaves: Mapping[int, Leaf], changed: _Changed
    ) -> set[int]:
        """Give the leaves that belong elsewhere than they did, with what they hang on or are joined with; and those between which
        a link that held went or came."""
        held = {leaf.holder for leaf in other.values() if leaf.holder is not None}
        near = (
            Link(number, mate, score)
            for number, leaf in other.items()
            if leaf.holder is None
            for mate, score in self._mates[number]
        )
        links = (
            *list_open(leaves, near),
            *list_open(leaves, changed.gained),
            *list_open(self._known, changed.lost),
        )
        return {*other, *held, *(number for link in links for number in (link.later, link.earlier))}


def _offers_otherwise(before: Leaf | None, leaf: Leaf) -> bool:
    """Tell whether other leaves that may hang on this one see it changed."""
    if before is None:
        return leaf.is_direct
    return (before.is_direct or leaf.is_direct) and (
        (before.is_direct, before.alternatives) != (leaf.is_direct, leaf.alternatives)
    )
