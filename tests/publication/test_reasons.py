"""Reasons of grades in the words of a page."""

import re
from itertools import product

import pytest

from harmledger.incidents.grades import Facts, grade_health_care, grade_incident, load_changes, load_rules
from harmledger.publication.view.reasons import tell_reason
from harmledger.publication.wording import load_wording
from harmledger.records.incident import Attribution, Extent, GroupExtent

ENGLISH, ARABIC = load_wording("en"), load_wording("ar")
KILLED = Extent(3, 3, 3)
TOLLS = (
    {},
    {"killed": KILLED},
    {"killed": Extent(0, 0, 0)},
    {"killed": Extent(3, 3, 3, False, {"combatants": GroupExtent(3, 3, 3)})},
)
BLAME = (
    (),
    (Attribution("Russia", asserted_by=("a",), denied_by=("Russia",)),),
    (Attribution("Russia", asserted_by=("a",), admitted_by=("Russia",)),),
)


def list_reasons():
    ways = product(
        (0, 1, 3),
        TOLLS,
        BLAME,
        ((), (frozenset({"russia"}), frozenset({"syrian government"}))),
        ((), (frozenset({"resident"}),), (frozenset({"monitor"}), frozenset({"social"}))),
        (False, True),
    )
    for origins, toll, attribution, blamed, roles, is_feared in ways:
        facts = Facts(origins, toll, attribution, blamed, roles, is_feared, frozenset({"hospital"}))
        for grade in (grade_incident(facts), grade_health_care(facts)):
            if grade is not None:
                yield from (*grade.because, *grade.would_change)


def test_every_reason_is_told_in_arabic():
    """Whatever the rules may say of an incident has words of its own, and no letter of another script."""
    reasons = sorted(set(list_reasons()))
    assert len(reasons) > 30
    assert [reason for reason in reasons if re.search("[A-Za-z]", tell_reason(reason, ARABIC))] == []


@pytest.mark.parametrize("table", ["grade", "certainty"])
def test_the_table_of_rules_is_told_in_arabic(table):
    told = [tell_reason(rule.meaning, ARABIC) for rule in load_rules(table)]
    told += [tell_reason(name, ARABIC) for name, _ in load_changes()]
    assert [text for text in told if re.search("[A-Za-z]", text)] == []


def test_names_and_numbers_stand_as_the_language_has_them():
    reason = "rival-blame: different voices blame different parties: russia and syrian government"
    assert (
        tell_reason(reason, ENGLISH)
        == "Different voices blame different parties: Russia and Syrian government"
    )
    assert "روسيا" in tell_reason(reason, ARABIC)
    assert "٣" in tell_reason("two-origins: 3 independent origins report it", ARABIC)


def test_a_reason_that_nobody_knows_stays():
    assert tell_reason("reviewed: a person looked at it", ARABIC) == "A person looked at it"
