"""The names of a case's incidents: of all, or of those that a change bears on.

An id goes where the claims that hold it are. So a change bears on the incidents that were made, and on those that stay
and hold a claim of an id that was, or is, held in one that went or was made.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from harmledger.incidents.identity import Named, name_clusters
from harmledger.incidents.succession import find_heirs, follow_heirs
from harmledger.store.view_incidents import Anchored, Incidents
from harmledger.store.view_names import Names
from harmledger.store.view_readings import Readings, number_claim


@dataclass(frozen=True, slots=True)
class Departed:
    """What incidents that went held: their ids, those they had before, and their claims."""

    ids: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()


def note_departed(incidents: Incidents, numbers: Collection[int]) -> Departed:
    """Give what incidents hold before they go."""
    ids = {id for one in incidents.list_anchored(numbers) for id in (one.id, *one.formerly)}
    return Departed(frozenset(ids), frozenset(incidents.list_claims(numbers)))


class Homes:
    """In which incident each claim is: those of new incidents as they are noted, the others as the view has them."""

    def __init__(self, incidents: Incidents) -> None:
        self._incidents = incidents
        self._homes: dict[int, int] = {}
        self._known: dict[str, int | None] = {}

    def note(self, homes: Mapping[int, int]) -> None:
        """Take in the incidents that claims are in, by the claims' numbers."""
        self._homes |= homes
        self._known.clear()

    def list_noted(self) -> Mapping[int, int]:
        """Give the incidents that claims are in, by the claims' numbers, as far as they were noted."""
        return self._homes

    def learn(self, claims: Iterable[str]) -> None:
        """Look up in the view where claims are, unless that is known."""
        self.note(self._incidents.load_homes({number_claim(claim) for claim in claims} - self._homes.keys()))

    def find(self, claim: str) -> int | None:
        """Give the incident that a claim is in. Remembered by the claim's id: the claims that hold ids are asked for again
        and again."""
        if claim not in self._known:
            self._known[claim] = self._homes.get(number_claim(claim))
        return self._known[claim]


class Naming:
    """One build's work on the names."""

    def __init__(self, names: Names, readings: Readings, incidents: Incidents, homes: Homes) -> None:
        self._names = names
        self._readings = readings
        self._incidents = incidents
        self._homes = homes
        self._heirs: dict[str, str] = {}
        self._named: list[tuple[Named, tuple[str, ...], str]] = []

    def name_all(self, made: Sequence[Anchored]) -> dict[int, Named]:
        """Name all incidents, which are new, by number. Every id was loaded."""
        self._homes.learn(self._names.list_anchors())
        self._heirs = self._list_heirs(self._names.list_anchors())
        return self._name(made)

    def load_around(
        self, departed: Departed, claims: Iterable[str], documents: Iterable[str]
    ) -> list[Anchored]:
        """Load the ids that a change bears on, and give the incidents that stay and hold a claim of one. `claims` and
        `documents` are those of the incidents that are new, and those are noted in the homes."""
        earlier = self._readings.find_earlier(documents)
        told = {claim.id for _, own in self._readings.fetch_claims(sorted(earlier)) for claim in own}
        self._names.load_around({*departed.claims, *claims, *told}, departed.ids)
        standing: dict[int, Anchored] = {}
        while True:
            anchors = list(self._names.list_anchors())
            self._homes.learn(anchors)
            self._heirs = self._list_heirs(anchors)
            homes = {home for claim in anchors if (home := self.find_heir(claim)) is not None}
            rows = list(self._incidents.list_anchored(sorted(homes - standing.keys())))
            if not rows:
                return list(standing.values())
            standing.update((row.number, row) for row in rows)
            self._names.load_around(
                {claim for row in rows for claim in row.anchors},
                {id for row in rows for id in (row.id, *row.formerly)},
            )

    def name_changed(self, standing: Sequence[Anchored], made: Sequence[Anchored]) -> dict[int, Named]:
        """Name the incidents that are new, and those that stay and a change bears on, by number."""
        return self._name([*standing, *made])

    def record(self) -> None:
        """Record the names among the facts, so that whatever comes next gives the same."""
        self._names.record(self._named, self.find_heir)

    def find_heir(self, claim: str) -> int | None:
        """Give the incident that a claim is in, or that of what stands for it in a later version."""
        return follow_heirs(claim, self._homes.find, self._heirs)

    def _name(self, anchored: Sequence[Anchored]) -> dict[int, Named]:
        places = {one.number: place for place, one in enumerate(anchored)}

        def find_place(claim: str) -> int | None:
            home = self.find_heir(claim)
            return None if home is None else places[home]

        held = self._names.hold(self.find_heir)
        named = name_clusters([one.anchors for one in anchored], held, find_place)
        self._named = [(name, one.anchors, one.age) for name, one in zip(named, anchored, strict=True)]
        return {one.number: name for one, name in zip(anchored, named, strict=True)}

    def _list_heirs(self, claims: Iterable[str]) -> dict[str, str]:
        """Give for claims of documents that a later version replaced those that stand for them."""
        readings = self._readings
        heirs: dict[str, str] = {}
        wanted = {claim for claim in claims if self._homes.find(claim) is None}
        while wanted:
            documents = readings.find_documents(wanted)
            later = readings.find_successors(documents)
            replaced = [id for id in documents if id in later]
            told = dict(readings.fetch_claims(sorted({*replaced, *(later[id] for id in replaced)})))
            found: dict[str, str] = {}
            for id in replaced:
                found |= find_heirs(told[id], told.get(later[id], ()))
            fresh = {claim: heir for claim, heir in found.items() if claim in wanted}
            heirs |= fresh
            self._homes.learn(fresh.values())
            wanted = {heir for heir in fresh.values() if self._homes.find(heir) is None} - heirs.keys()
        return heirs


def list_holders(names: Names) -> Iterator[int]:
    """Give the numbers of the claims that hold the ids that were loaded."""
    return (number_claim(claim) for claim in names.list_anchors())
