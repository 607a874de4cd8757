"""Draw the tables of docs/reading.md and docs/rules.md from the data: the words' categories, the rules, their paths, the
kinds they wait for, and one sentence explained.

usage: draw_rules.py [--check]

Writes between the markers of the pages; with --check it writes nothing, and ends with 1 where a page is stale.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click

from harmledger.claims.reader import open_reader
from harmledger.claims.rules import load_family
from harmledger.desk.decision_lines import describe_decisions
from harmledger.desk.decisions import list_decisions
from harmledger.documents.read import read_document
from harmledger.lexicon.tables import load_rules
from harmledger.lexicon.words import TOPICS
from harmledger.places.gazetteer import open_gazetteer
from harmledger.records.document import Document

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
LEXICON = ROOT / "src" / "harmledger" / "lexicon"
LANGUAGE = "en"
FAMILIES = ("asides", "tolls", "damage", "denials")
EXAMPLE = (
    "Two helicopters dropped barrel bombs on Ariha on Sunday, killing at least 12 people, including four children, "
    "and damaging a clinic, a doctor said."
)
PUBLISHED = "2021-11-08"
MOST_VALUES = 6
OPENERS = {
    "(?:": "(", "(?<!": "(not after: ", "(?<=": "(after: ", "(?!": "(not before: ", "(?=": "(before: ", "(": "(",
}  # fmt: skip
OPENER = re.compile(r"\(\?P<(?P<group>\w+)>|\(\?:|\(\?<!|\(\?<=|\(\?!|\(\?=|\(")


def draw_rules() -> Iterator[str]:
    """Give a table of every rule, family by family, highest priority first."""
    for family in FAMILIES:
        yield f"**{family.capitalize()}**"
        yield ""
        yield "| priority | rule | example |"
        yield "|---|---|---|"
        for rule in load_family(LANGUAGE, family):
            value = f" → {rule.value}" if rule.value else ""
            yield f"| {rule.priority} | `{rule.name}`{value} | {rule.example} |"
        yield ""


def draw_words() -> Iterator[str]:
    """Give a table of the categories of words with their file and values."""
    yield "| category | file | values |"
    yield "|---|---|---|"
    for topic in TOPICS:
        table = tomllib.loads((LEXICON / LANGUAGE / f"{topic}.toml").read_text("utf-8"))
        for category, values in table.items():
            names = ", ".join(list(values)[:MOST_VALUES]) + (" …" if len(values) > MOST_VALUES else "")
            yield f"| `{category}` | {topic} | {names} |"


def draw_example() -> Iterator[str]:
    """Give what `explain` prints about the example, read with what needs no download."""
    gazetteer, _ = open_gazetteer(layers=("overlay", "base"))
    document = Document(id="example", text=EXAMPLE, published=PUBLISHED, language=LANGUAGE)
    text, _ = read_document(document, None)
    assert text is not None
    _, traces = open_reader(gazetteer).explain(text)
    yield "```"
    for line in describe_decisions(list_decisions(text, traces)):
        yield click.unstyle(line)
    yield "```"


def draw_paths() -> Iterator[str]:
    """Give the path of every rule through a sentence, family by family, and the macros that paths share."""
    yield from _draw_macros("macros", load_rules(LANGUAGE, "macros")["macro"])
    for family in FAMILIES:
        table = load_rules(LANGUAGE, family)
        yield f"**{family.capitalize()}**"
        yield ""
        yield "```"
        for name, pattern in table.get("macro", {}).items():
            yield f"{name} = {spell_path(pattern)}"
        for rule in sorted(table["rule"], key=lambda rule: (-rule["priority"], rule["name"])):
            yield f"{rule['priority']:>3} {rule['name']}"
            yield f"    {spell_path(rule['pattern'])}"
        yield "```"
        yield ""


def _draw_macros(title: str, macros: dict[str, str]) -> Iterator[str]:
    yield f"**{title.capitalize()}**"
    yield ""
    yield "```"
    yield from (f"{name} = {spell_path(pattern)}" for name, pattern in macros.items())
    yield "```"
    yield ""


def spell_path(pattern: str) -> str:
    """Give a pattern for people: groups by their names in pointed brackets, what is looked at and not taken in words."""
    parts, closers, here = [], [], 0
    while here < len(pattern):
        opener = OPENER.match(pattern, here)
        if opener:
            group = opener["group"]
            parts.append(f"⟨{group}: " if group else OPENERS[opener.group()])
            closers.append("⟩" if group else ")")
            here = opener.end()
        else:
            parts.append(closers.pop() if pattern[here] == ")" else pattern[here])
            here += 1
    return "".join(parts).replace("|", " | ").strip()


def draw_needs() -> Iterator[str]:
    """Give for each kind of chunk the rules that wait for it: what a language must have words for, or has no such
    rule."""
    waiting: dict[str, list[str]] = {}
    for family in FAMILIES:
        for rule in load_rules(LANGUAGE, family)["rule"]:
            for kind in rule.get("needs", []):
                waiting.setdefault(kind, []).append(rule["name"])
    yield "| kind | rules that wait for it |"
    yield "|---|---|"
    for kind, names in sorted(waiting.items(), key=lambda item: (-len(item[1]), item[0])):
        yield f"| `{kind}` | {', '.join(f'`{name}`' for name in sorted(names))} |"


PAGES = {
    "reading.md": (("words", draw_words), ("rules", draw_rules), ("example", draw_example)),
    "rules.md": (("paths", draw_paths), ("needs", draw_needs)),
}


def draw_page(name: str, page: str) -> str:
    """Give the page of that name with its drawn parts renewed."""
    for part, draw in PAGES[name]:
        begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
        drawn = "\n".join([begin, *draw(), end])
        page, count = re.subn(f"{begin}.*?{end}", lambda _, drawn=drawn: drawn, page, flags=re.DOTALL)
        if count != 1:
            raise SystemExit(f"{name}: the markers of {part!r} must stand there once")
    return page


def main(arguments: list[str]) -> int:
    """Renew the pages, or check them."""
    is_stale = False
    for name in PAGES:
        page = (DOCS / name).read_text("utf-8")
        drawn = draw_page(name, page)
        is_stale |= drawn != page
        if "--check" not in arguments:
            (DOCS / name).write_text(drawn, "utf-8")
    return int(is_stale and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
