"""What keeps two incidents apart although two of their reports fit."""

from collections.abc import Sequence

from harmledger.incidents.chain import find_chain, find_closest
from harmledger.incidents.compare import THRESHOLD
from harmledger.incidents.folding import Telling
from harmledger.incidents.fuse import fuse_claims
from harmledger.incidents.source import Sources
from harmledger.incidents.wholes import weigh_wholes
from harmledger.records.claim import Claim
from harmledger.records.time import Time
from incidents.build import IDLIB, MAARAT, day, sources, toll

FIRST, SECOND = day("2016-05-30"), day("2016-05-31")


def tell(name: str, time: Time | None, killed: int = 4, place=IDLIB) -> Claim:  # type: ignore[no-untyped-def]
    return toll(name, 1, killed, place=place, time=time, means="air_strike")


def gather(claims: Sequence[Claim]) -> dict[str, tuple[Telling, ...]]:
    """Give the tellings of each incident, by each of its documents."""
    known = sources(*{claim.document for claim in claims})
    told = {claim.document: [claim] for claim in claims}
    found, _ = fuse_claims(claims, known)
    return {
        name: find_chain(one.claims, told, Sources(known)).tellings for one in found for name in one.documents
    }


def test_days_that_are_told_by_as_many_need_more_than_the_threshold() -> None:
    found = gather(
        [tell(f"{name}{n}", time) for name, time in (("a", FIRST), ("b", SECOND)) for n in range(4)]
    )
    one, other = found["a0"], found["b0"]
    closest = find_closest(one, other)
    assert closest is not None
    assert sum(comparison.contribution for comparison in closest[2]) >= THRESHOLD, (
        "two by themselves would be one"
    )
    wholes = weigh_wholes(one, other)
    assert (wholes.shared, wholes.contradiction, wholes.pairs) == ((), None, 16)
    assert wholes.needed > THRESHOLD
    assert wholes.mean < wholes.needed
    assert weigh_wholes(other, one) == wholes


def test_a_contradiction_is_named_by_its_two_tellings() -> None:
    found = gather([tell("a", FIRST), tell("b", FIRST, place=MAARAT)])
    assert weigh_wholes(found["a"], found["b"]).contradiction == (0, 0)


def test_a_document_that_tells_both_is_named() -> None:
    found = gather([tell("a", FIRST), tell("b", FIRST, place=MAARAT)])
    assert weigh_wholes(found["a"], found["a"]).shared == ("a",)


def test_what_leaves_the_day_open_has_no_pairs() -> None:
    found = gather([tell("a", FIRST), tell("b", None, 40)])
    assert weigh_wholes(found["a"], found["b"]).pairs == 0


def test_of_many_tellings_a_few_stand_for_all() -> None:
    claims = [tell(f"{name}{n:02}", time) for name, time in (("a", FIRST), ("b", SECOND)) for n in range(30)]
    found = gather(claims)
    assert 0 < weigh_wholes(found["a00"], found["b00"]).pairs <= 64
