"""Records to a site: three files, or a case, as what publication takes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from harmledger.pipeline.editions import choose_edition, read_secret
from harmledger.pipeline.gather import gather_documents
from harmledger.pipeline.kept_forms import KeptForms
from harmledger.pipeline.lines import load_records
from harmledger.pipeline.repeats import drop_repeated
from harmledger.pipeline.revisions import find_changed, list_decisions, list_later_versions, list_published
from harmledger.pipeline.soundness import keep_sound
from harmledger.pipeline.sources import index_working, open_texts
from harmledger.pipeline.standings import Standings, open_standings
from harmledger.publication.disclosure.rules import NeedRule
from harmledger.publication.material import HeldRecords, Settings, Withdrawn
from harmledger.publication.site.publish import Published, publish_site
from harmledger.publication.view.revisions import Revision
from harmledger.publication.wording import load_wording
from harmledger.records.claim import Claim
from harmledger.records.document import Document
from harmledger.records.incident import Incident
from harmledger.records.problem import Problem

if TYPE_CHECKING:
    from harmledger.pipeline.case_view import CaseView
    from harmledger.store.case import Case
    from harmledger.store.facts import Facts


def open_files(
    incidents: Sequence[str], claims: Sequence[str], documents: Sequence[str]
) -> tuple[HeldRecords, tuple[Problem, ...]]:
    """Read the three kinds of file as material; claims whose evidence does not stand in its document are left out."""
    found, problems = load_records(incidents, Incident)
    once, repeated = drop_repeated(found)
    told, more = load_records(claims, Claim)
    reports, rest = gather_documents(documents)
    texts, lost = open_texts(reports)
    working = index_working(texts)
    sound, stray = keep_sound(told, working)
    held = HeldRecords(
        incidents=once,
        claims={claim.id: claim for claim in sound},
        documents={
            report.id: replace(report.document, text=working.get(report.id), html=None, path=None)
            for report in reports
        },
    )
    return held, (*problems, *repeated, *more, *rest, *lost, *stray)


class CaseNotBuiltError(Exception):
    """A case without a view that can be published; the message says what to do."""


_FEW_LOOKS: Final = 8
"""Incidents whose reports are looked at one by one."""


class CaseMaterial:
    """Material of a case: its view for what follows from the reports, its facts for the reports themselves."""

    def __init__(
        self,
        facts: "Facts",
        view: "CaseView",
        has_texts: bool,
        needs: NeedRule,
        standings: Standings | None = None,
    ) -> None:
        """Take a case. Where an edition `needs` publication, what changed since goes on in its last published form.
        `standings` are those of the incidents that will be asked for, where they are few."""
        self._facts = facts
        self._incidents = view.incidents
        self._view = view
        self._readings = view.readings
        self._has_texts = has_texts
        self._changed: frozenset[str] | None = None
        self._looks = 0
        self._last: Mapping[str, Document] = {}
        self._standings = standings or open_standings(facts)
        self._kept = KeptForms(facts, view, self._standings) if needs == "published" else None

    def list_incidents(self) -> Iterator[Incident]:
        """Give every incident, sorted by id, with the status that people's signatures give it."""
        return map(self.show, self._incidents.list_by_id())

    def fetch_incident(self, id: str) -> Incident | None:
        """Give one incident; None where it is not there."""
        found = self._incidents.fetch((id,)).get(id)
        return None if found is None else self.show(found)

    def show(self, incident: Incident) -> Incident:
        """Give an incident of the view as it is shown: in its last published form, or with the status that signatures give."""
        kept = self._kept.find(incident) if self._kept is not None else None
        return kept or self._standings.mark(incident)

    def is_published(self, incident: Incident) -> bool:
        """Tell whether two editors stand behind an incident as it is now."""
        return self._standings.is_published(incident)

    def list_claims(self) -> Iterator[Claim]:
        """Give every claim, documents by id."""
        if self._kept is not None:
            self._kept.find_all()
        yield from self.list_claims_of(sorted(self._readings.list_fingerprints()))

    def list_claims_of(self, documents: Sequence[str]) -> Iterator[Claim]:
        """Give every claim of these documents, document by document."""
        kept: dict[str, list[Claim]] = defaultdict(list)
        for claim in self._kept.claims.values() if self._kept is not None else ():
            kept[claim.document].append(claim)
        for name, claims in self._readings.fetch_claims(documents):
            yield from self._view.correct_claims(claims)
            yield from kept.get(name, ())

    def fetch_claims(self, ids: Sequence[str]) -> Mapping[str, Claim]:
        """Give the claims of these ids; those that are not there are left out."""
        found = self._readings.fetch_claims_by_id(ids)
        told = {claim.id: claim for claim in self._view.correct_claims(found.values())}
        kept = self._kept.claims if self._kept is not None else {}
        return {**told, **{id: kept[id] for id in ids if id in kept}}

    def fetch_documents(self, ids: Sequence[str]) -> Mapping[str, Document]:
        """Give what is known of these reports; their texts leave the store only where an edition has full texts."""
        if not self._last.keys() >= set(ids):
            found = self._facts.fetch_documents(ids, has_texts=self._has_texts)
            self._last = {document.id: document for document in found if document.id is not None}
        return {id: self._last[id] for id in ids if id in self._last}

    def list_withdrawn(self) -> Iterator[Withdrawn]:
        """Give the documents that were withdrawn or erased, and the incidents that nothing tells of any more."""
        from harmledger.store.view_names import list_gone

        heads = [head.id for head in self._facts.list_heads() if head.state == "withdrawn"]
        stones = [stone.digest for stone in self._facts.list_tombstones()]
        for name in sorted({*heads, *stones}):
            yield Withdrawn("document", name)
        present = {incident.id: None for incident in self._incidents.list_by_id()}
        for incident in self._incidents.list_present(self._standings.list_set_aside()):
            aside = self._standings.find(incident).set_aside
            if aside is not None:
                yield Withdrawn("incident", incident.id, aside.at, aside.reason)
        for name in list_gone(self._facts, present):
            yield Withdrawn("incident", name)

    def fetch_revisions(self, incident: Incident, documents: Sequence[str]) -> Sequence[Revision]:
        """Give how these reports changed from version to version, what people decided about the incident's claims, and
        what its published versions differ in."""
        changed = self._find_changed(documents)
        wanted = [name for name in documents if name in changed]
        return [
            *list_later_versions(self._facts, wanted),
            *list_decisions(self._view.ruled.judgements, incident.claims),
            *list_published(self._standings.find(incident)),
        ]

    def _find_changed(self, documents: Sequence[str]) -> frozenset[str]:
        """Give which of these reports have more than one version, or were retracted: of few incidents by a look at theirs, of
        many by one look at all."""
        if self._changed is None:
            self._looks += 1
            if self._looks <= _FEW_LOOKS:
                return find_changed(self._facts, documents)
            self._changed = find_changed(self._facts)
        return self._changed


def publish_case(
    case: "Case", target: Path, as_of: datetime, name: str = "public"
) -> tuple[Published, tuple[Problem, ...]]:
    """Write an edition of a case into a folder, and record it among the facts. The caller holds the case.

    `name` is that of an edition of the policy (editions.toml). Raises EditionError where there is none, or the policy or
    the key cannot be used. Raises CaseNotBuiltError where there is no view, or where it does not know of all that came in or was taken
    out since: what a person withdrew must not be published. Raises FolderError where the folder cannot be written.
    """
    from harmledger.pipeline.case_view import NoView, count_changes, read_view
    from harmledger.store.entries import Edition

    given = case.settings
    rules = choose_edition(case, name)
    settings = Settings(
        name=given.name or case.folder.resolve().name,
        delay_hours=given.delay_hours,
        policy=given.editions,
        description=given.description,
        contact=given.contact,
        disclosure=rules,
        secret=read_secret(case.folder) if rules.names == "hash" else None,
    )
    try:
        with read_view(case.folder) as view:
            if changes := count_changes(case, view):
                raise CaseNotBuiltError(
                    f"{changes} documents or judgements changed since the case was built; run harmledger build {case.folder}"
                )
            material = CaseMaterial(case.facts, view, rules.has_full_texts, rules.needs)
            published, problems = publish_site(
                material, settings, as_of, target, load_wording(rules.languages[0])
            )
    except NoView as error:
        raise CaseNotBuiltError(f"{error}; run harmledger build {case.folder}") from error
    edition = Edition(
        folder=str(target.resolve()),
        made=published.edition.as_of,
        digest=published.digest,
        is_internal=rules.is_internal,
        documents=sorted(published.documents),
    )
    case.facts.record_edition(edition)
    return published, problems
