"""The program's messages on Arabic pages: what it may say, and that nothing is left over that it says no more."""

import ast
import re
from pathlib import Path

import pytest

import harmledger
from harmledger.desk.web.messages.telling import load_messages, tell_message
from harmledger.publication.wording import load_wording

HOME = Path(harmledger.__file__).parent
WORDS = load_wording("ar")
COMPLETE = (
    "desk/web/review/acts.py",
    "desk/web/review/values.py",
    "desk/web/journal/chain.py",
    "documents/fetching/hosts.py",
    "documents/fetching/listing.py",
    "incidents/rulings.py:convert_value",
    "pipeline/claiming.py",
    "pipeline/judging.py",
    "records/bounds.py",
)
"""Modules all of whose refusals are told in Arabic: those that answer what somebody typed."""

NEVER_SHOWN = {"too much to keep in one line of the journal"}


def read_template(node):
    """Give a text of the source with {} for its parts; None for what is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def bare(text):
    return re.sub(r"\{\w*\}", "{}", text)


def list_raised(path):
    """Give what a module raises, or yields as a fault, as texts."""
    name, _, function = path.partition(":")
    tree = ast.parse((HOME / name).read_text())
    if function:
        tree = next(one for one in ast.walk(tree) if getattr(one, "name", "") == function)
    for node in ast.walk(tree):
        told = None
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
            told = read_template(node.exc.args[0])
        elif isinstance(node, ast.Yield | ast.Return) and node.value is not None:
            told = read_template(node.value)
        if told and told.count(" ") > 1:
            yield told


@pytest.mark.parametrize("path", COMPLETE)
def test_what_somebody_typed_is_answered_in_arabic(path):
    known = {bare(english) for english in load_messages("ar")}
    found = set(list_raised(path)) - NEVER_SHOWN
    assert found
    for told in found:
        filled = told.replace("{}", "x")
        assert told in known or tell_message(filled, WORDS) != filled, told


def test_every_message_is_one_that_the_program_says():
    said = set()
    for path in HOME.rglob("*.py"):
        said.update(filter(None, map(read_template, ast.walk(ast.parse(path.read_text())))))
    everything = "\n".join(said)
    for english in load_messages("ar"):
        pieces = re.split(r"\{\w+\}", english)
        assert bare(english) in said or all(piece.strip() in everything for piece in pieces), english


def test_parts_of_a_message_are_the_same_in_both_languages():
    for english, arabic in load_messages("ar").items():
        assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", arabic)), english


def test_a_message_tells_its_parts_and_a_reason_within_it():
    told = tell_message("is not asked for: its host is no public one", WORDS)
    assert told == "لا يُطلب: خادمه ليس عامًا"
    assert "٢" in tell_message("line 2 was changed", WORDS)
    assert tell_message("is a RAR archive, which is not read; it was not kept", WORDS) == (
        "هو أرشيف RAR، ولا يُقرأ؛ لم يُحتفظ به"
    )
    assert tell_message("nobody ever said this", WORDS) == "nobody ever said this"
    assert tell_message("line 2 was changed", load_wording("en")) == "line 2 was changed"
    assert tell_message("{told}" * 9, WORDS) == "{told}" * 9


def test_no_typed_text_is_taken_for_a_template():
    told = tell_message(
        "'{0.__class__} {reason}' is no count; write 23, 20-60 or 23+ (at least), or give JSON", WORDS
    )
    assert "{0.__class__} {reason}" in told
