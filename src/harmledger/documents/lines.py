"""Lines: which line breaks end a paragraph, and which only stand where a page was too narrow.

Wire text sets one paragraph a line; mail and old terminals break lines at a fixed width. A text is taken
as hard-wrapped as a whole, from the look of all its breaks, so that a stray short line decides nothing.
"""

import re
from typing import Final

WIDEST_WRAP: Final = 120
"""No terminal or mail program breaks later than this many code points."""

_BREAK: Final = re.compile(r"(?<=[^\n])[ \t]*\n[ \t]*(?=[^\s*\-•●▪◦‣·#@>\d])")
_FINAL: Final = re.compile(r"[.!?…؟۔:;][\"')\]]*$")
_LEAST_BREAKS: Final = 3
_OPEN_LINE: Final = 40


def join_wrapped_lines(text: str) -> str:
    """Turn the breaks of hard-wrapped lines into spaces, code point for code point."""
    if "\n" not in text or max(map(len, text.split("\n"))) > WIDEST_WRAP:
        return text
    breaks = [found for found in _BREAK.finditer(text) if not _is_blank_around(text, found)]
    if not breaks or not _is_hard_wrapped(text, breaks):
        return text
    parts: list[str] = []
    done = 0
    for found in breaks:
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        if len(line) >= _OPEN_LINE and not (_FINAL.search(line) and len(line) < WIDEST_WRAP // 2):
            parts += (text[done : found.start()], found.group().replace("\n", " "))
            done = found.end()
    parts.append(text[done:])
    return "".join(parts)


def _is_blank_around(text: str, found: re.Match[str]) -> bool:
    return text.startswith("\n", found.end()) or text.endswith("\n", 0, found.start())


def _is_hard_wrapped(text: str, breaks: list[re.Match[str]]) -> bool:
    """Tell whether most lines run to about one width and break in mid-sentence."""
    if len(breaks) < _LEAST_BREAKS:
        return False
    lines = [text[text.rfind("\n", 0, found.start()) + 1 : found.start()] for found in breaks]
    widest = max(map(len, lines))
    if not _OPEN_LINE <= widest <= WIDEST_WRAP:
        return False
    full = sum(len(line) >= widest * 0.7 for line in lines)
    unfinished = sum(not _FINAL.search(line) for line in lines)
    return full >= len(lines) * 0.7 and unfinished >= len(lines) * 0.6
