"""Rules: finite-state patterns over the kinds of a sentence's chunks, with declared priorities.

A sentence becomes a string with one letter for each chunk; a rule's pattern, written with the names of kinds,
becomes a regular expression over those letters. Where two matches want the same chunk, the rule with the
higher priority has it; two rules of one priority that want the same chunk are a defect of the rule file,
which `find_conflicts` reports and a test refuses.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from harmledger.claims.chunks import Chunk
from harmledger.claims.needs import find_needs
from harmledger.lexicon.tables import load_rules

_NAME: Final = re.compile(r"(?<![\w<])[A-Z][A-Z_]+(?![\w>])")
_FIRST_LETTER: Final = 0xE000
"""Letters come from Unicode's private use area, so that no letter means anything to the pattern language."""
_KEPT_CHOICES: Final = 16_384


@dataclass(eq=False)
class Rule:
    """One rule of a language's rule file."""

    name: str
    family: str
    priority: int
    expression: str
    needs: frozenset[str]
    example: str
    value: str | None
    _pattern: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled when a sentence first has what the rule needs.

        Raises ValueError, naming the rule, where it is not well formed.
        """
        if self._pattern is not None:
            return self._pattern
        try:
            self._pattern = re.compile(self.expression)
            return self._pattern
        except re.error as error:
            raise ValueError(f"rule {self.name} of {self.family}: {error}") from error

    @property
    def required(self) -> tuple[frozenset[str], ...]:
        """Sets of letters, of each of which every match has one: what `needs` says, and what the expression tells."""
        told = [self.needs] if self.needs else []
        return tuple(dict.fromkeys([*told, *find_needs(self.expression)]))


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fired: chunk indexes by the names of its groups, and the indexes it consumes."""

    rule: Rule
    start: int
    end: int
    groups: dict[str, tuple[int, int]]
    core: frozenset[int]


class _Letters(dict[str, str]):
    """The letter of each kind of chunk, given out in the order of first use."""

    def __missing__(self, kind: str) -> str:
        letter = self[kind] = chr(_FIRST_LETTER + len(self))
        return letter


_LETTERS: Final = _Letters()


def get_letter(kind: str) -> str:
    """Give the letter of a kind of chunk."""
    return _LETTERS[kind]


class Family:
    """Rules that compete for the chunks of a sentence, in the order in which they are tried, and what each of them needs.

    Sentences that meet the same needs have the same rules to try; there are far fewer ways to meet them than sentences.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        needs = [rule.required for rule in self._rules]
        distinct = dict.fromkeys(required for each in needs for required in each)
        bits = {required: 1 << number for number, required in enumerate(distinct)}
        self._needed = [sum(bits[required] for required in each) for each in needs]
        self._met_by: dict[str, int] = {}
        for required, bit in bits.items():
            for letter in required:
                self._met_by[letter] = self._met_by.get(letter, 0) | bit
        self._kept: dict[int, tuple[Rule, ...]] = {}

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._rules)

    def list_possible(self, letters: str) -> tuple[Rule, ...]:
        """Give the rules whose needs these letters meet, in their order; no other rule can match."""
        met = 0
        for letter in set(letters):
            met |= self._met_by.get(letter, 0)
        possible = self._kept.get(met)
        if possible is None:
            if len(self._kept) >= _KEPT_CHOICES:
                self._kept.clear()
            possible = tuple(
                rule for rule, needed in zip(self._rules, self._needed, strict=True) if needed & met == needed
            )
            self._kept[met] = possible
        return possible


@cache
def load_family(language: str, family: str) -> Family:
    """Load the rules of lexicon/<language>/rules/<family>.toml, highest priority first, then by name."""
    table = load_rules(language, family)
    shared = load_rules(language, "macros").get("macro", {})
    macros = {**shared, **table.get("macro", {})}
    rules = [_read_rule(entry, family, macros) for entry in table["rule"]]
    return Family(sorted(rules, key=lambda rule: (-rule.priority, rule.name)))


def _read_rule(entry: dict[str, object], family: str, macros: dict[str, str]) -> Rule:
    source = str(entry["pattern"])
    for _ in range(8):
        expanded = _NAME.sub(
            lambda m: f"(?:{macros[m.group()]})" if m.group() in macros else m.group(), source
        )
        if expanded == source:
            break
        source = expanded
    expression = _NAME.sub(lambda m: get_letter(m.group()), source).replace(" ", "")
    needs = entry.get("needs", [])
    return Rule(
        str(entry["name"]),
        family,
        int(str(entry["priority"])),
        expression,
        frozenset(get_letter(str(kind)) for kind in needs) if isinstance(needs, list) else frozenset(),
        str(entry["example"]),
        str(entry["value"]) if "value" in entry else None,
    )


def spell_chunks(chunks: list[Chunk]) -> str:
    """Give the string of letters of a sentence's chunks."""
    letters = _LETTERS
    return "".join([letters[chunk.kind] for chunk in chunks])


def find_matches(letters: str, rules: Iterable[Rule]) -> Iterator[Match]:
    """Give every match of every rule, in the order of the rules."""
    family = rules if isinstance(rules, Family) else Family(rules)
    for rule in family.list_possible(letters):
        pattern = rule.pattern
        for match in pattern.finditer(letters):
            groups = {name: match.span(name) for name in pattern.groupindex if match.start(name) >= 0}
            core = frozenset(i for begin, end in groups.values() for i in range(begin, end))
            yield Match(rule, match.start(), match.end(), groups, core)


def choose_matches(
    letters: str, rules: Iterable[Rule], accept: Callable[[Match], bool] | None = None
) -> list[Match]:
    """Give the matches that stand: by priority, each chunk in the core of one match only, in text order.

    A match that `accept` refuses takes nothing from the others.
    """
    taken: set[int] = set()
    chosen: list[Match] = []
    for match in find_matches(letters, rules):
        if taken.isdisjoint(match.core) and (accept is None or accept(match)):
            chosen.append(match)
            taken |= match.core
    return sorted(chosen, key=lambda match: (match.start, match.end))


def find_conflicts(letters: str, rules: Iterable[Rule]) -> list[tuple[str, str]]:
    """Give the pairs of different rules of one priority that want the same chunk and that no higher rule parts."""
    taken: set[int] = set()
    pairs: set[tuple[str, str]] = set()
    matches = list(find_matches(letters, rules))
    for priority in sorted({match.rule.priority for match in matches}, reverse=True):
        level = [m for m in matches if m.rule.priority == priority and taken.isdisjoint(m.core)]
        for first in level:
            for second in level:
                if first.rule.name < second.rule.name and first.core & second.core:
                    pairs.add((first.rule.name, second.rule.name))
        for match in level:
            taken |= match.core
    return sorted(pairs)
