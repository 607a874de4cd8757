from typing import Any

from harmledger.incidents.fuse import fuse_claims
from harmledger.incidents.grades import RULES
from harmledger.records.claim import Actor, Claim
from harmledger.records.incident import Grade
from incidents.build import IDLIB, NETWORK, OBSERVATORY, attack, blame, day, sources, toll

THERE: dict[str, Any] = {"place": IDLIB, "time": day("2016-05-30")}


def grade(*claims: Claim) -> Grade:
    (incident,), _ = fuse_claims(claims, sources(*{c.document for c in claims}))
    assert incident.grade is not None
    return incident.grade


def test_one_origin_is_weak_and_two_are_fair() -> None:
    one = toll("a", 1, 3, **THERE, voice=OBSERVATORY)
    assert grade(one).value == "weak"
    assert "a second independent origin" in grade(one).would_change
    assert grade(one, toll("b", 1, 4, **THERE, voice=NETWORK)).value == "fair"


def test_a_denial_alone_does_not_contest() -> None:
    told = grade(
        toll("a", 1, 3, **THERE, voice=OBSERVATORY),
        toll("b", 1, 3, **THERE, voice=NETWORK),
        blame("a", 2, "Party A", voice=OBSERVATORY, id="blame"),
        blame("a", 3, "Party A", "denies", id="denial"),
    )
    assert told.value == "fair"
    assert any("Party A denies it" in reason for reason in told.because)


def test_rival_blame_contests_and_joint_blame_does_not() -> None:
    first = toll("a", 1, 3, **THERE, voice=OBSERVATORY, actors=(Actor("Party A", None, "blamed"),))
    rival = toll("b", 1, 3, **THERE, voice=NETWORK, actors=(Actor("Party B", None, "blamed"),))
    both = (Actor("Party A", None, "blamed"), Actor("Party B", None, "blamed"))
    assert grade(first, rival).value == "contested"
    assert grade(first, toll("b", 1, 3, **THERE, voice=NETWORK, actors=both)).value == "fair"


def test_an_admission_confirms_where_people_were_harmed() -> None:
    admitted = blame("a", 2, "Party A", "admits", id="admission")
    assert grade(toll("a", 1, 3, **THERE), admitted).value == "confirmed"
    assert grade(attack("a", 1, **THERE), admitted).value == "weak"


def test_nobody_harmed_or_only_combatants_is_discounted() -> None:
    assert grade(toll("a", 1, 0, **THERE)).value == "discounted"
    assert grade(toll("a", 1, 9, group="combatants", **THERE)).value == "discounted"
    mixed = (toll("a", 1, 9, group="combatants", **THERE), toll("a", 1, 2, group="civilians", offset=60))
    assert grade(*mixed).value == "weak"


def test_the_rules_can_be_printed() -> None:
    assert [rule.value for rule in RULES] == [
        "discounted",
        "discounted",
        "confirmed",
        "contested",
        "fair",
        "weak",
    ]
    assert all(rule.meaning and rule.would_change for rule in RULES)
