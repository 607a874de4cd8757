"""Draw the tables of docs/reading.md from the data: the words' categories, the rules, and one sentence explained.

usage: draw_rules.py [--check]

Writes between the markers of the page; with --check it writes nothing, and ends with 1 where the page is stale.
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
from harmledger.lexicon.words import TOPICS
from harmledger.places.gazetteer import open_gazetteer
from harmledger.records.document import Document

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reading.md"
LEXICON = ROOT / "src" / "harmledger" / "lexicon"
LANGUAGE = "en"
FAMILIES = ("asides", "tolls", "damage", "denials")
EXAMPLE = (
    "Two helicopters dropped barrel bombs on Ariha on Sunday, killing at least 12 people, including four children, "
    "and damaging a clinic, a doctor said."
)
PUBLISHED = "2021-11-08"
MOST_VALUES = 6


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


def draw_page(page: str) -> str:
    """Give the page with its drawn parts renewed."""
    for name, draw in (("words", draw_words), ("rules", draw_rules), ("example", draw_example)):
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        drawn = "\n".join([begin, *draw(), end])
        page, count = re.subn(f"{begin}.*?{end}", lambda _, drawn=drawn: drawn, page, flags=re.DOTALL)
        if count != 1:
            raise SystemExit(f"{PAGE.name}: the markers of {name!r} must stand there once")
    return page


def main(arguments: list[str]) -> int:
    """Renew the page, or check it."""
    page = PAGE.read_text("utf-8")
    drawn = draw_page(page)
    if "--check" in arguments:
        return int(drawn != page)
    PAGE.write_text(drawn, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
