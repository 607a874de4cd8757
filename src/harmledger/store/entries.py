"""What the facts of a case hand out: frozen values, known without any database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from harmledger.records.vocabulary import Severity

HeadState = Literal["current", "superseded", "retracted", "withdrawn"]
"""`current` feeds tolls. `superseded`: a later version stands at its address. `retracted`: its publisher took it
back. `withdrawn`: the recorder took it out of every view. Of several that hold, the last in this order is given."""

Verdict = Literal["retracted", "withdrawn"]
JudgementSource = Literal["person", "notice"]


@dataclass(frozen=True, slots=True)
class Head:
    """One version, thin: what a build compares.

    `id` is the document's id in claims. `fingerprint` changes whenever anything changes that bears on reading
    or fusing the version: text, metadata, the version it supersedes, its state. `address` names the document
    across its versions; None where it has none.
    """

    id: str
    fingerprint: str
    state: HeadState
    address: str | None


@dataclass(frozen=True, slots=True)
class Minted:
    """An incident id and the claim it was minted with; `order` counts up as ids are minted.

    `merged_into` names the incident that swallowed this one; None while it stands for itself.
    """

    incident: str
    anchor: str
    order: int
    merged_into: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person or a publisher's notice decided of a document.

    `holds` is False where an earlier judgement is taken back. `version` is None where the judgement is of the
    document at its address, whatever its version. `at` is UTC, ISO 8601.
    """

    verdict: Verdict
    holds: bool
    version: str | None
    address: str | None
    reason: str
    by: str
    at: str
    source: JudgementSource = "person"


@dataclass(frozen=True, slots=True)
class VersionSheet:
    """One version with where it came from: its file, its place in the file, and what is known of its state.

    `number` counts the versions at one address from 1. `is_kept` is False where its received bytes were
    destroyed with another document that they held; its text is still there.
    """

    id: str
    address: str | None
    number: int
    state: HeadState
    digest: str
    size: int
    title: str | None
    publisher: str | None
    url: str | None
    published: str | None
    received: str
    file_name: str
    file_digest: str
    locator: str | None
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Unread:
    """A file, or a part of one, that could not be read; it is kept, and may be read by a later program.

    `locator` is what the problem says of its place. A `note` is what no program here reads (a photo); `received`
    is UTC, ISO 8601.
    """

    file_digest: str
    file_name: str
    received: str
    where: str | None
    severity: Severity
    code: str
    message: str
    remedy: str | None


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of an erased document: the digest of its bytes, and who erased it, when and why."""

    digest: str
    text_digest: str | None
    size: int
    by: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One publication: where it was written, when (UTC, ISO 8601), its digest, and what it shows.

    `number` counts up from 1 and is given by the facts (0 before it is recorded). `documents` are the ids of
    the versions that it quotes, links or names; they are recorded as digests, in a form that can be asked
    whether it holds an id, but not listed.
    """

    folder: str
    made: str
    digest: str
    is_internal: bool
    documents: Sequence[str] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What a case holds, counted."""

    files: int
    documents: int
    versions: int
    unread: int
    erased: int
