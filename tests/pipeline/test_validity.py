"""What a record must keep to beyond its types."""

import pytest

from harmledger.pipeline.validity import find_faults
from harmledger.records.claim import Claim
from harmledger.records.place import Place
from harmledger.records.span import Span
from harmledger.records.time import Time

SENTENCE = "A shell killed two people."


def make_claim(**changes):
    given = {
        "id": "c",
        "document": "d",
        "evidence": Span(0, len(SENTENCE), SENTENCE),
        "cue": Span(15, 25, SENTENCE[15:25]),
        "kind": "toll",
    }
    return Claim(**(given | changes))


def test_a_sound_claim_has_no_fault():
    assert list(find_faults(make_claim())) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"evidence": Span(0, 700, "x" * 700)}, "longer than 600"),
        ({"cue": Span(20, 30, "x" * 10)}, "outside the evidence"),
        ({"cue": Span(15, 25, "short")}, "its text has 5 characters"),
        ({"cue": Span(9, 9, "")}, "no stretch of text"),
        ({"place": Place("P", "P", lat=91.0, lon=0.0)}, "latitude"),
        ({"place": Place("P", "P", lat=0.0, lon=181.0)}, "longitude"),
        ({"place": Place("P", "P", radius_km=-1.0)}, "radius"),
        ({"time": Time("2019-07-23", "2019-07-22", "day")}, "lies before"),
        ({"time": Time("2019-7-22", "2019-07-22", "day")}, "not dates"),
        ({"time": Time("20190722", "20190722", "day")}, "must be written"),
        ({"format": 2}, "format 2"),
    ],
)
def test_faults(changes, fault):
    assert any(fault in found for found in find_faults(make_claim(**changes)))
