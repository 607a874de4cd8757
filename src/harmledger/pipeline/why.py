"""What is needed to say why: incidents, the claims of their documents and the sources, from a case or from files."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from harmledger.incidents.admission import admit_claims, admit_document
from harmledger.incidents.chain import Chain, find_chain
from harmledger.incidents.folding import Telling
from harmledger.incidents.source import Source, Sources
from harmledger.pipeline.gather import gather_documents
from harmledger.pipeline.lines import load_records
from harmledger.pipeline.repeats import drop_repeated
from harmledger.pipeline.soundness import keep_sound
from harmledger.pipeline.sources import describe_sources
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident
from harmledger.records.problem import Problem

if TYPE_CHECKING:
    from harmledger.pipeline.case_view import CaseView


class Ground(Protocol):
    """Where incidents and claims are looked up."""

    def find_incidents(self, prefix: str) -> Sequence[Incident]:
        """Give the incidents whose id begins so; two or more where it does not tell one apart."""

    def find_claims(self, prefix: str) -> Sequence[Claim]:
        """Give the claims whose id begins so."""

    def find_home(self, claim: str) -> Incident | None:
        """Give the incident that a claim is in."""

    def tell(self, documents: Sequence[str]) -> Mapping[str, Sequence[Claim]]:
        """Give the claims of standing documents that may enter an incident."""

    def load_sources(self) -> Sources:
        """Give what is known of the documents."""


@dataclass(frozen=True, slots=True)
class FileGround:
    """Incidents, claims and documents in files."""

    incidents: Mapping[str, Incident]
    claims: Mapping[str, Claim]
    sources: Mapping[str, Source]
    told: Mapping[str, Sequence[Claim]] = field(default_factory=dict)

    def find_incidents(self, prefix: str) -> Sequence[Incident]:
        """See `Ground`."""
        return [one for id, one in self.incidents.items() if id.startswith(prefix)] or [
            one for one in self.incidents.values() if any(id.startswith(prefix) for id in one.formerly)
        ]

    def find_claims(self, prefix: str) -> Sequence[Claim]:
        """See `Ground`."""
        return [claim for id, claim in self.claims.items() if id.startswith(prefix)]

    def find_home(self, claim: str) -> Incident | None:
        """See `Ground`."""
        return next((one for one in self.incidents.values() if claim in one.claims), None)

    def tell(self, documents: Sequence[str]) -> Mapping[str, Sequence[Claim]]:
        """See `Ground`."""
        return {document: self.told[document] for document in documents if document in self.told}

    def load_sources(self) -> Sources:
        """See `Ground`."""
        return Sources(self.sources)


@dataclass(frozen=True, slots=True)
class CaseGround:
    """A case's view."""

    view: "CaseView"

    def find_incidents(self, prefix: str) -> Sequence[Incident]:
        """See `Ground`."""
        return self.view.incidents.find(prefix)

    def find_claims(self, prefix: str) -> Sequence[Claim]:
        """See `Ground`."""
        return self.view.readings.find_claims(prefix)

    def find_home(self, claim: str) -> Incident | None:
        """See `Ground`."""
        home = self.view.incidents.find_home(claim)
        return None if home is None else self.view.incidents.fetch((home,)).get(home)

    def tell(self, documents: Sequence[str]) -> Mapping[str, Sequence[Claim]]:
        """See `Ground`."""
        rulings = self.view.ruled.rulings
        return {
            id: admit_document(claims, rulings) for id, claims in self.view.readings.fetch_claims(documents)
        }

    def load_sources(self) -> Sources:
        """See `Ground`."""
        return Sources(self.view.readings.open_sources(), self.view.ruled.rulings)


def open_files(
    incidents: Sequence[str], claims: Sequence[str], documents: Sequence[str]
) -> tuple[FileGround, tuple[Problem, ...]]:
    """Read the files, as `fuse` does: claims that their document does not hold are left out."""
    found, incident_problems = load_records(incidents, Incident)
    told, claim_problems = load_records(claims, Claim)
    once, repeated = drop_repeated(told)
    gathered, document_problems = gather_documents(documents)
    sources, texts, text_problems = describe_sources(gathered, is_linking=True)
    sound, stray = keep_sound(once, texts)
    admitted, _ = admit_claims(sound, sources)  # what was left out was told when they were fused
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in admitted:
        by_document[claim.document].append(claim)
    ground = FileGround(
        {incident.id: incident for incident in found},
        {claim.id: claim for claim in sound},
        sources,
        by_document,
    )
    return ground, (
        *incident_problems,
        *claim_problems,
        *repeated,
        *document_problems,
        *text_problems,
        *stray,
    )


@dataclass(frozen=True, slots=True)
class Side:
    """One of two that are held against each other: a claim with its telling, or an incident with all of its own."""

    name: str
    incident: Incident | None
    chain: Chain
    position: int | None = None

    @property
    def tellings(self) -> tuple[Telling, ...]:
        """The tellings of this side."""
        return self.chain.tellings if self.position is None else (self.chain.tellings[self.position],)


def explain_incident(ground: Ground, incident: Incident) -> Chain:
    """Give what holds an incident together."""
    return find_chain(incident.claims, ground.tell(incident.documents), ground.load_sources())


def take_side(ground: Ground, one: Claim | Incident) -> Side | None:
    """Give what a claim or an incident is held against another with; None for a claim that makes no incident."""
    if isinstance(one, Incident):
        return Side(one.id, one, explain_incident(ground, one))
    home = ground.find_home(one.id)
    if home is None:
        return None
    chain = explain_incident(ground, home)
    position = chain.find_telling(one.id)
    return None if position is None else Side(one.id, home, chain, position)
