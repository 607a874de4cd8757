"""How a language writes prose: what ends a sentence, and what on a page is not reporting."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, get_args

from harmledger.lexicon.tables import list_languages, load_table

AbbreviationKind = Literal["title", "any", "clock", "number"]
"""What may follow a shortened word: always its name; anything; a day or zone; a number."""

Reach = Literal["stretch", "line", "sentence", "paragraph", "appeal"]
"""How far page furniture reaches: the words that match; from them to the end of their line; their sentence;
their paragraph, which they are the whole of; all that goes on appealing to the reader."""

StampPlace = Literal["head", "opening", "line", "anywhere"]
"""Where a stamp may stand: at the head of the text, after its title or after another stamp; in the first
lines; on a line of its own; anywhere."""

_NEVER: Final = re.compile(r"(?!)")
_BEGIN: Final = r"(?:^|(?<=[.!?…\"')\]] ))"
_YEAR: Final = r"(?:[1١۱][9٩۹]|[2٢۲][0٠۰])\d\d"
_TIME: Final = (
    r"(?P<hour>[01]?\d|2[0-3])(?::(?P<minute>[0-5]\d)(?::[0-5]\d)?|(?P<sharp>[0-5]\d)(?= ?(?:GMT|UTC)))"
    r"(?: ?(?P<half>[AaPp]\.?[Mm]\b\.?))?(?: ?(?P<zone>GMT|UTC)(?P<shift>[+-]\d{1,2}(?::?[0-5]\d)?)?)?"
)
_CLOCK: Final = _TIME.replace("(?= ?(?:GMT|UTC))", "")


@dataclass(frozen=True, slots=True)
class Prose:
    """The words of one language that decide where a sentence ends.

    `openers` are words that open a sentence when they have a capital letter after a shortened word;
    `clock_followers` go on after "a.m."; `lower_names` are names that keep a small letter at the head of a
    sentence; `speech_tag` finds "NAME said." after a quotation; `has_title_runs` tells that pages of the
    language set the titles of other articles above and below an article, without labels.
    """

    abbreviations: Mapping[str, AbbreviationKind]
    openers: frozenset[str]
    clock_followers: frozenset[str]
    lower_names: re.Pattern[str]
    speech_tag: re.Pattern[str]
    has_title_runs: bool = False


@dataclass(frozen=True, slots=True)
class DateWords:
    """How a language writes dates in figures and names: months by name in lower case, 1 to 12."""

    months: Mapping[str, int]
    is_day_first: bool
    month_day_regions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A pattern that tells when a text was published, or where it was filed.

    `name` starts with the language. `cues` are as in `Furniture`; stamps of a head or a line need none.
    The named groups hold the parts of a date and a time: `day1 month1 year1` (30 May 2016), `month2 day2
    year2` (May 30, 2016), `year3 number3 day3` (2016-05-30), `first4 second4 year4` (30-05-2016), `hour`,
    `minute` or `sharp`, `half`, `zone`, `shift`. `gives` is what the example tells.
    """

    name: str
    where: StampPlace
    source: Literal["dateline", "update_stamp"]
    cues: tuple[str, ...]
    expression: str
    words: DateWords
    example: str
    gives: str | None
    counter: str | None

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled when it is first needed: few texts need more than a handful of them."""
        return _compile(self.expression)


@dataclass(frozen=True, slots=True)
class Furniture:
    """A pattern of what stands on a page and is not reporting.

    `name` starts with the language. One of the `cues` is in every match (a line break in a cue is the head of
    a paragraph), so that only sentences with one need be searched. `example` matches, `counter` does not.
    """

    name: str
    reach: Reach
    cues: tuple[str, ...]
    expression: str
    example: str
    counter: str | None

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled when it is first needed."""
        return _compile(self.expression)


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A pattern of the words by which a report names the day it is written: "today, Thursday 2 September".

    `cue` is in every match; `shift` is how many days later than the day named it is written ("yesterday" 1). The named
    groups are `weekday`, and perhaps `day`, `month` and `year`; `weekdays` gives 0 for Monday.
    """

    cue: str
    shift: int
    expression: str
    months: Mapping[str, int]
    weekdays: Mapping[str, int]

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled when it is first needed."""
        return _compile(self.expression)


@dataclass(frozen=True, slots=True)
class Layout:
    """The stamps, furniture and labels of pages in every language, and the words of a report's own day.

    Labels are lines folded to their letters in lower case, with one space between words. `goes_on` finds
    what keeps an appeal going.
    """

    stamps: tuple[Stamp, ...]
    furniture: tuple[Furniture, ...]
    labels: frozenset[str]
    list_labels: frozenset[str]
    goes_on: re.Pattern[str]
    own_days: tuple[OwnDay, ...] = ()


_NO_PROSE: Final = Prose({}, frozenset(), frozenset(), _NEVER, _NEVER)


@cache
def load_prose(language: str | None) -> Prose:
    """Give the prose of a language (BCP 47 tag), without any words where it has no table."""
    primary = language.partition("-")[0].lower() if language else ""
    table = _read(primary).get("sentences")
    if table is None:
        return _NO_PROSE
    return Prose(
        abbreviations={word: kind for kind in get_args(AbbreviationKind) for word in table[kind]},
        openers=frozenset(table["openers"]),
        clock_followers=frozenset(table["clock_followers"]),
        lower_names=re.compile(table["lower_names"]),
        speech_tag=re.compile(table["speech_tag"]),
        has_title_runs=bool(table.get("has_title_runs", False)),
    )


@cache
def load_layout() -> Layout:
    """Give the stamps, furniture and labels of every language that has them, in order.

    All languages at once: what surrounds an article follows the site, not the language of the article.
    """
    tables = [{**table, "language": name} for name in list_languages() if (table := _read(name))]
    going = [f"(?:{table['appeal']['goes_on']})" for table in tables if "appeal" in table]
    return Layout(
        stamps=tuple(stamp for table in tables for stamp in _read_stamps(table)),
        furniture=tuple(piece for table in tables for piece in _read_furniture(table)),
        labels=_gather(tables, "single"),
        list_labels=_gather(tables, "lists"),
        goes_on=re.compile("|".join(going) or "(?!)", re.IGNORECASE),
        own_days=tuple(day for table in tables for day in _read_own_days(table)),
    )


def _read(language: str) -> dict[str, Any]:
    if language not in list_languages():
        return {}
    try:
        return load_table(language, "prose")
    except FileNotFoundError:
        return {}


def _gather(tables: list[dict[str, Any]], name: str) -> frozenset[str]:
    return frozenset(label for table in tables for label in table.get("labels", {}).get(name, ()))


def _read_stamps(table: dict[str, Any]) -> Iterator[Stamp]:
    dates = table.get("dates", {})
    words = DateWords(
        _number_words(dates.get("months", ()), 1),
        dates.get("numeric_order") == "day-month",
        frozenset(dates.get("month_day_regions", ())),
    )
    places = _spell_placeholders(table)
    for entry in table.get("stamps", ()):
        yield Stamp(
            f"{table['language']}: {entry['name']}",
            entry["where"],
            entry["source"],
            tuple(entry.get("cues", ())),
            _fill(entry["pattern"], places),
            words,
            entry["example"],
            entry.get("gives"),
            entry.get("counter"),
        )


def _read_furniture(table: dict[str, Any]) -> Iterator[Furniture]:
    places = _spell_placeholders(table)
    for entry in table.get("furniture", ()):
        yield Furniture(
            f"{table['language']}: {entry['name']}",
            entry["reach"],
            tuple(entry["cues"]),
            _fill(entry["pattern"], places),
            entry["example"],
            entry.get("counter"),
        )


def _read_own_days(table: dict[str, Any]) -> Iterator[OwnDay]:
    places = _spell_placeholders(table)
    months = _number_words(table.get("dates", {}).get("months", ()), 1)
    weekdays = _number_words(table.get("dates", {}).get("days_of_week", ()), 0)
    for entry in table.get("own_days", ()):
        yield OwnDay(entry["cue"], entry["shift"], _fill(entry["pattern"], places), months, weekdays)


def _number_words(lists: Iterable[Iterable[str]], first: int) -> dict[str, int]:
    return {name.lower(): number for number, names in enumerate(lists, first) for name in names}


@cache
def _compile(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.MULTILINE)


def _fill(pattern: str, placeholders: dict[str, str]) -> str:
    for name, part in placeholders.items():
        pattern = pattern.replace(f"{{{name}}}", part)
    return pattern


def _spell_placeholders(table: dict[str, Any]) -> dict[str, str]:
    """Give what the placeholders of the table's patterns stand for."""
    dates = table.get("dates", {})
    months = _one_of(name for names in dates.get("months", ()) for name in names)
    date = _spell_date(months)
    return {
        "months": f"(?:{months})",
        "year": _YEAR,
        "date": date,
        "any_date": re.sub(r"\?P<\w+>", "?:", date.replace("(?P=mark)", "[-/.]").removeprefix(r"(?<!\d)")),
        "yearless": rf"(?:(?P<month5>{months})\.? (?P<day5>\d{{1,2}})|(?P<day6>\d{{1,2}}) (?P<month6>{months}))\b",
        "time": _TIME,
        "clock": _CLOCK,
        "weekday": f"(?:{_one_of(dates.get('weekdays', ()))})\\b\\.?",
        "agency": f"(?:{_one_of(table.get('names', {}).get('agencies', ()))})\\b",
        "begin": _BEGIN,
    }


def _spell_date(months: str) -> str:
    """Give a pattern of a full date; the figures of a day and a year may touch ("Apr 092017")."""
    ordinal = r"(?:st|nd|rd|th)?"
    return (
        rf"(?<!\d)(?:(?P<day1>\d{{1,2}}){ordinal}[ .-]?(?P<month1>{months})\.?[,،]?[ -](?P<year1>{_YEAR})"
        rf"|(?P<month2>{months})\.? ?(?P<day2>\d{{1,2}}){ordinal}[,،]? ?(?P<year2>{_YEAR})"
        rf"|(?P<year3>{_YEAR})[-/.](?P<number3>\d{{1,2}})[-/.](?P<day3>\d{{1,2}})(?!\d)"
        rf"|(?P<first4>\d{{1,2}})(?P<mark>[-/.])(?P<second4>\d{{1,2}})(?P=mark)(?P<year4>{_YEAR})(?!\d))"
    )


def _one_of(words: Any) -> str:
    """Give a pattern of any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
