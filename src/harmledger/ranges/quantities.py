"""Find every number in a stretch of text and bound it. No digit and no number word is left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import ahocorasick_rs

from harmledger.lexicon.numbers import NumberWords, Qualifier
from harmledger.ranges.bounds import bound_figure, bound_spread, choose_qualifier
from harmledger.ranges.figures import LARGEST, Figure, Token
from harmledger.ranges.folding import fold, one_of, step_over, words_before
from harmledger.ranges.kinds import KindTeller, QuantityKind, Surroundings
from harmledger.ranges.mentions import TimeMention
from harmledger.ranges.numerals import NumeralReader
from harmledger.ranges.scan import Hit, Scan
from harmledger.ranges.spelled import SpelledReader
from harmledger.records.count import Count, exact

_COUNTABLE: Final = frozenset({"numeral", "grouped", "word", "bound", "none", "half"})
_PLUS: Final = Qualifier("at_least")
"""What the sign after a number says: "20+"."""
_LAST_POINT: Final = 0x20000
"""Decimal digits of every script are looked for below this code point."""
_CHANGE: Final = "\0change"
"""Stands for an opener that begins a change and no range."""
_IN_DATES: Final = frozenset({"count", "ordinal", "year", "measure", "name"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number at [start, end) of the reading copy, with the qualifiers before and after it.

    `kind` says what it is a number of; only `count` and `ordinal` can be about people or things harmed.
    `additional`: on top of an earlier number ("another five"). `negative`: zero said by denying ("no").
    """

    start: int
    end: int
    count: Count
    kind: QuantityKind = "count"
    additional: bool = False
    negative: bool = False

    @property
    def ordinal(self) -> bool:
        """Whether it gives a rank ("the third strike"), not a number of things."""
        return self.kind == "ordinal"


def scan_numbers(folded: str, words: NumberWords) -> Scan:
    """Search a folded text (see `ranges.folding.fold`) for digits and number words."""
    return Scan(folded, _grammar(words).automaton)


def find_quantities(
    reading: str,
    start: int,
    end: int,
    words: NumberWords,
    times: Sequence[TimeMention] = (),
    scan: Scan | None = None,
) -> list[Quantity]:
    """Give the numbers of reading[start:end], in order and without overlap.

    Every digit and every number word of the stretch lies inside exactly one of them. With `times`, the
    mentions that `find_times` gave for the same stretch, the numbers inside those are of kind `date_part`.
    `scan` is what `scan_numbers` gave for the whole text, where several stretches of it are read. Runs in time linear in the stretch and never raises.
    """
    grammar = _grammar(words)
    if scan is None:
        folded = fold(reading[start:end])
        hits: list[Hit] = grammar.automaton.find_matches_as_indexes(folded)
    else:
        hits = scan.cut(start, end)
        folded = scan.folded[start:end] if hits else ""
    tokens = grammar.tokenize(folded, hits) if hits else []
    if not tokens:
        return []
    text = reading[start:end]
    found = _Passage(grammar, text, folded, tokens, start).read()
    return [_date(quantity, times) for quantity in found] if times else found


class _Grammar:
    """What is built once for a language."""

    def __init__(self, words: NumberWords) -> None:
        self.words = words
        self._keys = (*words.atoms, *_list_digits())
        self.automaton = ahocorasick_rs.AhoCorasick(
            self._keys, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False
        )
        self._atoms = [*words.atoms.values()]
        self.numerals = NumeralReader(words)
        self.spelled = SpelledReader(words)
        self.kinds = KindTeller(words)
        article = rf"(?:{one_of(words.articles)}\s)?"
        upper = one_of(words.spread_upper)
        joiners = sorted(
            {*words.spread_joiners, *words.spread_openers.values(), *words.spread_upper_joiners} - {"-"}
        )
        self.joiner = re.compile(
            rf"(?:\s?(?P<dash>-)\s?|,?\s{{1,2}}(?P<word>{one_of(joiners)})\s{{1,2}}(?P<upper>{upper}\s{{1,2}})?){article}"
        )
        self.idiom = re.compile(rf"{one_of(words.idioms)}\b")
        self.before = {**dict.fromkeys(words.additional_before), **words.qualifiers}
        self.before_ends = frozenset(phrase.split()[-1] for phrase in self.before)
        self.widest_joint = max(map(len, joiners)) + max(map(len, words.spread_upper), default=0) + 9
        self.longest = max(len(phrase.split()) for phrase in self.before)

    def tokenize(self, folded: str, hits: list[Hit]) -> list[Token]:
        """Keep the number words that are whole words, and join digits that touch."""
        tokens: list[Token] = []
        atoms, known = self._atoms, len(self._atoms)
        last = len(folded)
        for key, start, end in hits:
            if key >= known:
                if tokens and tokens[-1].atom is None and tokens[-1].end == start:
                    tokens[-1].end = end
                else:
                    tokens.append(Token(start, end, None))
            elif not (start and folded[start - 1].isalnum()) and not (end < last and folded[end].isalnum()):
                atom = atoms[key]
                if not atom.within or _stands_within(folded, start, folded[start:end], atom.within):
                    tokens.append(Token(start, end, atom))
        return tokens


def _list_digits() -> list[str]:
    """Give the decimal digits of every script; one search in all of them is ten times as fast as asking each."""
    return re.findall(r"\d", "".join(map(chr, range(_LAST_POINT))))


@cache
def _grammar(words: NumberWords) -> _Grammar:
    return _Grammar(words)


@dataclass(slots=True)
class _Before:
    """What the words before a number add: where they begin, and how they qualify it."""

    start: int
    qualifiers: list[Qualifier]
    words: list[str]
    additional: bool = False


class _Passage:
    """One stretch of text while it is being read."""

    def __init__(self, grammar: _Grammar, text: str, folded: str, tokens: list[Token], offset: int) -> None:
        self._grammar = grammar
        self._text = text
        self._folded = folded
        self._tokens = tokens
        self._offset = offset
        self._found: list[Quantity] = []

    def read(self) -> list[Quantity]:
        index, floor = 0, 0
        while index < len(self._tokens):
            figure, index = self._read_figure(index, floor)
            quantity, index = self._read_around(figure, index)
            self._add(quantity)
            floor = quantity.end - self._offset
            while index < len(self._tokens) and self._tokens[index].start < floor:
                index += 1
        return self._found

    def _read_figure(self, index: int, floor: int) -> tuple[Figure, int]:
        if self._tokens[index].atom is None:
            return self._grammar.numerals.read(self._folded, self._text, self._tokens, index, floor)
        return self._grammar.spelled.read(self._folded, self._tokens, index)

    def _add(self, quantity: Quantity) -> None:
        # "no more than five": the "no" read before is part of this one
        while self._found and self._found[-1].end > quantity.start:
            self._found.pop()
        self._found.append(quantity)

    def _read_around(self, figure: Figure, index: int) -> tuple[Quantity, int]:
        if figure.shape not in _COUNTABLE:
            before = _Before(figure.start, [], words_before(self._folded, figure.start))
            return self._make(
                figure, before, figure.end, bound_figure(figure, None, self._wording(figure))
            ), index
        if figure.shape not in ("numeral", "grouped"):
            idiom = self._find_idiom(figure)
            if idiom is not None:
                start, end = idiom
                count = Count(None, None, None, "unspecified", self._text[start:end])
                return self._quantity(start, end, count, "idiom"), index
        if figure.shape == "none":
            count = exact(0, self._wording(figure))
            return self._quantity(figure.start, figure.end, count, "count", negative=True), index
        before = self._read_before(figure)
        spread = self._read_spread(figure, before, index)
        if spread is not None:
            return spread
        return self._read_single(figure, before), index

    def _wording(self, figure: Figure) -> str:
        return self._text[figure.start : figure.end]

    def _quantity(
        self,
        start: int,
        end: int,
        count: Count,
        kind: QuantityKind,
        additional: bool = False,
        negative: bool = False,
    ) -> Quantity:
        return Quantity(start + self._offset, end + self._offset, count, kind, additional, negative)

    def _make(
        self, figure: Figure, before: _Before, end: int, count: Count, after: str | None = ""
    ) -> Quantity:
        kinds = self._grammar.kinds
        if after == "":
            after, _ = kinds.look_after(self._folded, self._text, end)
        place = Surroundings(before.start, end, before.words, after, bool(before.qualifiers))
        kind = kinds.tell(self._folded, self._text, place, figure)
        additional = before.additional or (kind == "count" and after == "additional")
        if kind == "name" and figure.shape == "numeral":
            end, count = self._finish_name(before.start, end, count)
        return self._quantity(before.start, end, count, kind, additional)

    def _finish_name(self, start: int, end: int, count: Count) -> tuple[int, Count]:
        """Take the letters glued to the digits into the name: 4x4."""
        last = end
        while last < len(self._folded) and (self._folded[last].isalnum() or self._folded[last] == "_"):
            last += 1
        if last == end:
            return end, count
        return last, Count(None, None, None, "unspecified", self._text[start:last])

    def _find_idiom(self, figure: Figure) -> tuple[int, int] | None:
        folded = self._folded
        match = self._grammar.idiom.match(folded, figure.start)
        if match is not None and match.end() >= figure.end:
            return figure.start, match.end()
        before = words_before(folded, figure.start)
        if before:
            start = step_over(folded, figure.start, before[:1])
            match = self._grammar.idiom.match(folded, start)
            if match is not None and match.end() >= figure.end:
                return start, match.end()
        return None

    def _read_before(self, figure: Figure) -> _Before:
        """Take the article and the qualifiers before the number, longest phrase first, until none is left."""
        grammar, folded = self._grammar, self._folded
        words = words_before(folded, figure.start)
        if figure.takes_article and words and words[0] in grammar.words.articles:
            figure.start, figure.needs_article = step_over(folded, figure.start, words[:1]), False
            words = words[1:]
        before = _Before(figure.start, [], words)
        while before.words:
            length = self._match_phrase(before.words)
            if length == 0:
                break
            start = step_over(folded, before.start, before.words[:length])
            if self._is_taken(start):
                break
            qualifier = grammar.before[" ".join(before.words[length - 1 :: -1])]
            if qualifier is None:
                before.additional = True
            elif figure.value is not None and figure.value < qualifier.least:
                break
            else:
                before.qualifiers.append(qualifier)
            before.start = start
            before.words = before.words[length:]
        return before

    def _is_taken(self, start: int) -> bool:
        """Tell whether the words there belong to the number before: "five at most, six"."""
        last = self._found[-1] if self._found else None
        return last is not None and last.start < start + self._offset < last.end

    def _match_phrase(self, words: list[str]) -> int:
        """Give how many of the words, nearest first, make the longest qualifier; 0 for none."""
        grammar = self._grammar
        if words[0] not in grammar.before_ends:
            return 0
        for length in range(min(grammar.longest, len(words)), 0, -1):
            if " ".join(words[length - 1 :: -1]) in grammar.before:
                return length
        return 0

    def _read_single(self, figure: Figure, before: _Before) -> Quantity:
        end, qualifiers = figure.end, before.qualifiers
        after, after_end = self._grammar.kinds.look_after(self._folded, self._text, end)
        if after == "postfix" and figure.value is not None:
            phrase = " ".join(self._folded[end:after_end].replace("-", " ").split())
            qualifiers = [*qualifiers, self._grammar.words.postfixes.get(phrase, _PLUS)]
            end, after = after_end, ""
        wording = self._text[before.start : end]
        count = bound_figure(figure, choose_qualifier(qualifiers), wording)
        return self._make(figure, before, end, count, after)

    # Two numbers that make a range

    def _read_spread(self, figure: Figure, before: _Before, index: int) -> tuple[Quantity, int] | None:
        if figure.value is None or index >= len(self._tokens):
            return None
        if self._tokens[index].start - figure.end > self._grammar.widest_joint:
            return None
        match = self._grammar.joiner.match(self._folded, figure.end)
        if match is None or match.end() != self._tokens[index].start:
            return None
        opener = self._find_opener(before)
        if not self._may_join(match, opener):
            return None
        second, after = self._read_figure(index, match.end())
        if second.value is None or second.shape not in ("numeral", "grouped", "word") or second.is_money:
            return None
        low = self._share_scale(figure, second)
        if low >= second.value or second.value > LARGEST:
            return None
        second.is_money = figure.is_money
        if figure.shape == "word" and second.shape == "numeral" and match["dash"]:
            return None
        if opener is not None and self._grammar.words.spread_openers[opener] == match["word"]:
            before.start = step_over(self._folded, before.start, before.words[:1])
            before.words = before.words[1:]
        count = bound_spread(low, second.value, self._text[before.start : second.end])
        return self._make(second, before, second.end, count), after

    def _find_opener(self, before: _Before) -> str | None:
        """Find "between" or "from" before the first number; not the "from" of a change ("rose from 10 to 15")."""
        words, tables = before.words, self._grammar.words
        if not words or words[0] not in tables.spread_openers:
            return None
        if words[0] in tables.spread_moving and any(word in tables.changes for word in words[1:5]):
            return _CHANGE
        return words[0]

    def _may_join(self, match: re.Match[str], opener: str | None) -> bool:
        words = self._grammar.words
        joiner = "-" if match["dash"] else match["word"]
        if opener == _CHANGE:
            return False
        if match["upper"]:
            return joiner in words.spread_upper_joiners
        if opener is not None and words.spread_openers[opener] == joiner:
            return True
        return joiner in words.spread_joiners

    def _share_scale(self, first: Figure, second: Figure) -> int:
        """Give the first number, times the scale that it leaves to the second ("two to three hundred")."""
        low = first.value or 0
        if first.scale == 1 and second.multiplier is not None and low < second.multiplier:
            return low * second.scale
        return low


def _stands_within(folded: str, start: int, word: str, phrases: Sequence[str]) -> bool:
    return any(
        (first := start - phrase.index(word)) >= 0 and folded.startswith(phrase, first) for phrase in phrases
    )


def _date(quantity: Quantity, times: Sequence[TimeMention]) -> Quantity:
    if quantity.kind in _IN_DATES:
        for time in times:
            if time.dates(quantity.start, quantity.end):
                return replace(quantity, kind="date_part")
    return quantity
