"""What is signed: everything that a person sees of an incident, and no words of a report."""

import json
from dataclasses import replace

from harmledger.records.claim import Voice
from harmledger.records.incident import Account, Attribution, Extent, Grade, GroupExtent, Incident
from harmledger.records.place import Place
from harmledger.records.time import Time
from harmledger.review.content import compare_contents, describe_content, digest_incident
from harmledger.review.effect import Sum, measure_effect

INCIDENT = Incident(
    id="1",
    scope="attack",
    time=Time("2016-05-30", "2016-05-30", "day", "on Monday"),
    place=Place(
        "Idlib", "the town of Idlib", "x:1", "SY", "Idlib", lat=35.9, lon=36.6, precision="settlement"
    ),
    means=("air_strike",),
    toll={"killed": Extent(23, 50, 23, True, {"children": GroupExtent(7, 7, 7)})},
    accounts=(
        Account(
            Voice("Person A", "Person A, a resident", "resident"), "d1", toll={"killed": Extent(23, 23, 23)}
        ),
    ),
    attribution=(Attribution("Party B", ("Person A",), ("Party B",)),),
    grade=Grade("weak", ("one-origin: one origin",)),
    claims=("c2", "c1"),
    documents=("d1",),
)


def test_no_words_of_a_report_and_no_names_of_voices_are_signed():
    told = json.dumps(describe_content(INCIDENT))
    for words in ("on Monday", "the town", "Person A", "resident", "d1"):
        assert words not in told


def test_what_follows_from_others_is_not_signed():
    same = replace(
        INCIDENT, id="2", part_of=("9",), formerly=("1",), status="reviewed", made_by="x", origins=7
    )
    assert digest_incident(same) == digest_incident(INCIDENT)


def test_whatever_is_shown_changes_what_is_signed():
    account = replace(INCIDENT.accounts[0], voice=Voice("Person B", None, "resident"))
    for change in (
        {"scope": "area_day"},
        {"time": None},
        {"place": None},
        {"place": replace(INCIDENT.place, lat=36.0)},
        {"means": ()},
        {"targets": ("home",)},
        {"toll": {"killed": Extent(23, 51, 23, True, {"children": GroupExtent(7, 7, 7)})}},
        {"toll": {"killed": Extent(23, 50, 23, True)}},
        {"accounts": (account,)},
        {"attribution": ()},
        {"grade": None},
        {"claims": ("c1",)},
    ):
        changed = replace(INCIDENT, **change)
        assert digest_incident(changed) != digest_incident(INCIDENT)
        (difference,) = compare_contents(describe_content(INCIDENT), describe_content(changed))
        assert difference.field.split(".")[0] in {*change, "voices"}


def test_claims_are_told_as_those_that_went_and_came():
    (told,) = compare_contents({"claims": ["a", "b"]}, {"claims": ["b", "c", "d"]})
    assert (told.before, told.after) == (["a"], ["c", "d"])


def test_an_effect_tells_sums_and_entries():
    one, two = ({"grade": "weak"}, {"grade": "fair"})
    effect = measure_effect(
        ({"killed": Sum(1, 2, 3)}, {"killed": Sum(1, 1, 1)}),
        ({"a": one, "b": one, "c": one}, {"a": two, "b": one, "d": one}),
        4,
    )
    assert effect.sums == {"killed": (Sum(1, 2, 3), Sum(1, 1, 1))}
    assert [(entry.id, entry.kind) for entry in effect.entries] == [
        ("a", "changed"),
        ("c", "gone"),
        ("d", "new"),
    ]
