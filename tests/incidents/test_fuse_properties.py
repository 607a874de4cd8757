"""What must hold whatever the claims are."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from depth import examples
from harmledger.incidents.fuse import fuse_claims
from harmledger.incidents.source import Source
from harmledger.records.claim import Claim
from harmledger.records.incident import Extent, GroupExtent, Incident
from incidents.strategies import SOURCES, ledgers

Ledger = list[Claim]


def fuse(claims: Ledger, each_document: bool = False) -> tuple[Incident, ...]:
    return fuse_claims(claims, SOURCES, each_document=each_document)[0]


def check_bounds(extent: Extent | GroupExtent) -> None:
    if extent.best is None:
        assert extent.low is None
        assert extent.high is None
        return
    assert extent.high is not None
    assert extent.best <= extent.high
    assert extent.low is None or extent.low <= extent.best


@examples(60, 20)
@given(ledgers(), st.randoms(use_true_random=False))
def test_the_order_of_the_lines_changes_nothing(claims: Ledger, random) -> None:
    shuffled = list(claims)
    random.shuffle(shuffled)
    sources = dict(sorted(SOURCES.items(), reverse=True))
    assert fuse_claims(shuffled, sources) == fuse_claims(claims, SOURCES)
    assert repr(fuse_claims(shuffled, sources)) == repr(fuse_claims(claims, SOURCES))


@examples(60, 20)
@given(ledgers())
def test_low_is_at_most_best_is_at_most_high(claims: Ledger) -> None:
    for incident in fuse(claims):
        tolls = [incident.toll, *(account.toll for account in incident.accounts)]
        for extent in (extent for toll in tolls for extent in toll.values()):
            check_bounds(extent)
            for group in extent.groups.values():
                check_bounds(group)


@examples(60, 20)
@given(ledgers())
def test_every_admitted_claim_stands_in_exactly_one_incident(claims: Ledger) -> None:
    for each_document in (False, True):
        incidents = fuse(claims, each_document)
        told = [claim for incident in incidents for claim in incident.claims]
        running = {
            c.id for c in claims if c.scope == "since_date" and (c.count is None or c.stance == "denied")
        }
        assert len(set(told)) == len(told)
        admitted = {claim.id for claim in claims if claim.scope != "background"}
        assert admitted - running <= set(told) <= admitted
        assert len({incident.id for incident in incidents}) == len(incidents)


@examples(60, 20)
@given(ledgers())
def test_fusing_each_document_alone_never_mixes_documents(claims: Ledger) -> None:
    assert all(len(incident.documents) == 1 for incident in fuse(claims, each_document=True))


@examples(60, 20)
@given(ledgers(), st.sampled_from(("d1", "d2", "d3")))
def test_a_copy_raises_neither_the_toll_nor_the_origins(claims: Ledger, document: str) -> None:
    claims = [claim for claim in claims if claim.document != "d4"]
    copied = [
        replace(
            claim, id=f"copy/{claim.id}", document="copy", part_of=claim.part_of and f"copy/{claim.part_of}"
        )
        for claim in claims
        if claim.document == document
    ]
    sources = SOURCES | {"copy": Source("copy", "2016-06-09", "Reprinter", "news", copy_of=document)}
    before = fuse_claims(claims, SOURCES)[0]
    after = fuse_claims([*claims, *copied], sources)[0]
    assert [(i.id, i.toll, i.origins, i.grade) for i in before] == [
        (i.id, i.toll, i.origins, i.grade) for i in after
    ]


@examples(60, 20)
@given(ledgers())
def test_an_accounts_figure_lies_inside_the_envelope(claims: Ledger) -> None:
    for incident in fuse(claims):
        for account in incident.accounts:
            for harm, extent in account.toll.items():
                if extent.high is not None:
                    assert incident.toll[harm].high >= extent.high


@examples(60, 20)
@given(ledgers())
def test_denials_never_change_a_toll(claims: Ledger) -> None:
    without = [claim for claim in claims if claim.stance != "denied" and claim.kind != "attribution"]
    denied = [replace(c, id=f"no/{c.id}", stance="denied") for c in without if c.scope == "attack"]
    for incident in fuse(denied):
        assert incident.toll == {}
        assert incident.accounts == ()
        assert incident.origins == 0


@examples(60, 20)
@given(ledgers())
def test_ids_are_carried_on_when_nothing_changes(claims: Ledger) -> None:
    first = fuse(claims)
    assert fuse_claims(claims, SOURCES, previous=first)[0] == first


@examples(60, 20)
@given(ledgers(), ledgers())
def test_ids_stay_while_documents_come_in(earlier: Ledger, later: Ledger) -> None:
    held = {claim.id for claim in earlier}
    claims = [*earlier, *(claim for claim in later if claim.id not in held)]
    first = fuse(earlier)
    second = fuse_claims(claims, SOURCES, previous=first)[0]
    known = {incident.id for incident in second} | {f for incident in second for f in incident.formerly}
    assert {incident.id for incident in first} <= known
    assert len({incident.id for incident in second}) == len(second)
