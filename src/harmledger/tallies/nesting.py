"""Incidents as a forest: every attack counted once, inside the narrowest total that contains it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from harmledger.tallies.figures import Bounds, add_bounds, read_all_bounds, take_away, take_wider
from harmledger.tallies.selection import Counted


@dataclass(frozen=True, slots=True)
class Forest:
    """Which incident is counted in which: each has at most one home, and may be shared by others.

    `parts` are counted in the total; `shared` lie in it too, but are counted in another total that overlaps
    it, and are taken out of this one.
    """

    incidents: Mapping[str, Counted]
    parents: Mapping[str, str]
    parts: Mapping[str, Sequence[str]]
    shared: Mapping[str, Sequence[str]]

    def find_root(self, incident: str) -> str:
        """Give the widest total that the incident is counted in: itself where it is in none."""
        while incident in self.parents:
            incident = self.parents[incident]
        return incident

    def list_roots(self) -> list[str]:
        """Give the incidents that are counted in no other."""
        return [key for key in self.incidents if key not in self.parents]

    def count(self, harm: str, group: str | None) -> Bounds | None:
        """Give the total of the forest: for a published total of an area and a day, the larger of it and the
        sum of its parts."""
        return self.add_up(read_all_bounds(self.incidents.values(), harm, group))

    def add_up(self, told: Mapping[str, Bounds]) -> Bounds | None:
        """Give the total of the forest from the figures of its incidents."""
        if not self.parents:
            return add_bounds(told.values())
        found: dict[str, Bounds | None] = {}
        whole = [root for root in self.list_roots() if root in self.parts or root in self.shared]
        for key in self._list_parts_first(whole):
            own = told.get(key)
            if key in self.shared:
                own = take_away(own, add_bounds(told[one] for one in self.shared[key] if one in told))
            if key in self.parts:
                inside = (found[part] for part in self.parts[key])
                own = take_wider(own, add_bounds(b for b in inside if b is not None))
            found[key] = own
        alone = (bounds for key, bounds in told.items() if key not in found)
        totals = (found[root] for root in whole)
        return add_bounds(chain(alone, (b for b in totals if b is not None)))

    def _list_parts_first(self, roots: Iterable[str]) -> list[str]:
        ordered: list[str] = []
        waiting = list(roots)
        while waiting:
            key = waiting.pop()
            ordered.append(key)
            waiting.extend(self.parts.get(key, ()))
        return ordered[::-1]


def _list_above(key: str, above: Mapping[str, Sequence[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(above.get(key, ()))
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            waiting.extend(above.get(other, ()))
    return found


def nest_incidents(incidents: Sequence[Counted]) -> Forest:
    """Nest incidents by `part_of`, as far as the wholes are among them.

    An incident inside several totals is counted in the narrowest (the one that most others contain; ties to
    the smaller id). A circle, which only a damaged file can hold, is cut.
    """
    by_id = {incident.id: incident for incident in sorted(incidents, key=attrgetter("id"))}
    inside = [incident for incident in by_id.values() if incident.part_of]
    above = {
        incident.id: tuple(sorted({p for p in incident.part_of if p in by_id and p != incident.id}))
        for incident in inside
    }
    wider = {key: _list_above(key, above) for key in above if above[key]}
    parents: dict[str, str] = {}
    parts: dict[str, list[str]] = defaultdict(list)
    shared: dict[str, list[str]] = defaultdict(list)
    for key, wholes in above.items():
        sound = [whole for whole in wholes if key not in wider.get(whole, ())]
        ranked = sorted(sound, key=lambda whole: (-len(wider.get(whole, ())), whole))
        if not ranked:
            continue
        home, *others = ranked
        parents[key] = home
        parts[home].append(key)
        for other in others:
            if other not in wider.get(home, ()):
                shared[other].append(key)
    return Forest(by_id, parents, parts, shared)
