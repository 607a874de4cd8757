"""The words of a language that say how many: `lexicon/<language>/numbers.toml`, typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from harmledger.lexicon.tables import load_folded_table
from harmledger.records.vocabulary import Quantifier

AtomRole = Literal["cardinal", "scale", "collective", "half", "ordinal", "plural", "vague", "none"]


@dataclass(frozen=True, slots=True)
class Atom:
    """One number word. `value` is what it stands for; `low` the least it allows where it gives no value.

    With `within`, it is a number word only inside one of those phrases ("a number of").
    """

    role: AtomRole
    value: int | None
    low: int | None = None
    quantifier: Quantifier = "exact"
    needs_article: bool = False
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Qualifier:
    """Words beside a number that turn it into a bound.

    `is_below`: the number itself is excluded ("fewer than n"). `least`: the words qualify a number only
    from this one up, since before a smaller one they say where ("over two villages").
    """

    quantifier: Quantifier
    is_below: bool = False
    least: int = 0


@dataclass(frozen=True, slots=True)
class NumberExample:
    """A phrase and how it must be read; the test suite runs every one of them."""

    text: str
    wording: str
    value: int | None
    low: int | None
    high: int | None
    quantifier: Quantifier


@dataclass(frozen=True, slots=True, eq=False)
class NumberWords:
    """Everything the grammar of quantities knows of one language. Phrases are lower case.

    `ones_first`: "three and twenty" is 23.

    Compared and hashed by identity, so that what is built from it is built once.
    """

    language: str
    articles: frozenset[str]
    joiners: frozenset[str]
    links: frozenset[str]
    attached: frozenset[str]
    thousands: tuple[str, ...]
    decimals: tuple[str, ...]
    ordinal_endings: tuple[str, ...]
    ones_first: bool
    atoms: Mapping[str, Atom]
    negative_before: frozenset[str]
    qualifiers: Mapping[str, Qualifier]
    postfixes: Mapping[str, Qualifier]
    additional_before: frozenset[str]
    additional_after: tuple[str, ...]
    not_additional_after: tuple[str, ...]
    spread_openers: Mapping[str, str]
    spread_moving: frozenset[str]
    spread_joiners: tuple[str, ...]
    spread_upper: tuple[str, ...]
    spread_upper_joiners: tuple[str, ...]
    changes: frozenset[str]
    before: Mapping[str, frozenset[str]]
    after: Mapping[str, tuple[str, ...]]
    decade_owners: frozenset[str]
    aged_people: frozenset[str]
    shares: tuple[str, ...]
    currency_symbols: tuple[str, ...]
    money_scales: Mapping[str, int]
    year_sure: frozenset[str]
    year_glued: frozenset[str]
    year_endings: tuple[str, ...]
    counted: frozenset[str]
    idioms: tuple[str, ...]
    months: tuple[str, ...]
    examples: tuple[NumberExample, ...]


@cache
def load_number_words(language: str) -> NumberWords:
    """Give the number words of a language (BCP 47 primary subtag).

    Raises FileNotFoundError where the language has no tables, and ValueError where a table names a
    quantifier that is not in the closed list.
    """
    table = load_folded_table(language, "numbers")
    spread, kinds, additional = table["spread"], table["kinds"], table["additional"]
    return NumberWords(
        language=language,
        articles=frozenset(table["articles"]),
        joiners=frozenset(table["joiners"]),
        links=frozenset(table["links"]),
        attached=frozenset(table["attached"]),
        thousands=tuple(table["thousands"]),
        decimals=tuple(table["decimals"]),
        ordinal_endings=tuple(table["ordinal_endings"]),
        ones_first=bool(table.get("ones_first", False)),
        atoms=_read_atoms(table),
        negative_before=frozenset(table["negatives"]["before"]),
        qualifiers=_read_qualifiers(table["qualifiers"]),
        postfixes=_read_qualifiers(table["postfixes"]),
        additional_before=frozenset(additional["before"]),
        additional_after=tuple(additional["after"]),
        not_additional_after=tuple(additional["not_after"]),
        spread_openers=dict(spread["openers"]),
        spread_moving=frozenset(spread["moving"]),
        spread_joiners=tuple(spread["joiners"]),
        spread_upper=tuple(spread["upper"]),
        spread_upper_joiners=tuple(spread["upper_joiners"]),
        changes=frozenset(spread["changes"]),
        before={name: frozenset(kind.get("before", ())) for name, kind in kinds.items()},
        after={name: tuple(kind.get("after", ())) for name, kind in kinds.items()},
        decade_owners=frozenset(kinds["age"]["decades_after"]),
        aged_people=frozenset(kinds["age"]["told_of"]),
        shares=tuple(kinds["percent"]["shares"]),
        currency_symbols=tuple(kinds["money"]["symbols"]),
        money_scales=dict(kinds["money"]["scales"]),
        year_sure=frozenset(kinds["year"]["sure"]),
        year_glued=frozenset(kinds["year"]["glued"]),
        year_endings=tuple(kinds["year"]["endings"]),
        counted=frozenset(table["counted"]),
        idioms=tuple(table["idioms"]["words"]),
        months=_read_months(language),
        examples=tuple(_read_examples([*table["qualifiers"], *table["postfixes"]])),
    )


def _read_atoms(table: Mapping[str, Any]) -> dict[str, Atom]:
    atoms: dict[str, Atom] = {}
    roles: tuple[tuple[str, AtomRole], ...] = (
        ("cardinals", "cardinal"),
        ("scales", "scale"),
        ("collectives", "collective"),
        ("ordinals", "ordinal"),
    )
    for section, role in roles:
        atoms.update({word: Atom(role, value) for word, value in table[section].items()})
    atoms.update({word: Atom("half", None) for word in table["halves"]})
    atoms.update({word: Atom("none", 0) for word in table["negatives"]["words"]})
    for section, role in (("plurals", "plural"), ("vague", "vague")):
        for word, entry in table[section].items():
            quantifier = _check_quantifier(entry["quantifier"])
            article = bool(entry.get("article", False))
            atoms[word] = Atom(role, entry.get("value"), entry.get("low"), quantifier, article)
    return atoms


def _read_qualifiers(groups: Iterable[Mapping[str, Any]]) -> dict[str, Qualifier]:
    qualifiers: dict[str, Qualifier] = {}
    for group in groups:
        quantifier = _check_quantifier(group["quantifier"])
        small = frozenset(group.get("needs_ten", ()))
        for word in group["words"]:
            qualifiers[word] = Qualifier(quantifier, bool(group.get("below")), 10 if word in small else 0)
    return qualifiers


def _read_examples(groups: Iterable[Mapping[str, Any]]) -> Iterable[NumberExample]:
    for group in groups:
        entry = group["example"]
        yield NumberExample(
            entry["text"],
            entry["wording"],
            entry.get("value"),
            entry.get("low"),
            entry.get("high"),
            _check_quantifier(group["quantifier"]),
        )


def _read_months(language: str) -> tuple[str, ...]:
    times = load_folded_table(language, "times")
    months: Mapping[str, list[str]] = times["months"]
    further: Mapping[str, list[str]] = times.get("months_too", {})
    return tuple(word for table in (months, further) for words in table.values() for word in words)


def _check_quantifier(name: str) -> Quantifier:
    if name not in get_args(Quantifier):
        raise ValueError(f"{name!r} is no quantifier of this format")
    return name  # type: ignore[return-value]


def list_number_words(words: NumberWords) -> frozenset[str]:
    """Give every single word of the language's number tables, as it folds."""
    phrases = (
        *words.atoms, *words.qualifiers, *words.postfixes, *words.additional_after, *words.counted, *words.shares,
        *(word for group in words.after.values() for word in group), *(word for group in words.before.values() for word in group),
    )  # fmt: skip
    return frozenset(word for phrase in phrases for word in phrase.split())
