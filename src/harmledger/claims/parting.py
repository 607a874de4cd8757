"""Parting: the text with particles set apart from the words they are written onto, where a language does so.

"And-the-wounded" is one word in Arabic. All that reads sentences sees words; so the reader works on a parted copy, in
which a joint stands after each particle. Joints stand for nothing in the received text, and no wording keeps them.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from itertools import pairwise
from typing import Final

from harmledger.documents.reading import Reading, part_reading
from harmledger.documents.text import Sentence, Text
from harmledger.lexicon.clitics import Clitics
from harmledger.lexicon.letters import JOINT, fold_letters

_MOST_CUTS: Final = 4
_KEPT_WORDS: Final = 65_536
_FIGURES: Final = "0123456789\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669"
_LEAST_UNKNOWN: Final = 3
"""Letters behind an article, from which on an unknown word is taken to have one."""


class Parter:
    """Parts the words of one language. `known` are the words of its lexicon, folded and without their articles;
    `bears_name` tells of a folded word whether a place's name begins with it.
    """

    def __init__(self, clitics: Clitics, known: Set[str], bears_name: Callable[[str], bool]) -> None:
        self._clitics = clitics
        self._known = known
        self._bears_name = bears_name
        self._kept: dict[str, tuple[int, ...]] = {}
        self._kept_written: dict[str, tuple[int, ...]] = {}

    def part_text(self, text: Text) -> Text:
        """Give the text with a joint after each particle, and a space where two words are written as one; the same text
        where there is neither."""
        text = _insert(text, self._find_seams(text.reading), " ")
        cuts: list[int] = []
        for word in self._clitics.letters.finditer(text.reading):
            found = self._part_word(word.group())
            if found:
                start = word.start()
                cuts.extend(start + cut for cut in found)
        return _insert(text, cuts, JOINT)

    def _part_word(self, written: str) -> tuple[int, ...]:
        """Give the offsets in a word, as it is written, at which a particle ends."""
        cuts = self._kept_written.get(written)
        if cuts is None:
            if len(self._kept_written) >= _KEPT_WORDS:
                self._kept_written.clear()
            own = self._clitics.apart.get(written)
            cuts = (own,) if own is not None else self.find_cuts(fold_letters(written))
            self._kept_written[written] = cuts
        return cuts

    def _find_seams(self, reading: str) -> list[int]:
        """Give where a letter that only ends words, or only begins them, stands inside one: the line break between two
        words was lost. Behind particles alone a letter may stand that begins words."""
        clitics = self._clitics
        seams = []
        for seam in clitics.seams.finditer(reading) if clitics.seams is not None else ():
            at = seam.end()
            if reading[at - 1] in clitics.final or not self._is_particles(reading, at):
                seams.append(at)
        return seams

    def _is_particles(self, reading: str, end: int) -> bool:
        """Tell whether only particles stand between the beginning of the word and `end`."""
        clitics = self._clitics
        begin = end
        while begin and clitics.letters.fullmatch(reading, begin - 1, end):
            begin -= 1
        return not reading[begin:end].strip(clitics.joined)

    def split_word(self, word: str) -> list[str]:
        """Give the particles of a folded word and what is left of it."""
        places = (0, *self.find_cuts(word), len(word))
        return [word[start:end] for start, end in pairwise(places)]

    def find_cuts(self, word: str) -> tuple[int, ...]:
        """Give the offsets in a folded word at which a particle ends."""
        cuts = self._kept.get(word)
        if cuts is None:
            if len(self._kept) >= _KEPT_WORDS:
                self._kept.clear()
            cuts = self._kept[word] = self._judge(word)
        return cuts

    def _judge(self, word: str) -> tuple[int, ...]:
        if self._is_whole(word):
            return ()
        letters = word.rstrip(_FIGURES)
        if len(letters) < len(word) and len(letters) >= self._clitics.shortest:  # "were-wounded11"
            cuts = () if self._is_whole(letters) else self._cut(letters, 0, 0)
            if cuts is not None:
                return (*cuts, len(letters))
        return self._cut(word, 0, 0) or ()

    def _is_whole(self, word: str) -> bool:
        return word in self._known or word in self._clitics.whole or word.isdecimal()

    def _cut(self, word: str, order: int, depth: int) -> tuple[int, ...] | None:
        """Give the cuts of a word of which particles of the orders before are already taken; None where the rest is
        no word that anything knows."""
        found = self._cut_article(word)
        if found is not None:
            return found
        if depth and self._is_name(word):
            return ()
        orders = self._clitics.orders
        for number in range(order, len(orders)):
            for particle in orders[number]:
                rest = word.removeprefix(particle)
                if len(rest) == len(word) or not rest:
                    continue
                if self._is_whole(rest):
                    return (len(particle),)
                if depth < _MOST_CUTS:
                    cuts = self._cut(rest, number + 1, depth + 1)
                    if cuts is not None:
                        return (len(particle), *(len(particle) + cut for cut in cuts))
        return None

    def _cut_article(self, word: str) -> tuple[int, ...] | None:
        clitics = self._clitics
        for article in (*clitics.articles, *clitics.joined_articles):
            rest = word.removeprefix(article)
            if len(rest) == len(word) or not rest:
                continue
            if rest in self._known or rest.isdecimal():
                return (len(article),)
            is_plain = article in clitics.articles
            if is_plain and len(rest) >= _LEAST_UNKNOWN:
                return ()
            if not is_plain and self._bears_name(clitics.articles[0] + rest):
                return (len(article),)
        return None

    def _is_name(self, word: str) -> bool:
        return len(word) >= self._clitics.shortest and self._bears_name(word)


def _insert(text: Text, cuts: Sequence[int], sign: str) -> Text:
    """Give the text with a sign of one code point at each of these offsets; the same text where there are none."""
    if not cuts:
        return text
    parted = part_reading(Reading(text.reading, text.shifts, text.ends), cuts, sign)
    sentences = tuple(
        Sentence(
            sentence.start + bisect_left(cuts, sentence.start),
            sentence.end + bisect_left(cuts, sentence.end),
            sentence.role,
            sentence.paragraph,
        )
        for sentence in text.sentences
    )
    return replace(text, reading=parted.text, shifts=parted.shifts, ends=parted.ends, sentences=sentences)


def make_phrase_parter(clitics: Clitics, keys: Sequence[str], whole: Set[str]) -> Callable[[str], str]:
    """Give what parts a folded phrase of the lexicon as a parted text has it, given all its phrases and the words of
    other tables that stay whole.

    A particle is set apart inside a phrase where the rest stands in the lexicon by itself ("by (the) shells").
    """
    whole = clitics.whole | whole
    alone = frozenset(_part_articles(key, clitics, whole) for key in keys if " " not in key)
    words = whole.union(word for key in alone for word in key.split(" "))
    parter = Parter(clitics, words, lambda _: False)

    def part(key: str) -> str:
        if " " not in key:
            return _part_articles(key, clitics, whole)
        return " ".join(
            _part_articles(piece, clitics, whole)
            for word in key.split(" ")
            for piece in parter.split_word(word)
        )

    return part


def _part_articles(key: str, clitics: Clitics, whole: Set[str]) -> str:
    return " ".join(word if word in whole else _part_word(word, clitics) for word in key.split(" "))


def _part_word(word: str, clitics: Clitics) -> str:
    for article in (*clitics.articles, *clitics.joined_articles):
        rest = word.removeprefix(article)
        if len(rest) < len(word) and len(rest) >= clitics.shortest - 1:
            return f"{article} {rest}"
    return word


def close_joints(wording: str) -> str:
    """Give a wording of a parted text as it was received."""
    return wording.replace(JOINT, "")
