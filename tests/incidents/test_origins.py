"""Who had it first: copies, quotations and pasted sentences are one origin, however many."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from harmledger.incidents.fuse import fuse_claims
from harmledger.incidents.source import Source
from harmledger.records.claim import Claim, Voice
from harmledger.records.incident import Incident
from harmledger.records.span import Span
from incidents.build import IDLIB, NETWORK, OBSERVATORY, day, toll

THERE: dict[str, Any] = {"place": IDLIB, "time": day("2016-05-30")}
SENTENCE = "Aircraft hit the old quarter of the town at dawn and killed nine people in their homes"


def say(document: str, text: str = SENTENCE, number: int = 9, **fields: Any) -> Claim:
    claim = toll(document, 1, number, **(THERE | fields))
    return replace(claim, evidence=Span(100, 100 + len(text), text), cue=Span(100, 104, text[:4]))


SOURCES = {
    "page": Source("page", "2016-05-31T03:00:00Z", "Syrian Observatory for Human Rights", "monitor"),
    "wire": Source("wire", "2016-05-31T06:00:00Z", "Example Wire", "news"),
    **{
        f"copy{n:02}": Source(f"copy{n:02}", f"2016-05-31T{7 + n % 10:02}:00:00Z", f"Daily {n}", "news", copy_of="wire")
        for n in range(40)
    },
    "post": Source("post", "2016-05-31T20:00:00Z", "someone", "social"),
    "again": Source("again", "2016-06-01T08:00:00Z", "someone else", "social"),
}  # fmt: skip


def fuse(*claims: Claim) -> Incident:
    (incident,), _ = fuse_claims(claims, SOURCES)
    return incident


REPORTS = [
    say("page"),
    say("wire", f"{SENTENCE}, the Observatory said", voice=OBSERVATORY),
    *(
        say(name, f"{SENTENCE}, the Observatory said", voice=OBSERVATORY)
        for name in SOURCES
        if name.startswith("copy")
    ),
    say("post", f"LOOK: {SENTENCE}"),
    say("again", f"LOOK: {SENTENCE} !!"),
]


def test_a_page_a_wire_forty_reprints_and_a_pasted_post_are_one_origin() -> None:
    incident = fuse(*REPORTS)
    assert incident.origins == 1
    assert incident.grade is not None
    assert incident.grade.value == "weak"
    (origin,) = incident.extra["origins"]
    assert (origin["kind"], origin["name"]) == ("body", "Syrian Observatory for Human Rights")
    assert origin["first_published"] == "2016-05-31T03:00:00Z"
    manners = [carrier["manner"] for carrier in origin["carriers"]]
    assert manners == ["own", "quotes", *["copies"] * 40, "pastes", "pastes"]
    assert {c["source"] for c in origin["carriers"] if c["manner"] == "copies"} == {"wire"}


def test_a_sentence_in_words_of_its_own_is_an_origin_of_its_own() -> None:
    other = say(
        "post",
        "We counted nine bodies in the street this morning, and many more are hurt and cannot be moved",
    )
    assert fuse(*REPORTS[:2], other).origins == 2


def test_who_has_the_sentence_first_is_not_the_one_who_pastes() -> None:
    early = {**SOURCES, "post": replace(SOURCES["post"], published="2016-05-31T01:00:00Z")}
    (incident,), _ = fuse_claims(
        [say("post"), say("wire", f"{SENTENCE}, the Network said", voice=NETWORK)], early
    )
    assert incident.origins == 2


def test_one_sentence_of_its_own_beside_a_pasted_one_makes_a_voice_independent() -> None:
    own = replace(
        say("post", "In the next street two more of our neighbours died when their wall fell on them", 2),
        id="own",
    )
    assert fuse(*REPORTS[:2], say("post"), own).origins == 2


def test_a_named_body_never_pastes() -> None:
    rescuers = Voice("White Helmets", "rescuers", "rescue")
    assert fuse(*REPORTS[:2], say("post", f"{SENTENCE}, rescuers said", voice=rescuers)).origins == 2


def test_short_sentences_are_alike_by_chance() -> None:
    assert fuse(say("page", "Nine people killed"), say("post", "Nine people killed")).origins == 2


@settings(max_examples=40, deadline=None)
@given(st.permutations(REPORTS[:4] + REPORTS[-2:]))
def test_the_order_of_the_reports_changes_nothing(reports: list[Claim]) -> None:
    assert fuse(*reports) == fuse(*REPORTS[:4], *REPORTS[-2:])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(REPORTS), min_size=1, max_size=8, unique_by=lambda claim: claim.id))
def test_every_origin_that_counts_is_told_with_its_reports(reports: list[Claim]) -> None:
    incident = fuse(*reports)
    told = incident.extra.get("origins")
    if told is None:
        assert len(incident.accounts) == len(incident.documents) == 1
        return
    assert len(told) == incident.origins
    assert {carrier["document"] for one in told for carrier in one["carriers"]} <= set(incident.documents)
    numbers = [number for one in told for number in one["accounts"]]
    assert len(numbers) == len(set(numbers))
