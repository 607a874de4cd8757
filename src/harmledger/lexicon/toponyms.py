"""The generic words around place names: province, town, northern, outskirts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, get_args

from harmledger.lexicon.syntax import load_syntax
from harmledger.lexicon.tables import load_table

Level = Literal[
    "country", "province", "district", "settlement", "neighbourhood", "area", "crossing", "airbase"
]
Direction = Literal[
    "north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest", "central"
]

LEVELS: Final[tuple[Level, ...]] = get_args(Level)
DIRECTIONS: Final[tuple[Direction, ...]] = get_args(Direction)


@dataclass(frozen=True, slots=True)
class Toponyms:
    """One language's generic words, folded; a phrase of several words is keyed with single spaces.

    `adjectives` are what names themselves say for a direction, in the romanisation of their own language;
    `longest` is the number of words in the longest phrase. `is_direction_last`: a direction may stand behind the
    name ("countryside of X the southern"). `widening` are words for all that lies around a town ("countryside of X").
    `several` are those of `levels` that head more names than one ("the two villages of X and Y"), where no capital shows
    a name. `region` are the countries (ISO 3166-1 alpha-2) of which reports in a language without capitals usually tell. `any_kind` are those of `levels`
    that say nothing of what kind of place the name is ("the area of X").
    """

    levels: Mapping[str, Level]
    directions: Mapping[str, Direction]
    adjectives: Mapping[Direction, tuple[str, ...]]
    surroundings: frozenset[str]
    connectors: frozenset[str]
    countries: Mapping[str, str]
    longest: int
    is_direction_last: bool = False
    widening: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    region: frozenset[str] = frozenset()
    any_kind: frozenset[str] = frozenset()


@cache
def load_toponyms(language: str) -> Toponyms:
    """Give the words of lexicon/<language>/toponyms.toml.

    Raises FileNotFoundError where the language has no such table, and ValueError where the table names a
    level or a direction that the program does not know.
    """
    table = load_table(language, "toponyms")
    levels = _invert(table["levels"], LEVELS)
    directions = _invert(table["directions"], DIRECTIONS)
    surroundings = frozenset(table["surroundings"]["words"])
    return Toponyms(
        levels=levels,
        directions=directions,
        adjectives={direction: tuple(words) for direction, words in table["adjectives"].items()},
        surroundings=surroundings,
        connectors=frozenset(table["connectors"]["words"]),
        countries={name: code for code, names in table["countries"].items() for name in names},
        widening=frozenset(table.get("widening", {}).get("words", ())),
        several=frozenset(table.get("several", {}).get("words", ())),
        any_kind=frozenset(table.get("any_kind", {}).get("words", ())),
        region=frozenset(table.get("region", {}).get("countries", ())),
        is_direction_last=load_syntax(language).is_noun_first,
        longest=max(len(phrase.split()) for phrase in (*levels, *directions, *surroundings)),
    )


def _invert(table: Mapping[str, list[str]], known: tuple[Any, ...]) -> dict[str, Any]:
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise ValueError(f"toponyms.toml names what the program does not know: {', '.join(unknown)}")
    return {phrase: meaning for meaning, phrases in table.items() for phrase in phrases}
