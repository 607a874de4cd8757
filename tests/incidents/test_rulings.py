"""Judgements: claims left out and corrected, attacks joined and told apart, undoing, and what cannot be followed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depth import examples
from harmledger.incidents.fuse import fuse_claims
from harmledger.incidents.rulings import NO_RULINGS, convert_value, gather_rulings, list_standing
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident
from harmledger.records.judgement import Judgement
from incidents.build import IDLIB, MAARAT, NETWORK, OBSERVATORY, PROVINCE, TAKHARIM, day, sources, toll
from incidents.strategies import SOURCES, ledgers

MONDAY, FRIDAY = day("2016-05-30"), day("2016-06-03")
A = toll("a", 1, 23, place=IDLIB, time=MONDAY, voice=OBSERVATORY, id="a")
B = toll("b", 1, 23, place=IDLIB, time=MONDAY, voice=NETWORK, id="b")
FAR = toll("c", 1, 4, place=MAARAT, time=FRIDAY, id="c")


def judge(kind: str, *claims: str, at: int = 1, **fields: object) -> Judgement:
    identity = fields.pop("id", f"{kind}-{'-'.join(claims)}-{at}")
    return Judgement(
        id=identity, kind=kind, claims=claims, by="Editor", at=f"2026-01-{at:02}T00:00:00Z", **fields
    )


def fuse(claims, *judgements):
    return fuse_claims(claims, sources(*{claim.document for claim in claims}), judgements=judgements)


def group(incidents: tuple[Incident, ...]) -> set[frozenset[str]]:
    return {frozenset(incident.claims) for incident in incidents}


def find_codes(problems) -> list[str]:
    return [problem.code for problem in problems if "judgement" in problem.code]


def test_what_a_person_joined_is_one_whatever_the_words_say() -> None:
    assert group(fuse([A, B, FAR])[0]) == {frozenset("ab"), frozenset("c")}
    incidents, problems = fuse([A, B, FAR], judge("join", "a", "c"))
    assert group(incidents) == {frozenset("abc")}
    assert find_codes(problems) == []


def test_new_reports_still_find_what_was_joined() -> None:
    late = toll("d", 1, 4, place=MAARAT, time=FRIDAY, id="d")
    assert group(fuse([A, B, FAR, late], judge("join", "a", "c"))[0]) == {frozenset("abcd")}


def test_what_a_person_told_apart_never_meets_again() -> None:
    incidents, problems = fuse([A, B, FAR], judge("split", "a", "b"))
    assert group(incidents) == {frozenset("a"), frozenset("b"), frozenset("c")}
    assert find_codes(problems) == []


def test_a_third_report_does_not_bring_them_together() -> None:
    third = toll("d", 1, 23, place=IDLIB, time=MONDAY, id="d")
    grouped = group(fuse([A, B, third], judge("split", "a", "b"))[0])
    assert len(grouped) == 2
    assert not any({"a", "b"} <= one for one in grouped)


def test_claims_of_one_document_are_told_apart_with_their_parts() -> None:
    claims = [
        toll("a", 1, 23, place=IDLIB, time=MONDAY, id="x"),
        toll("a", 2, 5, place=IDLIB, time=MONDAY, harm="injured", id="y"),
        toll("a", 3, 2, group="children", place=IDLIB, time=MONDAY, harm="injured", part_of="y", id="z"),
    ]
    assert group(fuse(claims)[0]) == {frozenset("xyz")}
    assert group(fuse(claims, judge("split", "x", "y"))[0]) == {frozenset("x"), frozenset("yz")}


def test_near_copies_are_told_apart_too() -> None:
    known = {**sources("a", "b"), "b": sources("b")["b"].__class__("b", "2019-07-23", copy_of="a")}
    split, _ = fuse_claims([A, B], known, judgements=[judge("split", "a", "b")])
    assert group(split) == {frozenset("a"), frozenset("b")}


def test_totals_are_joined_and_told_apart() -> None:
    first = toll("a", 1, 59, place=PROVINCE, time=MONDAY, scope="area_day", id="x")
    second = toll("b", 1, 40, place=PROVINCE, time=MONDAY, scope="area_day", id="y")
    third = toll("c", 1, 40, place=PROVINCE, time=FRIDAY, scope="area_day", id="z")
    claims = [first, second, third]
    assert group(fuse(claims)[0]) == {frozenset("xy"), frozenset("z")}
    assert group(fuse(claims, judge("split", "x", "y"))[0]) == {
        frozenset("x"),
        frozenset("y"),
        frozenset("z"),
    }
    assert group(fuse(claims, judge("join", "x", "z"))[0]) == {frozenset("xyz")}


def test_an_excluded_claim_enters_no_toll() -> None:
    incidents, _ = fuse(
        [A, toll("b", 1, 50, place=IDLIB, time=MONDAY, voice=NETWORK, id="b")], judge("exclude", "b")
    )
    (incident,) = incidents
    assert incident.claims == ("a",)
    assert incident.toll["killed"].high == 23


def test_a_corrected_field_counts_and_the_judgement_stands_among_the_reasons() -> None:
    count = {"value": 32, "low": 32, "high": 32, "quantifier": "exact", "wording": "23"}
    correction = judge("correct", "a", field="count", value=count)
    (incident,), _ = fuse([A], correction)
    assert incident.toll["killed"].best == 32
    rulings, _ = gather_rulings([correction])
    assert rulings.apply(A).because[-1] == f"judgement:{correction.id}"


def test_the_latest_correction_of_a_field_counts_and_other_fields_stay() -> None:
    rulings, _ = gather_rulings(
        [judge("correct", "a", field="group", value="children", at=2), judge("correct", "a", field="harm", value="injured", at=1),
         judge("correct", "a", field="group", value="women", at=3)]
    )  # fmt: skip
    corrected = rulings.apply(A)
    assert (corrected.group, corrected.harm, corrected.id) == ("women", "injured", "a")


def test_a_whole_second_comes_before_its_parts() -> None:
    first, second = (
        replace(judge("correct", "a", field="group", value=value, id=id), at=f"2026-01-01T00:00:21{part}Z")
        for value, id, part in (("children", "z", ""), ("women", "a", ".5"))
    )
    rulings, _ = gather_rulings([second, first])
    assert rulings.apply(A).group == "women"


def test_undoing_takes_back_and_undoing_that_brings_back() -> None:
    join = judge("join", "a", "c", id="j")
    undo = judge("undo", at=2, undoes="j", id="u")
    redo = judge("undo", at=3, undoes="u", id="r")
    assert list_standing([join, undo]) == []
    assert list_standing([join, undo, redo]) == [join]
    assert len(fuse([A, B, FAR], join, undo)[0]) == 2
    assert len(fuse([A, B, FAR], join, undo, redo)[0]) == 1


def test_where_two_judgements_contradict_each_other_the_telling_apart_holds_and_it_is_said() -> None:
    incidents, problems = fuse([A, B, FAR], judge("join", "a", "b"), judge("split", "a", "b", at=2))
    assert frozenset("ab") not in group(incidents)
    (problem,) = [one for one in problems if "judgement" in one.code]
    assert problem.code == "incidents.judgement-unmet"
    assert "apart" in problem.message


def test_an_attack_and_a_total_are_not_joined_and_it_is_said() -> None:
    total = toll("b", 1, 59, place=PROVINCE, time=MONDAY, scope="area_day", id="t")
    incidents, problems = fuse([A, total], judge("join", "a", "t"))
    assert len(incidents) == 2
    assert find_codes(problems) == ["incidents.judgement-unmet"]


def test_a_judgement_whose_claim_is_gone_is_reported_and_not_lost() -> None:
    incidents, problems = fuse([A], judge("split", "a", "gone"), judge("exclude", "lost"))
    assert len(incidents) == 1
    assert find_codes(problems) == ["incidents.judgement-stranded"] * 2


@pytest.mark.parametrize(
    ("judgement", "reason"),
    [
        (judge("join", "a"), "takes 2 claims"),
        (judge("split", "a", "a"), "names one claim twice"),
        (judge("correct", "a", field="id", value="b"), "cannot be corrected"),
        (judge("correct", "a", field="group", value="martians"), "cannot hold this"),
        (judge("correct", "a", field="count", value={"value": "many"}), "cannot hold this"),
        (judge("undo"), "does not say what it undoes"),
    ],
)
def test_a_judgement_that_cannot_be_followed_is_a_problem(judgement: Judgement, reason: str) -> None:
    given = [judgement] if judgement.kind != "undo" else []
    rulings, problems = gather_rulings(given)
    assert not rulings
    if given:
        assert reason in problems[0].message
        assert problems[0].code == "incidents.judgement-unusable"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time", {"start": "some day", "end": "another", "precision": "day"}),
        ("time", {"start": "2019-07-23", "end": "2019-07-22", "precision": "period"}),
        ("place", {"name": "Idlib", "wording": None, "lat": float("nan"), "lon": 36.6}),
        ("place", {"name": "Idlib", "wording": None, "lat": 35.9, "lon": 1000}),
        ("place", {"name": "Idlib", "wording": None, "radius_km": float("inf")}),
        ("count", {"value": 10**30, "low": 1, "high": None, "quantifier": "at_least", "wording": ""}),
    ],
)
def test_a_correction_that_lies_outside_all_bounds_is_refused(field, value) -> None:
    with pytest.raises(ValueError, match=field):
        convert_value(field, value)


def test_nobody_having_judged_is_no_ruling() -> None:
    assert gather_rulings([])[0] == NO_RULINGS
    assert not NO_RULINGS
    assert NO_RULINGS.apply(A) is A


@st.composite
def judged(draw: st.DrawFn) -> tuple[list[Claim], list[Judgement]]:
    claims = draw(ledgers())
    ids = sorted({claim.id for claim in claims})
    judgements: list[Judgement] = []
    if len(ids) > 1:
        for number in range(draw(st.integers(0, 4))):
            kind = draw(st.sampled_from(("join", "split", "exclude")))
            picked = draw(st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True))
            judgements.append(judge(kind, *(picked if kind != "exclude" else picked[:1]), at=number + 1))
    return claims, judgements


@examples(80, 25)
@given(judged(), st.randoms(use_true_random=False))
def test_judgements_are_followed_in_any_order_of_the_lines_or_reported(told, random) -> None:
    claims, judgements = told
    incidents, problems = fuse_claims(claims, SOURCES, judgements=judgements)
    home = {claim: incident.id for incident in incidents for claim in incident.claims}
    unmet = " ".join(problem.message for problem in problems if problem.code == "incidents.judgement-unmet")
    for judgement in judgements:
        homes = [home.get(claim) for claim in judgement.claims]
        if judgement.kind == "exclude":
            assert homes == [None]
        elif judgement.kind == "split":
            assert None in homes or homes[0] != homes[1]
        else:
            assert homes[0] == homes[1] or judgement.id[:16] in unmet
    shuffled, others = list(claims), list(judgements)
    random.shuffle(shuffled)
    random.shuffle(others)
    assert fuse_claims(shuffled, SOURCES, judgements=others)[0] == incidents


@given(ledgers())
def test_without_a_judgement_nothing_changes(claims) -> None:
    assert fuse_claims(claims, SOURCES, judgements=())[0] == fuse_claims(claims, SOURCES)[0]


def test_two_towns_joined_keep_their_own_reports_apart_from_a_third_town() -> None:
    third = toll("d", 1, 4, place=TAKHARIM, time=FRIDAY, id="d")
    grouped = group(fuse([A, B, FAR, third], judge("join", "a", "c"))[0])
    assert grouped == {frozenset("abc"), frozenset("d")}


@examples(40, 12)
@given(judged(), st.randoms(use_true_random=False))
def test_ids_are_carried_on_in_any_order_whatever_people_judged(told, random) -> None:
    claims, judgements = told
    before, _ = fuse_claims(claims, SOURCES)
    incidents, _ = fuse_claims(claims, SOURCES, before, judgements=judgements)
    shuffled, others, held = list(claims), list(judgements), list(before)
    for rows in (shuffled, others, held):
        random.shuffle(rows)
    again, _ = fuse_claims(shuffled, SOURCES, held, judgements=others)
    assert again == incidents
    assert fuse_claims(claims, SOURCES, incidents, judgements=judgements)[0] == incidents
    assert len({incident.id for incident in incidents}) == len(incidents)
