"""Files fused by several processes give what one gives."""

from collections.abc import Iterable, Mapping
from multiprocessing import active_children

import pytest

from harmledger.incidents.admission import Admission
from harmledger.incidents.fuse import Order, fuse_claims, fuse_told
from harmledger.incidents.identity import Named
from harmledger.incidents.rulings import NO_RULINGS, Rulings, gather_rulings
from harmledger.incidents.source import Source, Sources
from harmledger.pipeline import fuse_crew, linking
from harmledger.pipeline.formats import encode_records
from harmledger.pipeline.fuse_crew import Processes
from harmledger.pipeline.packed_claims import AdmittedClaims, PackedClaims
from harmledger.records.claim import Claim
from harmledger.records.judgement import Judgement
from incidents.crowd import make_crowd
from pipeline.killing import check_that_a_killed_process_is_told


@pytest.fixture(autouse=True)
def _small_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "MANY", 2)
    monkeypatch.setattr(linking, "STRETCH", 20)
    monkeypatch.setattr(fuse_crew, "_BATCH", 5)


def admit(
    claims: Iterable[Claim], known: Mapping[str, Source], rulings: Rulings = NO_RULINGS
) -> AdmittedClaims:
    """Give claims as fusing files holds them."""
    packed = PackedClaims()
    for claim in claims:
        packed.add(claim.document, [claim])
    return AdmittedClaims(packed, rulings, Admission(known))


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_people_decided_is_followed_once(jobs: int) -> None:
    claims, known = make_crowd(200)
    about = {"correct": (claims[0].id,), "exclude": (claims[5].id,), "join": (claims[8].id, claims[40].id)}
    judgements = [
        Judgement(
            id=kind,
            kind=kind,
            by="the-analyst",
            at="2020-01-01T00:00:00Z",
            claims=named,
            reason="seen",
            field="means" if kind == "correct" else None,
            value="shelling" if kind == "correct" else None,
        )
        for kind, named in about.items()
    ]
    alone, _ = fuse_claims(claims, known, judgements=judgements)
    rulings, _ = gather_rulings(judgements)
    crew = Processes(jobs, None)
    fused = fuse_told(admit(claims, known, rulings), Sources(known, rulings), crew=crew)
    assert encode_records(one.open() for one in fused.made) == encode_records(alone)
    assert any("shelling" in one.means for one in alone)
    assert not active_children()


@pytest.mark.parametrize("jobs", [1, 2])
def test_incidents_do_not_depend_on_the_number_of_processes(jobs: int) -> None:
    claims, known = make_crowd(600)
    alone, problems = fuse_claims(claims, known)
    assert len(alone) > 50
    crew = Processes(jobs, None)
    made = fuse_claims(claims, known, crew=crew)
    assert (encode_records(made[0]), made[1]) == (encode_records(alone), problems)
    again, _ = fuse_claims(claims, known, previous=alone)
    fused = fuse_told(admit(claims, known), Sources(known), previous=alone, crew=crew)
    assert encode_records(one.open() for one in fused.made) == encode_records(again)
    assert not active_children()


def test_a_process_that_is_killed_is_told_and_nobody_waits() -> None:
    claims, known = make_crowd(2400)
    told = admit(claims, known)
    orders = (
        Order("attack", tuple(one.id for one in told[document]), (document,), Named(document))
        for document in told
    )
    made = Processes(2, None).make(orders, told, Sources(known))
    check_that_a_killed_process_is_told(iter(made))
