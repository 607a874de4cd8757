"""A language's words of harm, people, places hit, means, speech and grammar, and the register of known bodies."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from harmledger.lexicon.inflection import inflect_word, load_paradigms
from harmledger.lexicon.tables import load_register, load_table
from harmledger.lexicon.toponyms import load_toponyms

TOPICS = ("harm", "people", "targets", "means", "speech", "actors", "grammar")
"""The data files of a language that hold words, in the order in which their readings are tried."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word or phrase, the mark's category it belongs to, and what it means there.

    `is_derived` tells that a rule of inflection made it: a word of the tables that looks the same goes before it.
    """

    text: str
    category: str
    value: str
    topic: str
    is_derived: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """A known public body: neutral name, its role as a voice, and the side it belongs to, if any."""

    name: str
    role: str
    side: str | None
    names: tuple[tuple[str, tuple[str, ...]], ...]


def list_words(language: str) -> Iterator[Word]:
    """Give every word of the language's topic files with its regular forms, then the names of the register in that
    language."""
    paradigms = load_paradigms(language)
    for topic in TOPICS:
        for category, values in load_table(language, topic).items():
            for value, texts in values.items():
                for text in texts:
                    yield Word(text, category, value, topic)
                    for form, of_form in inflect_word(text, category, paradigms) if paradigms else ():
                        yield Word(form, of_form, value, topic, is_derived=True)
    toponyms = load_toponyms(language)
    for level_text, level in toponyms.levels.items():
        yield Word(level_text, "LEVEL", level, "toponyms")
    for direction_text, direction in toponyms.directions.items():
        yield Word(direction_text, "DIRECTION", direction, "toponyms")
    for body in load_bodies():
        for tag, texts in body.names:
            if tag == language:
                for text in texts:
                    yield Word(text, "BODY", body.name, "register")


@cache
def load_bodies() -> tuple[Body, ...]:
    """Give the register of known voices, in the order of its file."""
    return tuple(
        Body(
            entry["name"],
            entry["role"],
            entry.get("side"),
            tuple((tag, tuple(names)) for tag, names in sorted(entry.items()) if isinstance(names, list)),
        )
        for entry in load_register("bodies")["body"]
    )


@cache
def find_homes(party: str | None) -> frozenset[str]:
    """Give the countries (ISO 3166-1 alpha-2) where the party or body of that neutral name is at home; none where unknown."""
    return frozenset(load_register("homes")["home"].get(party, ()))


@cache
def name_local_side(side: str, country: str | None) -> str:
    """Give the neutral name of whom a word that any country has means in reports about the country: `side` is
    "government", "rebels", "coalition" or "occupation"."""
    homes = load_register("homes")
    return str(homes["local"].get(country, {}).get(side) or homes["general"][side])


@cache
def find_body(name: str) -> Body | None:
    """Give the registered body of that neutral name."""
    return next((body for body in load_bodies() if body.name == name), None)
