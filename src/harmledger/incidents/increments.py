"""Figures that come on top of earlier ones: "another five", "two more died in hospital", "the bodies of the missing"."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, Literal, get_args

from harmledger.incidents.mentions import reads_as_figure
from harmledger.lexicon.numbers import load_number_words
from harmledger.lexicon.phrases import load_growth_words
from harmledger.lexicon.tables import list_languages
from harmledger.records.claim import Claim

Increment = Literal["late_deaths", "found_dead", "more_bodies"]
"""Why a later figure is on top of the earlier ones: those counted were wounded before, or missing, or found since.

"Another five" of a later report is none: it may be five beside one whom the report named.
"""

TAIL: Final = 40
"""Code points behind a figure's cue that still speak of it, unless another cue begins there."""

_WORD: Final = re.compile(r"\w+")


def is_further(claim: Claim) -> bool:
    """Tell whether the words of a count put it on top of one told before ("another five", "six more")."""
    return (
        claim.harm == "killed"
        and not claim.part_of
        and claim.count is not None
        and bool(claim.count.wording)
        and _is_additional(claim.count.wording, claim.cue.text)
    )


@cache
def _is_additional(wording: str, cue: str) -> bool:
    """Tell whether the words of a count, or the word right behind them in the cue, put it on top of another."""
    words = _WORD.findall(wording.casefold())
    behind = _WORD.findall(cue.casefold().partition(wording.casefold())[2])[:1]
    return any(
        not before.isdisjoint(words[:1]) or not after.isdisjoint(behind) for before, after in _list_further()
    )


@cache
def _list_further() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    tables = (load_number_words(language) for language in list_languages())
    return tuple((frozenset(table.additional_before), frozenset(table.additional_after)) for table in tables)


def read_increment(claims: Sequence[Claim]) -> Increment | None:
    """Tell why all people killed that the claims count come on top of earlier figures; None where one of the claims
    gives a figure of its own.

    "The toll rose to 41 after two died in hospital" gives a figure of its own.
    """
    found: set[Increment] = set()
    for claim in claims:
        if claim.harm == "killed" and not claim.part_of and reads_as_figure(claim):
            increment = _read_claim(claim, claims)
            if increment is None:
                return None
            found.add(increment)
    return next((one for one in get_args(Increment) if one in found), None)


def _read_claim(claim: Claim, others: Sequence[Claim]) -> Increment | None:
    words = load_growth_words()
    told = _cut_words(claim, others)
    if words.tell_found_dead(told):
        return "found_dead"
    if words.tell_late_death(told):
        return "late_deaths"
    return "more_bodies" if words.tell_more_bodies(told) else None


def _cut_words(claim: Claim, others: Sequence[Claim]) -> str:
    """Give the words of a claim's figure, with a little of what follows, up to the next figure of the sentence."""
    start, end = claim.cue.start - claim.evidence.start, claim.cue.end - claim.evidence.start
    behind = (
        one.cue.start - claim.evidence.start
        for one in others
        if one.document == claim.document and one.cue.start >= claim.cue.end and one.count is not None
    )
    stop = min([end + TAIL, *behind])
    return claim.evidence.text[max(0, start) : max(end, stop)]


def is_led_to(first: Claim, second: Claim) -> bool:
    """Tell whether the words between two figures of a sentence, the second behind the first, make the second what led
    to the first: "41 after two more"."""
    start = first.evidence.start
    return load_growth_words().leads(first.evidence.text[first.cue.end - start : second.cue.start - start])
