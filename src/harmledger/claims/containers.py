"""Containers: which place of a sentence holds another, or only tells where it lies."""

from itertools import pairwise
from typing import Final

from harmledger.claims.categories import join_bits
from harmledger.claims.chunks import Chunk
from harmledger.claims.toponyms import Toponym

_BETWEEN: Final = join_bits("BETWEEN")
_AWAY: Final = join_bits("ORIGIN", "GOAL")
_HOLDING: Final[tuple[list[str], ...]] = (
    ["IN"], ["COMMA"], ["COMMA", "IN"], ["OF"], ["IN", "OF"], ["COMMA", "IN", "OF"], ["IN", "IN"], ["COMMA", "IN", "IN"]
)  # fmt: skip
"""What stands between a place and the place that holds it, articles and adjectives left out."""
_HOLDING_NOUN_FIRST: Final = (
    *_HOLDING, ["IN", "FOR"], ["COMMA", "IN", "FOR"], ["FOR"], ["NEAR"], ["COMMA", "NEAR"], ["LYING"], ["AND", "LYING"],
    ["COMMA", "LYING"], ["COMMA", "AND", "LYING"], ["LYING", "IN"], ["COMMA", "LYING", "IN"], ["AND", "LYING", "IN"],
    ["LYING", "NEAR"], ["COMMA", "LYING", "NEAR"],
)  # fmt: skip
"""Where nouns stand first: "X in the southern countryside of Y" is told with the particle of "for", and "X near Y" with
a word that might begin a place of its own."""
_LISTED: Final[tuple[list[str], ...]] = (["AND"], ["COMMA"], ["COMMA", "AND"])
"""What stands between two places of a list."""
_SKIPPED: Final = frozenset({"DET", "ADJ", "DEMONYM", "DIRECTION", "LEVEL", "SIDE"})


def link_containers(chunks: list[Chunk], is_noun_first: bool = False) -> None:
    """Tell of each place which other holds it: "Abdeen in southern Idlib", "Sarmin, Idlib".

    Where nouns stand first, nothing need stand between the two ("the town of X, north Y").
    """
    places = [chunk for chunk in chunks if chunk.kind == "PLACE"]
    for first, second in pairwise(places):
        inner, outer = first.data, second.data
        if is_noun_first and _heads_line(inner, outer):
            outer.container = outer.container or inner.wording
            inner.contains, inner.inner = True, outer
        elif is_noun_first and isinstance(outer, Toponym) and _are_ends(chunks, first, second):
            outer.contains, outer.inner = True, inner
        elif (
            isinstance(inner, Toponym)
            and isinstance(outer, Toponym)
            and _is_held(chunks, first, second, is_noun_first)
            and (is_noun_first or not _is_in_list(chunks, first, second))
        ):
            inner.container = outer.wording
            inner.is_beside = is_noun_first and _is_beside(chunks, first, second)
            outer.contains, outer.inner = True, inner
            outer.origin = outer.origin or (is_noun_first and inner.origin)  # "from X in Y"
        elif isinstance(inner, Toponym) and isinstance(outer, Toponym) and _is_owned(chunks, first, second):
            outer.container, outer.located = inner.wording, outer.located or inner.located
            inner.contains, inner.inner = True, outer
        elif isinstance(inner, Toponym) and isinstance(outer, Toponym) and _lies_near(chunks, first, second):
            outer.contains, outer.inner = True, inner
    if is_noun_first:
        for first, second in reversed(list(pairwise(places))):
            _share_container(chunks, first, second)


def _are_ends(chunks: list[Chunk], first: Chunk, second: Chunk) -> bool:
    """Tell whether what happened did so between two places: it is told of the first, and not of each."""
    at = next(index for index, chunk in enumerate(chunks) if chunk is first)
    between = [chunk.kind for chunk in chunks if first.end <= chunk.start and chunk.end <= second.start]
    return at > 0 and bool(chunks[at - 1].bits & _BETWEEN) and between == ["AND"]


def _share_container(chunks: list[Chunk], first: Chunk, second: Chunk) -> None:
    """Give a place of a list what holds the next one: "the villages of X and Y in Z"."""
    inner, other = first.data, second.data
    if not isinstance(inner, Toponym) or not isinstance(other, Toponym) or inner.container is not None:
        return
    between = [chunk.kind for chunk in chunks if first.end <= chunk.start and chunk.end <= second.start]
    if between in _LISTED and inner.located and other.container is not None:
        inner.container, inner.is_beside = other.container, other.is_beside


def _is_beside(chunks: list[Chunk], first: Chunk, second: Chunk) -> bool:
    """Tell whether the second place only says where about the first lies: "X south of Y", "X near Y"."""
    between = [chunk.kind for chunk in chunks if first.end <= chunk.start and chunk.end <= second.start]
    return second.start - first.end <= 1 or "NEAR" in between or "LYING" in between


def _heads_line(first: object, second: object) -> bool:
    """ "Aleppo: three dead in the town of X": the head of a line holds the place that its line tells."""
    if not isinstance(first, Toponym) or not isinstance(second, Toponym):
        return False
    return first.is_certain and second.located and not second.is_certain


def _is_in_list(chunks: list[Chunk], first: Chunk, second: Chunk) -> bool:
    """ "Sanaa, Saada and Dhamar" are three: a comma alone joins two of them, and the last follows behind "and"."""
    between = [chunk.kind for chunk in chunks if first.end <= chunk.start and chunk.end <= second.start]
    if between != ["COMMA"]:
        return False
    after = [chunk.kind for chunk in chunks if chunk.start >= second.end][:3]
    return after[:2] in (["AND", "PLACE"], ["COMMA", "PLACE"]) or after == ["COMMA", "AND", "PLACE"]


def _is_owned(chunks: list[Chunk], first: Chunk, second: Chunk) -> bool:
    """ "X province's Y district", "the X neighbourhood of Y": nothing but an ending, or the word for a part of the town,
    stands between the two. Names side by side are a list without commas."""
    if any(first.end <= chunk.start and chunk.end <= second.start for chunk in chunks):
        return False
    return bool(first.data.is_owner or second.data.leads_level)


def _lies_near(chunks: list[Chunk], first: Chunk, second: Chunk) -> bool:
    """ "In the village of X near Y": the second place only tells where the first lies."""
    between = [c for c in chunks if first.end <= c.start and c.end <= second.start and c.kind not in _SKIPPED]
    return [chunk.kind for chunk in between] in (["NEAR"], ["COMMA", "NEAR"]) and first.data.located


def _is_held(chunks: list[Chunk], first: Chunk, second: Chunk, is_noun_first: bool) -> bool:
    between = [c for c in chunks if first.end <= c.start and c.end <= second.start and c.kind not in _SKIPPED]
    leads_away = bool(between) and bool(between[0].bits & _AWAY)
    kinds = [chunk.kind for chunk in between]
    if isinstance(first.data, Toponym) and first.data.is_several and kinds[:1] == ["WORD"]:
        kinds = kinds[1:]  # the second name of "the two villages of", which nothing knows
    holding = _HOLDING_NOUN_FIRST if is_noun_first else _HOLDING
    return (kinds in holding or (is_noun_first and not kinds)) and not leads_away
