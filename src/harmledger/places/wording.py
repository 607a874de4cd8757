"""Take a place wording apart: the name itself, and the generic words around it."""

from dataclasses import dataclass
from functools import lru_cache

from harmledger.lexicon.toponyms import Direction, Level, Toponyms, load_toponyms
from harmledger.places.folding import fold_name


@dataclass(frozen=True, slots=True)
class Described:
    """A wording taken apart; `name` is folded and never empty unless the wording is.

    "the outskirts of northern Hama province" has name "hama", level province, direction north and
    `is_beside` true.
    """

    name: str
    level: Level | None = None
    direction: Direction | None = None
    is_beside: bool = False


@lru_cache(maxsize=16_384)
def describe_wording(wording: str, language: str = "en") -> Described:
    """Take the wording's generic words off its name, from both ends, as long as a name remains."""
    words = fold_name(wording).split()
    toponyms = load_toponyms(language)
    level: Level | None = None
    direction: Direction | None = None
    is_beside = False
    while True:
        taken = _take_first(words, toponyms) or _take_last(words, toponyms)
        if taken is None:
            return Described(" ".join(words), level, direction, is_beside)
        phrase, words = taken
        level = level or toponyms.levels.get(phrase)
        direction = direction or toponyms.directions.get(phrase)
        is_beside = is_beside or phrase in toponyms.surroundings


def split_brackets(wording: str) -> tuple[str, ...]:
    """Give the wording's parts outside and inside round brackets: "Homs (Hims)" holds two names."""
    parts = (part.strip(" )") for part in wording.split("("))
    return tuple(part for part in parts if part)


def strip_levels(name: str, language: str = "en") -> str:
    """Give the folded name without the words that only tell its level ("Idlib District" gives "idlib")."""
    return describe_wording(name, language).name


def _take_first(words: list[str], toponyms: Toponyms) -> tuple[str, list[str]] | None:
    for count in range(min(toponyms.longest, len(words) - 1), 0, -1):
        phrase = " ".join(words[:count])
        if phrase in toponyms.directions or phrase in toponyms.surroundings or phrase in toponyms.connectors:
            return phrase, words[count:]
        if phrase in toponyms.levels:
            return phrase, words[count:]
    return None


def _take_last(words: list[str], toponyms: Toponyms) -> tuple[str, list[str]] | None:
    for count in range(min(toponyms.longest, len(words) - 1), 0, -1):
        phrase = " ".join(words[-count:])
        if phrase in toponyms.levels or phrase in toponyms.surroundings or phrase in toponyms.connectors:
            return phrase, words[:-count]
        if toponyms.is_direction_last and phrase in toponyms.directions:
            return phrase, words[:-count]
    return None
