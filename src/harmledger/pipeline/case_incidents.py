"""The incidents of a case: named, made of their claims, held against the totals that contain them."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from harmledger.incidents.folding import Telling
from harmledger.incidents.identity import ANCHORS, Named, list_anchors
from harmledger.incidents.source import Sources
from harmledger.pipeline.case_containment import Contained, contain_all, contain_changed, note_former
from harmledger.pipeline.case_fusing import Cluster, Regrouped
from harmledger.pipeline.case_naming import Homes, Naming, list_holders, note_departed
from harmledger.pipeline.case_work import (
    FEW,
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
from harmledger.store.view_copies import Copies
from harmledger.store.view_incidents import Anchored, Incidents
from harmledger.store.view_names import Names
from harmledger.store.view_placements import Placements
from harmledger.store.view_readings import Readings, number_claim
from harmledger.store.view_tellings import Tellings

_BATCH: Final = 250
"""Incidents made at a time: their documents' claims are in memory together."""

_LEAST: Final = 25
"""So few are made sooner than a process is forked for some of them."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What a view keeps, stage by stage."""

    readings: Readings
    copies: Copies
    tellings: Tellings
    incidents: Incidents
    placements: Placements


@dataclass(frozen=True, slots=True)
class Checks:
    """Check sums of incidents by id, before and after a build: of all, or of those that it touched."""

    before: Mapping[str, int]
    after: Mapping[str, int]


class Remaking:
    """One build's work on the incidents, step by step."""

    def __init__(self, tables: Tables, sources: Sources, names: Names, made_by: str, jobs: int) -> None:
        self._tables = tables
        self._sources = sources
        self._names = names
        self._made_by = made_by
        self._jobs = jobs
        self._homes = Homes(tables.incidents)
        self._naming = Naming(names, tables.readings, tables.incidents, self._homes)

    def run_all(self, made: Mapping[int, Cluster]) -> tuple[Problem, ...]:
        """Make every incident, where none stands. Gives what could not be written."""
        self._names.load_all()
        later = self._tables.readings.list_later()
        anchored = list(self._anchor(made, set(list_holders(self._names)), later))
        named = self._naming.name_all(anchored)
        problems = self._make(made, named, anchored)
        tables = self._tables
        self._correct(contain_all(tables.placements, tables.readings, tables.incidents, named), {}, named)
        return problems

    def run_changed(
        self, regrouped: Regrouped, moved: AbstractSet[str], changed: AbstractSet[str]
    ) -> tuple[tuple[Problem, ...], Checks]:
        """Take out what is gone, make what is new, and bring names and containment up to date where that bears on them.
        Gives what could not be written, and the check sums of what changed.

        `changed` are the documents that came, went or changed, `moved` the claims that they held or hold. A replaced version
        that comes back is in no incident, and yet says where an id that its claims hold belongs.
        """
        incidents, placements = self._tables.incidents, self._tables.placements
        gone, made = sorted(regrouped.gone), regrouped.made
        departed, former = note_departed(incidents, gone), note_former(placements, gone)
        before = incidents.list_checks(gone)
        anchored = list(self._anchor(made))
        incidents.drop(gone, self._homes.list_noted())
        claims, documents = self._list_told(made)
        standing = self._naming.load_around(departed, claims | moved, documents | changed)
        named = self._naming.name_changed(standing, anchored)
        problems = self._make(made, named, anchored)
        contained = contain_changed(placements, incidents, former, made.keys(), named)
        stays = {one.number: one for one in standing}
        touched = (contained.list_changed() | stays.keys()) - made.keys()
        before |= incidents.list_checks(sorted(touched))
        self._correct(contained, stays, named)
        return problems, Checks(before, incidents.list_checks(sorted(touched | made.keys())))

    def record(self) -> None:
        """Record the names among the facts, so that whatever comes next gives the same."""
        self._naming.record()

    def _list_told(self, made: Mapping[int, Cluster]) -> tuple[set[str], set[str]]:
        """Give the claims and the documents of new incidents."""
        claims: set[str] = set()
        documents: set[str] = set()
        for _, _, tellings in self._load(made):
            for telling in tellings:
                claims.update(claim for _, claim in telling.claims)
                documents.update(telling.documents)
        return claims, documents

    def _anchor(
        self,
        made: Mapping[int, Cluster],
        wanted: AbstractSet[int] | None = None,
        later: AbstractSet[str] = frozenset(),
    ) -> Iterator[Anchored]:
        """Give the first claims of each new incident, and note where its claims are: where some are wanted, given by
        number, only these and those of documents in `later`, which may stand for one of them."""
        for number, _, tellings in self._load(made):
            stories = [
                (claim, telling.documents[place]) for telling in tellings for place, claim in telling.claims
            ]
            keys = ((number_claim(claim), document) for claim, document in stories)
            self._homes.note(
                {
                    key: number
                    for key, document in keys
                    if wanted is None or key in wanted or document in later
                }
            )
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
        for batch in cut_batches(self._load(made), _size_batches(len(made), self._jobs)):
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

    def _correct(
        self, contained: Contained, standing: Mapping[int, Anchored], named: Mapping[int, Named]
    ) -> None:
        """Bring the names of incidents that stay, and what contains incidents, up to date."""
        wanted = {number: contained.wholes[number] for number in contained.list_changed()}
        for number, one in standing.items():
            if (one.id, one.formerly) != (named[number].id, named[number].formerly):
                wanted[number] = contained.wholes[number]
        incidents = self._tables.incidents
        incidents.put_lines(self._correct_lines(incidents.load(sorted(wanted)), wanted, named))

    def _correct_lines(
        self,
        incidents: Iterable[tuple[int, Incident]],
        wholes: Mapping[int, tuple[str, ...]],
        named: Mapping[int, Named],
    ) -> Iterator[tuple[int, Incident, bytes]]:
        for number, incident in incidents:
            name = named.get(number) or Named(incident.id, incident.formerly)
            corrected = replace(incident, id=name.id, formerly=name.formerly, part_of=wholes[number])
            lines, _ = encode_records([corrected])
            for line in lines:
                yield number, corrected, line


def _size_batches(number: int, jobs: int) -> int:
    """Give how many of so many incidents are made at a time: of few, such a share that each of the processes has one."""
    if number > FEW * _BATCH:
        return _BATCH
    return min(_BATCH, max(_LEAST, -(-number // min(jobs, FEW))))
