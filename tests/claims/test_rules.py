"""The rules of every language: well-formed, reached by their own example, and never two for one chunk."""

import re
import time
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import msgspec
import pytest

from claims.known import KINDS_NOBODY_MAKES, RULES_THAT_DO_NOT_FIRE, check_known
from claims.telling import explain_words, load_stories, make_text, open_story_reader
from harmledger.claims.phrases import HEADS
from harmledger.claims.rules import (
    Match,
    Rule,
    choose_matches,
    find_conflicts,
    find_matches,
    get_letter,
    load_family,
    spell_chunks,
)
from harmledger.documents.read import read_document
from harmledger.documents.text import Text
from harmledger.lexicon.syntax import load_syntax
from harmledger.lexicon.words import list_words
from harmledger.records.document import Document

ROOT = Path(__file__).parents[2]
STORIES = (("en", "english"), ("ar", "arabic"))
REPORTS = ROOT / "examples" / "northwest-syria"
RULE_FILES = sorted((ROOT / "src" / "harmledger" / "lexicon").glob("*/rules/*.toml"))
FAMILIES = [(path.parts[-3], path.stem) for path in RULE_FILES if path.stem != "macros"]
SPOKEN = [(language, family, rule) for language, family in FAMILIES for rule in load_family(language, family)]
RULES = [rule for _, _, rule in SPOKEN]
KINDS_OF_TOKENS = frozenset(
    {"WORD", "NAME", "PLACE", "TIME", "QTY", "AGE", "ORDINAL", "NUM", "COMMA", "SEMI", "QUOTE", "OPEN", "CLOSE", "DASH"}
)  # fmt: skip
KINDS_OF_PHRASES = frozenset(HEADS.values()) | {"HARMED_PEOPLE", "DAMAGED_TARGET", "NO_MEANS"}
KINDS_OF_SYNTAX = frozenset({"THE_HARMED"})
"""What noun phrases with the noun in front give besides."""
KIND = re.compile(r"(?<![\w<?])[A-Z][A-Z_]*(?![\w>])")


def name_rule(case: object) -> str:
    return case.name if isinstance(case, Rule) else str(case)


def list_texts() -> Iterator[tuple[str, str, Text]]:
    for language, _, rule in SPOKEN:
        yield language, rule.name, make_text(rule.example, "2021-11-08", language)
    for language, name in STORIES:
        for story in load_stories(name):
            yield language, story["name"], make_text(story["text"], story.get("published"), language)
    for line in (REPORTS / "documents.jsonl").read_text("utf-8").splitlines():
        document = msgspec.json.decode(line, type=Document)
        text, _ = read_document(document, REPORTS)
        assert text is not None
        yield "en", str(document.id), text


@pytest.fixture(scope="session")
def spelled() -> list[tuple[str, str, str]]:
    """Every sentence of examples, stories and reports as the rules of its language see it."""
    reader = open_story_reader()
    return [
        (language, name, trace.parsed.letters)
        for language, name, text in list_texts()
        for trace in reader.explain(text)[1]
    ]


def test_rules_have_names_of_their_own() -> None:
    spoken = [(language, rule.name) for language, _, rule in SPOKEN]
    names = [rule.name for rule in RULES]
    assert len(spoken) == len(set(spoken)) > 40
    assert all(re.fullmatch(r"[a-z]+(\.[a-z]+(-[a-z]+)*)", name) for name in names)


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_rule_files_declare_name_priority_pattern_and_example(path: Path) -> None:
    table = tomllib.loads(path.read_text("utf-8"))
    assert set(table) <= {"macro", "rule"}
    for entry in table.get("rule", ()):
        assert set(entry) <= {"name", "priority", "pattern", "needs", "example", "value"}
        assert {"name", "priority", "pattern", "example", "needs"} <= set(entry), entry["name"]
        assert isinstance(entry["priority"], int)
        assert 0 < entry["priority"] < 200
        assert entry["example"].endswith(".")


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_patterns_name_kinds_that_exist(path: Path) -> None:
    """A kind that nobody makes would leave a pattern silently dead."""
    language = path.parts[-3]
    table = tomllib.loads(path.read_text("utf-8"))
    shared = tomllib.loads((path.parent / "macros.toml").read_text("utf-8")).get("macro", {})
    known = {word.category for word in list_words(language)} | KINDS_OF_TOKENS | KINDS_OF_PHRASES
    known |= set(shared) | set(table.get("macro", {}))
    known |= KINDS_OF_SYNTAX if load_syntax(language).is_noun_first else set()
    sources = {entry["name"]: entry["pattern"] for entry in table.get("rule", ())} | table.get("macro", {})
    for name, source in sources.items():
        check_known(KINDS_NOBODY_MAKES, name, sorted(set(KIND.findall(source)) - known))
    for entry in table.get("rule", ()):
        assert set(entry["needs"]) <= known, entry["name"]


@pytest.mark.parametrize(("language", "family", "rule"), SPOKEN, ids=name_rule)
def test_the_example_makes_its_rule_fire(language: str, family: str, rule: Rule) -> None:
    assert rule.family == family
    claims, _ = explain_words(rule.example, language)
    fired = [name for claim in claims for name in claim.because]
    check_known(
        RULES_THAT_DO_NOT_FIRE, rule.name, [] if rule.name in fired else sorted(set(fired)) or ["nothing"]
    )


def test_no_two_rules_of_one_priority_want_the_same_chunk(spelled: list[tuple[str, str, str]]) -> None:
    found = {
        (family, *pair, name)
        for language, family in FAMILIES
        for spoken, name, letters in spelled
        if spoken == language
        for pair in find_conflicts(letters, load_family(language, family))
    }
    assert found == set()


def test_what_a_rule_needs_is_in_everything_it_matches(spelled: list[tuple[str, str, str]]) -> None:
    """`needs` only saves time: a sentence without it must have no match."""
    for language, _, rule in SPOKEN:
        for spoken, name, letters in spelled:
            if spoken == language and rule.needs.isdisjoint(letters):
                assert rule.pattern.search(letters) is None, (rule.name, name)


def test_patterns_take_no_more_than_moderate_time_on_hostile_sentences() -> None:
    """A sentence holds at most 600 code points, hence 300 chunks; no arrangement of them may blow up."""
    kinds = (
        "PEOPLE",
        "QTY",
        "WORD",
        "COMMA",
        "AND",
        "IN",
        "ADJ",
        "AUX",
        "TIME",
        "PLACE",
        "TARGET",
        "MEANS",
        "HARM_ED",
    )
    before = time.process_time()
    for first, second in product(kinds, repeat=2):
        letters = (get_letter(first) + get_letter(second)) * 150
        for language, family in FAMILIES:
            list(find_matches(letters, load_family(language, family)))
    assert time.process_time() - before < 10


def test_the_higher_rule_has_the_chunk() -> None:
    low, high = make_rule("low", 10, "AUX HARM_ED", "HARM_ED"), make_rule("high", 20, "HARM_ED", "HARM_ED")
    letters = get_letter("AUX") + get_letter("HARM_ED")
    assert [match.rule.name for match in choose_matches(letters, [high, low])] == ["high"]
    assert find_conflicts(letters, [high, low]) == []


def test_rules_of_one_priority_conflict_over_a_shared_chunk() -> None:
    one, other = make_rule("one", 10, "AUX HARM_ED", "HARM_ED"), make_rule("other", 10, "HARM_ED", "HARM_ED")
    letters = get_letter("AUX") + get_letter("HARM_ED")
    assert find_conflicts(letters, [one, other]) == [("one", "other")]


def test_matches_that_stand_are_in_text_order_and_share_no_core(spelled: list[tuple[str, str, str]]) -> None:
    for language, family in FAMILIES:
        for spoken, _, letters in spelled:
            if spoken != language:
                continue
            matches: list[Match] = choose_matches(letters, load_family(language, family))
            assert [(m.start, m.end) for m in matches] == sorted((m.start, m.end) for m in matches)
            cores = [index for match in matches for index in match.core]
            assert len(cores) == len(set(cores))


def test_one_letter_stands_for_one_kind() -> None:
    kinds = sorted(KINDS_OF_TOKENS | KINDS_OF_PHRASES)
    assert len({get_letter(kind) for kind in kinds}) == len(kinds)
    assert all(0xE000 <= ord(get_letter(kind)) < 0xF900 for kind in kinds)
    assert spell_chunks([]) == ""


def make_rule(name: str, priority: int, pattern: str, group: str) -> Rule:
    source = pattern.replace(group, f"(?P<core>{group})").split()
    letters = "".join(re.sub(r"[A-Z][A-Z_]+", lambda m: get_letter(m.group()), part) for part in source)
    return Rule(name, "test", priority, letters, frozenset(), "", None)


def test_the_lists_of_what_is_known_name_what_exists() -> None:
    macros = {name for path in RULE_FILES for name in tomllib.loads(path.read_text("utf-8")).get("macro", {})}
    names = {rule.name for rule in RULES}
    assert set(RULES_THAT_DO_NOT_FIRE) <= names
    assert set(KINDS_NOBODY_MAKES) <= names | macros
