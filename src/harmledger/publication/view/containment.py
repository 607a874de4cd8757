"""Parts and wholes in words: what a published total holds, what of it happened elsewhere, which running totals hold it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from harmledger.publication.view.extras import read_extra
from harmledger.publication.wording import Wording
from harmledger.records.contradiction import Contradiction
from harmledger.records.incident import GroupExtent, Incident
from harmledger.tallies.balances import HARMS, Balance, Nest, Periods, Share, weigh
from harmledger.tallies.figures import Bounds
from harmledger.tallies.running import Calendar
from harmledger.tallies.selection import Counted


class Known:
    """The incidents among which parts and wholes are looked for: what lies in what, which running totals there are, and
    what lies in their days."""

    def __init__(self, incidents: Iterable[Counted]) -> None:
        held = tuple(incidents)
        self.nest = Nest(held)
        self.periods = Periods(held)
        self.calendar = Calendar(
            one for one in held if one.scope != "since_date" and one.status != "withdrawn"
        )


@dataclass(frozen=True, slots=True)
class WholeNote:
    """A total that an incident is part of: its id, and what is known of the rest of it."""

    whole: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContainmentSheet:
    """What is said of an incident's parts and wholes. `inside` tells of the total itself, `wholes` of those it lies in,
    `periods` are the ids of running totals that hold it, `impossible` what of its figures cannot be."""

    inside: tuple[str, ...] = ()
    wholes: tuple[WholeNote, ...] = ()
    periods: tuple[str, ...] = ()
    impossible: tuple[str, ...] = ()


def describe_containment(
    incident: Incident, known: Known, words: Wording, hide: Callable[[str], str]
) -> ContainmentSheet:
    """Give what is said of an incident's parts and wholes, as far as they are known. `hide` gives the ids of claims as
    they may be shown."""
    nest = known.nest
    inside = (
        known.calendar.list_within(incident)
        if incident.scope == "since_date"
        else nest.list_inside(incident.id)
    )
    return ContainmentSheet(
        inside=tuple(_tell_inside(incident, inside, words)) if inside else (),
        wholes=tuple(
            WholeNote(whole, tuple(_tell_share(incident, whole, nest, words))) for whole in incident.part_of
        ),
        periods=tuple(known.periods.list_holding(incident)),
        impossible=tuple(tell_contradictions(incident, words, hide)),
    )


def _tell_inside(incident: Incident, inside: Sequence[Counted], words: Wording) -> Iterator[str]:
    for harm in HARMS:
        balance = weigh(incident, inside, harm)
        if balance is not None:
            yield tell_balance(balance, words)


def tell_containment(told: ContainmentSheet, headings: Mapping[str, str], words: Wording) -> Iterator[str]:
    """Give the same in lines; `headings` are what the other incidents are called."""
    yield from told.impossible
    yield from told.inside
    for whole in told.wholes:
        heading = headings.get(whole.whole, whole.whole[:16])
        yield " ".join((f"{words.tables['page']['part_of']}: {heading}.", *whole.notes))
    for period in told.periods:
        yield f"{words.tables['page']['in_periods']}: {headings.get(period, period[:16])}"


def tell_balance(balance: Balance, words: Wording) -> str:
    """Give a total beside its parts: "Killed: 59 published; 38 in 1 known attack; 21 not accounted for"."""
    return words.phrase(
        "balance_exceeded" if balance.is_exceeded else "balance",
        harm=words.label("harm", balance.harm),
        said=_write(balance.said, words),
        known=_write(balance.known, words) if balance.known else words.number(0),
        parts=_count(balance.parts, words),
        missing=words.number(balance.unaccounted),
    )


def _tell_share(incident: Incident, whole: str, nest: Nest, words: Wording) -> Iterator[str]:
    for harm in HARMS:
        share = nest.weigh_part(incident.id, whole, harm)
        if share is not None:
            yield _write_share(share, words)


def _write_share(share: Share, words: Wording) -> str:
    return words.phrase(
        "share_larger" if share.is_larger else "share",
        harm=words.label("harm", share.harm),
        said=_write(share.said, words),
        own=_write(share.own, words),
        rest=words.number(share.rest),
        others=words.number(share.others),
        parts=_count(share.parts, words),
        missing=words.number(share.unaccounted),
    )


def tell_contradictions(incident: Incident, words: Wording, hide: Callable[[str], str]) -> Iterator[str]:
    """Give what of an incident's figures cannot be, each with both claims."""
    for one in read_extra(incident, "contradictions", tuple[Contradiction, ...]) or ():
        yield words.phrase(
            "contradiction",
            part=words.counted(GroupExtent(one.part, one.part, one.part), one.group),
            whole=words.number(one.whole),
            harm=words.label("harm", one.harm).lower(),
            claims=f"{hide(one.part_claim)[:16]}, {hide(one.whole_claim)[:16]}",
        )


def _write(bounds: Bounds, words: Wording) -> str:
    return words.total(bounds.low, bounds.best, bounds.high, bounds.is_open)


def _count(number: int, words: Wording) -> str:
    return words.count_phrase("known", number)
