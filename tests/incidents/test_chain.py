"""What holds an incident together: the strongest links, the weakest of them, and the way from one telling to another."""

from collections import defaultdict
from dataclasses import replace

from hypothesis import given, settings

from harmledger.incidents.admission import admit_claims
from harmledger.incidents.chain import find_chain, find_closest
from harmledger.incidents.compare import RULES, THRESHOLD, compare_mentions
from harmledger.incidents.fuse import fuse_claims, list_tellings
from harmledger.incidents.source import Source, Sources
from incidents.build import IDLIB, MAARAT, PROVINCE, day, sources, toll
from incidents.strategies import SOURCES, ledgers

MONDAY, TUESDAY = day("2016-05-30"), day("2016-05-31")
SURE = (toll("a", 1, 23, place=IDLIB, time=MONDAY), toll("b", 1, 23, place=IDLIB, time=MONDAY))
LATE = toll("c", 1, 23, place=IDLIB, time=TUESDAY)


def by_document(claims):
    told = defaultdict(list)
    for claim in claims:
        told[claim.document].append(claim)
    return told


def hold(claims, known=None):
    """Give the only incident that the claims make, and its chain."""
    known = known or sources(*{claim.document for claim in claims})
    (incident,), _ = fuse_claims(claims, known)
    return incident, find_chain(incident.claims, by_document(claims), Sources(known))


def test_the_weakest_link_is_where_the_incident_would_part_first() -> None:
    _, chain = hold([*SURE, LATE])
    assert len(chain.tellings) == 3
    assert len(chain.bonds) == 2
    weakest = chain.weakest
    assert weakest.score == min(bond.score for bond in chain.bonds) >= THRESHOLD
    late = chain.find_telling(LATE.id)
    near, far = chain.part(weakest)
    assert sorted((near, far), key=len)[0] == (late,)


def test_a_bond_tells_every_comparison_and_their_sum_is_its_score() -> None:
    _, chain = hold(list(SURE))
    (bond,) = chain.bonds
    assert round(sum(one.contribution for one in bond.comparisons), 4) == bond.score
    assert [one.name for one in bond.comparisons] == [rule.name for rule in RULES]


def test_a_single_telling_has_no_link() -> None:
    _, chain = hold([SURE[0]])
    assert chain.bonds == chain.loose == ()
    assert chain.weakest is None


def test_copies_of_one_story_are_one_telling() -> None:
    known = sources("a", "b")
    known["b"] = replace(known["b"], copy_of="a")
    incident, chain = hold(list(SURE), known)
    assert len(incident.documents) == 2
    (telling,) = chain.tellings
    assert set(telling.documents) == {"a", "b"}


def test_a_path_leads_from_one_telling_to_another_over_the_strongest_links() -> None:
    _, chain = hold([*SURE, LATE])
    first, last = chain.find_telling(SURE[0].id), chain.find_telling(LATE.id)
    path = chain.find_path(first, last)
    ends = [end for bond in path for end in (bond.first, bond.second)]
    assert {first, last} <= set(ends)
    assert chain.find_path(first, first) == ()


def test_tellings_of_one_total_that_no_score_joins_stand_loose() -> None:
    total = {"place": PROVINCE, "time": MONDAY, "scope": "area_day"}
    unplaced = [toll("a", 1, 59, **total), toll("b", 1, 20, **total)]
    _, chain = hold(unplaced)
    assert len(chain.tellings) == 2
    assert all(bond.score < THRESHOLD for bond in chain.bonds) or chain.loose


def test_of_two_incidents_the_pair_that_comes_nearest_is_given() -> None:
    known = {name: Source(name, "2016-06-01") for name in "abc"}
    claims = [*SURE, toll("c", 1, 4, place=MAARAT, time=MONDAY)]
    tellings = list_tellings(by_document(claims), Sources(known))["attack"]
    one, other, comparisons = find_closest(tellings[:2], tellings[2:])
    assert (one, other) == (0, 0)
    assert [comparison.name for comparison in comparisons if comparison.is_veto] == ["place"]
    assert find_closest([], tellings) is None


@settings(max_examples=60)
@given(ledgers())
def test_the_nearest_pair_is_the_best_of_all_pairs(claims) -> None:
    admitted, _ = admit_claims(claims, SOURCES)
    tellings = list_tellings(by_document(admitted), Sources(SOURCES)).get("attack", [])
    mine, theirs = tellings[::2], tellings[1::2]
    pairs = [
        (one, other, tuple(compare_mentions(mine[one], theirs[other])))
        for one in range(len(mine))
        for other in range(len(theirs))
    ]
    assert find_closest(mine, theirs) == max(pairs, key=judge, default=None)


def judge(pair):
    """Give what makes a pair come before another: that nothing rules it out, then its points."""
    comparisons = pair[2]
    return not any(one.is_veto for one in comparisons), sum(one.contribution for one in comparisons)


@settings(max_examples=60)
@given(ledgers())
def test_every_attack_is_held_together_by_links_that_were_strong_enough(claims) -> None:
    incidents, _ = fuse_claims(claims, SOURCES)
    admitted, _ = admit_claims(claims, SOURCES)
    told = by_document(admitted)
    for incident in incidents:
        if incident.scope != "attack":
            continue
        chain = find_chain(incident.claims, {id: told[id] for id in incident.documents}, Sources(SOURCES))
        assert {claim for telling in chain.tellings for _, claim in telling.claims} >= set(incident.claims)
        assert len(chain.bonds) == len(chain.tellings) - 1
        assert all(bond.score >= THRESHOLD for bond in chain.bonds)
