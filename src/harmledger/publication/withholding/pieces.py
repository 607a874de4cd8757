"""Evidence cut into pieces: what is marked as a cue, and what something else stands for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from harmledger.publication.withholding.runs import JOINTS


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of evidence as it may be shown; `is_cue` marks the words that carry the number."""

    text: str
    is_cue: bool = False
    is_withheld: bool = False


def cut_text(
    text: str, cues: Sequence[tuple[int, int]], hidden: Mapping[tuple[int, int], str]
) -> tuple[Piece, ...]:
    """Give a text in pieces: its cues marked, each hidden stretch replaced by what is shown instead.

    A hidden stretch inside a cue is replaced too: what must not be shown comes before what must be seen.
    """
    edges = sorted({0, len(text), *(edge for span in (*cues, *hidden) for edge in span)})
    pieces: list[Piece] = []
    for start, end in pairwise(edges):
        is_cue = any(first <= start and end <= last for first, last in cues)
        covering = next((span for span in hidden if span[0] <= start and end <= span[1]), None)
        if covering is None:
            pieces.append(Piece(text[start:end], is_cue))
        elif covering[0] == start:
            pieces.append(Piece(hidden[covering], is_cue, is_withheld=True))
    return tuple(_join_pieces(pieces))


def leave_out(
    names: Iterable[tuple[int, int]], sites: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Give the names that lie apart from every site: the site's own words hide them already."""
    covered = list(sites)
    for start, end in names:
        overlapping = [site for site in covered if start < site[1] and site[0] < end]
        edges = [start, *(edge for site in sorted(overlapping) for edge in site), end]
        yield from ((a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)


def merge_spans(spans: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Merge spans that overlap or that a space or hyphen keeps apart: one name, not two."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and (start <= merged[-1][1] or text[merged[-1][1] : start] in JOINTS):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _join_pieces(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbours of one kind: cues that touch are one mark."""
    for (is_cue, is_withheld), group in groupby(pieces, key=lambda piece: (piece.is_cue, piece.is_withheld)):
        yield Piece("".join(piece.text for piece in group), is_cue, is_withheld)
