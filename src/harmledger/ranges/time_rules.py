"""Compile a language's time rules, and read a wording that one of them matched into a clue."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import ahocorasick_rs

from harmledger.lexicon.times import TimeRule, TimeWords
from harmledger.ranges.folding import one_of
from harmledger.ranges.mentions import Clue
from harmledger.ranges.scan import Hit

_SLOT: Final = re.compile(r"\{([a-z_][a-z_0-9]*)\}")
_LITERAL: Final = re.compile(r"(?<!\\)[^\W\d_][^\W\d_'.]*")
_ABSOLUTE: Final = frozenset({"date", "month", "season", "year", "decade", "unknown", "event", "aftermath"})
_KEPT_WORDINGS: Final = 4096
"""How many different wordings are kept read: reports say "on Monday" again and again."""
_GAP: Final = r"(?:\s{1,2})"


class TimeRules:
    """The rules of one language, compiled. Built once per language; holds no state of any text."""

    def __init__(self, words: TimeWords) -> None:
        """Compile the rules; the pattern of a single rule with its slots is compiled when first needed."""
        self.words = words
        self._slots = _spell_slots(words)
        self._tens = {n: word for word, n in words.cardinals.items() if n % 10 == 0}
        wholes = (
            f"(?P<r{i}>{self._expand(rule.pattern, named=False)})" for i, rule in enumerate(words.rules)
        )
        self.any = re.compile(rf"(?:{'|'.join(wholes)})(?!\w)")
        self.event = re.compile("|".join(self._expand(p, named=False) for p in words.event_patterns))
        self.since_break = re.compile(words.since_breaks)
        self._detailed: dict[int, re.Pattern[str]] = {}
        self._read_wording = lru_cache(maxsize=_KEPT_WORDINGS)(self._read_slots)
        self.vocabulary = self._collect_vocabulary()
        self._whole = tuple(sorted(self._collect_triggers()))
        self._keys = (*self._whole, *words.trigger_parts)
        self.automaton = ahocorasick_rs.AhoCorasick(
            self._keys, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False
        )
        self._since = frozenset(self._whole.index(word) for word in words.since)

    def judge_triggers(self, folded: str, hits: list[Hit]) -> list[tuple[int, int, bool]]:
        """Give (start, end, is_since) for each word without which there is no time wording, of those found."""
        found: list[tuple[int, int, bool]] = []
        known, last = len(self._whole), len(folded)
        for key, start, end in hits:
            if key < known:
                if not (start and folded[start - 1].isalnum()) and not (end < last and folded[end].isalnum()):
                    found.append((start, end, key in self._since))
            elif _is_in_number(folded, start, end):
                found.append((start, end, False))
        return found

    def read(self, match: re.Match[str]) -> tuple[TimeRule, Clue, dict[str, int]]:
        """Give the rule that matched, the clue, and where the slots stand (slot to offset from the start)."""
        return self._read_wording(int((match.lastgroup or "r0")[1:]), match[0])

    def _read_slots(self, number: int, wording: str) -> tuple[TimeRule, Clue, dict[str, int]]:
        rule = self.words.rules[number]
        pattern = self._detailed.get(number)
        if pattern is None:
            pattern = self._detailed[number] = re.compile(self._expand(rule.pattern, named=True))
        detail = pattern.fullmatch(wording)
        if (
            detail is None
        ):  # only where the rule looks beyond its wording, and such a rule has no slots to keep
            return rule, Clue(form=rule.form), {}
        slots = {name: value for name, value in detail.groupdict().items() if value is not None}
        places = {name.partition("__")[0]: detail.start(name) for name in slots}
        return (
            rule,
            self._make_clue(rule, {name.partition("__")[0]: value for name, value in slots.items()}),
            places,
        )

    def is_relative(self, clue: Clue) -> bool:
        """Tell whether the clue needs the day of publication to be resolved."""
        return clue.form not in _ABSOLUTE or (
            clue.form not in ("unknown", "aftermath", "event", "decade") and clue.year is None
        )

    def _expand(self, pattern: str, named: bool) -> str:
        seen: dict[str, int] = {}

        def spell(match: re.Match[str]) -> str:
            slot = match[1]
            body = self._slots[slot]
            if not named or slot.startswith("not_") or slot == "counted":
                return body
            seen[slot] = seen.get(slot, 0) + 1
            return f"(?P<{slot}__{seen[slot]}>{body})"

        return _SLOT.sub(spell, pattern.replace(" ", _GAP))

    def _make_clue(self, rule: TimeRule, slots: dict[str, str]) -> Clue:
        words = self.words
        slots = {name: " ".join(value.split()).removesuffix(".") for name, value in slots.items()}
        unit = next(
            (
                words.units[slots[s]]
                for s in ("unit", "single", "single_day", "week", "weekend")
                if s in slots
            ),
            None,
        )
        relation = slots.get("relation") or slots.get("that")
        offset = words.offsets.get(slots.get("offset", ""))
        if relation is not None:
            offset = words.relations[relation]
        elif "turn_year" in slots:
            offset = words.turns[slots["turn_year"]]
        n = slots.get("n")
        is_vague = n in words.vague
        return Clue(
            form=rule.form,
            weekday=words.weekdays.get(slots.get("weekday", "")),
            weekday2=words.weekdays.get(slots.get("weekday2", "")),
            day=_leading_number(slots.get("day") or slots.get("day_number")),
            day2=_leading_number(slots.get("day2")),
            month=words.months.get(slots.get("month", "")) or _leading_number(slots.get("month_number")),
            month2=words.months.get(slots.get("month2", "")),
            year=_leading_number(slots.get("year") or slots.get("full_year") or slots.get("decade")),
            year2=_leading_number(slots.get("year2")),
            season=words.seasons.get(slots.get("season", "")),
            season2=words.seasons.get(slots.get("season2", "")),
            unit=unit,
            n=self._count(n or slots.get("nth")),
            is_vague=is_vague,
            turn=words.turns.get(slots.get("turn", "")),
            offset=offset,
            edge=words.edges.get(slots.get("edge", "")),
            edge2=words.edges.get(slots.get("edge2", "")),
            recent_days=words.recent.get(unit or "none"),
        )

    def _count(self, wording: str | None) -> int | None:
        if wording is None or wording in self.words.vague:
            return None
        if wording in self.words.articles:
            return 1
        number = _leading_number(wording)
        if number is not None:
            return number
        known = {**self.words.cardinals, **self.words.ordinals}
        parts = [known.get(part) for part in wording.replace("-", " ").split()]
        return sum(part for part in parts if part is not None) if None not in parts else None

    def _collect_vocabulary(self) -> frozenset[str]:
        """Give every single word that can stand in a time wording, so that its beginning can be found."""
        words = self.words
        bare = (_SLOT.sub(" ", rule.pattern) for rule in words.rules)
        literal = {word for pattern in bare for word in _LITERAL.findall(re.sub(r"\\\w", " ", pattern))}
        phrases = (
            *words.weekdays, *words.months, *words.seasons, *words.units, *words.turns, *words.edges, *words.parts,
            *words.offsets, *words.vague, *words.articles, *words.relations, *words.cardinals, *words.ordinals,
        )  # fmt: skip
        return frozenset(literal | {word for phrase in phrases for word in re.split(r"[\s-]", phrase)})

    def _collect_triggers(self) -> set[str]:
        words = self.words
        return {
            *words.weekdays, *words.months, *words.seasons, *words.units, *words.offsets, *words.triggers, *words.since,
        }  # fmt: skip


def _spell_slots(words: TimeWords) -> dict[str, str]:
    """Give the pattern of each slot, without groups that capture."""
    endings = one_of(words.ordinal_endings)
    names = {name: one_of(getattr(words, f"{name}s")) for name in ("season", "turn", "edge")}
    names |= {
        name: _spell_names(getattr(words, f"{name}s"), words.abbreviations) for name in ("weekday", "month")
    }
    day = rf"(?<![\d.,])\d{{1,2}}{endings}?(?![\d:%]|[.,]\d{{3}})"
    year = r"(?:19|20)\d{2}(?!\d)"
    tens = one_of(word for word, n in words.cardinals.items() if n % 10 == 0 and n >= 20)
    ones = {word for word, n in words.cardinals.items() if 0 < n < 10}
    last = one_of(word for word, n in words.ordinals.items() if n < 10)
    nth = one_of(words.ordinals)
    counted = one_of(words.counted)
    singles: list[str] = [word for word, unit in words.units.items() if word == unit] or [*words.units]
    return {
        **names,
        "weekday2": names["weekday"],
        "month2": names["month"],
        "season2": names["season"],
        "edge2": names["edge"],
        "day": day,
        "day2": day,
        "year": year,
        "year2": year,
        "full_year": r"(?<![\d,.-])(?:19|20)(?:[1-9]\d|\d[1-9])(?!\d)",
        "decade": r"(?:19|20)\d0(?=\D)",
        "month_number": r"(?:0?[1-9]|1[0-2])(?!\d)",
        "day_number": r"(?:0?[1-9]|[12]\d|3[01])(?!\d)",
        "n": rf"(?:\d{{1,3}}|{tens}[\s-]{one_of(ones)}|{one_of([*words.vague, *words.cardinals, *words.articles])})",
        "nth": rf"(?:\d{{1,3}}{endings}|(?:{tens}[\s-])?{last}|{nth})",
        "unit": one_of(words.units),
        "single": one_of(singles),
        "weekend": one_of(word for word, unit in words.units.items() if unit == "weekend"),
        "single_day": one_of(word for word in singles if words.units[word] in ("day", "night")),
        "week": one_of(word for word, unit in words.units.items() if unit == "week"),
        "turn_year": names["turn"],
        "part": one_of(words.parts),
        "part2": one_of(words.parts),
        "offset": one_of(words.offsets),
        "relation": one_of(words.relations),
        "that": one_of(word for word, shift in words.relations.items() if shift == 0),
        "counted": counted,
        "not_counted": rf"(?!\s{{1,2}}{counted}\b)",
    }


def _spell_names(names: Iterable[str], abbreviations: frozenset[str]) -> str:
    """Give the pattern for whole names and for abbreviations, which may end in a full stop."""
    short = one_of(abbreviations.intersection(names))
    return rf"(?:{one_of(name for name in names if name not in abbreviations)}\b|{short}(?:\.|\b))"


def _leading_number(wording: str | None) -> int | None:
    if wording is None:
        return None
    end = 0
    while end < len(wording) and wording[end].isdecimal():
        end += 1
    return int(wording[:end]) if end else None


def _is_in_number(folded: str, start: int, end: int) -> bool:
    """Tell whether the mark found stands in a number: "20" before two digits, ":" between digits."""
    if folded[start:end].isdecimal():
        return not (start and folded[start - 1].isdecimal()) and folded[end : end + 2].isdecimal()
    return bool(start) and folded[start - 1].isdecimal() and folded[end : end + 1].isdecimal()
