"""What one document tells twice: a headline and the text that it announces, a total and what restates it."""

from collections.abc import Mapping, Sequence

from harmledger.incidents.days import relate_days
from harmledger.incidents.geography import relate_places
from harmledger.incidents.mentions import LINKING_HARMS, Mention, reads_as_figure
from harmledger.records.claim import Claim

RETOLD_FIGURE = 5
"""So many killed, told again of a town beside the first, are the same dead: a headline has the city, the text its suburb."""


def join_retold(mentions: Sequence[Mention]) -> list[Mention]:
    """Give the mentions, less those that tell the first one again: as many killed on its day, in a town beside its own.

    The first takes their claims and their place: the text is more exact than its headline.
    """
    if not mentions:
        return []
    first, kept = mentions[0], [mentions[0]]
    for mention in mentions[1:]:
        if _retells(mention, first):
            first.absorb(mention)
            first.place = mention.place
        else:
            kept.append(mention)
    return kept


def _retells(mention: Mention, first: Mention) -> bool:
    """Tell whether both give one number of killed, a telling one, and no other, of towns whose radii meet."""
    told = {figure[0] for figure in mention.figures.get("killed", ())}
    known = {figure[0] for figure in first.figures.get("killed", ())}
    if len(told) != 1 or told != known or min(told) < RETOLD_FIGURE:
        return False
    if relate_places(mention.place, first.place) != "near" or first.days is None:
        return False
    return relate_days(mention.days, first.days) not in ("adjacent", "apart")


RESTATED: Mapping[str, int] = {"area_day": 3, "since_date": 10}
"""A figure of at least this size that also stands in a wider total of the document is that total restated."""


def _restates(mention: Mention, wider: Mention) -> bool:
    """Tell whether the mention gives no figure but those of the wider total: a headline told again."""
    if not mention.figures or relate_places(mention.place, wider.place) == "apart":
        return False
    if relate_days(mention.days, wider.days) == "apart":
        return False
    return all(
        figure[0] >= RESTATED[wider.scope] and figure in wider.figures.get(harm, ())
        for harm, figures in mention.figures.items()
        for figure in figures
    )


_UNNUMBERED = frozenset({"unspecified", "several"})


def gives_no_number(claim: Claim) -> bool:
    """Tell whether the claim speaks of several, and says no number."""
    return claim.count is not None and claim.count.quantifier in _UNNUMBERED


def _speaks_of(mention: Mention, wider: Mention) -> bool:
    """Tell whether the mention gives no number and is of the place and days of the wider total: "the militants
    were killed as they fled", after the day's "120 killed", tells of these."""
    counted = [claim for claim in mention.claims if reads_as_figure(claim) and claim.harm in LINKING_HARMS]
    if not counted or not all(map(gives_no_number, counted)):
        return False
    if relate_places(mention.place, wider.place) not in ("same", "within"):
        return False
    return relate_days(mention.days, wider.days) != "apart"


def take_restated(attacks: Sequence[Mention], wider: Sequence[Mention]) -> list[Mention]:
    """Give the attacks, less those that only restate a wider total of their document: these join it."""
    kept = []
    for mention in attacks:
        whole = next((w for w in wider if _restates(mention, w) or _speaks_of(mention, w)), None)
        if whole is None:
            kept.append(mention)
        else:
            whole.absorb(mention)
    return kept
