"""Reasons of a grade in the words of a page: the record has them in English, with names and numbers in them."""

import re
from functools import cache
from typing import Final

from harmledger.incidents.bodies import fold_body
from harmledger.lexicon.words import load_bodies
from harmledger.publication.wording import Wording, load_wording

_CODE: Final = re.compile(r"^[a-z]+(?:-[a-z]+)*: ")
"""The code of a reason, such as two-origins, before its words."""

_PLACE: Final = re.compile(r"\\{(\w+)\\}")
_GRADES: Final = ("grade", "certainty")


def tell_reason(reason: str, words: Wording) -> str:
    """Give a reason, or what would change a grade, as a sentence of a page, without its code."""
    told = translate_reason(_CODE.sub("", reason), words)
    return told[:1].upper() + told[1:]


def translate_reason(text: str, words: Wording) -> str:
    """Give the words of a reason, a change or a rule in the language of a page; what is not known stays as it is."""
    return _tell(text, words) or _tell_change(text, words) or _tell_each(text, words) or text


def _tell(text: str, words: Wording) -> str | None:
    for pattern, name in _load_patterns():
        match = pattern.fullmatch(text)
        if match is not None:
            parts = {place: _fill(place, value, words) for place, value in match.groupdict().items()}
            return str(words.tables["reasons"][name]).format(**parts)
    return None


def _tell_change(text: str, words: Wording) -> str | None:
    """Tell what would change a grade, with the grade that it would lead to: "one more independent origin: fair"."""
    what, _, value = text.rpartition(": ")
    told = _tell(what, words) if what else None
    label = next((words.label(table, value) for table in _GRADES if value in words.tables[table]), None)
    return None if told is None or label is None else f"{told}: {label.lower()}"


def _tell_each(text: str, words: Wording) -> str | None:
    told = [_tell(part, words) for part in text.split("; ")]
    return None if None in told else words.phrase("reasons_join").join(part for part in told if part)


def _fill(place: str, value: str, words: Wording) -> str:
    if place == "count":
        return words.number(int(value)) if value.isdecimal() else value
    return words.comma.join(words.name_body(_find_name(name)) for name in value.split(", "))


def _find_name(name: str) -> str:
    """Give a party's own name; those that blame is compared by are folded."""
    return _load_names().get(name, name)


@cache
def _load_names() -> dict[str, str]:
    return {fold_body(body.name): body.name for body in load_bodies()}


@cache
def _load_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Give the English sentences as patterns, those without places of names first."""
    told = load_wording("en").tables["reasons"]
    ordered = sorted(told.items(), key=lambda item: "{" in item[1])
    return tuple((re.compile(_PLACE.sub(r"(?P<\1>.+?)", re.escape(text))), name) for name, text in ordered)
