"""No number left unread: in a sentence about harm each is claimed, set aside with a reason, or reported."""

import pytest
from hypothesis import given

from claims.sentences import HOSTILE, SENTENCES, relaxed
from claims.telling import PUBLISHED, explain_words, make_text, open_story_reader
from harmledger.documents.read import read_document
from harmledger.records.document import Document


def account_for_numbers(words: str) -> list[str]:
    """Give the numbers of triggered sentences that are neither in a cue, nor set aside or reported."""
    document = Document(id="story", text=words, published=PUBLISHED, language="en")
    text, _ = read_document(document, None)
    if text is None:
        return []
    reader = open_story_reader()
    _, problems = reader.read(text)
    _, traces = reader.explain(text)
    reported = {(p.start, p.end) for p in problems if p.code == "claims.number-unread"}
    lost = []
    for trace in traces:
        if not (trace.drafts or trace.set_aside):
            continue
        for quantity in trace.parsed.quantities:
            is_claimed = any(
                d.count and d.start < quantity.end and quantity.start < d.end for d in trace.drafts
            )
            aside = [one for one in trace.set_aside if (one.start, one.end) == (quantity.start, quantity.end)]
            is_answered = bool(aside) and (
                aside[0].reason is not None or text.locate(quantity.start, quantity.end) in reported
            )
            if not (is_claimed or is_answered):
                lost.append(text.reading[quantity.start : quantity.end])
    return lost


@relaxed
@given(SENTENCES)
def test_every_number_of_a_sentence_about_harm_is_accounted_for(words: str) -> None:
    assert account_for_numbers(words) == []


@relaxed
@given(HOSTILE)
def test_every_number_of_any_text_is_accounted_for(words: str) -> None:
    assert account_for_numbers(words) == []


@pytest.mark.parametrize(
    ("words", "number", "reason"),
    [
        ("Four helicopters killed nine people.", "Four", "counts forces or aircraft"),
        ("Helicopters dropped 20 barrel bombs.", "20", "counts attacks or munitions"),
        (
            "A shell killed nine people and 77 cows.",
            "77",
            "counts things that are neither people nor places hit",
        ),
        (
            "The doctors of three hospitals said nine people were killed.",
            "three",
            "counts places that are not said to have been hit",
        ),
        ("Nine people were killed, two doctors said.", "two", "counts people of whom no harm is said"),
        ("In the past 24 hours nine people were killed.", "24", "a number of the kind date_part"),
        ("Nine people were killed 20 km from Ariha.", "20", "a number of the kind measure"),
    ],
)
def test_a_number_is_set_aside_with_its_reason(words: str, number: str, reason: str) -> None:
    _, traces = explain_words(words)
    found = {aside.wording: aside.reason for trace in traces for aside in trace.set_aside}
    assert found.get(number) == reason


def test_a_number_that_nobody_can_explain_is_a_problem_with_its_place() -> None:
    words = "Five (5) were present when the shelling began."
    text = make_text(words, PUBLISHED)
    _, problems = open_story_reader().read(text)
    notes = [problem for problem in problems if problem.code == "claims.number-unread"]
    assert notes
    for note in notes:
        assert note.start is not None
        assert note.end is not None
        assert words[note.start : note.end] in ("Five", "5")
        assert note.remedy
