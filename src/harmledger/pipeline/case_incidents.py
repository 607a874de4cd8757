"""The incidents of a case: named, made of their claims, held against the totals that contain them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Final

from harmledger.incidents.containment import find_containers
from harmledger.incidents.folding import Telling
from harmledger.incidents.identity import ANCHORS, Named, list_anchors, name_clusters
from harmledger.incidents.source import Sources
from harmledger.incidents.succession import find_heirs, follow_heirs
from harmledger.pipeline.case_fusing import Cluster, Regrouped
from harmledger.pipeline.case_work import (
    IncidentBatch,
    Order,
    cut_batches,
    make_incidents,
    pick_sources,
    share_work,
)
from harmledger.pipeline.formats import encode_records
from harmledger.records.incident import Incident
from harmledger.records.problem import Problem
from harmledger.store.view_incidents import Anchored, Incidents
from harmledger.store.view_names import Names
from harmledger.store.view_readings import Readings, number_claim
from harmledger.store.view_tellings import Tellings

_BATCH: Final = 250
"""Incidents made at a time: their documents' claims are in memory together."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What a view keeps, stage by stage."""

    readings: Readings
    tellings: Tellings
    incidents: Incidents


class Remaking:
    """One build's work on the incidents, step by step."""

    def __init__(self, tables: Tables, sources: Sources, names: Names, made_by: str, jobs: int) -> None:
        self._tables = tables
        self._sources = sources
        self._names = names
        self._made_by = made_by
        self._jobs = jobs
        self._homes: dict[int, int] = {}
        self._known: dict[str, int | None] = {}
        self._parts: list[tuple[str, str]] = []
        self._later: dict[str, str] = {}
        self._heirs: dict[str, str] = {}
        self._named: list[tuple[Named, tuple[str, ...], str]] = []
        self._renamed: dict[int, Named] = {}

    def run(self, regrouped: Regrouped) -> tuple[Problem, ...]:
        """Take out what is gone, make what is new, and bring names and containment up to date everywhere. Gives what
        could not be written."""
        incidents = self._tables.incidents
        incidents.drop(sorted(regrouped.gone))
        standing = {one.number: one for one in incidents.list_anchored()}
        self._parts = self._tables.readings.list_parts()
        self._later = self._tables.readings.list_successors()
        wanted = {number_claim(claim) for claim in chain(self._names.list_anchors(), *self._parts)}
        self._learn_homes(incidents.load_homes(wanted))
        anchored = [*standing.values(), *self._anchor(regrouped.made, wanted)]
        self._known.clear()
        named = self._name(anchored)
        problems = self._make(regrouped.made, named, anchored)
        self._correct(standing, named)
        return problems

    def record(self) -> None:
        """Record the names among the facts, so that whatever comes next gives the same."""
        self._names.record(self._named, self._find_heir)

    def _find_home(self, claim: str) -> int | None:
        """Give the incident that a claim is in. Remembered by the claim's id: the claims that hold ids are asked for again
        and again."""
        if claim not in self._known:
            self._known[claim] = self._homes.get(number_claim(claim))
        return self._known[claim]

    def _learn_homes(self, homes: Mapping[int, int]) -> None:
        """Take in the incidents that claims are in, by the claims' numbers."""
        self._homes |= homes
        self._known.clear()

    def _find_heir(self, claim: str) -> int | None:
        """Give the incident that a claim is in, or that of what stands for it in a later version."""
        return follow_heirs(claim, self._find_home, self._heirs)

    def _list_heirs(self, claims: Iterable[str]) -> dict[str, str]:
        """Give for claims of documents that a later version replaced those that stand for them."""
        readings, later = self._tables.readings, self._later
        heirs: dict[str, str] = {}
        wanted = {claim for claim in claims if self._find_home(claim) is None}
        while wanted:
            replaced = [id for id in readings.find_documents(wanted) if id in later]
            told = dict(readings.fetch_claims(sorted({*replaced, *(later[id] for id in replaced)})))
            found: dict[str, str] = {}
            for id in replaced:
                found |= find_heirs(told[id], told.get(later[id], ()))
            fresh = {claim: heir for claim, heir in found.items() if claim in wanted}
            heirs |= fresh
            self._learn_homes(
                self._tables.incidents.load_homes(number_claim(heir) for heir in fresh.values())
            )
            wanted = {heir for heir in fresh.values() if self._find_home(heir) is None} - heirs.keys()
        return heirs

    def _anchor(self, made: Mapping[int, Cluster], wanted: set[int]) -> Iterator[Anchored]:
        """Give the first claims of each new incident, and note where its claims are: those with the numbers that are
        wanted, and those of later versions, which may stand for one of them."""
        later = set(self._later.values())
        for number, _, tellings in self._load(made):
            stories = [
                (claim, telling.documents[place]) for telling in tellings for place, claim in telling.claims
            ]
            for claim, document in stories:
                key = number_claim(claim)
                if key in wanted or document in later:
                    self._homes[key] = number
            anchors = list_anchors(stories, self._sources)[:ANCHORS]
            documents = dict(stories)
            age = self._sources.order_story(documents[anchors[0]])[0]
            yield Anchored(number, tuple(anchors), age, "", ())

    def _load(self, made: Mapping[int, Cluster]) -> Iterator[tuple[int, Cluster, list[Telling]]]:
        """Give new incidents with their tellings."""
        remaining = iter(made.items())
        while batch := list(islice(remaining, _BATCH)):
            known = self._tables.tellings.load(one for _, (_, cluster) in batch for one in cluster)
            for number, cluster in batch:
                yield number, cluster, [known[one] for one in cluster[1]]

    def _name(self, anchored: Sequence[Anchored]) -> dict[int, Named]:
        """Name every incident, by number."""
        places = {one.number: place for place, one in enumerate(anchored)}

        def find_place(claim: str) -> int | None:
            home = self._find_heir(claim)
            return None if home is None else places[home]

        self._heirs = self._list_heirs(self._names.list_anchors())
        held = self._names.hold(self._find_heir)
        named = name_clusters([one.anchors for one in anchored], held, find_place)
        self._named = [(name, one.anchors, one.age) for name, one in zip(named, anchored, strict=True)]
        return {one.number: name for one, name in zip(anchored, named, strict=True)}

    def _make(
        self, made: Mapping[int, Cluster], named: Mapping[int, Named], anchored: Iterable[Anchored]
    ) -> tuple[Problem, ...]:
        """Make the new incidents, a few at a time."""
        known = {one.number: one for one in anchored if one.number in made}
        problems: list[Problem] = []
        for rows, broken in share_work(make_incidents, self._batch_orders(made, named, known), self._jobs):
            self._tables.incidents.put(rows)
            problems.extend(broken)
        return tuple(problems)

    def _batch_orders(
        self, made: Mapping[int, Cluster], named: Mapping[int, Named], known: Mapping[int, Anchored]
    ) -> Iterator[IncidentBatch]:
        for batch in cut_batches(self._load(made), _BATCH):
            documents = {id for _, _, tellings in batch for telling in tellings for id in telling.documents}
            orders = (
                Order(
                    number=number,
                    scope=scope,
                    claims=tuple(claim for telling in tellings for _, claim in telling.claims),
                    named=named[number],
                    anchors=known[number].anchors,
                    age=known[number].age,
                )
                for number, (scope, _), tellings in batch
            )
            yield IncidentBatch(
                tuple(orders),
                tuple(self._tables.readings.fetch_packed(sorted(documents))),
                pick_sources(self._sources, documents),
                self._sources.rulings,
                self._made_by,
            )

    def _correct(self, standing: Mapping[int, Anchored], named: Mapping[int, Named]) -> None:
        """Bring the names of incidents that stay, and what contains each, up to date."""
        incidents = self._tables.incidents
        located = {one.number: (one, id, part_of) for one, id, part_of in incidents.list_located()}
        containers = find_containers([one for one, _, _ in located.values()], self._parts, self._find_home)
        wanted: dict[int, tuple[str, ...]] = {}
        for number, (_, id, part_of) in located.items():
            wholes = tuple(sorted(named[outer].id for outer in containers.get(number, ())))
            is_renamed = number in standing and (id, standing[number].formerly) != (
                named[number].id,
                named[number].formerly,
            )
            if wholes != part_of or is_renamed:
                wanted[number] = wholes
        incidents.put_lines(self._correct_lines(incidents.load(sorted(wanted)), wanted, named))

    def _correct_lines(
        self,
        incidents: Iterable[tuple[int, Incident]],
        wholes: Mapping[int, tuple[str, ...]],
        named: Mapping[int, Named],
    ) -> Iterator[tuple[int, Incident, bytes]]:
        for number, incident in incidents:
            name = named[number]
            corrected = replace(incident, id=name.id, formerly=name.formerly, part_of=wholes[number])
            lines, _ = encode_records([corrected])
            for line in lines:
                yield number, corrected, line
