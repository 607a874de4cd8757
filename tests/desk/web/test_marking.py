"""Cutting a text into pieces: nothing is lost, nothing overlaps, whatever the claims do."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from harmledger.desk.web.texts.marking import PART, cut_pieces, list_parts, show_plainly
from harmledger.records.claim import Claim
from harmledger.records.span import Span

SPANS = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(sorted)


def make_claim(text, evidence, cue):
    spans = [Span(start, end, text[start:end]) for start, end in (evidence, cue)]
    return Claim(id="0" * 64, document="a", evidence=spans[0], cue=spans[1], kind="toll")


@given(st.text(max_size=40), st.lists(st.tuples(SPANS, SPANS), max_size=6), SPANS)
def test_pieces_are_the_text_once_and_know_the_claims_around_them(text, spans, part):
    claims = [make_claim(text, evidence, cue) for evidence, cue in spans]
    first, last = (min(bound, len(text)) for bound in part)
    pieces = list(cut_pieces(text, claims, (first, last)))
    assert "".join(piece.text for piece in pieces) == show_plainly(text[first:last])
    at = first
    for piece in pieces:
        assert piece.start == at
        at += len(piece.text)
        for number, claim in enumerate(claims):
            assert (number in piece.cues) == claim.cue.covers(piece.start, at)
        assert piece.is_evidence == any(claim.evidence.covers(piece.start, at) for claim in claims)


def test_every_cue_opens_once():
    text = "abcdefghij"
    claims = [make_claim(text, (0, 10), span) for span in ((2, 6), (4, 8), (2, 3))]
    opened = [number for piece in cut_pieces(text, claims, (0, 10)) for number in piece.opened]
    assert sorted(opened) == [0, 1, 2]


@given(st.text(max_size=60))
def test_what_is_shown_is_as_long_as_the_text(text):
    shown = show_plainly(text)
    assert len(shown) == len(text)
    assert not set(shown) & set("\x00\x1b\r\u202e\u2066")


def test_a_long_text_is_shown_in_parts_that_end_with_lines():
    text = ("word " * 20 + "\n") * 2000
    parts = list_parts(text)
    assert parts[0][0] == 0
    assert parts[-1][1] == len(text)
    assert all(one[1] == other[0] for one, other in pairwise(parts))
    assert all(end - start <= PART for start, end in parts)
    assert all(text[end - 1] == "\n" for _, end in parts)
    assert list_parts("") == [(0, 0)]
