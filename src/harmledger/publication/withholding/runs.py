"""Runs of capitalised words that nobody knows: names of people, as far as anybody knows."""

import re
from collections.abc import Container, Iterator, Sequence, Set
from typing import Final

from harmledger.publication.withholding.public_words import WORD, split_word

JOINTS: Final = frozenset({" ", "-", "\u00a0"})
"""What may stand between two words of one name."""

_INITIAL_JOINTS: Final = JOINTS | {". "}
_LEAST_WORDS: Final = 2
SHORTEST_NAME: Final = 3
"""Letters of the shortest word that is taken for part of a name."""


def find_runs(
    text: str,
    shown: Set[int],
    public: Container[str],
    particles: Set[str],
    heads: Set[str] = frozenset(),
) -> Iterator[tuple[int, int]]:
    """Give the runs of capitalised words of which two or more are not public.

    A run begins with such a word, and ends with the last capital: "Alpha Muslim Beta", "Alpha Beta Idlib".
    `shown` are the positions of words that name a place, `public` words that name nobody, in lower case.
    `heads` begin the names of places ("Kafr", "Deir"): a run that begins with one is a place's name.
    """
    run: list[re.Match[str]] = []
    telling = 0
    for place, word in enumerate(WORD.finditer(text)):
        gap = text[run[-1].end() : word.start()] if run else ""
        if run and gap not in (_INITIAL_JOINTS if len(run[-1][0]) == 1 else JOINTS):
            yield from _measure_run(run, telling, particles, heads)
            run, telling = [], 0
        is_initial = len(word[0]) == 1 and text[word.end() : word.end() + 1] == "."
        is_known = not is_initial and (place in shown or is_public(word[0], public))
        if _is_capital(word[0], particles) and (run or not is_known):
            run.append(word)
            telling += not is_known
        elif run and word[0] in particles:
            run.append(word)
        else:
            yield from _measure_run(run, telling, particles, heads)
            run, telling = [], 0
    yield from _measure_run(run, telling, particles, heads)


def is_public(word: str, public: Container[str]) -> bool:
    """Tell whether a word, or all its parts between hyphens, are words that name nobody."""
    whole, *parts = split_word(word)
    is_known = whole in public or whole.removesuffix("s") in public
    return is_known or (bool(parts) and all(part in public for part in parts))


def _measure_run(
    run: Sequence[re.Match[str]], telling: int, particles: Set[str], heads: Set[str]
) -> Iterator[tuple[int, int]]:
    told = [word for word in run if word[0] not in particles]
    if told and told[0][0].casefold() in heads:
        return
    if telling >= _LEAST_WORDS and any(len(word[0]) >= SHORTEST_NAME for word in told):
        yield told[0].start(), told[-1].end()


def _is_capital(word: str, particles: Set[str]) -> bool:
    """Tell whether a word is written as names are: "Alpha", "al-Beta"."""
    head, _, rest = word.partition("-")
    return head != head.lower() or (head in particles and rest != rest.lower())
