"""Tolls that grow, and those that shrink: the curve of each voice."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmledger.incidents.fuse import fuse_claims
from harmledger.records.claim import Claim, Voice
from harmledger.records.incident import Incident
from harmledger.records.span import Span
from incidents.build import IDLIB, NETWORK, OBSERVATORY, count, day, sources, toll

THERE: dict[str, Any] = {"place": IDLIB, "time": day("2016-05-30"), "voice": OBSERVATORY}
DAYS = {"a": "2016-05-31", "b": "2016-06-01", "c": "2016-06-02", "d": "2016-06-03"}


def fuse(*claims: Claim) -> Incident:
    (incident,), _ = fuse_claims(claims, sources(**DAYS))
    return incident


def say(document: str, number: int, text: str, cue: str, harm: str = "killed", **fields: Any) -> Claim:
    """A claim whose sentence is the text, and whose cue stands in it."""
    start = text.index(cue)
    claim = toll(document, 1, count("exact", number), harm, **(THERE | fields))
    return replace(
        claim,
        evidence=Span(100, 100 + len(text), text),
        cue=Span(100 + start, 100 + start + len(cue), cue),
        id=f"{document}:{start}:{harm}",
    )


def read_curves(incident: Incident) -> dict[str, list[tuple[int, str]]]:
    """The steps of the first account, by harm."""
    curves = incident.extra["growth"]["curves"]
    return {
        curve["harm"]: [(step["best"], step["change"]) for step in curve["steps"]]
        for curve in curves
        if curve["account"] == 0
    }


def test_the_curve_goes_up_and_down_with_day_and_claims() -> None:
    told = fuse(*(toll(name, 1, n, **THERE) for name, n in (("a", 23), ("b", 38), ("c", 36))))
    assert read_curves(told)["killed"] == [(23, "first"), (38, "higher"), (36, "lower")]
    steps = told.extra["growth"]["curves"][0]["steps"]
    assert [step["published"] for step in steps] == [DAYS["a"], DAYS["b"], DAYS["c"]]
    assert [step["claims"] for step in steps] == [(claim,) for claim in sorted(told.claims)]
    assert told.toll["killed"].best == 36


def test_a_figure_in_other_words_is_restated() -> None:
    told = fuse(toll("a", 1, count("at_least", 38), **THERE), toll("b", 1, 38, **THERE))
    assert read_curves(told)["killed"] == [(38, "first"), (38, "restated")]


def test_where_nothing_changes_nothing_is_written() -> None:
    assert "growth" not in fuse(toll("a", 1, 38, **THERE), toll("b", 1, 38, **THERE)).extra


LATE = "Two people wounded on Monday died of their wounds in hospital."


def test_wounded_who_die_later_come_on_top() -> None:
    told = fuse(toll("a", 1, 38, **THERE), say("b", 2, LATE, "Two people wounded on Monday died"))
    assert told.accounts[0].toll["killed"].best == 40
    assert read_curves(told)["killed"] == [(38, "first"), (40, "late_deaths")]


def test_the_same_late_deaths_told_again_count_once() -> None:
    cue = "Two people wounded on Monday died"
    told = fuse(toll("a", 1, 38, **THERE), say("b", 2, LATE, cue), say("c", 2, LATE, cue))
    assert told.accounts[0].toll["killed"].best == 40


def test_late_deaths_alone_are_no_total_beside_that_of_others() -> None:
    """A voice that never told of the attack itself says that two died of their wounds: some of the 38, or on top of them."""
    late = say("b", 2, LATE, "Two people wounded on Monday died", voice=NETWORK)
    extent = fuse(toll("a", 1, 38, **THERE), late).toll["killed"]
    assert (extent.low, extent.best, extent.high) == (38, 38, 38)
    assert fuse(late).toll["killed"].best == 2


def test_a_toll_that_says_what_it_rose_to_is_that_toll() -> None:
    text = "The toll rose to 41 after two people died of their wounds in hospital."
    parts = (say("b", 41, text, "rose to 41"), say("b", 2, text, "two people died"))
    told = fuse(toll("a", 1, 38, **THERE), *parts)
    assert read_curves(told)["killed"] == [(38, "first"), (41, "higher")]


def test_late_deaths_that_nothing_came_before_are_a_figure() -> None:
    assert fuse(say("a", 2, LATE, "Two people wounded on Monday died")).toll["killed"].best == 2


def test_more_bodies_come_on_top() -> None:
    text = "Rescuers found three more bodies under the rubble."
    told = fuse(toll("a", 1, 38, **THERE), say("b", 3, text, "three more bodies"))
    assert read_curves(told)["killed"] == [(38, "first"), (41, "more_bodies")]


def test_the_missing_who_are_found_dead_are_killed_and_missing_no_more() -> None:
    text = "The bodies of the five missing people were recovered."
    told = fuse(
        toll("a", 1, 38, **THERE),
        toll("a", 2, 5, "missing", **THERE),
        say("b", 5, text, "bodies of the five"),
    )
    assert read_curves(told) == {
        "killed": [(38, "first"), (43, "found_dead")],
        "missing": [(5, "first"), (0, "none_left")],
    }
    assert told.toll["missing"].best == 0
    (ending,) = told.extra["growth"]["endings"]
    assert (ending["harm"], ending["published"], ending["change"]) == ("missing", DAYS["b"], "none_left")


def test_of_the_missing_the_latest_finding_is_best_whoever_gives_it() -> None:
    told = fuse(
        toll("a", 1, 5, "missing", **THERE),
        toll("b", 1, 0, "missing", **(THERE | {"voice": NETWORK})),
    )
    assert (told.toll["missing"].low, told.toll["missing"].best, told.toll["missing"].high) == (0, 0, 5)


@pytest.mark.parametrize(
    ("rescued", "document", "is_ended"), [(3, "b", True), (2, "b", False), (3, "a", False)]
)
def test_the_trapped_end_when_as_many_were_rescued_later(rescued: int, document: str, is_ended: bool) -> None:
    told = fuse(
        toll("a", 1, 3, "trapped", **THERE),
        toll(document, 2, rescued, "rescued", **(THERE | {"voice": NETWORK})),
    )
    endings = told.extra.get("growth", {}).get("endings", ())
    assert [ending["change"] for ending in endings] == (["rescued"] if is_ended else [])
    assert told.toll["trapped"].best == 3  # as said: nobody said nought


FIGURES = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from(("killed", "injured", "missing", "trapped", "rescued")),
        st.integers(0, 40),
        st.sampled_from((OBSERVATORY, NETWORK)),
    ),
    max_size=10,
    unique_by=lambda told: (told[0], told[1], told[3].name),
)


@settings(max_examples=60, deadline=None)
@given(FIGURES, st.randoms(use_true_random=False))
def test_curves_begin_with_a_first_figure_end_with_the_account_s_and_need_no_order(
    figures: list[tuple[str, str, int, Any]], random: Any
) -> None:
    claims = [
        toll(document, 1, n, harm, **(THERE | {"voice": voice}), id=f"{document}{harm}{voice.name}")
        for document, harm, n, voice in figures
    ]
    made, _ = fuse_claims(claims, sources(**DAYS))
    random.shuffle(claims)
    assert fuse_claims(claims, sources(**DAYS))[0] == made
    for incident in made:
        for curve in incident.extra.get("growth", {}).get("curves", ()):
            steps = curve["steps"]
            assert [step["change"] == "first" for step in steps] == [True] + [False] * (len(steps) - 1)
            published = [step["published"] for step in steps]
            assert published == sorted(published)
            told = incident.accounts[curve["account"]].toll[curve["harm"]]
            assert (steps[-1]["low"], steps[-1]["best"], steps[-1]["high"]) == (
                told.low,
                told.best,
                told.high,
            )


def test_who_gave_a_figure_before_it_was_replaced_does_not_support_it() -> None:
    rescuers = Voice("White Helmets", "rescuers", "rescue")
    first = (toll("a", 1, 38, **THERE), toll("b", 1, 38, **(THERE | {"voice": rescuers})))
    raised = toll("c", 1, 48, **THERE)
    assert fuse(*first, raised).toll["killed"].best == 48
    again = toll("d", 1, 38, **(THERE | {"voice": NETWORK}))
    held = toll("d", 2, 38, **(THERE | {"voice": rescuers}))
    assert fuse(*first, raised, again, held).toll["killed"].best == 38
