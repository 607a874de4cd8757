"""Carrying: what a claim's own sentence does not tell is taken from what the document told before."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Final

from harmledger.claims.context import Context
from harmledger.claims.drafts import Draft
from harmledger.claims.toponyms import Toponym
from harmledger.records.claim import Voice
from harmledger.records.place import Place
from harmledger.records.time import Time

LONGEST_DAY: Final = 3
"""Days that a day's total may touch; a longer time in its sentence belongs to something else."""
WIDE: Final = frozenset({"province", "country"})
"""Precisions of a place that is too wide for one attack."""
_KEPT_PLACES: Final = 4096


def settle_where_and_when(
    draft: Draft, place: Place | None, time: Time | None, voice: Voice, context: Context
) -> tuple[Place | None, Time | None, str | None]:
    """Give place, time and means of a draft, from its sentence or carried, and remember them for the next.

    A possible or an earlier event takes nothing and leaves nothing; a running total stands for the widest
    area of the document.
    """
    if draft.scope in {"hypothetical", "background"}:
        return place, time, draft.means or draft.means_alone
    if draft.kind == "toll" and not draft.is_subset:
        context.last_total, context.last_voice = draft, voice
    if draft.scope == "since_date":
        context.since = time or context.since
        return place or carry_place(context.area or context.place), time, draft.means or draft.means_alone
    if draft.scope == "area_day" and time is not None and _lasts(time) > LONGEST_DAY:
        time = None
    if place is not None and place.precision == "country" and _holds(place, context.place):
        place = None
    if place is None and draft.kind == "media" and draft.parsed.sentence.paragraph != context.paragraph:
        place = carry_place(context.scene)
    else:
        _remember_place(draft, place, context)
    _remember(draft, time, voice, context)
    return (
        place or carry_place(context.place),
        time or _carry_time(context.time),
        draft.means or context.means or draft.means_alone,
    )


def _lasts(time: Time) -> int:
    return (date.fromisoformat(time.end) - date.fromisoformat(time.start)).days


def _remember_place(draft: Draft, place: Place | None, context: Context) -> None:
    context.paragraph = draft.parsed.sentence.paragraph
    if place is None or place.name is None:
        return
    if draft.kind == "attribution" and draft.stance == "denied" and context.place is not None:
        return  # where a denial tells of an attack that nobody has told yet, it is there
    context.place = place
    context.scene = context.scene or place
    if place.precision in WIDE and context.area is None:
        context.area = place


def _remember(draft: Draft, time: Time | None, voice: Voice, context: Context) -> None:
    if time is not None:
        context.time = time
        context.event = context.event or time
    context.means = draft.means or context.means
    if draft.is_subset:
        if draft.whole is None and draft.harm is not None:
            draft.whole = context.totals.get(draft.harm)
    elif draft.is_told_of and is_counted_in(draft, context.totals.get(draft.harm or "")):
        draft.whole = context.totals[draft.harm or ""]
    elif draft.harm and draft.kind == "toll" and draft.stance != "denied":
        context.totals.pop(draft.harm, None)
        context.totals[draft.harm] = draft
        context.voices[draft.harm] = voice


def is_counted_in(one: Draft, total: Draft | None) -> bool:
    """Tell whether those told by name, or told of, are some of those counted before; "his two sons" do not count him."""
    if total is None or total is one or (total.victims is not None and total.victims.article == "own"):
        return False
    count = total.count
    return count is not None and max(count.value or 0, count.low or 0, count.high or 0) > 1


def take_place(toponym: Toponym | None) -> Place | None:
    """Give the place a toponym was settled to, with its words; None where the gazetteer does not know it."""
    candidate = toponym.settled.candidate if toponym is not None and toponym.settled is not None else None
    if candidate is None or toponym is None:
        return None
    place = candidate.place
    return place if place.wording == toponym.wording else replace(place, wording=toponym.wording)


def name_unknown(toponym: Toponym | None) -> Place | None:
    """Give a place that the gazetteer does not know by its wording alone: it is not some other place."""
    return Place(None, toponym.wording) if toponym is not None else None


def carry_place(place: Place | None) -> Place | None:
    """Give a place told earlier to a claim whose own words name none."""
    return place if place is None or place.wording is None else _forget_wording(place)


@lru_cache(maxsize=_KEPT_PLACES)
def _forget_wording(place: Place) -> Place:
    return replace(place, wording=None)


def _carry_time(time: Time | None) -> Time | None:
    return time if time is None or time.wording is None else replace(time, wording=None)


def _holds(country: Place, place: Place | None) -> bool:
    return place is not None and place.country == country.country and place.precision != "country"
