"""The engine knows no word of any language: what it compares a text with comes from the lexicon."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from claims.known import WORDS_IN_THE_ENGINE, check_known
from claims.test_rules import RULES
from harmledger.lexicon.words import list_words
from harmledger.records import vocabulary

MODULES = sorted((Path(__file__).parents[2] / "src" / "harmledger" / "claims").glob("*.py"))
WORDS = frozenset(word.text for word in list_words("en"))
TERMS = frozenset(
    {
        term
        for name in dir(vocabulary)
        for term in get_args(getattr(vocabulary, name))
        if isinstance(term, str)
    }
    | {word.value for word in list_words("en")}
    | {name for rule in RULES for name in (*rule.pattern.groupindex, rule.value or "")}
    | {"body", "count", "inside", "unknown"}
)
"""Names of the system's own that are also words: its vocabulary, the lexicon's values, the rules' groups."""


def list_strings(source: str) -> Iterator[str]:
    """Give the strings a module computes with: neither docstrings nor the parts of messages."""
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    told |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_holds_no_word_of_the_lexicon(path: Path) -> None:
    words = {text.strip() for text in list_strings(path.read_text("utf-8"))}
    check_known(WORDS_IN_THE_ENGINE, path.stem, sorted((words & WORDS) - TERMS))


def test_a_word_in_a_module_is_found() -> None:
    assert list(list_strings('"""A docstring."""\nOWNERS = ("his ", f"not {1}")')) == ["his "]
