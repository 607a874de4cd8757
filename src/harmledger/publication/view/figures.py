"""Figures in words, with their bounds for a drawing."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from harmledger.publication.wording import Wording
from harmledger.records.incident import Extent
from harmledger.records.vocabulary import HARMS_TO_PLACES


@dataclass(frozen=True, slots=True)
class Figure:
    """One harm's figure in words, with its bounds for a drawing; for places hit, the groups say it all."""

    harm: str
    label: str
    text: str
    low: int | None
    high: int | None
    best: int | None
    is_open: bool
    groups: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()

    @property
    def has_total(self) -> bool:
        """Tell whether there is a figure for everyone harmed, and not for some group of them alone."""
        return (self.low, self.high, self.best) != (None, None, None)


def list_figures(
    toll: Mapping[str, Extent],
    harms: Set[str],
    words: Wording,
    is_open: Set[tuple[str, str]] = frozenset(),
    earlier: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Figure, ...]:
    """Give the figures of these harms, in the order of the format.

    `is_open` names harm and group where somebody says "at least"; `earlier` the replaced figures by harm.
    """
    order = list(words.tables["harm"])
    return tuple(
        Figure(
            harm=harm,
            label=words.label("harm", harm),
            text=words.figure(extent, extent.open_ended),
            low=extent.low,
            high=extent.high,
            best=extent.best,
            is_open=extent.open_ended,
            groups=_list_groups(harm, extent, words, is_open),
            earlier=tuple((earlier or {}).get(harm, ())),
        )
        for harm, extent in sorted(toll.items(), key=lambda item: order.index(item[0]))
        if harm in harms
    )


def _list_groups(harm: str, extent: Extent, words: Wording, is_open: Set[tuple[str, str]]) -> tuple[str, ...]:
    """Give each group's part in words; a group that is everyone is said so, without its figure again."""
    told = []
    for group, part in extent.groups.items():
        is_everyone = (part.low, part.high) == (extent.low, extent.high)
        if not is_everyone or harm in HARMS_TO_PLACES:
            told.append(words.counted(part, group, (harm, group) in is_open))
        elif group != "people":
            told.append(words.phrase("all_of_them", group=words.label("group", group)))
    return tuple(told)
