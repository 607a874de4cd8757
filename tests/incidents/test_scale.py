"""Work grows with the number of claims, not with its square (CPU time, wide margins)."""

from dataclasses import replace
from time import process_time

import pytest

from harmledger.incidents.fuse import fuse_claims
from incidents.crowd import make_crowd


def measure(size: int) -> float:
    claims, known = make_crowd(size)
    start = process_time()
    incidents, _ = fuse_claims(claims, known)
    assert len(incidents) == size // 10
    return process_time() - start


@pytest.mark.long
def test_fusing_is_near_linear() -> None:
    measure(500)
    small, large = measure(1500), measure(6000)
    assert large < 12 * small


def test_one_town_on_one_day_is_no_worse() -> None:
    claims, known = make_crowd(6000)
    first = claims[0]
    claims = [replace(c, place=c.place and first.place, time=c.time and first.time) for c in claims]
    start = process_time()
    incidents, _ = fuse_claims(claims, known)
    assert process_time() - start < 10
    assert len(incidents) == 1
