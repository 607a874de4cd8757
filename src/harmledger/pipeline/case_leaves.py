"""Links and leaves of a case kept up with: which components change when some tellings of attacks go and others come.

Links of pinned tellings make the attacks; where a loose telling belongs follows from its own links, from which attack each
pinned telling is of, and from where the loose ones belong that it is linked with. So only those are looked at again of
which one of these changed.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from collections.abc import Set as AbstractSet

from harmledger.incidents.ambiguity import (
    Leaf,
    Link,
    choose_attack,
    choose_leaf,
    is_pinned,
    list_open,
)
from harmledger.incidents.components import find_cores
from harmledger.incidents.folding import Telling
from harmledger.incidents.linking import relink
from harmledger.incidents.rulings import Rulings
from harmledger.store.view_tellings import Tellings

Near = dict[int, list[tuple[int, float]]]
"""The tellings that each is linked with, in their order, with the scores."""


def relink_attacks(
    tellings: Tellings, removed: Mapping[int, Telling], added: Mapping[int, Telling], rulings: Rulings
) -> set[int]:
    """Bring links and leaves up to date, and give the components that this bears on; new tellings are in none yet, and those
    that were removed are still there."""
    relinked = relink(removed, added, tellings.list_standing, tellings.load)
    gone = [(link.later, link.earlier) for link in tellings.load_links_at(removed)]
    changed = [*gone, *relinked.lost, *((link.later, link.earlier) for link in relinked.gained)]
    touched = {number for pair in changed for number in pair}
    loose = set(tellings.load_leaves(touched | removed.keys()))
    loose |= {number for number, telling in added.items() if not is_pinned(telling)}
    tellings.drop_links((*gone, *relinked.lost))
    tellings.put_links(relinked.gained)
    firm = {number for pair in changed if loose.isdisjoint(pair) for number in pair}
    components = tellings.find_components((firm | removed.keys()) - added.keys())
    before = tellings.load_components(components)
    after = {number: one for number, one in (before | dict(added)).items() if number not in removed}
    after = dict(sorted(after.items(), key=lambda item: item[1].order))
    cores = find_cores(after, tellings.load_links(after), rulings)
    moved = _find_moved(tellings.list_homes(before), cores)
    beside = {number for link in tellings.load_links_at(moved) for number in (link.later, link.earlier)}
    stale = tellings.load_leaves((touched | beside) - added.keys()).keys() | (loose & added.keys())
    return components | _replace_leaves(tellings, stale - removed.keys(), added.keys(), cores)


def _find_moved(before: Mapping[int, int], cores: Mapping[int, int]) -> set[int]:
    """Give the pinned tellings of which others are of one attack than were. `before` are the incidents that they made up."""
    old: dict[int, set[int]] = defaultdict(set)
    new: dict[int, set[int]] = defaultdict(set)
    for number, incident in before.items():
        old[incident].add(number)
    for number, core in cores.items():
        new[core].add(number)
    whole = {frozenset(number for number in group if number in cores) for group in old.values()}
    return {number for group in new.values() if frozenset(group) not in whole for number in group}


def _replace_leaves(
    tellings: Tellings, stale: AbstractSet[int], added: AbstractSet[int], cores: Mapping[int, int]
) -> set[int]:
    """Find anew where the stale loose tellings belong, and those linked with them; record it, and give the components that
    this bears on."""
    near = _load_near(tellings, stale)
    known = tellings.load_leaves(stale | _list_ends(near))
    homes = tellings.list_homes(_list_ends(near) - known.keys() - stale)

    def find_attack(number: int) -> Hashable:
        return ("core", cores[number]) if number in cores else ("incident", homes[number])

    first = known | {
        number: choose_attack(
            (other, find_attack(other), score)
            for other, score in near[number]
            if other not in known and other not in stale
        )
        for number in stale
    }
    beside = (_list_ends(near) & first.keys()) - stale
    near |= _load_near(tellings, beside)
    known |= tellings.load_leaves(_list_ends(near) - known.keys())
    first = known | first
    second = first | {number: _choose(number, near, first) for number in near if number in first}
    changed = {number for number in near if second[number] != known.get(number)}
    tellings.put_leaves({number: second[number] for number in changed})
    bound = {*changed, *stale}
    for number in sorted(bound):
        holder = second[number].holder
        bound |= {holder} if holder is not None else _list_mates(number, near[number], second)
    return tellings.find_components(bound - added)


def _choose(number: int, near: Near, first: Mapping[int, Leaf]) -> Leaf:
    leaf = first[number]
    if leaf.is_direct:
        return leaf
    return choose_leaf(
        leaf, ((other, first[other], score) for other, score in near[number] if other in first)
    )


def _list_mates(number: int, linked: Iterable[tuple[int, float]], leaves: Mapping[int, Leaf]) -> set[int]:
    """Give the leaves with which one that hangs on nothing is joined."""
    links = (Link(number, other, score) for other, score in linked)
    return {link.earlier for link in list_open(leaves, links)}


def _list_ends(near: Near) -> set[int]:
    return {other for linked in near.values() for other, _ in linked}


def _load_near(tellings: Tellings, numbers: AbstractSet[int]) -> Near:
    near: Near = {number: [] for number in sorted(numbers)}
    for one, other, score in tellings.load_ends(near):
        near[one].append((other, score))
    orders = tellings.list_orders(_list_ends(near))
    for linked in near.values():
        linked.sort(key=lambda link: orders[link[0]])
    return near
