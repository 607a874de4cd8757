"""What may not enter, and the word on it."""

from dataclasses import replace

from harmledger.incidents.fuse import fuse_claims
from harmledger.incidents.source import Source, order_published
from harmledger.records.time import Time
from incidents.build import IDLIB, MAARAT, PROVINCE, day, sources, toll

MONDAY = day("2016-05-30")


def test_retracted_and_superseded_documents_are_left_out_with_a_note() -> None:
    known = {
        "old": Source("old", "2016-05-31"),
        "new": Source("new", "2016-06-01", supersedes="old"),
        "gone": Source("gone", "2016-05-31", is_retracted=True),
    }
    claims = [toll(d, 1, n, place=IDLIB, time=MONDAY) for d, n in (("old", 90), ("new", 23), ("gone", 70))]
    (incident,), problems = fuse_claims(claims, known)
    assert incident.toll["killed"].high == 23
    assert [(p.code, p.where, p.severity) for p in problems] == [
        ("incidents.retracted", "gone", "note"),
        ("incidents.superseded", "old", "note"),
    ]


def test_an_unknown_document_is_used_and_reported() -> None:
    incidents, problems = fuse_claims([toll("d", 1, 2, place=IDLIB, time=MONDAY)], {})
    assert len(incidents) == 1
    assert [(p.code, p.where) for p in problems] == [("incidents.source-unknown", "d")]


def test_what_cannot_be_read_is_taken_away_and_reported() -> None:
    claim = toll("d", 1, 2, place=replace(IDLIB, lat=999.0), time=Time("2016-02-31", "2016-02-31", "day"))
    (incident,), problems = fuse_claims([claim], sources("d"))
    assert incident.time is None
    assert incident.place is not None
    assert incident.place.lat is None
    assert {p.code for p in problems} == {"incidents.time-unreadable", "incidents.point-off-globe"}


def test_a_claim_twice_counts_once() -> None:
    claim = toll("d", 1, 2, place=IDLIB, time=MONDAY)
    (incident,), problems = fuse_claims([claim, claim], sources("d"))
    assert incident.claims == (claim.id,)
    assert [p.code for p in problems] == ["incidents.claim-twice"]


def test_nothing_gives_nothing() -> None:
    assert fuse_claims([], {}) == ((), ())


def test_containment_by_area_day_and_by_the_texts_own_word() -> None:
    claims = [
        toll("d", 1, 59, place=PROVINCE, time=MONDAY, scope="area_day", id="day"),
        toll("d", 2, 38, place=MAARAT, time=MONDAY, id="inside"),
        toll("d", 3, 4, place=MAARAT, time=day("2016-06-09"), id="later"),
        toll("e", 1, 6, place=replace(MAARAT, admin1="Hama", id="t:x", lat=34.0), time=MONDAY, id="outside"),
        toll(
            "e",
            2,
            7,
            place=PROVINCE,
            time=day("2016-05-01", "2016-05-31", "month"),
            scope="since_date",
            id="since",
        ),
        toll(
            "d",
            5,
            3,
            part_of="day",
            place=replace(MAARAT, admin1="Hama", id="t:y", lat=33.0),
            time=MONDAY,
            id="said",
        ),
    ]
    incidents, _ = fuse_claims(claims, sources("d", "e"))
    by_claim = {claim: incident for incident in incidents for claim in incident.claims}
    whole = by_claim["day"].id
    assert {name: i.part_of for name, i in by_claim.items()} == {
        "day": (), "inside": (whole,), "later": (), "outside": (), "since": (), "said": (whole,),
    }  # fmt: skip


def test_publication_times_sort_in_utc_and_unknown_ones_last() -> None:
    times = ["2016-05-31", "2016-05-31T01:00:00+03:00", "2016-05-31T01:00:00Z", None, "yesterday"]
    assert sorted(times[:3], key=order_published) == [times[1], times[0], times[2]]
    assert order_published(None) == order_published("yesterday") > order_published("9999-12-31")
    assert order_published(None, unknown_last=False) < order_published("0001-01-01")


def test_a_circle_of_copies_ends() -> None:
    known = {"a": Source("a", copy_of="b"), "b": Source("b", copy_of="a")}
    incidents, _ = fuse_claims([toll("a", 1, 2, place=IDLIB), toll("b", 1, 2, place=IDLIB)], known)
    assert incidents
