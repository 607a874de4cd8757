"""What an answer changes: sums and entries before and after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from harmledger.review.content import Content, Difference, compare_contents

MOST_TOLD: Final = 20
"""So many entries that changed are told one by one."""

HARMS: Final = ("killed", "injured")
"""The harms whose sums are told."""


class Sum(NamedTuple):
    """The sum of one harm over a whole case; None where nobody gives a figure."""

    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry that came, went or changed. `kind` is new, gone or changed; what differs stands under `differences`."""

    id: str
    kind: str
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """What changed: sums by harm, before and after, and entries; `count` is how many of these there are in all."""

    sums: Mapping[str, tuple[Sum, Sum]]
    entries: tuple[EntryChange, ...]
    count: int


def measure_effect(
    sums: tuple[Mapping[str, Sum], Mapping[str, Sum]],
    contents: tuple[Mapping[str, Content], Mapping[str, Content]],
    count: int,
) -> Effect:
    """Give what changed, of sums by harm and of contents by id, each before and after. An entry whose content is the same
    changed in what follows from others alone, and is left out."""
    before, after = contents
    told: list[EntryChange] = []
    for id in sorted(before.keys() | after.keys()):
        if id not in before:
            told.append(EntryChange(id, "new", compare_contents({}, after[id])))
        elif id not in after:
            told.append(EntryChange(id, "gone"))
        elif differences := compare_contents(before[id], after[id]):
            told.append(EntryChange(id, "changed", differences))
    none = Sum(None, None, None)
    harms = [harm for harm in HARMS if harm in sums[0] or harm in sums[1]]
    both = {harm: (sums[0].get(harm, none), sums[1].get(harm, none)) for harm in harms}
    return Effect(both, tuple(told[:MOST_TOLD]), count)
