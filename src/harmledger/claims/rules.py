"""Rules: finite-state patterns over the kinds of a sentence's chunks, with declared priorities.

A sentence becomes a string with one letter for each chunk; a rule's pattern, written with the names of kinds,
becomes a regular expression over those letters. Where two matches want the same chunk, the rule with the
higher priority has it; two rules of one priority that want the same chunk are a defect of the rule file,
which `find_conflicts` reports and a test refuses.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from harmledger.claims.chunks import Chunk
from harmledger.claims.needs import find_needs
from harmledger.lexicon.tables import load_rules

_NAME = re.compile(r"(?<![\w<])[A-Z][A-Z_]+(?![\w>])")
_FIRST_LETTER = 0xE000
"""Letters come from Unicode's private use area, so that no letter means anything to the pattern language."""


@dataclass(frozen=True)
class Rule:
    """One rule of a language's rule file."""

    name: str
    family: str
    priority: int
    expression: str
    needs: frozenset[str]
    example: str
    value: str | None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled when a sentence first has what the rule needs.

        Raises ValueError, naming the rule, where it is not well formed.
        """
        try:
            return re.compile(self.expression)
        except re.error as error:
            raise ValueError(f"rule {self.name} of {self.family}: {error}") from error

    @cached_property
    def required(self) -> tuple[int, ...]:
        """Sets of letters as bits, of each of which every match has one: what `needs` says, and what the expression
        tells.
        """
        told = [self.needs] if self.needs else []
        return tuple(dict.fromkeys(map(_join_letters, [*told, *find_needs(self.expression)])))


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


_LETTERS = _Letters()


def get_letter(kind: str) -> str:
    """Give the letter of a kind of chunk."""
    return _LETTERS[kind]


def _join_letters(letters: Iterable[str]) -> int:
    """Give the letters as bits."""
    bits = 0
    for letter in letters:
        bits |= 1 << (ord(letter) - _FIRST_LETTER)
    return bits


@cache
def load_family(language: str, family: str) -> tuple[Rule, ...]:
    """Load the rules of lexicon/<language>/rules/<family>.toml, highest priority first, then by name."""
    table = load_rules(language, family)
    shared = load_rules(language, "macros").get("macro", {})
    macros = {**shared, **table.get("macro", {})}
    rules = [_read_rule(entry, family, macros) for entry in table["rule"]]
    return tuple(sorted(rules, key=lambda rule: (-rule.priority, rule.name)))


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


def spell_chunks(chunks: Sequence[Chunk]) -> str:
    """Give the string of letters of a sentence's chunks."""
    letters = _LETTERS
    return "".join([letters[chunk.kind] for chunk in chunks])


def find_matches(letters: str, rules: Sequence[Rule]) -> Iterator[Match]:
    """Give every match of every rule, in the order of the rules."""
    present = _join_letters(set(letters))
    for rule in rules:
        for required in rule.required:
            if not present & required:
                break
        else:
            pattern = rule.pattern
            for match in pattern.finditer(letters):
                groups = {name: match.span(name) for name in pattern.groupindex if match.start(name) >= 0}
                core = frozenset(i for begin, end in groups.values() for i in range(begin, end))
                yield Match(rule, match.start(), match.end(), groups, core)


def choose_matches(
    letters: str, rules: Sequence[Rule], accept: Callable[[Match], bool] | None = None
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


def find_conflicts(letters: str, rules: Sequence[Rule]) -> list[tuple[str, str]]:
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
