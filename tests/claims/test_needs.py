"""What an expression needs is told from it alone, and never too much."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.claims.needs import find_needs
from harmledger.claims.rules import load_family
from harmledger.lexicon.tables import list_languages

A, B, C, D = map(chr, range(0xE000, 0xE004))


@pytest.mark.parametrize(
    ("expression", "needs"),
    [
        (f"{A}{B}", [A, B]),
        (f"{A}?{B}*(?P<one>{C}){{0,3}}{D}+", [D]),
        (f"(?:{A}|{B})(?P<two>{C}{{1,2}})", [C, A + B]),
        (f"(?:{A}|{B}?){C}", [C]),
        (f"(?:{A}{B}|{C}(?:{D}|{A}))", [A + C]),
        (f"(?<!{A})(?!{B}){C}(?={D})", [C, D]),
        (f"(?<={A}){B}(?:{C}|$)", [A, B]),
        (f"{A}??{B}", [B]),
        (f"{A}|{B}", [A + B]),
        (f"[{A}]{B}", []),
        (f"(?:{A}", []),
        (f"{A})", []),
        ("", []),
    ],
)
def test_needs_of(expression: str, needs: list[str]) -> None:
    assert sorted(find_needs(expression), key=sorted) == sorted(map(frozenset, needs), key=sorted)


def _wrap(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(parts, min_size=1, max_size=3).map("".join),
        st.lists(parts, min_size=1, max_size=3).map(lambda each: f"(?:{'|'.join(each)})"),
        st.tuples(parts, st.sampled_from(["?", "*", "+", "{0,2}", "{1,2}"])).map(
            lambda two: f"(?:{two[0]}){two[1]}"
        ),
        parts.map(lambda part: f"(?!{part})"),
        parts.map(lambda part: f"(?={part})"),
    )


@given(
    st.recursive(st.sampled_from([A, B, C, D]), _wrap, max_leaves=8),
    st.text(st.sampled_from([A, B, C, D]), max_size=8),
)
def test_whatever_matches_has_what_is_needed(expression: str, letters: str) -> None:
    if re.search(expression, letters):
        assert all(group.intersection(letters) for group in find_needs(expression))


@pytest.mark.parametrize("language", list_languages())
@pytest.mark.parametrize("family", ["asides", "tolls", "damage", "denials"])
def test_every_rule_is_understood(language: str, family: str) -> None:
    assert all(find_needs(rule.expression) for rule in load_family(language, family))
