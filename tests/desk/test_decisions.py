"""Decisions in lines: 80 columns, nothing that steers a terminal, colours that can be taken out."""

import click
from hypothesis import given
from hypothesis import strategies as st

from harmledger.desk.decision_lines import describe_decisions
from harmledger.desk.decisions import Change, Decisions, Made, Mark, Unclaimed

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
MADE = st.builds(
    Made,
    claim=st.none() | st.just("3f9a"),
    cue=WORDS,
    facts=st.tuples(st.just("toll"), WORDS),
    rules=st.tuples(st.just("toll.active"), st.just("scope.one-attack")),
    hindsight=st.tuples(st.builds(Change, field=st.just("place"), before=WORDS | st.none(), after=WORDS)),
)
DECISIONS = st.builds(
    Decisions,
    start=st.integers(0, 10**6),
    end=st.integers(0, 10**6),
    text=WORDS,
    is_read=st.booleans(),
    marks=st.lists(
        st.builds(Mark, kind=st.just("PLACE"), value=WORDS, start=st.just(0), end=st.just(1), text=WORDS)
    ).map(tuple),
    claims=st.lists(MADE, max_size=2).map(tuple),
    set_aside=st.lists(
        st.builds(Unclaimed, start=st.just(0), end=st.just(1), text=WORDS, reason=WORDS | st.none()),
        max_size=2,
    ).map(tuple),
)


def describe(*decisions: Decisions) -> list[str]:
    return [click.unstyle(line) for line in describe_decisions(decisions)]


def make_sentence(is_read: bool = True, claims: tuple[Made, ...] = ()) -> Decisions:
    return Decisions(10, 20, "Words here.", is_read, (), claims, ())


@given(st.lists(DECISIONS, max_size=4))
def test_no_line_is_wider_than_a_terminal_or_steers_it(decisions: list[Decisions]) -> None:
    for line in describe(*decisions):
        assert len(line) <= 80
        assert not {"\x1b", "\n", "\r", "\x00", "\u202e"} & set(line)


def test_sentences_without_harm_are_folded_between_those_that_are_read() -> None:
    lines = describe(*[make_sentence(False)] * 3, make_sentence(), make_sentence(False))
    assert lines[0] == "10–20 3 sentences without a word of harm"
    assert lines[-1] == "10–20 1 sentence without a word of harm"


def test_a_sentence_of_harm_that_nothing_was_made_of_says_so() -> None:
    assert "  nothing    no rule fired" in describe(make_sentence())


def test_what_hindsight_changed_is_told_as_such() -> None:
    made = Made(
        "3f9a", "nine dead", ("toll",), ("toll.reduced",), (Change("place", None, "Ariha (carried)"),)
    )
    assert "  hindsight  place: nothing → Ariha (carried)" in describe(make_sentence(claims=(made,)))


def test_a_dropped_draft_is_told() -> None:
    made = Made(None, "no air strike", ("attribution",), ("denial.no-attack",))
    assert any("dropped" in line for line in describe(make_sentence(claims=(made,))))


def test_a_number_without_a_reason_is_told_as_not_read() -> None:
    sentence = Decisions(0, 9, "Nine here", True, (), (), (Unclaimed(0, 4, "Nine", None),))
    assert "  not read   'Nine': no reason is known" in describe(sentence)
