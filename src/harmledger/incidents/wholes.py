"""Two incidents held against each other as wholes: what keeps them apart where single reports of theirs fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from harmledger.incidents.ambiguity import is_pinned
from harmledger.incidents.cluster import LARGE, pick_some
from harmledger.incidents.compare import THRESHOLD, contradict, score_pair
from harmledger.incidents.folding import Telling
from harmledger.incidents.slips import weigh_slips
from harmledger.incidents.ties import UNLINKED


@dataclass(frozen=True, slots=True)
class Wholes:
    """How two incidents fit, by their tellings that name a town and a day.

    `shared` holds the ids of documents that tell both; `contradiction` two tellings, by position, whose places or days rule each
    other out; `mean` is over `pairs` pairs, in points, and must reach `needed`: the threshold and what counts against them
    because too many reports would have slipped. Where a side has no such telling there are no pairs.
    """

    shared: tuple[str, ...]
    contradiction: tuple[int, int] | None
    pairs: int
    mean: float
    needed: float


def weigh_wholes(one: Sequence[Telling], other: Sequence[Telling]) -> Wholes:
    """Give how the tellings of two incidents fit as wholes, in the way in which they were, or were not, brought together
    (`incidents.cluster`). That was asked while both were growing; this is asked of what they have become."""
    shared = {id for telling in one for id in telling.documents} & {
        id for telling in other for id in telling.documents
    }
    pairs = product(range(len(one)), range(len(other)))
    contradiction = next((pair for pair in pairs if contradict(one[pair[0]], other[pair[1]])), None)
    first, second = ([telling for telling in side if is_pinned(telling)] for side in (one, other))
    scores = _score(first, second)
    slips = weigh_slips(((told, 1) for told in first), ((told, 1) for told in second))
    mean = sum(scores) / len(scores) if scores else 0.0
    return Wholes(
        tuple(sorted(shared)), contradiction, len(scores), round(mean, 2), round(THRESHOLD + slips, 2)
    )


def _score(one: Sequence[Telling], other: Sequence[Telling]) -> list[float]:
    if max(len(one), len(other)) > LARGE:
        one, other = ([side[n] for n in pick_some(range(len(side)))] for side in (one, other))
        scores = [score_pair(a, b) for a, b in product(one, other)]
        return [UNLINKED if score is None else score for score in scores]
    scores = [score_pair(a, b) for a, b in product(one, other)]
    return [UNLINKED if score is None or score < THRESHOLD else score for score in scores]
