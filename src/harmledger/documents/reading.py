"""The reading copy: the working text with the accidents of typesetting and encoding taken out.

Nearly every text keeps its length, code point for code point, and needs no map back. Three things change
the length, and are looked for only where a cheap test says so: invisible marks are removed, mojibake is
mended, and a dash set tight between two words gets the spaces that keep the words apart.
"""

import re
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

_PLAIN: Final = tuple(
    (chr(code), plain)
    for codes, plain in (
        ("00a0 1680 2000 2001 2002 2003 2004 2005 2006 2007 2008 2009 200a 202f 205f 3000", " "),
        ("201c 201d 201e 201f 00ab 00bb 2033 2036 275d 275e 301d 301e ff02", '"'),
        ("2018 2019 201a 201b 2032 2035 2039 203a 00b4 0060 02bc ff07", "'"),
        ("2010 2011 2012 2013 2014 2015 2212 fe58 fe63 ff0d", "-"),
        ("0085 2028 2029", "\n"),
    )
    for code in [int(point, 16) for point in codes.split()]
)
"""Code points that read as a plain one: spaces, double quotes, single quotes, dashes, line ends."""

_INVISIBLE: Final = tuple(
    map(chr, (0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF))
)
"""Soft hyphen, zero-width and bidirectional marks, byte-order marks: nothing a reader sees."""

_CONTROLS: Final = dict.fromkeys((*range(9), *range(14, 32), 9, 127), " ") | {
    11: "\n",
    12: "\n",
    13: "\n",
}
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_INVISIBLES: Final = re.compile(f"[{''.join(_INVISIBLE)}]+")
_TIGHT_DASH: Final = re.compile(
    r"(?<=[^\s\d—―-])(?:[—―]|--)(?=[^\s—―-])|(?<=[^\s—―-])(?:[—―]|--)(?=[^\s\d—―-])"
)
"""A long dash with no space on either side, unless it stands between two numbers ("40—51")."""

# Bytes 0x80–0xBF as Windows-1252 shows them; the five it leaves undefined stay control characters.
_TRAIL: Final = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_SUSPECT: Final = re.compile(
    f"(?:[Â-ß][{_TRAIL}]|[à-ï][{_TRAIL}]{{2}}|[ð-ô][{_TRAIL}]{{3}})+|‚Ä[^\\s\\w]|‚Ä[úùôòîì]"
)
_LOST: Final = re.compile("(?<=\\w)\ufffd(?=\\w)|(?<= )\ufffd(?= )")


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading copy, and for each of its offsets where its source starts and ends (see `Text`)."""

    text: str
    shifts: Sequence[int] | None = None
    ends: Sequence[int] | None = None


def make_reading(working: str) -> Reading:
    """Give the reading copy of a working text; both are the same string where nothing needs mending."""
    reading = Reading(working)
    if not working.isascii():
        if _SUSPECT.search(working):
            reading = _edit(reading, _SUSPECT, _mend)
        if any(mark in working for mark in _INVISIBLE):
            reading = _edit(reading, _INVISIBLES, lambda _: "")
    if "--" in reading.text or "—" in reading.text or "―" in reading.text:
        reading = _edit(reading, _TIGHT_DASH, lambda _: " - ")
    return Reading(_make_plain(reading.text), reading.shifts, reading.ends)


def _make_plain(text: str) -> str:
    """Replace code point by code point; the length stays."""
    if not text.isascii():
        for mark, plain in _PLAIN:
            if mark in text:
                text = text.replace(mark, plain)
        if "\ufffd" in text:
            # A byte lost between letters was an apostrophe, alone between spaces a dash.
            text = _LOST.sub(lambda lost: "-" if text[lost.start() - 1] == " " else "'", text)
    if "\r\n" in text:
        text = text.replace("\r\n", " \n")
    return text.translate(_CONTROLS) if _CONTROL.search(text) else text


def _mend(suspect: str) -> str:
    """Give what ftfy makes of a suspect stretch, which is the stretch itself when it finds it sound."""
    from ftfy import fix_encoding  # costs 0.1 s to import; nearly no text needs it

    return str(fix_encoding(suspect))


def _edit(reading: Reading, pattern: re.Pattern[str], change: Callable[[str], str]) -> Reading:
    """Change every stretch that the pattern finds; each new code point comes from the whole stretch."""
    text = reading.text
    parts: list[str] = []
    starts, ends = array("I"), array("I", [0])
    done = 0
    for found in pattern.finditer(text):
        here, there = found.span()
        new = change(found.group())
        if new == found.group():
            continue
        parts += (text[done:here], new)
        starts.extend(range(done, here))
        ends.extend(range(done + 1, here + 1))
        _align(found.group(), new, here, starts, ends)
        done = there
    if not parts:
        return reading
    parts.append(text[done:])
    starts.extend(range(done, len(text) + 1))
    ends.extend(range(done + 1, len(text) + 1))
    if reading.shifts is None or reading.ends is None:
        return Reading("".join(parts), starts, ends)
    before, after = reading.shifts, reading.ends
    return Reading(
        "".join(parts), array("I", [before[n] for n in starts]), array("I", [after[n] for n in ends])
    )


def _align(old: str, new: str, offset: int, starts: "array[int]", ends: "array[int]") -> None:
    """Note the source of each code point of `new`, which replaces `old` at `offset`.

    Mojibake aligns sequence by sequence, because each code point of the mended text stands for the two to
    four that its UTF-8 bytes became. Where that does not fit, each new code point has the whole of `old`
    as its source.
    """
    widths = [len(point.encode()) for point in new]
    if sum(widths) == len(old):
        here = offset
        for width in widths:
            starts.append(here)
            here += width
            ends.append(here)
        return
    starts.extend([offset] * len(new))
    ends.extend([offset + len(old)] * len(new))
