"""The words and rules of a language that say when: `lexicon/<language>/times.toml`, typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from harmledger.lexicon.tables import load_folded_table

TimeKind = Literal["point", "period", "since", "for_days", "duration", "clock"]
Form = Literal[
    "date", "weekday", "night", "night_of", "night_into", "today", "offset", "ago", "past", "so_far", "recent",
    "run", "relative", "then", "unit", "month", "season", "decade", "year", "event", "unknown",
    "aftermath",
]  # fmt: skip
Edge = Literal["early", "mid", "late", "earlier", "later"]
Unit = Literal["minute", "hour", "day", "night", "weekend", "week", "month", "year", "decade"]


@dataclass(frozen=True, slots=True)
class TimeExample:
    """A phrase, the day it is read on, and the interval it must give; None for one that gives none."""

    text: str
    wording: str
    anchor: str
    antecedent: str | None
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class TimeRule:
    """One way to say when: its pattern with {slots}, and the form that tells how it is resolved."""

    name: str
    form: Form
    kind: TimeKind
    pattern: str
    example: TimeExample


@dataclass(frozen=True, slots=True, eq=False)
class TimeWords:
    """Everything the grammar of times knows of one language. Words are lower case.

    Weekdays count from Monday 0, months from January 1; `recent` is in days; `dated_kinds` are the kinds of documents
    that tell of the day of their publication where they name none. Compared and hashed by
    identity, so that what is built from it is built once.
    """

    language: str
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    abbreviations: frozenset[str]
    weak_names: frozenset[str]
    names_after: frozenset[str]
    seasons: Mapping[str, tuple[int, int]]
    units: Mapping[str, Unit]
    turns: Mapping[str, int]
    edges: Mapping[str, Edge]
    parts: tuple[str, ...]
    offsets: Mapping[str, int]
    vague: tuple[str, ...]
    articles: tuple[str, ...]
    relations: Mapping[str, int]
    recent: Mapping[str, int]
    since: tuple[str, ...]
    since_breaks: str
    since_reach: int
    since_not_after: frozenset[str]
    triggers: tuple[str, ...]
    trigger_parts: tuple[str, ...]
    cardinals: Mapping[str, int]
    ordinals: Mapping[str, int]
    ordinal_endings: tuple[str, ...]
    counted: tuple[str, ...]
    rules: tuple[TimeRule, ...]
    event_patterns: tuple[str, ...]
    dated_kinds: frozenset[str]


@cache
def load_time_words(language: str) -> TimeWords:
    """Give the time words of a language (BCP 47 primary subtag).

    Raises FileNotFoundError where the language has no tables, and ValueError where a table names a form,
    a kind, an edge or a unit that the program does not know.
    """
    table, numbers = load_folded_table(language, "times"), load_folded_table(language, "numbers")
    since = table["since"]
    abbreviations = frozenset(
        word for name in ("weekdays", "months") for words in table[name].values() for word in words[1:]
    )
    _check(table["units"], get_args(Unit))
    _check(table["edges"], get_args(Edge))
    return TimeWords(
        language=language,
        weekdays=_invert(table["weekdays"]),
        months=_invert(table["months"]) | _invert(table.get("months_too", {})),
        abbreviations=abbreviations,
        weak_names=abbreviations.union(table["names"]["weak"]),
        names_after=frozenset(table["names"]["after"]),
        seasons={word: (first, last) for word, (first, last) in table["seasons"].items()},
        units={word: unit for unit, words in table["units"].items() for word in words},
        turns=dict(table["turns"]),
        edges={word: edge for edge, words in table["edges"].items() for word in words},
        parts=tuple(table["parts"]["words"]),
        offsets=dict(table["offsets"]),
        vague=tuple(table["vague"]["words"]),
        articles=tuple(table["articles"]["words"]),
        relations=dict(table["relations"]),
        recent=dict(table["recent"]),
        since=tuple(since["words"]),
        since_breaks=since["breaks"],
        since_reach=since["reach"],
        since_not_after=frozenset(since["not_after"]),
        triggers=tuple(table["triggers"]["words"]),
        trigger_parts=tuple(table["triggers"]["parts"]),
        cardinals=dict(numbers["cardinals"]),
        ordinals=dict(numbers["ordinals"]),
        ordinal_endings=tuple(numbers["ordinal_endings"]),
        counted=tuple(numbers["counted"]),
        rules=tuple(_read_rule(entry) for entry in table["rules"]),
        event_patterns=tuple(table["event"]["patterns"]),
        dated_kinds=frozenset(table["undated"]["kinds"]),
    )


def _read_rule(entry: Mapping[str, Any]) -> TimeRule:
    form, kind, example = entry["form"], entry.get("kind", "point"), entry["example"]
    _check([form], get_args(Form))
    _check([kind], get_args(TimeKind))
    return TimeRule(
        entry["name"],
        form,
        kind,
        entry["pattern"],
        TimeExample(
            example["text"],
            example.get("wording", example["text"]),
            example["anchor"],
            example.get("antecedent"),
            example.get("start"),
            example.get("end"),
        ),
    )


def _invert(table: Mapping[str, list[str]]) -> dict[str, int]:
    return {word: int(number) for number, words in table.items() for word in words}


def _check(names: Any, known: tuple[str, ...]) -> None:
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise ValueError(f"times.toml names what the program does not know: {', '.join(unknown)}")


def list_time_words(words: TimeWords) -> frozenset[str]:
    """Give every single word of the language's time tables, as it folds."""
    phrases = (
        *words.weekdays, *words.months, *words.seasons, *words.units, *words.turns, *words.edges, *words.parts,
        *words.offsets, *words.vague, *words.relations, *words.since, *words.triggers,
    )  # fmt: skip
    return frozenset(word for phrase in phrases for word in phrase.split())
