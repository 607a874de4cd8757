"""The state of every version: what the case decides over all versions at an address and all judgements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from harmledger.records.identity import identify
from harmledger.store.entries import HeadState, Verdict

CALLERS_ID: Final = "id:"
"""What an address that is a caller's id begins with."""


@dataclass(frozen=True, slots=True)
class Thin:
    """What of a version bears on states. `row` and `document` are numbers of rows; `supersedes` is what the
    version itself names, a version's id or a caller's."""

    row: int
    key: str
    document: int
    number: int
    content: str
    supersedes: str | None


@dataclass(slots=True)
class Verdicts:
    """The verdicts that hold: on versions and on whole documents, by number of row."""

    versions: dict[Verdict, set[int]] = field(
        default_factory=lambda: {"retracted": set(), "withdrawn": set()}
    )
    documents: dict[Verdict, set[int]] = field(
        default_factory=lambda: {"retracted": set(), "withdrawn": set()}
    )

    def hold(self, version: Thin, verdict: Verdict) -> bool:
        """Tell whether the verdict holds of the version, on its own or through its document."""
        return version.row in self.versions[verdict] or version.document in self.documents[verdict]


@dataclass(frozen=True, slots=True)
class Standing:
    """A version's state, and the id of the version that it supersedes."""

    version: Thin
    state: HeadState
    supersedes: str | None
    is_retracted: bool

    @property
    def fingerprint(self) -> str:
        """Give a digest of everything that bears on reading or fusing the version."""
        return identify((self.version.content, self.state, self.supersedes, self.is_retracted))


def decide_states(
    versions: Iterable[Thin], verdicts: Verdicts, addresses: Mapping[str, int]
) -> dict[int, Standing]:
    """Give the standing of each version, by number of row.

    A version is superseded by the latest at its address that is not withdrawn, and by one that names it (or its
    address) in `supersedes`: a version that was withdrawn, or erased, replaces nothing. `versions` must hold
    all versions of every document that it holds one of. `addresses` gives the document of a caller's id.
    """
    given = list(versions)
    living = [version for version in given if not verdicts.hold(version, "withdrawn")]
    latest: dict[int, int] = {}
    for version in living:
        latest[version.document] = max(latest.get(version.document, 0), version.number)
    replaced = _find_replaced(living, given, addresses)
    before = _link_earlier(living)
    standings = {}
    for version in given:
        is_retracted = verdicts.hold(version, "retracted")
        state: HeadState = "current"
        if verdicts.hold(version, "withdrawn"):
            state = "withdrawn"
        elif is_retracted:
            state = "retracted"
        elif version.number < latest[version.document] or version.document in replaced:
            state = "superseded"
        supersedes = version.supersedes or before.get(version.row)
        standings[version.row] = Standing(version, state, supersedes, is_retracted)
    return standings


def _find_replaced(living: Iterable[Thin], given: Iterable[Thin], addresses: Mapping[str, int]) -> set[int]:
    """Give the documents that a version at another address says it replaces."""
    naming = [version for version in living if version.supersedes is not None]
    if not naming:
        return set()
    documents = {version.key: version.document for version in given}
    replaced = set()
    for version in naming:
        target = documents.get(version.supersedes or "", addresses.get(f"{CALLERS_ID}{version.supersedes}"))
        if target is not None and target != version.document:
            replaced.add(target)
    return replaced


def _link_earlier(living: Iterable[Thin]) -> dict[int, str]:
    """Give for each version the id of the one before it at its address, by number of row."""
    chains: dict[int, list[Thin]] = {}
    for version in living:
        chains.setdefault(version.document, []).append(version)
    earlier = {}
    for chain in chains.values():
        chain.sort(key=lambda version: version.number)
        earlier.update({new.row: old.key for old, new in pairwise(chain)})
    return earlier
