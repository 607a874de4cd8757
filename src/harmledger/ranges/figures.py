"""A number read to its value: what digits and number words have in common."""

from dataclasses import dataclass
from typing import Final, Literal

from harmledger.lexicon.numbers import Atom
from harmledger.records.vocabulary import Quantifier

Shape = Literal[
    "numeral", "grouped", "decimal", "word", "ordinal", "bound", "none", "half",
    "date", "clock", "name", "telephone", "url",
]  # fmt: skip

LARGEST: Final = 10**12
"""A number above this is no number of people or things; it is read as a name (a code, a serial number)."""
PLAIN_GAPS: Final = frozenset({" ", "-", "  ", "\n"})
"""What may stand between the words of one number."""


@dataclass(slots=True)
class Figure:
    """One number as it stands at [start, end). `scale` is what its last word multiplied by (1 for none)
    and `multiplier` the number before that word, so that "two to three hundred" can share it.
    """

    start: int
    end: int
    shape: Shape
    value: int | None = None
    low: int | None = None
    quantifier: Quantifier = "exact"
    scale: int = 1
    multiplier: int | None = None
    is_money: bool = False
    takes_article: bool = False
    needs_article: bool = False

    def devalue(self) -> None:
        """Forget the value of a number that is too large, or no whole number, to count people with."""
        self.value = None
        if self.shape in ("numeral", "grouped"):
            self.shape = "name"


@dataclass(slots=True)
class Token:
    """A number word, or (where `atom` is None) a stretch of digits, in the folded text."""

    start: int
    end: int
    atom: Atom | None


def unit_of(atom: Atom) -> int | None:
    """Give what the word multiplies by: hundred 100, dozen 12, thousands 1000; None for other words."""
    if atom.role in ("scale", "collective"):
        return atom.value
    if atom.role == "plural" and atom.low is not None:
        return atom.low // 2
    return None
