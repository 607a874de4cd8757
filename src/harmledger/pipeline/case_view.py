"""The view of a case for those who ask: opened, held against the facts, and handed out as records."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from harmledger.pipeline.case_rulings import NOTE, Ruled, decode_judgements, rule
from harmledger.pipeline.case_settings import describe_settings
from harmledger.records.claim import Claim
from harmledger.records.document import Document
from harmledger.records.incident import Incident
from harmledger.records.judgement import Judgement
from harmledger.store.settings import load_settings
from harmledger.store.view_incidents import Incidents
from harmledger.store.view_marks import count_since, read_mark
from harmledger.store.view_readings import Readings
from harmledger.store.views import ViewError, find_view, open_view, read_meta

if TYPE_CHECKING:
    from harmledger.publication.view.containment import Known
    from harmledger.publication.view.incident import Records
    from harmledger.store.case import Case


class NoView(LookupError):  # noqa: N818 - nothing went wrong: the case has not been built
    """The case has no view that can be used; the text says why."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """A view that is open for reading. `stale` says in words why it is behind the case; None where it is not."""

    connection: Connection
    readings: Readings
    incidents: Incidents
    stale: str | None = None
    ruled: Ruled = Ruled()

    def list_judgements(self, claim: str) -> tuple[Judgement, ...]:
        """Give the standing judgements on a claim, in the order in which they were made."""
        return tuple(one for one in self.ruled.judgements if claim in one.claims)

    def correct_claims(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """Give claims as people corrected them, less those that they excluded."""
        return self.ruled.rulings.follow(claims)


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """What a case held when its view was built: documents by state, files that could not be read, incidents by
    scope, and the first and the last day that any of them names."""

    name: str
    documents: dict[str, int]
    unread: int
    incidents: dict[str, int]
    first: str | None
    last: str | None


@contextmanager
def read_view(folder: Path) -> Iterator[CaseView]:
    """Open the present view of a case folder while the block runs. Raises NoView."""
    path = find_view(folder)
    if path is None:
        raise NoView("the case has not been built yet")
    try:
        with open_view(path) as connection:
            meta = read_meta(connection)
            ruled = _rule_noted(meta.get(NOTE))
            stale = _find_stale(folder, meta)
            yield CaseView(connection, Readings(connection), Incidents(connection), stale, ruled)
    except ViewError as error:
        raise NoView(f"the case must be built again: {error}") from error


@lru_cache(maxsize=1)
def _rule_noted(note: str | None) -> Ruled:
    """Give what the judgements come to that a view was built with: who asks the same view again need not wait for it."""
    return rule(decode_judgements(note))


def _find_stale(folder: Path, meta: dict[str, str]) -> str | None:
    changes = count_since(read_mark(folder), meta.get("mark", ""))
    if changes:
        return f"the case was not built since {changes} change{'s' if changes > 1 else ''}"
    settings, _ = load_settings(folder)
    if settings is not None and repr(describe_settings(settings)) != meta.get("settings"):
        return "the case was not built since its settings changed"
    return None


def count_changes(case: "Case", view: CaseView) -> int:
    """Give how much changed since the view was built, by the facts themselves: documents that came in, changed or went,
    and judgements that were made or taken back."""
    from harmledger.pipeline.case_changes import FactHeads, find_changes
    from harmledger.store.rulings import list_rulings

    heads = FactHeads(case.facts, read_mark(case.folder))
    changes = find_changes(heads, view.readings, read_meta(view.connection).get("mark", ""))
    judged = {one.id for one in rule(list_rulings(case.facts)).judgements}
    moved = judged ^ {one.id for one in view.ruled.judgements}
    return len(changes.stale) + len(changes.gone) + len(moved)


def summarize_case(folder: Path, view: CaseView) -> CaseSummary:
    """Say what the case holds."""
    settings, _ = load_settings(folder)
    meta = read_meta(view.connection)
    documents = view.readings.count_states()
    if int(meta.get("withdrawn", 0)):
        documents["withdrawn"] = int(meta["withdrawn"])
    first, last = view.incidents.find_period()
    return CaseSummary(
        name=settings.name if settings is not None and settings.name else folder.resolve().name,
        documents=documents,
        unread=int(meta.get("unread", 0)),
        incidents=view.incidents.count(),
        first=first,
        last=last,
    )


def gather_records(view: CaseView, incidents: Sequence[Incident]) -> "Records":
    """Give incidents with the claims of all their documents, and what is known of these."""
    from harmledger.publication.view.incident import Records

    ids = sorted({document for incident in incidents for document in incident.documents})
    claims = {
        claim.id: claim for _, told in view.readings.fetch_claims(ids) for claim in view.correct_claims(told)
    }
    return Records(tuple(incidents), claims, describe_documents(view, ids))


def gather_around(view: CaseView, incident: Incident, parts: Sequence[Incident]) -> "Known":
    """Give the incidents among which an incident's parts and wholes are looked for: its parts, its wholes with theirs, and
    the running totals; of a running total all that is counted."""
    from harmledger.publication.view.containment import Known

    if incident.scope == "since_date":
        return Known((incident, *view.incidents.list_counted()))
    wholes = view.incidents.fetch(incident.part_of).values()
    beside = (part for whole in wholes for part in view.incidents.list_parts(whole.id))
    found = {one.id: one for one in (incident, *parts, *wholes, *beside)}
    return Known((*found.values(), *view.incidents.list_counted("since_date")))


def describe_documents(view: CaseView, ids: Sequence[str]) -> dict[str, Document]:
    """Give what is known of documents, without their texts."""
    return {
        id: Document(
            id=id,
            title=source.title,
            url=source.url,
            publisher=source.publisher,
            published=source.published,
            kind=source.kind,
            supersedes=source.supersedes,
            retracted=True if state == "retracted" else None,
        )
        for id, (source, state) in view.readings.describe(ids).items()
    }
