"""Two people publish; what changes after a signature voids it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from harmledger.records.signing import STEPS
from harmledger.review.standing import compose_signing, find_status, judge_standing, refuse_step

ROLES = {"the-analyst": "analyst", "the-editor": "editor", "another-editor": "editor"}


def sign(*steps, digest="a"):
    """Sign steps given as "step by", a minute apart."""
    return [
        compose_signing("i", step, {}, digest, by, f"2026-01-01T00:{minute:02d}:00Z", "said so")
        for minute, (step, by) in enumerate(told.split() for told in steps)
    ]


ALL = ("accept the-analyst", "approve the-editor", "publish another-editor")


def test_states_follow_the_steps():
    assert judge_standing([], "a").state == "new"
    for count, state in enumerate(("accepted", "approved", "published"), 1):
        assert judge_standing(sign(*ALL[:count]), "a").state == state


def test_a_change_voids_what_was_signed_and_the_last_signature_is_told():
    standing = judge_standing(sign(*ALL), "b")
    assert standing.state == "changed"
    assert standing.published is None
    assert standing.approved is None
    assert standing.last.step == "publish"
    assert find_status(standing) is None


def test_what_is_as_it_was_counts_again():
    assert judge_standing([*sign(*ALL), *sign("accept the-analyst", digest="b")], "a").state == "published"


def test_nobody_publishes_what_they_approved():
    standing = judge_standing(sign("accept the-analyst", "approve the-editor"), "a")
    assert refuse_step("publish", "the-editor", "editor", standing) == "same_person"
    assert refuse_step("publish", "the-editor", "admin", standing) == "same_person"
    assert refuse_step("publish", "another-editor", "editor", standing) is None
    forced = sign("accept the-analyst", "approve the-editor", "publish the-editor")
    assert judge_standing(forced, "a").state == "approved", "not even where the facts say so"


def test_roles_and_order():
    new = judge_standing([], "a")
    assert refuse_step("accept", "the-reader", "reader", new) == "role"
    assert refuse_step("accept", "nobody", None, new) == "role"
    assert refuse_step("accept", "the-analyst", "analyst", new) is None
    assert refuse_step("approve", "the-editor", "editor", new) == "order"
    accepted = judge_standing(sign(ALL[0]), "a")
    assert refuse_step("accept", "the-analyst", "analyst", accepted) == "done"
    assert refuse_step("approve", "the-analyst", "analyst", accepted) == "role"
    assert refuse_step("publish", "the-editor", "editor", accepted) == "order"


def test_setting_aside_wants_a_reason_and_holds_until_somebody_opens_it_again():
    new = judge_standing([], "a")
    assert refuse_step("set_aside", "the-analyst", "analyst", new) == "reason"
    assert refuse_step("set_aside", "the-analyst", "analyst", new, "no attack") is None
    aside = judge_standing(sign("set_aside the-analyst"), "another digest")
    assert aside.state == "set_aside"
    assert find_status(aside) == "withdrawn"
    assert refuse_step("accept", "the-analyst", "analyst", aside, "") == "order"
    opened = judge_standing(sign("set_aside the-analyst", "reopen the-analyst"), "a")
    assert opened.state == "new"


def test_what_was_signed_off_is_opened_by_an_editor_alone():
    published = judge_standing(sign(*ALL), "a")
    for step in ("reopen", "set_aside"):
        assert refuse_step(step, "the-analyst", "analyst", published, "wrong") == "role"
        assert refuse_step(step, "the-editor", "editor", published, "wrong") is None


@given(st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from(sorted(ROLES)), st.sampled_from("ab"))))
def test_whatever_happens_two_editors_stand_behind_what_is_published(acts):
    signed = []
    for minute, (step, by, digest) in enumerate(acts):
        standing = judge_standing(signed, digest)
        if refuse_step(step, by, ROLES[by], standing, "why") is None:
            at = f"2026-01-01T{minute // 60:02d}:{minute % 60:02d}:00Z"
            signed.append(compose_signing("i", step, {}, digest, by, at))
    for digest in "ab":
        standing = judge_standing(signed, digest)
        if standing.state == "published":
            people = {standing.approved.by, standing.published.by}
            assert len(people) == 2
            assert {ROLES[one] for one in people} == {"editor"}
            assert {standing.accepted.digest, standing.approved.digest, standing.published.digest} == {digest}


def test_signatures_follow_an_incident_that_became_part_of_another():
    from harmledger.pipeline.standings import Standings
    from harmledger.records.incident import Incident
    from harmledger.review.content import digest_incident

    before = Incident(id="1", scope="attack", claims=("a",))
    signed = [replace(one, incident="1") for one in sign(*ALL, digest=digest_incident(before))]
    assert Standings(signed).mark(before).status == "reviewed"
    assert Standings(signed).is_published(before)
    merged = Incident(id="2", scope="attack", claims=("a", "b"), formerly=("1",))
    assert Standings(signed).find(merged).state == "changed"
    assert Standings(signed).mark(merged).status == "machine"
    same = Incident(id="2", scope="attack", claims=("a",), formerly=("1",))
    assert Standings(signed).is_published(same), "what two people saw is what it holds, under whichever id"
    assert Standings(()).mark(before) is before
