"""Marks: every word and phrase of the lexicon that stands in a text.

Words of harm are looked for first, in one pass over the text of Aho and Corasick's automaton (1975), in the Rust
package ahocorasick-rs. Each pattern begins with a space, so that it can only match at the start of a word; the end
of the word is checked afterwards. Sentences are then read word by word along a tree of phrases: most words of a
text begin none, and cost one look into a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

from harmledger.claims.chunks import Chunk
from harmledger.claims.fold import fold_phrase
from harmledger.claims.lexemes import NOUNS, Lexeme, make_lexeme
from harmledger.claims.parting import make_phrase_parter
from harmledger.lexicon.clitics import load_clitics
from harmledger.lexicon.numbers import list_number_words, load_number_words
from harmledger.lexicon.times import list_time_words, load_time_words
from harmledger.lexicon.words import list_words

TRIGGERS: Final = frozenset(
    {
        "HARM_ED", "HARM_ING", "HARM_BASE", "UNDERGO", "DEAD", "DEATHS", "TOLL", "THE_HARMED", "LIVES", "PULL", "BODIES",
        "DAMAGE_ED", "DAMAGE_ING", "DAMAGE_BASE", "DAMAGE_NOUN", "HIT_ED", "HIT_ING", "HIT_BASE", "MEANS_ONE",
        "MEANS_MANY", "MEANS_TWO", "HARMED", "MASSACRE", "EXPLODE", "BURY", "SET", "COST", "LOSS", "UNTRUE", "ELSEWHERE", "UNDER_FIRE", "INVOLVED", "ATTACK_ONE", "ATTACK_MANY", "DENY", "ADMIT",
    }
)  # fmt: skip
"""Categories that make a sentence worth reading."""


_NOUNS: Final = frozenset(NOUNS)
_INITIALS: Final = " u s "
"""Initials before a hyphen ("U.S.-led") leave two spaces in the key."""


@dataclass(slots=True)
class Node:
    """A word in the tree of phrases: what ends with it, and which words lead on."""

    lexeme: Lexeme | None = None
    following: "dict[str, Node]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The compiled words of one language: the tree of its phrases by their first word, the words of harm, and every
    single word that stands in a phrase. `joined` gives, for a particle that is written as one with the article, the
    tree of the phrases that begin with the article.
    """

    phrases: dict[str, Node]
    triggers: AhoCorasick
    words: frozenset[str]
    joined: "dict[str, dict[str, Node]]"


@cache
def compile_vocabulary(language: str) -> Vocabulary:
    """Build the tree of a language's phrases, and what finds its words of harm. A phrase listed under several categories keeps them all."""
    readings: dict[str, dict[str, str]] = {}
    capitals: dict[str, bool] = {}
    clitics = load_clitics(language)
    words = sorted(list_words(language), key=lambda word: word.is_derived)
    part = None
    if clitics is not None:
        whole = list_number_words(load_number_words(language)) | list_time_words(load_time_words(language))
        part = make_phrase_parter(clitics, [fold_phrase(word.text) for word in words], whole)
    listed: frozenset[str] | None = None
    for word in words:
        key = fold_phrase(word.text)
        if part is not None:
            key = part(key)
        if word.is_derived:
            if listed is None:
                listed = frozenset(key for key, found in readings.items() if not _NOUNS.isdisjoint(found))
            if key in listed and word.category in _NOUNS:
                continue
        readings.setdefault(key, {}).setdefault(word.category, word.value)
        acronym = word.text.replace(".", "").isupper() and len(key) <= 4 and word.text.isascii()
        capitals[key] = capitals.get(key, True) and acronym
    _name_fighters(readings)
    for key in [key for key in readings if _INITIALS in f" {key}"]:
        variant = key.replace(_INITIALS.strip(" ") + " ", _INITIALS.strip(" ") + "  ")
        readings.setdefault(variant, readings[key])
        capitals.setdefault(variant, capitals[key])
    phrases: dict[str, Node] = {}
    for key in sorted(readings):
        _plant(phrases, key.split(" "), make_lexeme(readings[key], capitals[key]))
    triggers = [key for key in sorted(readings) if not TRIGGERS.isdisjoint(readings[key])]
    known = (
        frozenset(word for key in readings for word in key.split(" ")) if clitics is not None else frozenset()
    )
    joined: dict[str, dict[str, Node]] = {}
    if clitics is not None:
        article = phrases.get(clitics.articles[0], Node())
        joined = dict.fromkeys(clitics.joined_articles, article.following)
    return Vocabulary(
        phrases,
        AhoCorasick([" " + key for key in triggers], matchkind=MatchKind.Standard),
        known,
        joined,
    )


def _plant(phrases: dict[str, Node], words: Sequence[str], lexeme: Lexeme) -> None:
    node = Node(following=phrases)
    for word in words:
        node = node.following.setdefault(word, Node())
    node.lexeme = lexeme


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


def find_marks(reading: str, key: str, start: int, end: int, vocabulary: Vocabulary) -> list[Chunk]:
    """Give the longest marks of reading[start:end], in order, without overlap. Offsets count the whole text.

    A mark begins after a space of the key and ends where no letter or digit follows.
    """
    phrases = vocabulary.phrases
    words = key[start:end].split(" ")
    marks: list[Chunk] = []
    offset = start
    skipped = 0  # words of the last mark that are still to be stepped over
    for index, word in enumerate(words):
        if skipped:
            skipped -= 1
        elif (
            word in phrases
            or (word and not word.isalnum())
            or (index and words[index - 1] in vocabulary.joined)
        ):
            found = None
            if reading[offset - 1] not in "'`" or not _is_inside_word(reading, offset):
                found = _find_longest(reading, words, index, offset, phrases)
            if index and words[index - 1] in vocabulary.joined:
                found = _choose_longer(
                    found, _find_longest(reading, words, index, offset, vocabulary.joined[words[index - 1]])
                )
            if found is not None:
                lexeme, last, stop = found
                mark = Chunk("MARK", offset, stop, "", lexeme.bits, lexeme.readings)
                mark.lexeme = lexeme
                marks.append(mark)
                skipped = last - index
        offset += len(word) + 1
    return marks


def _choose_longer(
    one: tuple[Lexeme, int, int] | None, other: tuple[Lexeme, int, int] | None
) -> tuple[Lexeme, int, int] | None:
    return other if one is None or (other is not None and other[1] >= one[1]) else one


def _find_longest(
    reading: str, words: Sequence[str], index: int, offset: int, phrases: dict[str, Node]
) -> tuple[Lexeme, int, int] | None:
    """Give the longest phrase that begins with words[index], the index of its last word, and where it ends."""
    best: tuple[Lexeme, int, int] | None = None
    following, begin, count = phrases, offset, len(words)
    while index < count:
        word = words[index]
        node = following.get(word)
        is_whole = node is not None
        if node is None:
            if not word or word.isalnum():
                break
            # A sign that the key keeps ends a word as well, but no phrase goes on over it.
            word = _take_letters(word)
            node = following.get(word) if word else None
            if node is None:
                break
        stop = offset + len(word)
        lexeme = node.lexeme
        if lexeme is not None and (not lexeme.is_acronym or reading[begin:stop].replace(".", "").isupper()):
            best = lexeme, index, stop
        if not is_whole or not node.following:
            break
        following = node.following
        offset = stop + 1
        index += 1
    return best


def _take_letters(word: str) -> str:
    """Give the letters and digits that the word begins with."""
    return next((word[:at] for at, sign in enumerate(word) if not sign.isalnum()), word)
