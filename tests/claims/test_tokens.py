"""The line of tokens: what wins where two meet, and what stands between."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.telling import list_kinds
from harmledger.claims.chunks import Chunk
from harmledger.claims.lexemes import make_lexeme
from harmledger.claims.tokens import order_tokens


def order(text: str, strong: tuple[Chunk, ...] = (), marks: tuple[Chunk, ...] = ()) -> list[tuple[str, str]]:
    return [
        (token.kind, text[token.start : token.end])
        for token in order_tokens(text, 0, len(text), strong, marks)
    ]


def mark(start: int, end: int, readings: dict[str, str]) -> Chunk:
    lexeme = make_lexeme(readings)
    token = Chunk("MARK", start, end, bits=lexeme.bits, readings=readings)
    token.lexeme = lexeme
    return token


def test_a_quantity_wins_over_a_word_that_it_meets() -> None:
    text = "no one died"
    tokens = order(text, (Chunk("QTY", 0, 6),), (mark(3, 11, {"UNDERGO": "killed"}),))
    assert tokens == [("QTY", "no one"), ("WORD", "died")]


def test_a_phrase_that_holds_a_quantity_wins_over_it() -> None:
    text = "one of the dead"
    tokens = order(text, (Chunk("QTY", 0, 3),), (mark(0, 15, {"DET": "the"}),))
    assert tokens == [("MARK", "one of the dead")]


def test_a_time_gives_way_to_nothing() -> None:
    text = "since late April"
    tokens = order(text, (Chunk("TIME", 0, 16),), (mark(0, 16, {"RUNNING": "since"}),))
    assert tokens == [("TIME", "since late April")]


def test_punctuation_parts_and_hyphens_inside_words_do_not() -> None:
    assert order("pro-regime, others; (then) x - y") == [
        ("WORD", "pro-regime"),
        ("COMMA", ","),
        ("WORD", "others"),
        ("SEMI", ";"),
        ("WORD", "x"),
        ("DASH", "-"),
        ("WORD", "y"),
    ]


@pytest.mark.parametrize(
    ("text", "has_brackets"),
    [("120 fighters (banned elsewhere) died", False), ("fighters (at least 30) died", True)],
)
def test_brackets_without_a_number_are_left_out(text: str, has_brackets: bool) -> None:
    assert ("OPEN" in list_kinds(text)) is has_brackets


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_tokens_are_in_order_and_never_overlap(text: str) -> None:
    free = 0
    for token in order_tokens(text, 0, len(text), [], []):
        assert free <= token.start < token.end <= len(text)
        free = token.end
