"""Links found by several processes are those that one finds."""

from multiprocessing import active_children

import pytest

from harmledger.incidents.folding import Telling
from harmledger.incidents.fuse import list_tellings
from harmledger.incidents.links import find_links
from harmledger.incidents.source import Sources
from harmledger.pipeline import linking
from harmledger.pipeline.linking import link_tellings
from harmledger.records.claim import Claim
from incidents.crowd import make_crowd
from pipeline.killing import check_that_a_killed_process_is_told


@pytest.fixture(scope="module")
def tellings() -> list[Telling]:
    claims, known = make_crowd(2400)
    told: dict[str, list[Claim]] = {}
    for claim in claims:
        told.setdefault(claim.document, []).append(claim)
    return list_tellings(told, Sources(known))["attack"]


@pytest.fixture(autouse=True)
def _short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "MANY", 2)
    monkeypatch.setattr(linking, "STRETCH", 40)


@pytest.mark.parametrize("jobs", [2, 3])
def test_links_do_not_depend_on_the_number_of_processes(tellings, jobs: int, monkeypatch) -> None:
    alone = list(find_links(tellings))
    assert len(alone) > len(tellings)
    monkeypatch.setattr(linking, "AHEAD", 1)
    assert list(link_tellings(tellings, jobs)) == alone
    assert not active_children()


def test_few_tellings_start_no_process(tellings, monkeypatch) -> None:
    monkeypatch.setattr(linking, "MANY", len(tellings) + 1)
    found = link_tellings(tellings, 2)
    assert next(found)
    assert not active_children()


def test_a_process_that_is_killed_is_told_and_nobody_waits(tellings) -> None:
    check_that_a_killed_process_is_told(link_tellings(tellings, 2))


def test_who_stops_asking_leaves_no_process(tellings) -> None:
    found = link_tellings(tellings, 2)
    next(found)
    found.close()
    assert not active_children()
