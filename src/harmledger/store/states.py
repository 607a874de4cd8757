"""The state of every version: what the case decides over all versions at an address and all judgements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from harmledger.records.identity import identify
from harmledger.store.entries import HeadState, Verdict

CALLERS_ID: Final = "id:"
"""What an address that is a caller's id begins with."""


class Thin(NamedTuple):
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

    def list_held(self, versions: Iterable["Thin"], verdict: Verdict) -> set[int]:
        """Give the rows of the versions of which the verdict holds, on their own or through their document."""
        alone, wholes = self.versions[verdict], self.documents[verdict]
        if not alone and not wholes:
            return set()
        return {one.row for one in versions if one.row in alone or one.document in wholes}


class Standing(NamedTuple):
    """A version's state, and the id of the version that it supersedes."""

    version: Thin
    state: HeadState
    supersedes: str | None
    is_retracted: bool

    @property
    def fingerprint(self) -> str:
        """Give a digest of everything that bears on reading or fusing the version.

        That of one which stands alone is its content's, so that nothing is computed for most of a large case.
        """
        if self.state == "current" and self.supersedes == self.version.supersedes and not self.is_retracted:
            return self.version.content
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
    withdrawn = verdicts.list_held(given, "withdrawn")
    retracted = verdicts.list_held(given, "retracted")
    living = [version for version in given if version.row not in withdrawn] if withdrawn else given
    latest: dict[int, int] = {}
    for version in living:
        if version.number > latest.get(version.document, 0):
            latest[version.document] = version.number
    replaced = _find_replaced(living, given, addresses)
    earlier = _link_earlier(living) if len(latest) < len(living) else {}
    standings = {}
    for version in given:
        row, _, document, number, _, named = version
        is_retracted = row in retracted
        state: HeadState = "current"
        if row in withdrawn:
            state = "withdrawn"
        elif is_retracted:
            state = "retracted"
        elif number < latest[document] or document in replaced:
            state = "superseded"
        standings[row] = Standing(version, state, named or earlier.get(row), is_retracted)
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
