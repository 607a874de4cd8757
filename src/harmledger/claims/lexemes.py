"""Lexemes: what a word or phrase of the lexicon can be, worked out once for the vocabulary and not at each mark."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from harmledger.claims.categories import collect_bits

NOUNS: Final = (
    "PEOPLE_TWO", "PEOPLE_ONE", "PEOPLE_MANY", "PEOPLE_BODY", "TARGET_TWO", "TARGET_ONE", "TARGET_MANY", "MEANS_TWO",
    "MEANS_ONE", "MEANS_MANY", "ATTACK_ONE",
    "ATTACK_MANY", "FORCE_N", "MEDIA_N", "SPEAKER_ONE", "SPEAKER_MANY", "THING", "SPOKESMAN",
)  # fmt: skip
"""Categories that can head a noun phrase, in the order in which a word's readings are tried."""
_ALONE: Final = (
    "BOTH_HARMED", "FATE", "THE_HARMED", "LIVES", "TOLL", "BODY", "SIDE", "HARM_ED", "HARM_ING", "HARM_BASE", "UNDERGO", "INVOLVED", "BLAME",
    "CARRY_OUT", "EXPLODE", "BURY", "SET", "UNTRUE", "DAMAGE_ED", "DAMAGE_ING", "DAMAGE_BASE", "DAMAGE_NOUN", "HIT_ED",
    "HIT_ING", "HIT_BASE", "DENY", "ADMIT", "SAY", "SAYING", "ACCORDING", "PRONOUN_BODY", "PRONOUN_PERSON",
    "PRONOUN_MANY", "DEMONYM", "DEATHS", "BODIES",
)  # fmt: skip
"""Categories of a word that stands alone, in the order in which its readings are tried."""


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One word or phrase and its readings (category to value).

    `bits` are its categories; `noun` the one under which it heads a noun phrase, if any; `alone` the one it
    has outside of noun phrases. `is_acronym` tells that it counts in capitals only.
    """

    readings: dict[str, str]
    bits: int
    noun: str | None
    alone: str
    is_acronym: bool = False


def make_lexeme(readings: dict[str, str], is_acronym: bool = False) -> Lexeme:
    """Give the lexeme of these readings, of which there is at least one."""
    bits, noun, alone = _judge_categories(tuple(readings))
    return Lexeme(readings, bits, noun, alone, is_acronym)


@cache
def _judge_categories(categories: tuple[str, ...]) -> tuple[int, str | None, str]:
    """Give the bits of the categories, the first that heads a noun phrase, and the first that stands alone."""
    noun = next((category for category in NOUNS if category in categories), None)
    alone = next((category for category in _ALONE if category in categories), categories[0])
    return collect_bits(categories), noun, alone
