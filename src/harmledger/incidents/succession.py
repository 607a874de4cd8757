"""Which claim of a later version stands for one of an earlier: an incident's id outlives the version it came with."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Final

from harmledger.incidents.days import read_days
from harmledger.incidents.folding import key_place
from harmledger.incidents.mentions import order_claim
from harmledger.records.claim import Claim

_VERSIONS: Final = 1000
"""More versions of one report than this are not followed."""


def find_heirs(earlier: Sequence[Claim], later: Sequence[Claim]) -> dict[str, str]:
    """Give for claims of a version those of the next that stand for them, by id.

    The heir is about the same place and days, and of the same scope. One of the same kind, harm and group goes before
    others, and of several the first in the text. A claim that nothing in the later version answers to has none.
    """
    heirs: dict[Hashable, str] = {}
    for claim in sorted(later, key=order_claim):
        where = claim.scope, key_place(claim.place), read_days(claim.time)
        heirs.setdefault(where, claim.id)
        heirs.setdefault((*where, claim.kind, claim.harm, claim.group), claim.id)
    found: dict[str, str] = {}
    for claim in earlier:
        where = claim.scope, key_place(claim.place), read_days(claim.time)
        heir = heirs.get((*where, claim.kind, claim.harm, claim.group)) or heirs.get(where)
        if heir is not None:
            found[claim.id] = heir
    return found


def follow_heirs(claim: str, find_home: Callable[[str], int | None], heirs: Mapping[str, str]) -> int | None:
    """Give the number of the incident that a claim is in, or else that of the nearest heir that is in one."""
    for _ in range(_VERSIONS):
        home = find_home(claim)
        if home is not None or claim not in heirs:
            return home
        claim = heirs[claim]
    return None
