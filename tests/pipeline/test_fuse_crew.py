"""Files fused by several processes give what one gives."""

from multiprocessing import active_children

import pytest

from harmledger.incidents.fuse import Order, fuse_claims
from harmledger.incidents.identity import Named
from harmledger.incidents.source import Sources
from harmledger.pipeline import fuse_crew, linking
from harmledger.pipeline.formats import encode_records
from harmledger.pipeline.fuse_crew import Processes
from incidents.crowd import make_crowd
from pipeline.killing import check_that_a_killed_process_is_told


@pytest.fixture(autouse=True)
def _small_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "MANY", 2)
    monkeypatch.setattr(linking, "STRETCH", 20)
    monkeypatch.setattr(fuse_crew, "_BATCH", 5)


@pytest.mark.parametrize("jobs", [1, 2])
def test_incidents_do_not_depend_on_the_number_of_processes(jobs: int) -> None:
    claims, known = make_crowd(600)
    alone, problems = fuse_claims(claims, known)
    assert len(alone) > 50
    made = fuse_claims(claims, known, crew=Processes(jobs, None))
    assert (encode_records(made[0]), made[1]) == (encode_records(alone), problems)
    again, problems = fuse_claims(claims, known, previous=alone)
    made = fuse_claims(claims, known, previous=alone, crew=Processes(jobs, None))
    assert (encode_records(made[0]), made[1]) == (encode_records(again), problems)
    assert not active_children()


def test_a_process_that_is_killed_is_told_and_nobody_waits() -> None:
    claims, known = make_crowd(2400)
    told = {claim.document: [one for one in claims if one.document == claim.document] for claim in claims}
    orders = (
        Order("attack", tuple(one.id for one in own), (document,), Named(document))
        for document, own in told.items()
    )
    made = Processes(2, None).make(orders, told, Sources(known))
    check_that_a_killed_process_is_told(iter(made))
