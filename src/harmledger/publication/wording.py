"""Labels and phrases of a language: figures, dates and the closed lists in words."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from harmledger.lexicon.letters import is_right_to_left
from harmledger.lexicon.words import find_body
from harmledger.records.incident import Extent, GroupExtent
from harmledger.records.place import Place
from harmledger.records.time import Time

if TYPE_CHECKING:
    from babel import Locale


_ZEROS: Final = {"arab": "\u0660", "arabext": "\u06f0", "beng": "\u09e6", "deva": "\u0966", "mymr": "\u1040"}
"""The nought of a numbering system whose digits stand in a row (Unicode); others are written with ours."""
_ARTICLE: Final = re.compile(r"^(?:an?|one|the) ")
_ISOLATE, _RELEASE = "\u2068", "\u2069"
"""Around a name that may run the other way than the page (UAX 9)."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language, from publication/words/<language>.toml."""

    tables: Mapping[str, Any]

    @property
    def language(self) -> str:
        """The language's BCP 47 tag."""
        return str(self.tables["language"])

    @property
    def direction(self) -> str:
        """Writing direction, ltr or rtl."""
        return str(self.tables["direction"])

    @property
    def comma(self) -> str:
        """What stands between the items of a list."""
        return str(self.tables.get("comma", ", "))

    @property
    def reading_language(self) -> str:
        """The language by whose patterns names are recognised in evidence: pages in one language quote another."""
        return str(self.tables.get("reads", self.language))

    def choose_form(self, count: int) -> str:
        """Give the plural form of a count (CLDR): one, two, few, many or other; in English one or many."""
        locale = self.tables.get("locale")
        if locale is None:
            return "one" if count == 1 else "many"
        return str(_load_locale(locale).plural_form(count))

    def label(self, vocabulary: str, term: str) -> str:
        """Give a term of a closed list in words; a term without a label is shown as it is."""
        return str(self.tables[vocabulary].get(term, term.replace("_", " ")))

    def phrase(self, name: str, **parts: object) -> str:
        """Give a phrase with its parts filled in."""
        return str(self.tables["phrases"][name]).format(**parts)

    def count_phrase(self, name: str, count: int, **parts: object) -> str:
        """Give a phrase in the form that the count asks for: `name`_one, `name`_many, and what the language has beside."""
        known = self.tables["phrases"]
        told = known.get(f"{name}_{self.choose_form(count)}") or known[f"{name}_many"]
        return str(told).format(count=self.number(count), **parts)

    def list_labels(self, vocabulary: str, terms: Sequence[str]) -> str:
        """Give the terms in words, in order, with commas."""
        return self.comma.join(self.label(vocabulary, term) for term in terms)

    def figure(self, bounds: Extent | GroupExtent, is_open: bool = False) -> str:
        """Give bounds in words: "38", "at least 23", "up to 30", "23–50", "23–50 or more"."""
        low, high = bounds.low, bounds.high
        if low is None and high is None:
            return self.number(bounds.best) if bounds.best is not None else self.phrase("none_said")
        if low is None:
            return self.phrase("at_most", high=self.number(high))
        if high is None or (is_open and low == high):
            return self.phrase("at_least", low=self.number(low))
        if low == high:
            return self.phrase("exactly", low=self.number(low))
        name = "range_open" if is_open else "range"
        return self.phrase(name, low=self.number(low), high=self.number(high))

    def total(self, low: int | None, best: int | None, high: int | None, is_open: bool) -> str:
        """Give a total in words, its best figure first where accounts differ; "—" where nobody gives a figure."""
        if best is None:
            return self.phrase("none_said")
        bounds = self.figure(Extent(low, high, best, is_open), is_open)
        return bounds if low == high else self.phrase("best_of", best=self.number(best), bounds=bounds)

    def counted(self, bounds: Extent | GroupExtent, group: str, is_open: bool = False) -> str:
        """Give bounds with their noun: "2 hospitals", "at least 1 child"; the noun alone where nothing is counted."""
        one, many, *rest = self.tables["counted"].get(group, (group, group))
        known = [figure for figure in (bounds.low, bounds.high, bounds.best) if figure is not None]
        if not known:
            return str(many)
        form = self.choose_form(max(known))
        noun = {"one": one, "two": one, "many": (rest or [many])[0], "other": one if rest else many}.get(
            form, many
        )
        return self.phrase("of_them", figure=self.figure(bounds, is_open), group=noun)

    def number(self, value: int | None) -> str:
        """Give a number with thousands set apart by a narrow no-break space."""
        if value is None:
            return ""
        return self.digits(f"{value:,}".replace(",", _find_separator(self.tables.get("locale"))))

    def digits(self, text: str) -> str:
        """Give a text with its digits as the language writes them."""
        locale = self.tables.get("locale")
        return text if locale is None else text.translate(_list_digits(locale))

    def day(self, iso: str) -> str:
        """Give a date as day, month in words, year."""
        year, month, day = iso.split("-")
        return self.digits(f"{int(day)} {self.tables['months'][int(month) - 1]} {int(year)}")

    def stamp(self, iso: str | None) -> str | None:
        """Give a publication time in words: the day, and the clock time as published where there is one.

        What is not ISO 8601 is given as it is.
        """
        if not iso:
            return None
        try:
            day = self.day(date.fromisoformat(iso[:10]).isoformat())
        except ValueError:
            return iso
        clock = self.digits(iso[11:16])
        return self.comma.join((day, clock)) if clock else day

    def time(self, time: Time | None) -> str:
        """Give an interval in words, as vague as it is."""
        if time is None:
            return self.phrase("no_time")
        if time.start == time.end:
            return self.day(time.start)
        year, month, _ = time.start.split("-")
        if time.precision == "month":
            return self.digits(f"{self.tables['months'][int(month) - 1]} {year}")
        if time.precision == "year":
            return self.digits(year)
        month_name, first, end = (
            self.tables["months"][int(month) - 1],
            self.digits(str(int(time.start[8:]))),
            self.day(time.end),
        )
        if time.start[:7] == time.end[:7]:
            return self.phrase("day_span_month", first=first, end=end)
        if time.start[:4] == time.end[:4]:
            return self.phrase("day_span_year", first=first, month=month_name, end=end)
        return self.phrase("day_span", start=self.day(time.start), end=end)

    def place(self, place: Place | None) -> str:
        """Give a place without coordinates: name and province. A single site is named by its area alone."""
        if place is None:
            return self.phrase("no_place")
        name = place.name or place.wording
        if place.precision == "site" or (name is None and place.precision in ("district", "neighbourhood")):
            district = place.admin2 or place.admin1 or self.name_territory(place.country)
            area = district and self.name_place(district, place.country)
            return self.phrase("site_in", area=area) if area else self.phrase("no_place")
        parts = [self.name_place(part, place.country) for part in dict.fromkeys((name, place.admin1)) if part]
        return self.comma.join(parts) or self.name_territory(place.country) or self.phrase("no_place")

    def name_place(self, name: str, country: str | None) -> str:
        """Give a place's name as the language has it, where the overlay tells; else as it is, kept apart from the words
        around it where they run the other way."""
        from harmledger.places.local_names import find_local_name

        return self.isolate(find_local_name(name, country, self.language) or name)

    def name_country(self, name: str) -> str:
        """Give a country's name as the language has it (CLDR), by its English one; as it is where that is not known."""
        locale = self.tables.get("locale")
        return name if locale is None else _list_countries(locale).get(name, name)

    def name_territory(self, code: str | None) -> str:
        """Give a country's name in the language by its code (ISO 3166-1, CLDR); the code where that is not known."""
        if not code:
            return ""
        return str(_load_locale(self.tables.get("locale") or self.language).territories.get(code, code))

    def name_voice(self, name: str, role: str | None) -> str:
        """Give a voice's name in the language: a body's own; of those who are called by what they are ("rescuers") the word,
        or their role with the name beside it."""
        told = self.name_body(name)
        if self.language == "en" or told != self.isolate(name):
            return told
        word = self.tables["voices"].get(_ARTICLE.sub("", name[:1].lower() + name[1:]))
        if word is not None:
            return str(word)
        is_common = name == name.lower() and not is_right_to_left(name)
        return f"{self.label('role', role)} ({told})" if role and is_common else told

    def name_body(self, name: str) -> str:
        """Give a body's or a party's name as the language has it, where the register or the language's own table tells."""
        if self.language != "en":
            body = find_body(name)
            own = dict(body.names).get(self.language) if body else None
            told = own[0] if own else self.tables["bodies"].get(name)
            if told:
                return str(told)
        return self.isolate(name)

    def isolate(self, text: str) -> str:
        """Keep a text apart from the words around it where it runs the other way than they do (UAX 9)."""
        is_apart = self.direction == "rtl" and not is_right_to_left(text)
        return f"{_ISOLATE}{text}{_RELEASE}" if is_apart else text


@cache
def list_languages() -> tuple[str, ...]:
    """Give the languages that pages can be written in, English first."""
    found = {
        path.name.removesuffix(".toml")
        for path in files("harmledger.publication").joinpath("words").iterdir()
    }
    return ("en", *sorted(found - {"en"}))


@cache
def load_wording(language: str = "en") -> Wording:
    """Load a language's words; what it lacks is English. Raises FileNotFoundError for a language that has none."""
    with files("harmledger.publication").joinpath("words", f"{language}.toml").open("rb") as handle:
        tables = tomllib.load(handle)
    return Wording(tables if language == "en" else _complete(tables, load_wording("en").tables))


def _complete(own: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Fill what one language's tables lack from another's."""
    told = {**other, **own}
    for key, value in other.items():
        if isinstance(value, Mapping) and isinstance(own.get(key), Mapping):
            told[key] = _complete(own[key], value)
    return told


@cache
def _load_locale(name: str) -> "Locale":
    from babel import Locale

    return Locale.parse(name)


_ATLAS_NAMES: Final = {
    "Bosnia and Herz.": "BA",
    "Central African Rep.": "CF",
    "Congo": "CG",
    "Côte d'Ivoire": "CI",
    "Dem. Rep. Congo": "CD",
    "Dominican Rep.": "DO",
    "Eq. Guinea": "GQ",
    "Macedonia": "MK",
    "Myanmar": "MM",
    "Palestine": "PS",
    "S. Sudan": "SS",
    "Turkey": "TR",
    "United States of America": "US",
    "W. Sahara": "EH",
    "eSwatini": "SZ",
}
"""Countries that the atlas of outlines (Natural Earth) spells otherwise than CLDR does, by their codes (ISO 3166-1)."""


@cache
def _list_countries(name: str) -> Mapping[str, str]:
    own, english = _load_locale(name).territories, _load_locale("en").territories
    named = {told: own[code] for code, told in english.items() if code in own}
    return named | {told: own[code] for told, code in _ATLAS_NAMES.items() if code in own}


@cache
def _list_digits(name: str) -> dict[int, str]:
    """Give the digits of a locale by ours, as its own numbering system has them (CLDR)."""
    first = _ZEROS.get(_load_locale(name).default_numbering_system, "0")
    return {ord("0") + n: chr(ord(first) + n) for n in range(10)}


@cache
def _find_separator(name: str | None) -> str:
    """Give what sets thousands apart: a narrow no-break space, or what the locale has."""
    if name is None:
        return "\u202f"
    from babel.numbers import get_group_symbol

    return get_group_symbol(_load_locale(name), numbering_system="default")
