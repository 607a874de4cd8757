"""Marks: every word and phrase of the lexicon that stands in a text, found in one pass of one automaton.

The automaton is Aho and Corasick's (1975), in the Rust package ahocorasick-rs. Each pattern begins with a
space, so that it can only match at the start of a word; the end of the word is checked afterwards.
"""

from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from harmledger.claims.fold import fold_phrase
from harmledger.lexicon.words import list_words

TRIGGERS = frozenset(
    {
        "HARM_ED", "HARM_ING", "HARM_BASE", "UNDERGO", "DEAD", "DEATHS", "TOLL", "THE_HARMED", "LIVES", "PULL", "BODIES",
        "DAMAGE_ED", "DAMAGE_ING", "DAMAGE_BASE", "DAMAGE_NOUN", "HIT_ED", "HIT_ING", "HIT_BASE", "MEANS_ONE",
        "MEANS_MANY", "EXPLODE", "BURY", "SET", "COST", "UNTRUE", "INVOLVED", "ATTACK_ONE", "ATTACK_MANY", "DENY", "ADMIT",
    }
)  # fmt: skip
"""Categories that make a sentence worth reading."""


_INITIALS = " u s "
"""Initials before a hyphen ("U.S.-led") leave two spaces in the key."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One word or phrase found: where it stands and what it can be (category to value)."""

    start: int
    end: int
    readings: dict[str, str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The compiled words of one language."""

    automaton: AhoCorasick
    readings: tuple[dict[str, str], ...]
    capitals: tuple[bool, ...]
    triggers: AhoCorasick


@cache
def compile_vocabulary(language: str) -> Vocabulary:
    """Build the automaton of a language's words. A phrase listed under several categories keeps them all."""
    readings: dict[str, dict[str, str]] = {}
    capitals: dict[str, bool] = {}
    for word in list_words(language):
        key = fold_phrase(word.text)
        readings.setdefault(key, {}).setdefault(word.category, word.value)
        acronym = word.text.replace(".", "").isupper() and len(key) <= 4 and word.text.isascii()
        capitals[key] = capitals.get(key, True) and acronym
    _name_fighters(readings)
    for key in [key for key in readings if _INITIALS in f" {key}"]:
        variant = key.replace(_INITIALS.strip(" ") + " ", _INITIALS.strip(" ") + "  ")
        readings.setdefault(variant, readings[key])
        capitals.setdefault(variant, capitals[key])
    keys = sorted(readings)
    triggers = [key for key in keys if not TRIGGERS.isdisjoint(readings[key])]
    return Vocabulary(
        AhoCorasick([" " + key for key in keys], matchkind=MatchKind.Standard),
        tuple(readings[key] for key in keys),
        tuple(capitals[key] for key in keys),
        AhoCorasick([" " + key for key in triggers], matchkind=MatchKind.Standard),
    )


def _name_fighters(readings: dict[str, dict[str, str]]) -> None:
    """Let a side named by its people ("Islamic State fighters") be counted as people ("46 Islamic State fighters")."""
    for key, found in readings.items():
        last = readings.get(key.rsplit(" ", 1)[-1], {})
        if "SIDE" in found and " " in key and "PEOPLE_MANY" in last:
            found.setdefault("PEOPLE_MANY", last["PEOPLE_MANY"])


def _is_inside_word(reading: str, begin: int) -> bool:
    """Tell whether a word goes on before `begin`, over an apostrophe: no word stands alone in "al-Nu'man"."""
    if begin < 2 or reading[begin - 1] not in "'`" or not reading[begin - 2].isalpha():
        return False
    return begin + 1 < len(reading) and reading[begin + 1].isalpha()


def find_triggers(key: str, vocabulary: Vocabulary) -> list[int]:
    """Give the starts of words that make their sentence worth reading, in order."""
    padded = f" {key} "
    found = {
        start
        for _, start, end in vocabulary.triggers.find_matches_as_indexes(padded, overlapping=True)
        if not padded[end].isalnum()
    }
    return sorted(found)


def find_marks(reading: str, key: str, start: int, end: int, vocabulary: Vocabulary) -> list[Mark]:
    """Give the longest marks of reading[start:end], in order, without overlap. Offsets count the whole text."""
    padded = f" {key[start:end]} "
    longest: dict[int, tuple[int, int]] = {}
    for pattern, begin, stop in vocabulary.automaton.find_matches_as_indexes(padded, overlapping=True):
        if padded[stop].isalnum() or longest.get(begin, (0, 0))[0] >= stop:
            continue
        if _is_inside_word(reading, start + begin):
            continue
        if (
            vocabulary.capitals[pattern]
            and not reading[start + begin : start + stop - 1].replace(".", "").isupper()
        ):
            continue
        longest[begin] = (stop, pattern)
    marks: list[Mark] = []
    free = 0
    for begin in sorted(longest):
        if begin < free:
            continue
        stop, pattern = longest[begin]
        marks.append(Mark(start + begin, start + stop - 1, vocabulary.readings[pattern]))
        free = stop - 1
    return marks
