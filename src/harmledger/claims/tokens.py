"""Tokens: marks, quantities, times and names of a sentence in one line, with what stands between them."""

import re
from collections.abc import Iterable, Sequence

from harmledger.claims.chunks import Chunk
from harmledger.claims.marks import Mark

_BETWEEN = re.compile(
    r"(?P<s>(?<=\w)'s?\b)|(?P<w>[^\W_](?:[\w'&.\-/]*\w)?(?:\s+[^\W_](?:[\w'&.\-/]*\w)?)*)|(?P<p>[,;:\"()\[\]]|--?|\.\.+|…)"
)
_PUNCTUATION = {
    ",": "COMMA",
    ";": "SEMI",
    ":": "SEMI",
    '"': "QUOTE",
    "(": "OPEN",
    "[": "OPEN",
    ")": "CLOSE",
    "]": "CLOSE",
}


def order_tokens(
    reading: str,
    start: int,
    end: int,
    strong: Sequence[Chunk],
    marks: Sequence[Mark],
    weak: Iterable[Chunk] = (),
) -> list[Chunk]:
    """Give the tokens of reading[start:end] in order, without overlap.

    `strong` chunks (times, quantities) win over marks they meet, and a longer chunk over a shorter one that
    begins at the same place; `weak` chunks (names) give way to any mark. What stands between becomes
    punctuation and words (WORD).
    """
    taken = sorted(strong, key=lambda chunk: (chunk.start, -chunk.end))
    spans = [(chunk.start, chunk.end) for chunk in taken]
    chosen: list[Chunk] = list(taken)
    for mark in marks:
        clash = _find_clash(spans, mark.start, mark.end)
        if clash is None:
            chosen.append(_make_token(reading, mark))
        elif (
            clash[0] >= mark.start
            and clash[1] <= mark.end
            and (clash != (mark.start, mark.end) or "THE_NUMBER" in mark.readings)
        ):
            chosen = [chunk for chunk in chosen if (chunk.start, chunk.end) != clash or chunk.kind == "TIME"]
            if all(not (chunk.start < mark.end and mark.start < chunk.end) for chunk in chosen):
                chosen.append(_make_token(reading, mark))
    spans = sorted((chunk.start, chunk.end) for chunk in chosen)
    chosen.extend(name for name in weak if _find_clash(spans, name.start, name.end) is None)
    chosen.sort(key=lambda chunk: chunk.start)
    return _drop_brackets(list(_fill_between(reading, start, end, chosen)))


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


def _make_token(reading: str, mark: Mark) -> Chunk:
    return Chunk(
        "MARK", mark.start, mark.end, value=reading[mark.start : mark.end].lower(), readings=mark.readings
    )


def _find_clash(spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    for span in spans:
        if span[0] < end and start < span[1]:
            return span
        if span[0] >= end:
            break
    return None


def _fill_between(reading: str, start: int, end: int, chosen: Sequence[Chunk]) -> Iterable[Chunk]:
    position = start
    for chunk in chosen:
        if chunk.start > position + 1 or not reading[position : chunk.start].isspace():
            yield from _split_gap(reading, position, chunk.start)
        yield chunk
        position = max(position, chunk.end)
    yield from _split_gap(reading, position, end)


def _split_gap(reading: str, start: int, end: int) -> Iterable[Chunk]:
    for match in _BETWEEN.finditer(reading, start, end):
        if match.lastgroup == "w":
            yield Chunk("WORD", match.start(), match.end(), value=match.group().lower())
            continue
        if match.lastgroup == "s":
            continue
        mark = match.group()
        kind = _PUNCTUATION.get(mark)
        if kind:
            yield Chunk(kind, match.start(), match.end())
        elif _stands_alone(reading, match.start(), match.end()):
            yield Chunk("DASH", match.start(), match.end())


def _stands_alone(reading: str, start: int, end: int) -> bool:
    """A hyphen between two letters joins a word; a dash with space around it parts the sentence."""
    before = reading[start - 1] if start else " "
    after = reading[end] if end < len(reading) else " "
    return before.isspace() or after.isspace() or end - start > 1
