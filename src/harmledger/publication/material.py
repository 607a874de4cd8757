"""What a publication is made of: records by id, facts about reports, and what the case has settled."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol, TypeVar

from harmledger.publication.disclosure.rules import DELAY_HOURS, INTERNAL, PUBLIC, Disclosure
from harmledger.publication.view.revisions import Revision
from harmledger.publication.withholding.naming import Naming, derive_key
from harmledger.records.claim import Claim
from harmledger.records.document import Document
from harmledger.records.incident import Incident

T = TypeVar("T")

EditionPolicy = Literal["rolling", "kept"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a publication is told: the case's name, its delay in hours, its policy of editions, and for whom.

    `description` stands at the head of the first page, `contact` where errors are reported.

    `disclosure` is the edition that is written (publication.disclosure); without one it is the public edition with
    this delay, or the internal one where `is_internal`. `secret` is the case's, for codes in place of names.
    """

    name: str
    delay_hours: int = DELAY_HOURS
    policy: EditionPolicy = "rolling"
    is_internal: bool = False
    description: str = ""
    contact: str = ""
    disclosure: Disclosure | None = None
    secret: bytes | None = None

    @property
    def rules(self) -> Disclosure:
        """What the edition discloses."""
        if self.disclosure is not None:
            return self.disclosure
        return INTERNAL if self.is_internal else replace(PUBLIC, delay_hours=self.delay_hours)

    @property
    def naming(self) -> Naming:
        """What stands in place of names. Raises ValueError where codes are asked for and there is no secret."""
        if self.rules.names != "hash":
            return Naming()
        if self.secret is None:
            raise ValueError("codes for names need the secret of the case")
        return Naming(derive_key(self.secret, self.rules.name))


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An incident or a document that was in the record and was taken out. `at` is a UTC date-time, ISO 8601.

    `reason` is free text written by a person: it is for internal pages only.
    """

    kind: Literal["incident", "document"]
    id: str
    at: str | None = None
    reason: str | None = None


class Material(Protocol):
    """Gives records to publish. Every list may be asked for again, and comes in the same order each time.

    A case of a hundred thousand documents must fit: lists are streams, and only what a page needs is fetched.
    """

    def list_incidents(self) -> Iterator[Incident]:
        """Give every incident, sorted by id."""
        ...

    def list_claims(self) -> Iterator[Claim]:
        """Give every claim; those of one document stand together."""
        ...

    def is_published(self, incident: Incident) -> bool:
        """Tell whether two editors stand behind an incident as it is now."""
        ...

    def fetch_claims(self, ids: Sequence[str]) -> Mapping[str, Claim]:
        """Give the claims of these ids; those that are not there are left out."""
        ...

    def fetch_documents(self, ids: Sequence[str]) -> Mapping[str, Document]:
        """Give what is known of these reports; their texts only where they are for internal pages."""
        ...

    def list_withdrawn(self) -> Iterator[Withdrawn]:
        """Give the incidents and documents that were withdrawn, sorted by kind and id."""
        ...

    def fetch_revisions(self, incident: Incident, documents: Sequence[str]) -> Sequence[Revision]:
        """Give how these reports of an incident changed from version to version, what people decided about its claims, and
        what its published versions differ in."""
        ...


@dataclass(frozen=True, slots=True)
class HeldRecords:
    """Material held in memory, as three files give it."""

    incidents: Sequence[Incident]
    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]
    withdrawn: Sequence[Withdrawn] = field(default=())
    revisions: Sequence[Revision] = field(default=())

    def list_incidents(self) -> Iterator[Incident]:
        """Give every incident, sorted by id."""
        return iter(sorted(self.incidents, key=lambda incident: incident.id))

    def list_claims(self) -> Iterator[Claim]:
        """Give every claim, sorted by document, place in it, and id."""
        return iter(sorted(self.claims.values(), key=lambda c: (c.document, c.evidence.start, c.id)))

    def is_published(self, incident: Incident) -> bool:
        """Tell that nobody stands behind incidents of files: signatures are kept in a case."""
        return False

    def fetch_claims(self, ids: Sequence[str]) -> Mapping[str, Claim]:
        """Give the claims of these ids; those that are not there are left out."""
        return _pick(self.claims, ids)

    def fetch_documents(self, ids: Sequence[str]) -> Mapping[str, Document]:
        """Give what is known of these reports."""
        return _pick(self.documents, ids)

    def list_withdrawn(self) -> Iterator[Withdrawn]:
        """Give the incidents and documents that were withdrawn, sorted by kind and id."""
        return iter(sorted(self.withdrawn, key=lambda gone: (gone.kind, gone.id)))

    def fetch_revisions(self, incident: Incident, documents: Sequence[str]) -> Sequence[Revision]:
        """Give the changes of these reports, and those that are of no report."""
        return [one for one in self.revisions if one.document is None or one.document in documents]


def _pick(held: Mapping[str, T], ids: Iterable[str]) -> dict[str, T]:
    return {name: held[name] for name in ids if name in held}
