"""Find the wordings that say when, and resolve them to intervals of local calendar days."""

import re
from datetime import date
from functools import cache
from typing import Final

from harmledger.lexicon.times import TimeWords
from harmledger.ranges.folding import fold, words_before
from harmledger.ranges.mentions import Clue, TimeMention
from harmledger.ranges.resolution import resolve_clue
from harmledger.ranges.scan import Hit, Scan
from harmledger.ranges.time_rules import TimeRules
from harmledger.records.time import Time

__all__ = ["TimeMention", "find_times", "resolve_time", "scan_times"]

_LONGEST_RUN: Final = 9
"""How many words before a trigger are tried as the beginning of a wording."""
_LONGEST_WORD: Final = 24
_WIDEST_GAP: Final = 4
_SEPARATORS: Final = " \n,-/.:"


def scan_times(folded: str, words: TimeWords) -> Scan:
    """Search a folded text (see `ranges.folding.fold`) for the words without which there is no time wording."""
    return Scan(folded, _rules(words).automaton)


def find_times(
    reading: str, start: int, end: int, words: TimeWords, scan: Scan | None = None
) -> list[TimeMention]:
    """Give the wordings of reading[start:end] that say when, in order and without overlap.

    `scan` is what `scan_times` gave for the whole text, where several stretches of it are read. Runs in time
    linear in the stretch and never raises.
    """
    rules = _rules(words)
    if scan is None:
        folded = fold(reading[start:end])
        hits: list[Hit] = rules.automaton.find_matches_as_indexes(folded)
    else:
        hits = scan.cut(start, end)
        folded = scan.folded[start:end] if hits else ""
    triggers = rules.judge_triggers(folded, hits) if hits else []
    return _Passage(rules, reading[start:end], folded, start).read(triggers) if triggers else []


def resolve_time(mention: TimeMention, anchor: date | None, antecedent: Time | None = None) -> Time | None:
    """Give the days the mention stands for, or None where they cannot be told.

    `anchor` is the local day of publication: without it nothing relative is resolved. `antecedent` is the
    time spoken of before, for "a day earlier" and "since then". A `since` runs up to the anchor.
    """
    before: tuple[date, date] | None = None
    try:
        if antecedent is not None:
            before = date.fromisoformat(antecedent.start), date.fromisoformat(antecedent.end)
        interval = resolve_clue(mention.clue, anchor, before)
    except (ValueError, OverflowError):  # 31 June, or a day outside the calendar: no day is meant
        return None
    if interval is None:
        return None
    first, last, precision = interval
    if mention.kind == "since" and mention.clue.form not in ("past", "so_far"):
        if anchor is None or anchor < first:
            return None
        last, precision = anchor, "period"
    return Time(first.isoformat(), last.isoformat(), precision, mention.wording)


@cache
def _rules(words: TimeWords) -> TimeRules:
    return TimeRules(words)


class _Passage:
    """One stretch of text while it is being read."""

    def __init__(self, rules: TimeRules, text: str, folded: str, offset: int) -> None:
        self._rules = rules
        self._text = text
        self._folded = folded
        self._offset = offset
        self._found: list[TimeMention] = []
        self._floor = 0

    def read(self, triggers: list[tuple[int, int, bool]]) -> list[TimeMention]:
        since: int | None = None
        for start, end, is_since in triggers:
            if start < self._floor:
                continue
            mention = self._match_around(start, end, since)
            if mention is not None:
                if mention.start - self._offset != since:
                    self._close(since, mention.start - self._offset)
                self._found.append(mention)
                self._floor = mention.end - self._offset
                since = None
            elif is_since:
                self._close(since, start)
                since = start if self._may_open(start) else None
        self._close(since, len(self._folded))
        return self._found

    def _match_around(self, start: int, end: int, since: int | None) -> TimeMention | None:
        for position in self._starts(start):
            match = self._rules.any.match(self._folded, position)
            if match is None or match.end() < end:
                continue
            mention = self._make(match, since)
            if mention is not None:
                return mention
        return None

    def _starts(self, position: int) -> list[int]:
        """Give the offsets of the words before the trigger that can belong to its wording, first one first."""
        folded, vocabulary = self._folded, self._rules.vocabulary
        start = self._word_start(position)
        starts = [start]
        for _ in range(_LONGEST_RUN):
            stop = start
            while stop > max(self._floor, start - _WIDEST_GAP) and folded[stop - 1] in _SEPARATORS:
                stop -= 1
            if stop == start:
                break
            start = self._word_start(stop)
            word = folded[start:stop]
            if not word or (word not in vocabulary and not word[0].isdecimal()):
                break
            starts.append(start)
        return starts[::-1]

    def _word_start(self, position: int) -> int:
        folded, start = self._folded, position
        floor = max(self._floor, position - _LONGEST_WORD)
        while start > floor and (folded[start - 1].isalnum() or folded[start - 1] == "'"):
            start -= 1
        return start

    def _make(self, match: re.Match[str], since: int | None) -> TimeMention | None:
        rule, clue, places = self._rules.read(match)
        start, end = match.start(), match.end()
        if not self._is_named(places, start, end):
            return None
        kind, date_start = rule.kind, start
        if kind in ("point", "period") and since is not None and self._belongs(since, start):
            start, kind = since, "since"
        wording = self._text[start:end]
        return TimeMention(
            start + self._offset,
            end + self._offset,
            wording,
            kind,
            clue,
            kind == "since" or self._rules.is_relative(clue),
            clue.form in ("relative", "then"),
            date_start + self._offset,
        )

    def _is_named(self, places: dict[str, int], start: int, end: int) -> bool:
        """Tell whether words that are also something else ("may", "march", "sun") stand for a date here."""
        words = self._rules.words
        for slot in ("weekday", "weekday2", "month", "month2"):
            if slot not in places:
                continue
            at = last = start + places[slot]
            while last < end and self._folded[last].isalpha():
                last += 1
            if self._folded[at:last] not in words.weak_names:
                continue
            if self._text[at].islower():
                return False
            if start == at and end <= last + 1:
                before = words_before(self._folded, start)
                if not before or before[0] not in words.names_after:
                    return False
        return True

    def _may_open(self, since: int) -> bool:
        before = words_before(self._folded, since)
        return not before or before[0] not in self._rules.words.since_not_after

    def _belongs(self, since: int, start: int) -> bool:
        """Tell whether the date at `start` belongs to the "since" before it: near, in the same phrase."""
        near = start - since <= self._rules.words.since_reach
        return near and self._rules.since_break.search(self._folded, since, start) is None

    def _close(self, since: int | None, limit: int) -> None:
        """Keep a "since" to which no date belongs, where it names an event ("since the war began")."""
        if since is None or since < self._floor:
            return
        match = self._rules.event.match(self._folded, since, limit)
        if match is not None:
            first, last = since + self._offset, match.end() + self._offset
            clue = Clue(form="event")
            self._found.append(
                TimeMention(first, last, self._text[since : match.end()], "since", clue, True, False, last)
            )
