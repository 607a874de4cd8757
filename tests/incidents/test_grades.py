from collections.abc import Mapping
from typing import Any

from harmledger.incidents.fuse import fuse_claims
from harmledger.incidents.grades import CHANGES, TESTS, load_changes, load_rules
from harmledger.incidents.source import Source
from harmledger.records.claim import Actor, Claim, Voice
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
    assert "one more independent origin: fair" in grade(one).would_change
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
    assert [rule.value for rule in load_rules("grade")] == [
        "discounted",
        "discounted",
        "confirmed",
        "contested",
        "fair",
        "weak",
    ]
    assert [rule.value for rule in load_rules("certainty")] == [
        "confirmed",
        "confirmed",
        "probable",
        "probable",
        "possible",
        "rumour",
    ]
    assert all(rule.meaning for table in ("grade", "certainty") for rule in load_rules(table))
    used = {name for table in ("grade", "certainty") for rule in load_rules(table) for name in rule.when}
    assert used == TESTS.keys()
    assert {what for _, what in load_changes()} == CHANGES.keys()


def test_what_would_change_a_grade_says_to_which() -> None:
    one = toll("a", 1, 3, **THERE, voice=OBSERVATORY, actors=(Actor("Party A", None, "blamed"),))
    assert grade(one).would_change == (
        "one more independent origin: fair",
        "a party accepting responsibility: confirmed",
        "another party being blamed: contested",
    )
    admitted = blame("a", 2, "Party A", "admits", id="admission")
    assert grade(one, admitted).would_change == ("the party withdrawing its admission: weak",)
    assert grade(toll("a", 1, 0, **THERE)).would_change == ("a report of civilians harmed: weak",)


HOSPITAL: dict[str, Any] = {"harm": "damaged", "group": "hospital", "kind": "damage", "id": "hit"}
WITNESS = Voice(None, "a resident", "resident")


def certainty(*claims: Claim) -> dict[str, Any] | None:
    (incident,), _ = fuse_claims(claims, sources(*{c.document for c in claims}))
    found: dict[str, Any] | None = incident.extra.get("health_care")
    return found


def hit(document: str, **fields: Any) -> Claim:
    return toll(document, 1, 1, **(HOSPITAL | THERE | {"id": f"hit-{document}"} | fields))


def test_only_attacks_on_health_care_have_who_s_level() -> None:
    assert certainty(toll("a", 1, 3, **THERE, voice=OBSERVATORY)) is None
    assert certainty(hit("a", harm="struck_near", voice=OBSERVATORY)) is None
    assert certainty(toll("a", 1, 2, group="medics", **THERE, voice=OBSERVATORY)) is not None


def test_who_s_levels() -> None:
    def value(*claims: Claim) -> str:
        found = certainty(*claims)
        assert found is not None
        return str(found["value"])

    assert value(hit("a", voice=OBSERVATORY)) == "possible"
    assert value(hit("a", voice=OBSERVATORY, stance="hedged")) == "rumour"
    assert value(hit("a", voice=Voice(None, "a source", "unnamed"))) == "rumour"
    assert value(hit("a", voice=WITNESS)) == "probable"
    assert value(hit("a", voice=OBSERVATORY), hit("b", voice=Voice("UN", "the UN", "official"))) == "probable"
    assert value(hit("a", voice=WITNESS), hit("b", voice=OBSERVATORY)) == "confirmed"
    admitted = blame("a", 2, "Party A", "admits", id="admission")
    assert value(hit("a", voice=OBSERVATORY), admitted) == "confirmed"


def test_who_s_level_says_what_would_change_it() -> None:
    found = certainty(hit("a", voice=OBSERVATORY))
    assert found is not None
    assert found["because"] == ("one-body: one origin reports it",)
    assert "one more independent origin: probable" in found["would_change"]
    assert "a report by somebody who was there: confirmed" in found["would_change"]


ACTIVISTS = Voice("activists", "activists", "activist")
RESIDENTS = Voice("residents", "residents", "resident")


def origins(*claims: Claim, facts: Mapping[str, Source] | None = None) -> int:
    (incident,), _ = fuse_claims(claims, facts or sources(*{c.document for c in claims}))
    return incident.origins


def test_voices_that_nobody_knows_are_the_document_s_one_origin() -> None:
    own, told = toll("a", 1, 3, **THERE), toll("a", 2, 4, **THERE, voice=ACTIVISTS)
    assert origins(own, told) == 1
    assert origins(own, told, toll("a", 3, 5, **THERE, voice=RESIDENTS)) == 1
    assert grade(own, told).value == "weak"
    named = [toll("a", n, n, **THERE, voice=Voice(f"Group {n}", f"Group {n}", "monitor")) for n in (3, 4)]
    assert origins(own, *named) == 1
    assert origins(told, toll("b", 1, 4, **THERE, voice=ACTIVISTS)) == 2


def test_a_registered_body_is_an_origin_wherever_it_is_quoted() -> None:
    quoted = [toll("a", 1, 3, **THERE, voice=OBSERVATORY), toll("b", 1, 3, **THERE, voice=OBSERVATORY)]
    assert origins(*quoted) == 1
    assert origins(*quoted, toll("a", 2, 4, **THERE, voice=NETWORK)) == 2
    assert origins(quoted[0], toll("a", 2, 4, **THERE, voice=ACTIVISTS)) == 2


def test_what_residents_tell_on_a_body_s_own_page_is_that_body_s() -> None:
    page = sources(Source("a", None, "Syrian Observatory for Human Rights", "monitor"))
    told = (toll("a", 1, 3, **THERE), toll("a", 2, 4, **THERE, voice=RESIDENTS))
    assert origins(*told, facts=page) == 1
