"""Check hand-written annotations against the vocabulary and the law of counts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from harmledger.records.count import Count
from harmledger.records.vocabulary import (
    HARMS_TO_PEOPLE,
    HARMS_TO_PLACES,
    PEOPLE_GROUPS,
    PLACE_GROUPS,
    VOCABULARIES,
)


def check_claim(claim: Mapping[str, Any]) -> None:
    """Assert that an annotated claim uses closed values, and only combinations that mean something."""
    kind, harm, group = claim["kind"], claim.get("harm"), claim.get("group")
    assert kind in VOCABULARIES["claim kind"]
    assert claim.get("stance", "asserted") in VOCABULARIES["stance"]
    assert claim.get("scope", "attack") in VOCABULARIES["scope"]
    means = claim.get("means")
    assert means is None or means in VOCABULARIES["means"]
    if kind in ("toll", "displacement"):
        assert harm in HARMS_TO_PEOPLE, harm
        assert group in PEOPLE_GROUPS, group
        assert (kind == "displacement") == (harm == "displaced")
    elif kind == "damage":
        assert harm in HARMS_TO_PLACES, harm
        assert group in PLACE_GROUPS, group
    elif kind in ("attribution", "attack"):
        assert harm is None
        assert group is None
    assert claim["cue"].strip() == claim["cue"] != ""


def check_count(count: Mapping[str, Any]) -> None:
    """Assert that a count obeys the table of the formats: what each quantifier bounds, and what it leaves open."""
    value, low, high, quantifier = (
        count.get("value"),
        count.get("low"),
        count.get("high"),
        count["quantifier"],
    )
    assert quantifier in VOCABULARIES["quantifier"]
    Count(value, low, high, quantifier, count.get("wording", ""))
    if quantifier in ("range", "dozens", "several", "unspecified"):
        assert value is None
        assert low is not None
        assert (high is not None) == (quantifier == "range")
        return
    assert value is not None
    bounds = {
        "exact": (value, value),
        "at_least": (value, None),
        "more_than": (value + 1, None),
        "about": (None, None),
        "nearly": (None, value),
        "at_most": (None, value),
    }
    assert (low, high) == bounds[quantifier]


def check_days(start: str, end: str) -> None:
    """Assert that two ISO days make a closed interval."""
    assert date.fromisoformat(start) <= date.fromisoformat(end)
