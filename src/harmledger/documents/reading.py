"""The reading copy: the working text with the accidents of typesetting and encoding taken out.

Nearly every text keeps its length, code point for code point, and needs no map back. Three things change
the length, and are looked for only where a cheap test says so: invisible marks are removed, mojibake is
mended, and a dash set tight between two words gets the spaces that keep the words apart.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

from harmledger.documents.offsets import Offsets

_PLAIN: Final = {
    chr(int(point, 16)): plain
    for points, plain in (
        ("00a0 1680 2000 2001 2002 2003 2004 2005 2006 2007 2008 2009 200a 202f 205f 3000", " "),
        ("201c 201d 201e 201f 00ab 00bb 2033 2036 275d 275e 301d 301e ff02", '"'),
        ("2018 2019 201a 201b 2032 2035 2039 203a 00b4 02bc ff07", "'"),
        ("2010 2011 2012 2013 2014 2015 2212 fe58 fe63 ff0d", "-"),
        ("0085 2028 2029", "\n"),
    )
    for point in points.split()
}
"""Code points that read as a plain one: spaces, double quotes, single quotes, dashes, line ends."""

_INVISIBLE: Final = frozenset(
    map(chr, (0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF))
)
"""Soft hyphen, zero-width and bidirectional marks, byte-order marks: nothing a reader sees."""

_CONTROLS: Final = {
    **dict.fromkeys(map(chr, (*range(10), *range(14, 32), 127)), " "),
    **dict.fromkeys("\v\f\r", "\n"),
}
_LONG_DASHES: Final = frozenset("—―")
_LEADS: Final = frozenset(map(chr, range(0xC2, 0xF5))) | {"Ä"}

# All but ASCII and the letters of the alphabets from Greek to Cherokee, in which nothing needs a change.
_MARK: Final = re.compile("[^\x00-\x7f\u0370-\u061b\u061d-\u167f\u1681-\u1fff]")
_INVISIBLES: Final = re.compile(f"[{''.join(sorted(_INVISIBLE))}]+")
_TIGHT: Final = r"(?:(?<=[^\s\d—―-]{0})(?=[^\s—―-])|(?<=[^\s—―-]{0})(?=[^\s\d—―-]))"
_TIGHT_DASH: Final = re.compile("[—―]" + _TIGHT.format("."))
_TIGHT_HYPHENS: Final = re.compile("--" + _TIGHT.format(".."))
# The bytes 0x80–0xBF as Windows-1252 shows them; the five it leaves undefined stay control characters.
_TRAIL: Final = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_SUSPECT: Final = re.compile(
    f"(?:[Â-ß]{_TRAIL}|[à-ï]{_TRAIL}{{2}}|[ð-ô]{_TRAIL}{{3}}){{1,60}}|‚Ä[^\\s\\w]|‚Ä[úùôòîì]"
)
_LOST: Final = re.compile("\ufffd(?:(?<=\\w\ufffd)(?=\\w)|(?<= \ufffd)(?= ))")

_ARABIC_LETTER: Final = "[\u0620-\u063f\u0641-\u064a\u0671-\u06d3]"
_SILENT: Final = "[\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
"""Letters drawn long, and signs of vowels and recitation: an Arabic word is the same with them or without."""
_VEIL: Final = "[.*\u00b7\u2022/]"
_VEILED: Final = re.compile(
    f"(?<={_ARABIC_LETTER})(?:\u0640+ ?{_VEIL}* ?\u0640+|\u0640+{_VEIL}+|{_VEIL}+\u0640+)(?={_ARABIC_LETTER})"
    f"|{_SILENT}+|(?<={_ARABIC_LETTER})\u0661(?={_ARABIC_LETTER})"
)
"""What stands inside a word to hide it from moderation, or is silent: removed; the digit one in a word is an alif."""
_PRESENTED: Final = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
"""Letters in the shapes of the printed page, as old encodings and some keyboards give them."""

_Run = tuple[int, int, int, bool]
"""Offset in the new text; where its source starts and ends in the old; whether it runs on in step."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading copy, and for each of its offsets where its source starts and ends (see `Text`)."""

    text: str
    shifts: Sequence[int] | None = None
    ends: Sequence[int] | None = None


def make_reading(working: str) -> Reading:
    """Give the reading copy of a working text; both are the same string where nothing needs mending."""
    reading = Reading(working)
    marks: set[str] = set()
    if not working.isascii():
        if _PRESENTED.search(working):
            reading = _edit(reading, _PRESENTED, lambda letters: normalize("NFKC", letters))
        if _VEILED.search(reading.text):
            reading = _edit(reading, _VEILED, lambda veil: "\u0627" if veil == "\u0661" else "")
        marks = set(_MARK.findall(reading.text))
        if not marks.isdisjoint(_LEADS):
            reading = _edit(reading, _SUSPECT, _mend)
            marks = set(_MARK.findall(reading.text))
        if not marks.isdisjoint(_INVISIBLE):
            reading = _edit(reading, _INVISIBLES, lambda _: "")
        if not marks.isdisjoint(_LONG_DASHES):
            reading = _edit(reading, _TIGHT_DASH, lambda _: " - ")
    if "--" in reading.text:
        reading = _edit(reading, _TIGHT_HYPHENS, lambda _: " - ")
    return Reading(_make_plain(reading.text, marks), reading.shifts, reading.ends)


def _make_plain(text: str, marks: set[str]) -> str:
    """Replace code point by code point; the length stays."""
    if "\r\n" in text:
        text = text.replace("\r\n", " \n")
    if any(map(text.__contains__, _CONTROLS)):
        text = text.translate({ord(mark): plain for mark, plain in _CONTROLS.items()})
    for mark in marks & _PLAIN.keys():
        text = text.replace(mark, _PLAIN[mark])
    if "\ufffd" in marks:
        # A byte lost between letters was an apostrophe, alone between spaces a dash.
        text = _LOST.sub(lambda lost: "-" if lost.string[lost.start() - 1] == " " else "'", text)
    return text


def _mend(suspect: str) -> str:
    """Give what ftfy makes of a suspect stretch, which is the stretch itself when it finds it sound."""
    from ftfy import fix_encoding  # costs 0.1 s to import; nearly no text needs it

    return str(fix_encoding(suspect))


def _edit(reading: Reading, pattern: re.Pattern[str], change: Callable[[str], str]) -> Reading:
    """Change every stretch that the pattern finds, and note where each code point comes from."""
    found = pattern.finditer(reading.text)
    return _replace(reading, ((*one.span(), change(one.group())) for one in found))


def part_reading(reading: Reading, places: Iterable[int], joint: str) -> Reading:
    """Give the reading copy with the joint set at each of the places, which come in order.

    A joint stands for nothing in the working text.
    """
    return _replace(reading, ((place, place, joint) for place in places))


def _replace(reading: Reading, changes: Iterable[tuple[int, int, str]]) -> Reading:
    text = reading.text
    parts: list[str] = []
    runs: list[_Run] = [(0, 0, 0, True)]
    done = length = 0
    for here, there, new in changes:
        old = text[here:there]
        if new == old:
            continue
        parts += (text[done:here], new)
        length += here - done
        runs.extend(_align(old, new, here, length))
        length += len(new)
        runs.append((length, there, there, True))
        done = there
    if not parts:
        return reading
    parts.append(text[done:])
    length += len(text) - done
    marks, starts, ends, steps = zip(*runs, strict=True)
    return Reading(
        "".join(parts),
        Offsets(marks, starts, steps, length + 1, reading.shifts),
        # Where the code point before an offset ends: the same runs, one offset later.
        Offsets(
            [0, *(mark + 1 for mark in marks)],
            [0, *_after(ends, steps)],
            [False, *steps],
            length + 1,
            reading.ends,
        ),
    )


def _after(ends: Sequence[int], steps: Sequence[bool]) -> list[int]:
    return [end + step for end, step in zip(ends, steps, strict=True)]


def _align(old: str, new: str, source: int, mark: int) -> Iterator[_Run]:
    """Give the runs of `new`, which starts at `mark` and replaces `old`, which starts at `source`.

    Mojibake aligns sequence by sequence, because each code point of the mended text stands for the two to
    four that its UTF-8 bytes became. Where that does not fit, each new code point has the whole of `old`
    as its source.
    """
    widths = [len(point.encode()) for point in new]
    if sum(widths) != len(old):
        if new:
            yield mark, source, source + len(old), False
        return
    for step, width in enumerate(widths):
        yield mark + step, source, source + width, False
        source += width
