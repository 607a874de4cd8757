"""Scope and stance: one attack, an area and a day, a running total, another event, or only a possibility."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from harmledger.claims.carrying import WIDE, take_place
from harmledger.claims.categories import join_bits
from harmledger.claims.chunks import Chunk
from harmledger.claims.drafts import Draft
from harmledger.claims.nearness import BOUNDARIES
from harmledger.claims.rules import get_letter
from harmledger.claims.settling import measure_km
from harmledger.claims.toponyms import Toponym
from harmledger.ranges.times import TimeMention
from harmledger.records.place import Place
from harmledger.records.time import Time

_FICTION: Final = get_letter("FICTION")
_DAYWIDE: Final = join_bits("DAYWIDE")
BACKGROUND_DAYS: Final = 10
"""An event that ended this many days before the one the report is about is another, earlier event."""
MASS: Final = 1000
"""A number of displaced people from which on, without a day, it is a stock."""
_MASS_KILLED: Final = 5_000
"""Most people killed or hurt that one report may put on one attack or one day."""
_DAY_REACH: Final = 2
"""Days that "the past 24 hours" and "since Wednesday afternoon" may touch beyond the first."""
_SEVERAL: Final = 3
_ANEW: Final = frozenset({"PLACE", "TIME", "MEANS", "HIT_ED"})
"""Kinds that begin to tell of another attack."""
_MANY_ATTACKS: Final = 5
"""A number of attacks from which on those harmed by them are a sum over the period in which they were counted."""
_HUNDREDS: Final = 200
"""What "hundreds" counts at least."""
_LONG: Final = frozenset({"week", "month", "year"})
"""Precisions of a time that no single attack fills: "24 civilians were killed in September"."""
_FAR_KM: Final = 25.0
"""Places farther apart are not struck by one attack."""
_APART: Final = frozenset({"settlement", "district", "province"})
"""Precisions of places that lists of several attacks name."""
_LEADING: Final = frozenset({"IN", "OF", "DIRECTION", "LEVEL", "DET", "NEAR"})
_FINITE: Final = frozenset(
    {"COMMA", "AUX", "HAVE", "HARM_ED", "HIT_ED", "SAY", "DAMAGE_ED", "UNDERGO", "LEAVE"}
)


def judge_stance(draft: Draft) -> str:
    """Give hedged where the words around the cue say feared, reportedly, believed to; else as drafted."""
    if draft.stance != "asserted":
        return draft.stance
    return "hedged" if "FEAR" in _list_clause_kinds(draft) else draft.stance


def judge_scope(
    draft: Draft,
    mention: TimeMention | None,
    time: Time | None,
    place: Place | None,
    event: Time | None,
    is_placed: bool,
) -> tuple[str, str]:
    """Give the scope and the name of the rule that decided it.

    `event` is the time the report is about; `is_placed` tells that the sentence itself names the place.
    """
    if _is_possible(draft):
        return "hypothetical", "scope.modal"
    if _FICTION in draft.parsed.letters:
        return "hypothetical", "scope.fiction"
    kinds = _list_clause_kinds(draft)
    if draft.kind in {"toll", "displacement"} and _is_mass(draft, _MASS_KILLED):
        return "since_date", "scope.mass"
    if time is not None and mention is not None and mention.kind in {"since", "period"}:
        days = (date.fromisoformat(time.end) - date.fromisoformat(time.start)).days
        if days <= _DAY_REACH and mention.kind == "since":
            return "area_day", "scope.past-day"
        if (
            days > _DAY_REACH
            and (mention.kind == "since" or time.precision == "period")
            and not _ended_before(time, event)
        ):
            return "since_date", "scope.since"
    elif mention is not None and mention.kind == "since":
        return "since_date", "scope.since"
    if draft.kind == "toll" and time is not None and time.precision in _LONG and not _names_one(draft):
        return "since_date", "scope.long-period"
    if "RUNNING" in kinds:
        return "since_date", "scope.running-words"
    if draft.kind == "toll" and mention is None and _sums_attacks(draft):
        return "since_date", "scope.sums-attacks"
    if mention is None and _is_stock(draft, is_placed):
        return "since_date", "scope.stock"
    if "EARLIER" in kinds or _ended_before(time, event) or _is_forerunner(draft):
        return "background", "scope.earlier-event"
    if draft.kind in {"toll", "attack", "damage"} and _is_wide(draft, place):
        return "area_day", "scope.wide-area"
    return "attack", "scope.one-attack"


def _sums_attacks(draft: Draft) -> bool:
    """Tell whether the number is that of many attacks over a period, which its sentence counts before it: "documented over
    the past year 75 raids, which led to the death of 29"."""
    before = draft.parsed.chunks[: draft.first]
    cause = next((i for i in range(len(before) - 1, -1, -1) if before[i].kind == "CAUSE"), None)
    if cause is None or any(chunk.kind in _ANEW for chunk in before[cause:]):
        return False
    before = before[:cause]
    many = next((i for i in range(len(before) - 1, -1, -1) if _counts_many(before[i])), None)
    return many is not None and any(
        isinstance(chunk.data, TimeMention) and chunk.data.kind in {"since", "period"}
        for chunk in before[:many]
    )


def _counts_many(chunk: Chunk) -> bool:
    count = chunk.count
    return (
        chunk.kind == "MEANS" and chunk.counted and count is not None and (count.value or 0) >= _MANY_ATTACKS
    )


def refers_to_many(draft: Draft) -> bool:
    """Tell whether the sentence goes on about attacks told before it: "those attacks killed 54", "(and) led to the
    death of 29"."""
    chunks = draft.parsed.chunks
    kinds = [chunk.kind for chunk in chunks[:2]]
    if kinds[:1] == ["CAUSE"] or kinds == ["AND", "CAUSE"]:
        return True
    return any(
        one.readings.get("DET") == "demonstrative" and other.kind == "MEANS" and other.many
        for one, other in pairwise(chunks[: draft.last + 1])
    )


def _names_one(draft: Draft) -> bool:
    """Tell whether the sentence names one attack or one weapon ("a raid in May"); "shelling" beside "air strikes" is not."""
    means = [chunk for chunk in draft.parsed.chunks if chunk.kind == "MEANS"]
    has_many = any(chunk.many for chunk in means)
    return any(not chunk.many and (chunk.article is not None or not has_many) for chunk in means)


def _is_stock(draft: Draft, is_placed: bool) -> bool:
    """Tell whether a number without a day has grown over a period (IDMC's stock): people displaced without an
    attack named beside them, hundreds killed of whom nothing more is told, and several places that "have been
    destroyed" nowhere in particular.
    """
    if draft.kind == "displacement":
        attacked = any(
            chunk.kind in {"MEANS", "HIT_ED", "HIT_ING", "HARM_ED", "HARM_ING", "DAMAGE_ED"}
            for chunk in _list_others(draft)
        )
        return _is_perfect(draft) or _is_mass(draft, MASS) or not attacked
    if draft.kind == "toll":
        return not is_placed and _is_vague_mass(draft) and not _tells_attack(draft)
    return draft.kind == "damage" and not is_placed and _is_perfect(draft) and _is_mass(draft, _SEVERAL)


def _is_vague_mass(draft: Draft) -> bool:
    """ "Hundreds of people have been killed": no count of one attack's dead."""
    is_vague = draft.count is not None and draft.count.quantifier == "unspecified"
    return is_vague and _is_mass(draft, _HUNDREDS)


def _tells_attack(draft: Draft) -> bool:
    """Tell whether the sentence names an attack or a weapon beside those harmed."""
    return any(chunk.kind in {"MEANS", "HIT_ED", "HIT_ING", "EXPLODE"} for chunk in draft.parsed.chunks)


def _list_others(draft: Draft) -> list[Chunk]:
    return [*draft.parsed.chunks[: draft.first], *draft.parsed.chunks[draft.last + 1 :]]


def _is_perfect(draft: Draft) -> bool:
    """ "have been forced to flee": a stock of displaced people, not the flow of one day (IDMC)."""
    chunks = draft.parsed.chunks[draft.first : draft.last + 1]
    return any(chunk.kind == "HAVE" or chunk.value == "perfect" for chunk in chunks)


def _is_mass(draft: Draft, least: int) -> bool:
    """A number that grows over a period: thousands who fled, many thousands killed."""
    count = draft.count
    return count is not None and max(count.value or 0, count.low or 0, count.high or 0) >= least


def _is_possible(draft: Draft) -> bool:
    """A modal before the cue, with nothing that closes its clause between the two."""
    for chunk in reversed(draft.parsed.chunks[: draft.last + 1]):
        if chunk.kind == "MODAL":
            return True
        if chunk.start < draft.start and (chunk.kind in BOUNDARIES or chunk.kind in {"COMMA", "SAY"}):
            break
        if chunk.kind == "AND" and draft.parsed.chunks[draft.first].kind in {"PEOPLE", "QTY"}:
            break
    return draft.kind in {"attack", "damage"} and _is_subject_of_modal(draft)


def _is_subject_of_modal(draft: Draft) -> bool:
    """ "An attack on the port could kill": the first verb after the cue is a possibility."""
    for chunk in draft.parsed.chunks[draft.last + 1 :]:
        if chunk.kind in BOUNDARIES or chunk.kind in _FINITE:
            return False
        if chunk.kind == "MODAL":
            return True
    return False


def _list_clause_kinds(draft: Draft) -> set[str]:
    """Give the kinds of the chunks in the draft's clause, DAYWIDE wherever it stands; worked out once a draft."""
    if draft.clause_kinds is not None:
        return draft.clause_kinds
    chunks = draft.parsed.chunks
    first, last = draft.first, draft.last + 1
    while first > 0 and chunks[first - 1].kind not in BOUNDARIES:
        first -= 1
    while last < len(chunks) and chunks[last].kind not in BOUNDARIES:
        last += 1
    draft.clause_kinds = {chunk.kind for chunk in chunks[first:last]}
    for chunk in chunks:
        if chunk.bits & _DAYWIDE:
            draft.clause_kinds.add("DAYWIDE")
    return draft.clause_kinds


def _ended_before(time: Time | None, event: Time | None) -> bool:
    if time is None or event is None:
        return False
    return date.fromisoformat(time.end) < date.fromisoformat(event.start) - timedelta(days=BACKGROUND_DAYS)


def _is_forerunner(draft: Draft) -> bool:
    """Tell whether the words before the cue put it ahead of the event told: "a day after a raid killed nine"."""
    aftermath = draft.parsed.aftermath
    return aftermath is not None and draft.first > aftermath


def _is_wide(draft: Draft, place: Place | None) -> bool:
    """Several attacks over a province or more, or words such as "across": a day's total, not one attack."""
    kinds = _list_clause_kinds(draft)
    if draft.is_spread or "DAYWIDE" in kinds or draft.list_end is not None:
        return True
    if _is_divided(draft) or _spans_places(draft):
        return True
    if place is None or place.precision not in WIDE or "LEVEL" in kinds:
        return False
    means = [chunk for chunk in draft.parsed.chunks if chunk.kind == "MEANS"]
    return bool(means) and all(chunk.many for chunk in means) and not _is_on_one_place(draft.parsed.chunks)


def _spans_places(draft: Draft) -> bool:
    """Tell whether places far apart are named for the draft together: "12 killed in raids on Ariha and Homs"."""
    if draft.kind == "attack" or draft.is_subset or draft.at_place is not None:
        return False
    chunks = draft.parsed.chunks
    run: list[Place] = []
    for index, chunk in enumerate(chunks[draft.last + 1 :], draft.last + 1):
        place = take_place(chunk.data) if isinstance(chunk.data, Toponym) else None
        if chunk.kind == "PLACE" and (run or chunks[index - 1].kind in _LEADING):
            is_apart = place is not None and place.precision in _APART and not chunk.data.is_outer
            if place is not None and is_apart and not _is_near(place, run):
                run.append(place)
        elif run and chunk.kind not in {"COMMA", "AND"}:
            break
        elif chunk.kind in BOUNDARIES or chunk.kind == "SAY" or (chunk.kind == "MEANS" and not chunk.many):
            return False
    return len(run) > 1 or _spans_before(draft)


def _spans_before(draft: Draft) -> bool:
    """ "Strikes on Sanaa, Saada and Dhamar killed 53": the places of the subject."""
    chunks, run = draft.parsed.chunks, list[Place]()
    index = draft.first - 1
    while index >= 0 and chunks[index].kind in {"HAVE", "AUX", "WORD", "ADJ", "TIME"}:
        index -= 1
    while index >= 0 and chunks[index].kind in {"PLACE", "COMMA", "AND"}:
        place = take_place(chunks[index].data) if isinstance(chunks[index].data, Toponym) else None
        if place is not None and place.precision in _APART and not _is_near(place, run):
            run.append(place)
        index -= 1
    return len(run) > 1 and index > 0 and chunks[index].kind == "IN" and chunks[index - 1].many


def _is_near(place: Place, run: Sequence[Place]) -> bool:
    return any(measure_km(place, other) <= _FAR_KM for other in run)


def _is_on_one_place(chunks: list[Chunk]) -> bool:
    """Tell whether one town or building is said to be struck: "raids on a rebel-held town in the north"."""
    for index, chunk in enumerate(chunks):
        before = chunks[max(0, index - 4) : index]
        if chunk.kind == "LEVEL" and any("a" in (c.article, c.readings.get("DET")) for c in before):
            return True
        if chunk.kind == "TARGET" and not chunk.many and chunk.article == "a" and before:
            struck = next((c for c in reversed(before) if c.kind not in {"ADJ", "PEOPLE"}), None)
            if struck is not None and struck.kind in {"IN", "OF", "HIT_ED", "HIT_ING"}:
                return True
    return False


def _is_divided(draft: Draft) -> bool:
    """ "29 people, 16 of them in a single attack": the total is more than the one attack.

    "12 people including four children died in a strike" is not: the verb and the attack are the total's, and
    so is an attack that a kind of people ("four children") stands before.
    """
    if draft.kind != "toll" or draft.is_subset:
        return False
    chunks = draft.parsed.chunks
    for index, chunk in enumerate(chunks):
        if chunk.kind not in {"INCLUDING", "OF_WHOM"} or index < draft.first:
            continue
        after = chunks[index + 1 : index + 7]
        kinds = [part.kind for part in after]
        if "MEANS" not in kinds or "IN" not in kinds[: kinds.index("MEANS")]:
            continue
        between = kinds[: kinds.index("MEANS")]
        if after[len(between)].many or not {"PLACE", "COMMA", "AUX", "HAVE", "UNDERGO"}.isdisjoint(between):
            return False
        if any(part.kind == "PEOPLE" and not part.counted for part in after[: len(between)]):
            return False
        is_kind = any(part.kind == "PEOPLE" and part.group != draft.group for part in after[: len(between)])
        return not is_kind or not {"HARM_ED", "DEAD"}.isdisjoint(between)
    return False
