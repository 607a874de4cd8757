"""Clusters that grow together must fit as wholes."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from harmledger.incidents.ambiguity import Link
from harmledger.incidents.compare import THRESHOLD
from harmledger.incidents.fuse import fuse_claims
from harmledger.incidents.ties import UNLINKED, Ties
from harmledger.records.claim import Claim
from incidents.build import IDLIB, day, sources, toll


def test_the_mean_over_all_pairs_counts() -> None:
    strong = 2 * THRESHOLD - UNLINKED
    ties = Ties([Link(2, 0, strong)], int)
    assert ties.bear(0, 1, 2, 2)
    assert not ties.bear(0, 1, 2, 3)
    assert not ties.bear(0, 1, 5, 1)


def test_a_merged_cluster_takes_over_links() -> None:
    ties = Ties([Link(2, 0, 9.0), Link(2, 1, 9.0), Link(1, 0, 9.0)], int)
    ties.merge(0, 1)
    assert ties.bear(0, 2, 2, 1)
    assert ties.bear(2, 1, 0, 2)


@given(
    st.dictionaries(
        st.tuples(st.integers(4, 7), st.integers(0, 3)), st.floats(5, 20).map(lambda n: round(n, 4))
    ),
    st.permutations(range(16)),
)
def test_the_order_of_links_changes_nothing(scores, order) -> None:
    links = [Link(later, earlier, score) for (later, earlier), score in scores.items()]
    shuffled = [links[n] for n in order if n < len(links)]
    told = [Ties(given, lambda number: number // 4) for given in (links, shuffled)]
    for size, other in product((1, 2, 4), repeat=2):
        assert told[0].bear(0, size, 1, other) == told[1].bear(0, size, 1, other)


def tell(name: str, date: str, killed: int) -> Claim:
    return toll(name, 1, killed, place=IDLIB, time=day(date), means="air_strike")


def test_days_of_a_siege_are_not_one_because_of_one_pair_that_is_alike() -> None:
    first = [tell(f"a{n}", "2016-05-30", killed) for n, killed in enumerate((20, 21, 22, 23))]
    second = [tell(f"b{n}", "2016-05-31", killed) for n, killed in enumerate((20, 3, 2, 4))]
    claims = [*first, *second]
    incidents, _ = fuse_claims(claims, sources(*{claim.document for claim in claims}))
    assert not any({"a1", "b1"} <= set(one.documents) for one in incidents)
