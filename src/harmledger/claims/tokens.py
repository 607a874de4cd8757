"""Tokens: marks, quantities, times and names of a sentence in one line, with what stands between them."""

import re
from typing import Final

from harmledger.claims.categories import join_bits
from harmledger.claims.chunks import Chunk

_BETWEEN: Final = re.compile(
    r"(?P<s>(?<=\w)'s?\b)|(?P<w>[^\W_](?:[\w'&.\-/]*\w)?(?:\s+[^\W_](?:[\w'&.\-/]*\w)?)*)|(?P<p>[,،;؛:\"()\[\]]|--?|\.\.+|…)"
)
_PUNCTUATION: Final = {
    ",": "COMMA",
    "،": "COMMA",
    ";": "SEMI",
    "؛": "SEMI",
    ":": "SEMI",
    '"': "QUOTE",
    "(": "OPEN",
    "[": "OPEN",
    ")": "CLOSE",
    "]": "CLOSE",
}
_PLAIN_GAPS: Final = {
    f"{before}{mark}{after}": (kind, len(before))
    for mark, kind in _PUNCTUATION.items()
    for before, after in (("", ""), ("", " "), (" ", ""))
}
"""The commonest gaps: one mark of punctuation with a space beside it or none; its kind, and where it stands."""
_THE_NUMBER: Final = join_bits("THE_NUMBER")
_WORD: Final = join_bits("WORD")


def order_tokens(
    reading: str,
    start: int,
    end: int,
    strong: list[Chunk],
    marks: list[Chunk],
    weak: list[Chunk] | None = None,
) -> list[Chunk]:
    """Give the tokens of reading[start:end] in order, without overlap.

    `strong` chunks (times, quantities) win over marks they meet, and a longer chunk over a shorter one that
    begins at the same place; `weak` chunks (names) give way to any mark. What stands between becomes
    punctuation and words (WORD). `marks` and `weak` come in order, each without overlap.
    """
    chosen = _settle_marks(strong, marks) if strong else list(marks)
    if weak:
        chosen += drop_met(weak, chosen)
        chosen.sort(key=_start_of)
    tokens = _fill_between(reading, start, end, chosen)
    return _drop_brackets(tokens) if "(" in reading[start:end] or "[" in reading[start:end] else tokens


def _start_of(chunk: Chunk) -> int:
    return chunk.start


def _settle_marks(strong: list[Chunk], marks: list[Chunk]) -> list[Chunk]:
    """Give the strong chunks and the marks that stand beside them or hold them whole, in order."""
    chosen = sorted(strong, key=lambda chunk: (chunk.start, -chunk.end))
    spans = [(chunk.start, chunk.end) for chunk in chosen]
    for mark in marks:
        clash = _find_clash(spans, mark.start, mark.end)
        if clash is None:
            chosen.append(mark)
        elif (
            clash[0] >= mark.start
            and clash[1] <= mark.end
            and (clash != (mark.start, mark.end) or mark.bits & _THE_NUMBER)
        ):
            chosen = [chunk for chunk in chosen if (chunk.start, chunk.end) != clash or chunk.kind == "TIME"]
            if all(not (chunk.start < mark.end and mark.start < chunk.end) for chunk in chosen):
                chosen.append(mark)
    chosen.sort(key=_start_of)
    return chosen


def drop_met(names: list[Chunk], chosen: list[Chunk]) -> list[Chunk]:
    """Give the names that meet none of the chosen chunks, which come in order of their starts."""
    kept: list[Chunk] = []
    first, count = 0, len(chosen)
    for name in names:
        while first < count and chosen[first].end <= name.start:
            first += 1
        index = first
        while index < count and chosen[index].start < name.end and chosen[index].end <= name.start:
            index += 1
        if index == count or chosen[index].start >= name.end:
            kept.append(name)
    return kept


def _drop_brackets(tokens: list[Chunk]) -> list[Chunk]:
    """Leave out brackets that hold no number: "120 fighters (banned in some countries)"."""
    kept: list[Chunk] = []
    position = 0
    while position < len(tokens):
        if tokens[position].kind == "OPEN":
            close = next((i for i in range(position + 1, len(tokens)) if tokens[i].kind == "CLOSE"), None)
            if close is not None and all(
                token.kind not in {"QTY", "AGE"} for token in tokens[position:close]
            ):
                position = close + 1
                continue
        kept.append(tokens[position])
        position += 1
    return kept


def _find_clash(spans: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    for span in spans:
        if span[0] < end and start < span[1]:
            return span
        if span[0] >= end:
            break
    return None


def _fill_between(reading: str, start: int, end: int, chosen: list[Chunk]) -> list[Chunk]:
    tokens: list[Chunk] = []
    position = start
    for chunk in chosen:
        gap = chunk.start - position
        if gap > 1 or (gap == 1 and not reading[position].isspace()):
            _split_gap(reading, position, chunk.start, tokens)
        tokens.append(chunk)
        position = max(position, chunk.end)
    if position < end:
        _split_gap(reading, position, end, tokens)
    return tokens


def _split_gap(reading: str, start: int, end: int, tokens: list[Chunk]) -> None:
    """Add what stands between two chosen chunks: words that nothing knows, and punctuation."""
    plain = _PLAIN_GAPS.get(reading[start:end])
    if plain is not None:
        tokens.append(Chunk(plain[0], start + plain[1], start + plain[1] + 1))
        return
    for match in _BETWEEN.finditer(reading, start, end):
        group = match.lastgroup
        if group == "w":
            tokens.append(Chunk("WORD", match.start(), match.end(), match.group().lower(), bits=_WORD))
        elif group == "p":
            kind = _PUNCTUATION.get(match.group())
            if kind:
                tokens.append(Chunk(kind, match.start(), match.end()))
            elif _stands_alone(reading, match.start(), match.end()):
                tokens.append(Chunk("DASH", match.start(), match.end()))


def _stands_alone(reading: str, start: int, end: int) -> bool:
    """A hyphen between two letters joins a word; a dash with space around it parts the sentence."""
    before = reading[start - 1] if start else " "
    after = reading[end] if end < len(reading) else " "
    return before.isspace() or after.isspace() or end - start > 1
