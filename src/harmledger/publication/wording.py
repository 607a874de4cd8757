"""Labels and phrases of a language: figures, dates and the closed lists in words."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from harmledger.records.incident import Extent, GroupExtent
from harmledger.records.place import Place
from harmledger.records.time import Time


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

    def label(self, vocabulary: str, term: str) -> str:
        """Give a term of a closed list in words; a term without a label is shown as it is."""
        return str(self.tables[vocabulary].get(term, term.replace("_", " ")))

    def phrase(self, name: str, **parts: object) -> str:
        """Give a phrase with its parts filled in."""
        return str(self.tables["phrases"][name]).format(**parts)

    def list_labels(self, vocabulary: str, terms: Sequence[str]) -> str:
        """Give the terms in words, in order, with commas."""
        return ", ".join(self.label(vocabulary, term) for term in terms)

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
        one, many = self.tables["counted"].get(group, (group, group))
        known = [figure for figure in (bounds.low, bounds.high, bounds.best) if figure is not None]
        if not known:
            return str(many)
        noun = one if max(known) == 1 else many
        return self.phrase("of_them", figure=self.figure(bounds, is_open), group=noun)

    def number(self, value: int | None) -> str:
        """Give a number with thousands set apart by a narrow no-break space."""
        return "" if value is None else f"{value:,}".replace(",", "\u202f")

    def digits(self, text: str) -> str:
        """Give a text with its digits as the language writes them."""
        return text

    def day(self, iso: str) -> str:
        """Give a date as day, month in words, year."""
        year, month, day = iso.split("-")
        return f"{int(day)} {self.tables['months'][int(month) - 1]} {int(year)}"

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
        clock = iso[11:16]
        return f"{day}, {clock}" if clock else day

    def time(self, time: Time | None) -> str:
        """Give an interval in words, as vague as it is."""
        if time is None:
            return self.phrase("no_time")
        if time.start == time.end:
            return self.day(time.start)
        year, month, _ = time.start.split("-")
        if time.precision == "month":
            return f"{self.tables['months'][int(month) - 1]} {year}"
        if time.precision == "year":
            return year
        month_name, first, end = (
            self.tables["months"][int(month) - 1],
            int(time.start[8:]),
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
            district = place.admin2 or place.admin1 or place.country
            return self.phrase("site_in", area=district) if district else self.phrase("no_place")
        parts = [part for part in dict.fromkeys((name, place.admin1)) if part]
        return ", ".join(parts) or place.country or self.phrase("no_place")


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
    """Load a language's words. Raises FileNotFoundError for a language that has none."""
    with files("harmledger.publication").joinpath("words", f"{language}.toml").open("rb") as handle:
        return Wording(tomllib.load(handle))
