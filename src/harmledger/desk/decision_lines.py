"""Decision lines: what was decided about sentences, printed for a terminal of 80 columns.

Colours are ANSI codes, which `click.echo` takes out where the output is no terminal. All foreign words are cleaned.
"""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import click

from harmledger.desk.terminal import clean_text

if TYPE_CHECKING:
    from harmledger.desk.decisions import Decisions, Made

_COLUMNS: Final = 80
_LABEL: Final = 11
_INDENT: Final = "  "
_COLOURS: Final = {"claim": "green", "hindsight": "yellow", "set aside": "magenta", "not read": "red"}


def describe_decisions(decisions: "Iterable[Decisions]") -> Iterator[str]:
    """Give the lines: each sentence with its marks, its claims and the rules that fired, what hindsight changed, the
    numbers set aside. Sentences without a word of harm are folded into one line."""
    folded: list[Decisions] = []
    for each in decisions:
        if not each.is_read:
            folded.append(each)
            continue
        yield from _fold(folded)
        folded = []
        yield from _describe_sentence(each)
    yield from _fold(folded)


def _fold(sentences: "Sequence[Decisions]") -> Iterator[str]:
    if sentences:
        many = "sentence" if len(sentences) == 1 else "sentences"
        words = f"{sentences[0].start}–{sentences[-1].end} {len(sentences)} {many} without a word of harm"
        yield click.style(words, dim=True)


def _describe_sentence(decisions: "Decisions") -> Iterator[str]:
    offsets = f"{decisions.start}–{decisions.end}"
    words = clean_text(decisions.text).split()
    for line in _wrap(words, " ", f"{offsets} ", " " * (len(offsets) + 1)):
        yield click.style(line, bold=True)
    marks = [_tell_mark(mark.kind, mark.value, mark.text) for mark in decisions.marks]
    yield from _label("marks", marks)
    for made in decisions.claims:
        yield from _describe_made(made)
    for number in decisions.set_aside:
        label = "set aside" if number.reason else "not read"
        yield from _label(label, [f"{_quote(number.text)}: {number.reason or 'no reason is known'}"], " · ")
    if not decisions.claims and not decisions.set_aside:
        yield from _label("nothing", ["no rule fired"])


def _describe_made(made: "Made") -> Iterator[str]:
    yield from _label("claim", [_quote(made.cue)])
    facts = made.facts if made.claim else (*made.facts, "dropped: said by nobody in particular")
    yield from _label("", facts, " · ")
    yield from _label("rules", list(made.rules), ", ")
    for change in made.hindsight:
        words = f"{change.field}: {change.before or 'nothing'} → {change.after or 'nothing'}"
        yield from _label("hindsight", words.split(" "), " ")


def _tell_mark(kind: str, value: str, words: str) -> str:
    return f"{kind}{'=' + value if value else ''} {_quote(words)}"


def _quote(words: str) -> str:
    return f"'{' '.join(words.split())}'"


def _label(label: str, pieces: Sequence[str], joint: str = "  ") -> Iterator[str]:
    first, *others = _wrap(
        [clean_text(piece) for piece in pieces],
        joint,
        f"{_INDENT}{label:<{_LABEL}}",
        " " * (len(_INDENT) + _LABEL),
    )
    colour = _COLOURS.get(label)
    mark = len(_INDENT) + len(label)
    yield click.style(first[:mark], fg=colour, dim=colour is None and bool(label)) + first[mark:]
    yield from others


def _wrap(pieces: Sequence[str], joint: str, first: str, then: str) -> Iterator[str]:
    """Give lines of whole pieces; one that is longer than a line is broken between its words."""
    line, is_empty = first, True
    for piece in pieces:
        if not is_empty and len(line) + len(joint) + len(piece) > _COLUMNS:
            yield (line + joint).rstrip()
            line, is_empty = then, True
        if is_empty and len(line) + len(piece) > _COLUMNS:
            *full, piece = textwrap.wrap(piece, _COLUMNS - len(then)) or [piece]  # noqa: PLW2901
            for part in full:
                yield line + part
                line = then
        line += piece if is_empty else joint + piece
        is_empty = False
    yield line.rstrip()
