"""Who made a line."""

from harmledger import __version__
from harmledger.pipeline.provenance import collect_digests, name_maker


def test_gazetteers_are_named_once_and_in_order():
    assert name_maker(["SY@2", "PS@1", "SY@2"]) == f"harmledger/{__version__} PS@1 SY@2"


def test_incidents_carry_on_what_their_claims_were_read_with():
    assert collect_digests(["harmledger/0.1.0 SY@2 PS@1", None, "harmledger/0.0.9 SY@1"]) == (
        "PS@1",
        "SY@1",
        "SY@2",
    )
