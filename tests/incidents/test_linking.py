"""Links kept up with are the links found anew, whatever goes and comes."""

from bisect import insort
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from depth import examples
from harmledger.incidents import candidates, linking
from harmledger.incidents.ambiguity import Link
from harmledger.incidents.candidates import Block, list_blocks, list_sought, reach_block
from harmledger.incidents.folding import Telling
from harmledger.incidents.linking import Member, Span, relink
from harmledger.incidents.links import find_links
from harmledger.records.place import Place

WIDE = Place("Province", None, "p:1", "SY", "Province", None, 35.0, 36.0, "province", 50.0)
PLACES = (
    *(
        Place(f"T{n}", None, f"t:{n}", "SY", "Province", None, 35 + n * 0.08, 36, "settlement")
        for n in range(4)
    ),
    WIDE,
    Place("Unknown", None, None, "SY", "Province"),
    None,
)


@st.composite
def tellings(draw: st.DrawFn) -> Telling:
    order = draw(st.integers(0, 999))
    start = draw(st.sampled_from((None, 100, 101, 102, 104)))
    days = None if start is None else (start, start + draw(st.sampled_from((0, 0, 1, 20))))
    low = draw(st.sampled_from((None, 5, 38)))
    document = f"d{draw(st.integers(0, 5))}"
    return Telling(
        scope="attack", family=document, order=f"{order:04}", document=document,
        place=draw(st.sampled_from(PLACES)), days=days, means=frozenset({"air_strike"}), targets=frozenset(),
        actors=frozenset(), figures={} if low is None else {"killed": frozenset({(low, low)})},
        documents=(document,), claims=(),
    )  # fmt: skip


def link_all(known: dict[int, Telling]) -> set[Link]:
    numbers = sorted(known, key=lambda number: known[number].order)
    links = find_links([known[number] for number in numbers])
    return {Link(numbers[later], numbers[earlier], score) for later, earlier, score in links}


class Shelf:
    """Who stands in which block, for tellings that do not change."""

    def __init__(self, known: dict[int, Telling]):
        self._standing: dict[Block, list[Member]] = {}
        for number, telling in known.items():
            for block in list_blocks(telling):
                insort(self._standing.setdefault(block, []), (telling.order, number))

    def fetch(self, spans: Iterable[Span]) -> None:
        for span in spans:
            assert span.until is None or span.order <= span.until

    def list_before(self, block: Block, order: str, number: int) -> list[Member]:
        members = self._standing.get(block, [])
        return [one for one in members if one[0] < order][-number:]

    def list_from(self, block: Block, order: str, number: int) -> list[Member]:
        members = self._standing.get(block, [])
        return [one for one in members if one[0] >= order][:number]

    def list_span(self, block: Block, order: str, until: str) -> list[Member]:
        return [one for one in self._standing.get(block, ()) if order <= one[0] <= until]


@examples(150, 50)
@given(
    st.lists(tellings(), max_size=24, unique_by=lambda telling: telling.order),
    st.lists(st.sampled_from(("stay", "go", "come")), min_size=24, max_size=24),
    st.integers(1, 4),
)
def test_links_kept_up_with_are_the_links_found_anew(
    members: list[Telling], fates: list[str], window: int
) -> None:
    before, after, removed, added = {}, {}, {}, {}
    for number, (telling, fate) in enumerate(zip(members, fates, strict=False)):
        if fate != "come":
            before[number] = telling
        if fate != "go":
            after[number] = telling
        {"go": removed, "come": added, "stay": {}}[fate][number] = telling
    kept, linking.WINDOW = (candidates.WINDOW, linking.WINDOW), window
    candidates.WINDOW = window
    try:
        old, new = link_all(before), link_all(after)
        changed = relink(
            removed, added, Shelf(before), lambda numbers: {n: before[n] for n in numbers},
            lambda pairs: {link for link in old if (link.later, link.earlier) in pairs},
        )  # fmt: skip
    finally:
        candidates.WINDOW, linking.WINDOW = kept
    assert old.issuperset(changed.lost)
    left = {link for link in old if removed.keys().isdisjoint((link.later, link.earlier))} - {*changed.lost}
    assert left | set(changed.gained) == new


@given(tellings(), tellings())
def test_who_looks_into_a_block_stands_in_one_that_it_reaches(one: Telling, other: Telling) -> None:
    mine, theirs = list_blocks(one), list_blocks(other)
    finds = not list_sought(mine).isdisjoint(theirs)
    assert finds == (not list_sought(theirs).isdisjoint(mine))
    for block in mine:
        assert all(block in set(reach_block(reached)) for reached in reach_block(block))
