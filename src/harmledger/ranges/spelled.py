"""Read a number written in words: twenty-three · two hundred and six · tens of thousands · half a dozen …"""

from typing import Final

from harmledger.lexicon.numbers import Atom, NumberWords
from harmledger.ranges.figures import LARGEST, PLAIN_GAPS, Figure, Shape, Token, unit_of

_HUNDRED: Final = 100


class SpelledReader:
    """Reads number words of one language. Built once per language; holds no state of any text."""

    def __init__(self, words: NumberWords) -> None:
        """Keep what may stand between two number words."""
        joiners = [f" {word} " for word in sorted(words.joiners)]
        self._join_gaps = frozenset(joiners)
        self._link_gaps = frozenset(f" {word} " for word in words.links)
        self._half_gaps = frozenset({" ", "-", *(f" {article} " for article in words.articles)})
        self._and_half_gaps = frozenset(
            f"{joiner}{article} " for joiner in joiners for article in sorted(words.articles)
        )
        self._negative_before = words.negative_before
        self._ones_first = words.ones_first

    def read(self, folded: str, tokens: list[Token], index: int) -> tuple[Figure, int]:
        """Read the number that begins with the word at tokens[index]; give the index of the next token."""
        token = tokens[index]
        atom = token.atom
        assert atom is not None  # noqa: S101 - the caller's branch
        match atom.role:
            case "none":
                return self._read_negative(folded, tokens, index)
            case "plural":
                return self._read_plural(folded, tokens, index)
            case "vague":
                return self._read_vague(folded, tokens, index, atom)
            case "half":
                return self._read_half(folded, tokens, index)
            case _:
                return self._read_cardinal(folded, tokens, index)

    def _read_negative(self, folded: str, tokens: list[Token], index: int) -> tuple[Figure, int]:
        figure = Figure(tokens[index].start, tokens[index].end, "none", value=0)
        follower = self._follows(folded, tokens, index + 1, figure.end, PLAIN_GAPS)
        if follower is not None and folded[follower.start : follower.end] in self._negative_before:
            figure.end = follower.end
            index += 1
        return figure, index + 1

    def _read_plural(self, folded: str, tokens: list[Token], index: int) -> tuple[Figure, int]:
        token = tokens[index]
        atom = token.atom
        assert atom is not None and atom.low is not None  # noqa: S101, PT018 - plurals have a low
        figure = Figure(token.start, token.end, "bound", low=atom.low, quantifier=atom.quantifier)
        while (low := figure.low) is not None and low < LARGEST:
            follower = self._follows(folded, tokens, index + 1, figure.end, self._link_gaps)
            if follower is None or follower.atom is None or follower.atom.role != "plural":
                break
            figure.low = low * ((follower.atom.low or 2) // 2)
            figure.quantifier = "unspecified"
            figure.end = follower.end
            index += 1
        return figure, index + 1

    def _read_vague(self, folded: str, tokens: list[Token], index: int, atom: Atom) -> tuple[Figure, int]:
        token = tokens[index]
        shape: Shape = "word" if atom.value is not None else "bound"
        figure = Figure(token.start, token.end, shape, atom.value, atom.low, atom.quantifier)
        figure.takes_article, figure.needs_article = True, atom.needs_article
        follower = self._follows(folded, tokens, index + 1, token.end, PLAIN_GAPS | self._link_gaps)
        unit = unit_of(follower.atom) if follower is not None and follower.atom is not None else None
        if follower is None or unit is None:
            return figure, index + 1
        figure.end, figure.scale, figure.needs_article = follower.end, unit, False
        if figure.value is not None:
            figure.value, figure.quantifier = figure.value * unit, "about"
        elif figure.low is not None:
            figure.low *= unit
        return figure, index + 2

    def _read_half(self, folded: str, tokens: list[Token], index: int) -> tuple[Figure, int]:
        figure = Figure(tokens[index].start, tokens[index].end, "half", takes_article=True)
        follower = self._follows(folded, tokens, index + 1, figure.end, self._half_gaps)
        unit = follower.atom.value if follower is not None and follower.atom is not None else None
        if follower is None or unit is None or follower.atom is None:
            return figure, index + 1
        if follower.atom.role not in ("scale", "collective"):
            return figure, index + 1
        figure.shape, figure.value, figure.end = "word", unit // 2, follower.end
        return figure, index + 2

    def _read_cardinal(self, folded: str, tokens: list[Token], index: int) -> tuple[Figure, int]:
        """Value a run of number words by adding and multiplying, as far as they make one number."""
        first = tokens[index]
        sum_ = _Sum(self._ones_first)
        end = first.start
        is_ordinal = False
        while index < len(tokens) and not is_ordinal:
            token = tokens[index]
            atom = token.atom
            if atom is None:
                break
            gap = folded[end : token.start]
            is_joined = gap in self._join_gaps
            if token is not first and not is_joined and gap not in PLAIN_GAPS:
                if atom.role == "half" and gap in self._and_half_gaps and sum_.add_half():
                    end, index = token.end, index + 1
                    continue
                break
            if not sum_.take(atom, is_joined):
                break
            is_ordinal = atom.role == "ordinal"
            end, index = token.end, index + 1
        figure = Figure(first.start, end, "ordinal" if is_ordinal else "word")
        figure.value = sum_.value
        figure.scale, figure.multiplier = sum_.scale, sum_.multiplier
        figure.takes_article = first.atom is not None and first.atom.role in ("scale", "collective")
        if sum_.is_broken or sum_.value > LARGEST:
            figure.devalue()
        return figure, index

    def _follows(
        self, folded: str, tokens: list[Token], index: int, end: int, gaps: frozenset[str]
    ) -> Token | None:
        if index < len(tokens) and folded[end : tokens[index].start] in gaps:
            return tokens[index]
        return None


class _Sum:
    """Adds up number words; refuses a word that cannot belong to the same number ("two three")."""

    __slots__ = (
        "_current",
        "_halves",
        "_is_started",
        "_ones",
        "_ones_first",
        "_room",
        "_total",
        "_total_scale",
        "multiplier",
        "scale",
    )

    def __init__(self, ones_first: bool = False) -> None:
        self._ones_first = ones_first
        self._ones = 0
        self._total = 0
        self._current = 0
        self._room = LARGEST
        self._is_started = False
        self._halves = 0
        self._total_scale = LARGEST
        self.scale = 1
        self.multiplier: int | None = None

    @property
    def value(self) -> int:
        return self._total + self._current

    @property
    def is_broken(self) -> bool:
        """Tell whether a half is left that no scale word made whole ("two and a half")."""
        return self._halves > 0

    def take(self, atom: Atom, is_joined: bool) -> bool:
        if atom.value is None and atom.role != "plural":
            return False
        unit = unit_of(atom)
        if unit is not None:
            return not is_joined and self._multiply(unit, atom.role == "collective")
        if atom.role not in ("cardinal", "ordinal") or atom.value is None:
            return False
        # "and" joins only below a hundred or a scale: "two and six" is two numbers, "two hundred and six" one
        if is_joined and self._ones and 20 <= atom.value < _HUNDRED and atom.value % 10 == 0:
            self._current += atom.value
            self._room = self._ones = 0
            return True
        if is_joined and self._is_started and (self._room <= 10 or self.scale == 1):
            return False
        if self._is_started and (atom.value >= self._room or atom.value == 0 or self._halves):
            return False
        if atom.role == "ordinal" and atom.value >= _HUNDRED and self._is_started:
            return self._multiply(atom.value, True)
        self._current += atom.value
        self._room = 10 if atom.value % 10 == 0 and 20 <= atom.value < _HUNDRED else 0
        self._ones = atom.value if self._ones_first and 0 < atom.value < 10 else 0
        if (
            atom.value >= _HUNDRED and atom.value % _HUNDRED == 0
        ):  # a word for hundreds or thousands: "two-hundred"
            self._room = self.scale = 1000 if atom.value % 1000 == 0 else _HUNDRED
        self._is_started = True
        return True

    def add_half(self) -> bool:
        if self._halves or not self._is_started or self._current == 0:
            return False
        self._halves = 1
        return True

    def _multiply(self, unit: int, is_last: bool) -> bool:
        if unit == _HUNDRED:
            if self._current >= _HUNDRED or (self._is_started and self._current == 0):
                return False
        elif self._is_started and (self._current == 0 or unit >= self._total_scale):
            return False
        if self._is_started:
            self.multiplier = self._current
        base = max(self._current, 1)
        product = base * unit + self._halves * unit // 2
        self._halves = 0
        self.scale = unit
        self._is_started = True
        if unit == _HUNDRED and not is_last:
            self._current = product
        else:
            self._total, self._current = self._total + product, 0
            self._total_scale = unit
        self._room = 0 if is_last else unit
        return True
