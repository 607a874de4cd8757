"""Links: the pairs of tellings that may be of one attack, found as tellings come in their order."""

from collections.abc import Iterable, Iterator, Mapping

from harmledger.incidents.ambiguity import Link
from harmledger.incidents.candidates import Grounds, list_blocks
from harmledger.incidents.compare import SCALE, Scale
from harmledger.incidents.folding import Telling
from harmledger.incidents.scoring import Scorer, Traits


class Linker:
    """Links tellings with those before them, by position; of these it holds what is compared alone.

    Where several share the work each goes through all tellings, and finds the links of some of them.
    """

    def __init__(self, scale: Scale = SCALE) -> None:
        self._grounds = Grounds()
        self._scorer = Scorer(scale)
        self._traits: list[Traits] = []

    def link(self, telling: Telling) -> Iterator[Link]:
        """Give the links of the next telling with those before it."""
        blocks = list_blocks(telling)
        position, mine = len(self._traits), self._scorer.describe(telling, telling.document)
        for other in self._grounds.find(blocks):
            score = self._scorer.score(self._traits[other], mine)
            if score is not None:
                yield Link(position, other, score)
        self._traits.append(mine)
        self._grounds.put(blocks, position)

    def pass_by(self, telling: Telling) -> None:
        """Take the next telling in without finding its links."""
        self._grounds.put(list_blocks(telling), len(self._traits))
        self._traits.append(self._scorer.describe(telling, telling.document))


def find_links(tellings: Iterable[Telling], scale: Scale = SCALE) -> Iterator[Link]:
    """Give the links among tellings in their order, by position: the pairs that may be of one attack, and those that bear on
    it (`incidents.ambiguity.LEAST`). None are of one document."""
    linker = Linker(scale)
    for telling in tellings:
        yield from linker.link(telling)


def score_links(pairs: Iterable[tuple[int, int]], tellings: Mapping[int, Telling]) -> Iterator[Link]:
    """Give the links among pairs of tellings, by number, the earlier first."""
    scorer = Scorer()
    glances: dict[int, tuple[int, ...]] = {}
    traits: dict[int, Traits] = {}
    for earlier, later in pairs:
        for number in (earlier, later):
            if number not in glances:
                glances[number] = scorer.glance(tellings[number])
        if not scorer.may_fit(glances[earlier], glances[later]):
            continue
        for number in (earlier, later):
            if number not in traits:
                traits[number] = scorer.describe(tellings[number], tellings[number].document)
        score = scorer.score(traits[earlier], traits[later])
        if score is not None:
            yield Link(later, earlier, score)
