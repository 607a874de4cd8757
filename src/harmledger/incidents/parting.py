"""Mentions parted where a person judged that claims of one document tell of different attacks."""

from harmledger.incidents.mentions import Mention, is_subset, order_claim
from harmledger.incidents.rulings import Rulings
from harmledger.records.claim import Claim


def part_mention(mention: Mention, rulings: Rulings) -> list[Mention]:
    """Give the mention, or the fewest parts of it in which no two claims were judged apart.

    A claim stays with the first part that it may be in; one that is counted in another ("four of them children") goes where
    that one goes, if it may.
    """
    claims = sorted(mention.claims, key=order_claim)
    if rulings.list_barred(claim.id for claim in claims).isdisjoint(claim.id for claim in claims):
        return [mention]
    parts: list[list[Claim]] = []
    for claim in sorted(claims, key=lambda one: one.part_of is not None):
        barred = rulings.list_barred((claim.id,))
        open_to = [part for part in parts if barred.isdisjoint(one.id for one in part)]
        home = next((part for part in open_to if any(one.id == claim.part_of for one in part)), None)
        if home is None and open_to:
            home = open_to[0]
        if home is None:
            parts.append([claim])
        else:
            home.append(claim)
    return [_make_part(mention, part) for part in parts]


def _make_part(mention: Mention, claims: list[Claim]) -> Mention:
    part = Mention(mention.document, mention.family, mention.scope)
    by_id = {claim.id: claim for claim in claims}
    for claim in sorted(claims, key=order_claim):
        part.add(claim, is_subset(claim, by_id))
    return part
