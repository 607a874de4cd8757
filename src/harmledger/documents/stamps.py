"""Stamps: datelines, publication labels and update times, as the text itself carries them."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from harmledger.documents.cues import Cues, search_sentences
from harmledger.documents.sentences import Stretch
from harmledger.documents.text import PublishedSource
from harmledger.lexicon.prose import DateWords, Stamp, load_layout

_OPENING: Final = 400
_MOST_HEADS: Final = 10
_LONGEST_LINE: Final = 100
_HEAD_REACH: Final = 70
_HINT: Final = re.compile(r"[\d(>-]")
_DIGIT: Final = re.compile(r"\d")
_YEAR: Final = re.compile(r"[,،]? (\d{4})\b")
_GAP: Final = re.compile(r"[\s.\-|:,]*")


@dataclass(frozen=True, slots=True)
class FoundStamp:
    """A stamp at [start, end) of the reading copy, and what it tells of the publication.

    `day` is an ISO date, `clock` a time of day ("T13:15:00", with "Z" or an offset where it names a zone);
    `is_ordered` is False where only custom says which figure of the date is the day and which the month;
    `is_head` tells that it stands at the head of the text.
    """

    start: int
    end: int
    source: PublishedSource
    day: str | None
    clock: str | None
    is_ordered: bool
    is_head: bool


def find_stamps(
    reading: str,
    sentences: Sequence[Stretch],
    cues: Cues,
    heads: Collection[int],
    language: str | None = None,
) -> list[FoundStamp]:
    """Give the stamps of a text, in order and apart.

    `heads` are the offsets at which a stamp may open the text: the starts of its first paragraphs, the end
    of its title. `language` is a BCP 47 tag, whose region may settle the order of figures (05/30/2016 in
    en-US).
    """
    head, line, inside = _sort_stamps()
    found = list(_follow_heads(reading, heads, head, language))
    for stamp in [stamp for stamp in inside if stamp.name in cues]:
        for _, match in search_sentences(reading, sentences, stamp, cues):
            if stamp.where == "anywhere" or match.start() < _OPENING:
                found.append(_describe(stamp, match, language))
    for start, end, _ in sentences:
        if end - start <= _LONGEST_LINE and _DIGIT.search(reading, start, end):
            for stamp in line:
                if whole := stamp.pattern.fullmatch(reading, start, end):
                    found.append(_describe(stamp, whole, language))
    return _keep_apart(found)


def _keep_apart(found: list[FoundStamp]) -> list[FoundStamp]:
    """Give the stamps in order; of two that overlap, the first and then the longer."""
    apart: list[FoundStamp] = []
    for stamp in sorted(found, key=lambda stamp: (stamp.start, -stamp.end)):
        if not apart or stamp.start >= apart[-1].end:
            apart.append(stamp)
    return apart


@cache
def _sort_stamps() -> tuple[tuple[Stamp, ...], ...]:
    """Give the stamps of a head, those of a line, and those that stand anywhere or in the first lines."""
    places = (("head",), ("line",), ("opening", "anywhere"))
    return tuple(tuple(s for s in load_layout().stamps if s.where in place) for place in places)


def _follow_heads(
    reading: str, heads: Collection[int], stamps: Sequence[Stamp], language: str | None
) -> Iterator[FoundStamp]:
    """Give the stamps that stand at a head, or that follow one another from there."""
    waiting = sorted(heads)
    for _ in range(_MOST_HEADS):
        if not waiting:
            return
        gap = _GAP.match(reading, waiting.pop(0))
        here = gap.end() if gap else 0
        if not _HINT.search(reading, here, here + _HEAD_REACH):
            continue
        for stamp in stamps:
            match = stamp.pattern.match(reading, here)
            if match and match.end() > here:
                yield _describe(stamp, match, language)
                waiting.insert(0, match.end())
                break


def _describe(stamp: Stamp, match: re.Match[str], language: str | None) -> FoundStamp:
    parts = {name: value for name, value in match.groupdict().items() if value is not None}
    day, is_ordered = _read_date(parts, stamp.words, language)
    day = day or _read_loose_date(match, parts, stamp.words)
    return FoundStamp(
        *match.span(), stamp.source, day, _read_clock(parts), is_ordered, stamp.where in ("head", "opening")
    )


def _read_date(parts: dict[str, str], words: DateWords, language: str | None) -> tuple[str | None, bool]:
    if "first4" in parts:
        return _order_figures(parts, words, language)
    for number in "123":
        year = parts.get(f"year{number}")
        if year is not None:
            name = parts.get(f"month{number}")
            month = words.months.get(name.lower(), 0) if name else int(parts[f"number{number}"])
            return _spell(int(year), month, int(parts[f"day{number}"])), True
    return None, True


def _read_loose_date(match: re.Match[str], parts: dict[str, str], words: DateWords) -> str | None:
    """Read a day of the month whose year stands after it, apart: "BEIRUT, July 22, 2019 (Agency) -"."""
    for number in "56":
        name, day = parts.get(f"month{number}"), parts.get(f"day{number}")
        if name and day:
            last = max(match.end(f"month{number}"), match.end(f"day{number}"))
            year = _YEAR.match(match.string, last, match.end())
            return _spell(int(year[1]), words.months.get(name.lower(), 0), int(day)) if year else None
    return None


def _order_figures(parts: dict[str, str], words: DateWords, language: str | None) -> tuple[str | None, bool]:
    """Read 30-05-2016: a figure above 12 settles the order, and a dot, else the region or custom does."""
    first, second, year = int(parts["first4"]), int(parts["second4"]), int(parts["year4"])
    region = (language or "").partition("-")[2].upper()
    is_day_first = parts["mark"] == "." or (words.is_day_first and region not in words.month_day_regions)
    is_ordered = parts["mark"] == "." or max(first, second) > 12 or first == second or bool(region)
    if first > 12 or (is_day_first and second <= 12):
        return _spell(year, second, first), is_ordered
    return _spell(year, first, second), is_ordered


def _spell(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _read_clock(parts: dict[str, str]) -> str | None:
    """Give the time of day, None where the stamp has none."""
    minute = parts.get("minute", parts.get("sharp"))
    if "hour" not in parts or minute is None:
        return None
    hour, half = int(parts["hour"]), parts.get("half", "").lower()[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    zone = ""
    if "zone" in parts:
        shift = parts.get("shift", "")
        hours, _, minutes = shift[1:].partition(":")
        zone = f"{shift[0]}{int(hours[:2]):02}:{int(minutes or 0):02}" if shift else "Z"
    return f"T{hour:02}:{int(minute):02}:00{zone}"
