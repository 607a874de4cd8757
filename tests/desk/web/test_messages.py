"""The program's messages on Arabic pages: what it may say, and that nothing is left over that it says no more."""

import ast
import re
from pathlib import Path

import pytest

import harmledger
from documents.parts.opened import open_bytes
from harmledger.desk.web.messages.telling import load_messages, load_places, tell_message, tell_place
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

INTAKE = ("documents", "pipeline/add.py", "store/arrivals.py")
"""Where everything begins that can be wrong with what comes in."""

REPORTS = r"Problem\(|report\(|Foreign\(|raise (?!Stop)\w+\("
"""What modules do that have something to say of a file."""
NOT_PRINTED = {
    "an answer is too long",
    "field larger",
    "its publisher's notice: {}",
    "its publisher",
    "[{place}: ]{text}",
    "columns = { {} }",
    "column {}",
    "offset {} outside 0 … {}",
    "<!doctype html",
}
PART_OF_ONE = {
    "has an unknown key {}{}",
    "constants: unknown key {}{}",
    "; did you mean {}?",
    "; known are {}",
    "; use one of: {}",
    "of type {}",
    "answers {}",
    "of another media type",
}
"""Told with what stands before or behind them: see the test of messages that are put together."""
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


def list_said(tree):
    """Give the texts of a module that are words: no docstring, pattern, path or name of a type."""
    left = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            left.update(map(id, node.values))
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("re.compile", "meant", "xpath"):
            left.update(map(id, ast.walk(node)))
        elif isinstance(node, ast.arg | ast.AnnAssign | ast.FunctionDef):
            annotation = node.returns if isinstance(node, ast.FunctionDef) else node.annotation
            left.update(map(id, ast.walk(annotation)) if annotation is not None else ())
    for node in ast.walk(tree):
        told = None if id(node) in left else read_template(node)
        if told and re.search(r"[a-z] |[a-z]: ", told) and not re.search(r"\\[dnwsSr.]|//|\| None$", told):
            yield told


def test_whatever_can_be_wrong_with_what_comes_in_is_told_in_arabic():
    known = {bare(english) for english in (*load_messages("ar"), *load_places("ar"))}
    modules = [path for name in INTAKE for path in (sorted((HOME / name).rglob("*.py")) or [HOME / name])]
    sources = [source for path in modules if re.search(REPORTS, source := path.read_text())]
    assert len(sources) > 20
    left = {told for source in sources for told in list_said(ast.parse(source))}
    assert len(left) > 150
    for told in sorted(left - NOT_PRINTED - PART_OF_ONE):
        filled = told.replace("{}", "x")
        is_known = not known.isdisjoint((told, told.removeprefix("{}")))
        assert is_known or tell_message(filled, WORDS) != filled, told


@pytest.mark.parametrize(
    "told",
    [
        "has an unknown key 'tet'; did you mean 'text'?",
        "has an unknown key 'x'; known are text, columns",
        "a line is no document: Invalid enum value; use one of: news, post",
        "passed over: 1 of another media type, 3 answers 404, 2 of type request",
        "is not asked for: its host is no public one",
        "has no heading that means a report's text; its first row is 'a', 'b'",
    ],
)
def test_messages_that_are_put_together_are_told_whole(told):
    words = re.sub(r"\u2068[^\u2069]*\u2069", "", tell_message(told, WORDS))
    assert not re.search("[a-z]{3}", words), words


CHAT = b'{"name": "Network", "type": "public_channel", "id": 7, "messages": [{"id": "x"}, {"id": 2, "text": ""}]}'
BROKEN = {
    "daily.csv": b"when,where\n2019-01-01,Idlib\n2019-01-02,Idlib\n",
    "dates.csv": b"text,published\nShelling in Idlib killed two people,the day of the fire\n",
    "result.json": CHAT,
    "crawl.warc": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99\r\n\r\nHTTP/1.1 200 OK\r\n",
    "posts.jsonl": b'{"id": "a"}\n[1]\n\n',
    "news.xml": b'<?xml version="1.0"?><rss><channel><item><title>One</title></item></channel></rss>',
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_with_a_file_is_told_in_arabic(name):
    problems = open_bytes(BROKEN[name], name).problems
    assert problems
    for one in problems:
        for told in filter(None, (one.message, one.remedy)):
            assert tell_message(told, WORDS) != told, told
        assert name in tell_place(one.where, WORDS)
        assert tell_place(one.where, WORDS) != one.where


def test_a_place_in_a_file_is_told_step_by_step():
    assert tell_place("export.zip, a/b.csv › sheet Raids, row 30", WORDS) == (
        "\u2068export.zip\u2069، \u2068a/b.csv\u2069 › الورقة \u2068Raids\u2069، الصف ٣٠"
    )
    assert tell_place("message from nobody.eml", WORDS) == "\u2068message from nobody.eml\u2069"
    assert tell_place("export.zip, row 3", load_wording("en")) == "export.zip, row 3"


def test_every_message_is_one_that_the_program_says():
    said = set()
    for path in HOME.rglob("*.py"):
        said.update(filter(None, map(read_template, ast.walk(ast.parse(path.read_text())))))
    everything = "\n".join(said)
    for english in (*load_messages("ar"), *load_places("ar")):
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
