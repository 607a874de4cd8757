"""Parted names: runs of capitals that are several names, an owner and what it owns, or a list without commas."""

from typing import Final

from harmledger.claims.categories import join_bits
from harmledger.claims.chunks import Chunk, change_chunk
from harmledger.places.gazetteer import Gazetteer

_LEVEL: Final = join_bits("LEVEL")
_TARGET: Final = join_bits("TARGET_ONE", "TARGET_MANY")
_SHORTEST_LONE: Final = 4
CITY: Final = 100_000
"""Least population of the towns that a list without commas may name."""
_TOWN: Final = 50_000
_LONGEST_LIST: Final = 12
"""Most words of a run of capitals that may be a list of towns."""
_PROMINENT: Final = 10_000
"""Least population of a town whose bare name, at the start of a headline say, is taken for the town."""


def part_names(tokens: list[Chunk], gazetteer: Gazetteer, owners: dict[int, str]) -> list[Chunk]:
    """Part runs of capitals that are several names: an owner and what it owns, a list without commas.

    What stands behind a name is told by its categories (`following` below).
    """
    parted: list[Chunk] = []
    for index, token in enumerate(tokens):
        if token.kind == "NAME" and " " in token.value:
            following = tokens[index + 1].bits if index + 1 < len(tokens) else 0
            parted += _split_list(_take_owner(token, following, gazetteer, owners), following, gazetteer)
        else:
            parted.append(token)
    return parted


def _take_owner(token: Chunk, following: int, gazetteer: Gazetteer, owners: dict[int, str]) -> Chunk:
    """Cut a known town or country off the name of what lies in it ("Aleppo's Salaheddin", where apostrophes were
    lost "Aleppos Salaheddin") and keep it as the owner of what begins behind it."""
    first, _, rest = token.value.partition(" ")
    owner = first.removesuffix("s").rstrip("'`")
    if not first.endswith("s") or len(owner) < _SHORTEST_LONE or gazetteer.is_known(token.value):
        return token
    if following & _TARGET:
        is_owner = first != owner + "s" and is_prominent(owner, gazetteer, _TOWN)
        return change_chunk(token, end=token.start + len(owner), value=owner) if is_owner else token
    if not rest[0].isupper() or not (following & _LEVEL or gazetteer.is_known(rest)):
        return token
    if not gazetteer.names_country(owner) and not is_prominent(owner, gazetteer):
        return token
    start = token.end - len(rest)
    owners[start] = owner
    return change_chunk(token, start=start, value=rest)


def _split_list(token: Chunk, following: int, gazetteer: Gazetteer) -> list[Chunk]:
    """Part a run of capitals that is a list of known cities without commas: "Aleppo Hama Damascus"."""
    words = token.value.split()
    is_level = bool(following & _LEVEL)
    if not 2 <= len(words) <= _LONGEST_LIST or is_level or gazetteer.is_known(token.value):
        return [token]
    parts: list[str] = []
    first = 0
    while first < len(words):
        names = (" ".join(words[first:last]) for last in range(len(words), first, -1))
        name = next((name for name in names if is_prominent(name, gazetteer, CITY)), None)
        if name is None:
            return [token]
        parts.append(name)
        first += len(name.split())
    found, start = [], token.start
    for name in parts:
        found.append(change_chunk(token, start=start, end=start + len(name), value=name))
        start += len(name) + 1
    return found if start == token.end + 1 else [token]


def is_prominent(wording: str, gazetteer: Gazetteer, least: int = _PROMINENT) -> bool:
    """Only a province or a town of some size is taken for a place where no word says that it is one."""
    if len(wording) < _SHORTEST_LONE or not gazetteer.is_known(wording):
        return False
    found = gazetteer.find(wording)
    return bool(found) and (found[0].kind == "province" or found[0].population >= least)
