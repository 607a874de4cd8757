"""Tolls that grow: what one voice says of one incident, from its first figure to its last."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from harmledger.incidents.increments import Increment, read_increment
from harmledger.incidents.source import Sources, order_published
from harmledger.incidents.tolls import (
    Figure,
    HarmFigures,
    add_figures,
    tell_toll,
)
from harmledger.records.claim import Claim
from harmledger.records.growth import Change, Growth, GrowthCurve, GrowthStep, StockEnding
from harmledger.records.incident import EarlierFigure
from harmledger.records.vocabulary import Harm

STOCKS: Final = frozenset({"missing", "trapped"})
"""Harms whose figure is true of a moment and ends: the latest figure is the best."""


@dataclass(frozen=True, slots=True)
class Step:
    """One figure of a voice: when it was published, what it is, the claims that give it, and what changed.

    `published` is as the document has it, None where that is not known; `order` sorts by it.
    """

    published: str | None
    order: str
    figure: Figure
    claims: tuple[str, ...]
    change: Change


@dataclass(slots=True)
class Progress:
    """What a voice came to say: its latest figures by harm, those they replaced, and the steps that led there.

    `first_published` is the publication of the latest figures, as the document has it, and `published` sorts by it; `last`
    sorts by when it gave figures last, the same ones too.
    """

    figures: dict[str, HarmFigures] = field(default_factory=dict)
    earlier: list[EarlierFigure] = field(default_factory=list)
    steps: dict[str, list[Step]] = field(default_factory=dict)
    first_published: str | None = None
    published: str = ""
    last: str = ""


def _list_speeches(claims: Sequence[Claim], sources: Sources) -> list[tuple[str, list[Claim]]]:
    """Give the claims by the publication of the story that carries them, oldest first, unknown before all.

    Near-copies count as published with their first: a reprint a week later is no later figure.
    """
    speeches: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        published = sources.head(claim.document).published
        speeches[order_published(published, unknown_last=False)].append(claim)
    return sorted(speeches.items())


def _find_published(claims: Iterable[Claim], sources: Sources) -> str | None:
    documents = sorted({claim.document for claim in claims}, key=sources.order)
    return sources.get(documents[0]).published


def tell_over_time(claims: Sequence[Claim], sources: Sources, counted: Mapping[str, str | None]) -> Progress:
    """Give what one voice says of an incident, step by step: a later figure takes the place of the earlier, upward or
    downward, and those found dead later come on top of it.

    `counted` is what `tolls.index_counted` gives for all claims of the incident.
    """
    told = Progress()
    carried: list[Claim] = []
    on_top: set[tuple[Increment, int]] = set()
    for published, said in _list_speeches(claims, sources):
        fresh = tell_toll(said, counted)
        increment = read_increment(said)
        if increment is not None and "killed" not in told.figures:
            fresh, increment = _mark_addition(fresh), None
        merged = _merge(told.figures, fresh, increment, on_top)
        stamp = _find_published(said, sources)
        is_changed = any(_differ(merged[harm], old) for harm, old in told.figures.items())
        if is_changed:
            told.earlier.append(_set_aside(told, carried))
            carried = []
        carried.extend(said)
        if fresh:
            told.last = published
        if fresh and (is_changed or not told.figures):
            told.first_published, told.published = stamp, published
        _record_steps(told, merged, said, (stamp, published), increment)
        told.figures = merged
    if told.first_published is None:
        told.first_published = _find_published(claims, sources)
    return told


def _mark_addition(fresh: Mapping[str, HarmFigures]) -> dict[str, HarmFigures]:
    """Give the figures of a voice that tells of nothing but an addition, "four died of their wounds", and never told to what:
    they are some of the killed, and no total beside those of others."""
    marked = dict(fresh)
    if "killed" in marked:
        marked["killed"] = HarmFigures(marked["killed"].total, marked["killed"].groups, True)
    return marked


def replaces(new: Figure, old: Figure) -> bool:
    """Tell whether a later figure of a voice takes the place of its earlier one: a vague word does not take
    the place of a number, nor a fear that of a finding."""
    return not ((new.is_vague and not old.is_vague) or (new.is_hedged and not old.is_hedged))


def update_figures(old: HarmFigures, new: HarmFigures) -> HarmFigures:
    """Give a voice's figures for a harm after it spoke again."""
    groups = dict(old.groups)
    for group, figure in new.groups.items():
        if group not in groups or replaces(figure, groups[group]):
            groups[group] = figure
    if new.total is None or (new.is_partial and old.total is not None and not old.is_partial):
        return HarmFigures(old.total, groups, old.is_partial)
    if old.total is None or replaces(new.total, old.total):
        return HarmFigures(new.total, groups, new.is_partial)
    return HarmFigures(old.total, groups, old.is_partial)


def raise_figures(old: HarmFigures, more: HarmFigures) -> HarmFigures:
    """Give a voice's figures for a harm after it told of more; the groups stay what they were."""
    if old.total is None or more.total is None:
        return old
    return HarmFigures(add_figures([old.total, more.total]), old.groups, old.is_partial)


def lower_figures(old: HarmFigures, by: int) -> HarmFigures:
    """Give a voice's figures for those of whom nothing was known, after so many of them were found; none is less than
    nobody."""
    if old.total is None:
        return old
    low, high, best = (None if n is None else max(0, n - by) for n in old.total[:3])
    return HarmFigures(
        old.total._replace(low=low, high=high or 0, best=best or 0), old.groups, old.is_partial
    )


def _merge(
    old: Mapping[str, HarmFigures],
    fresh: Mapping[str, HarmFigures],
    increment: Increment | None,
    on_top: set[tuple[Increment, int]],
) -> dict[str, HarmFigures]:
    """Give the figures after one more speech. An addition told again ("two more died", by ten outlets) counts once."""
    merged = dict(old)
    for harm, figures in fresh.items():
        if harm not in merged:
            merged[harm] = figures
        elif harm != "killed" or increment is None:
            merged[harm] = update_figures(merged[harm], figures)
        elif figures.total is not None and (increment, figures.total.best) not in on_top:
            on_top.add((increment, figures.total.best))
            merged[harm] = raise_figures(merged[harm], figures)
            if increment == "found_dead" and "missing" in old and "missing" not in fresh:
                merged["missing"] = lower_figures(old["missing"], figures.total.best)
    return merged


def _differ(new: HarmFigures, old: HarmFigures) -> bool:
    return new.total != old.total or any(new.groups[group] != figure for group, figure in old.groups.items())


def _set_aside(told: Progress, carried: Sequence[Claim]) -> EarlierFigure:
    toll = {harm: old.to_extent() for harm, old in sorted(told.figures.items())}
    return EarlierFigure(told.first_published, toll, tuple(claim.id for claim in carried))


def _record_steps(
    told: Progress,
    merged: Mapping[str, HarmFigures],
    said: Sequence[Claim],
    published: tuple[str | None, str],
    increment: Increment | None,
) -> None:
    """Enter each total that is new, or differs from the one before it."""
    for harm, figures in merged.items():
        before = told.figures.get(harm)
        old = None if before is None else before.total
        if figures.total is None or figures.is_partial or figures.total == old:
            continue
        sources = {harm, "killed"} if increment == "found_dead" and harm == "missing" else {harm}
        claims = tuple(claim.id for claim in said if claim.harm in sources)
        change = _name_change(harm, figures.total, old, increment)
        told.steps.setdefault(harm, []).append(Step(*published, figures.total, claims, change))


def _name_change(harm: str, new: Figure, old: Figure | None, increment: Increment | None) -> Change:
    if old is None:
        return "first"
    if harm == "killed" and increment is not None:
        return increment
    if harm in STOCKS and new.best == 0:
        return "none_left"
    if new.best == old.best:
        return "restated"
    return "higher" if new.best > old.best else "lower"


def find_endings(told: Sequence[Progress]) -> Iterator[StockEnding]:
    """Give where the missing and the trapped of an incident end: with the latest figure, of whatever voice, at nobody; or
    where later as many were rescued as had been trapped. What the same hour tells settles nothing."""
    for harm in sorted(STOCKS):
        steps = sorted(
            (step for one in told for step in one.steps.get(harm, ())),
            key=lambda step: (step.order, step.figure.best, step.claims),
        )
        if not steps:
            continue
        last = steps[-1]
        if last.figure.best == 0:
            if any(step.figure.best for step in steps):
                yield StockEnding(cast(Harm, harm), last.published, "none_left", last.claims)
            continue
        rescued = (step for one in told for step in one.steps.get("rescued", ()))
        later = [one for one in rescued if one.order > last.order and one.figure.best >= last.figure.best]
        if later and harm == "trapped":
            first = min(later, key=lambda step: (step.order, step.claims))
            yield StockEnding(cast(Harm, harm), first.published, "rescued", first.claims)


def describe_growth(told: Sequence[Progress]) -> Growth:
    """Give how the toll of an incident grew: for each voice, by its place among the accounts, every harm whose total
    changed, and where the missing and the trapped end."""
    curves = (
        GrowthCurve(number, cast(Harm, harm), tuple(map(_describe_step, steps)))
        for number, one in enumerate(told)
        for harm, steps in sorted(one.steps.items())
        if len(steps) > 1
    )
    return Growth(tuple(curves), tuple(find_endings(told)))


def _describe_step(step: Step) -> GrowthStep:
    low, high, best, is_open = step.figure[:4]
    return GrowthStep(step.published, low, best, high, is_open, step.change, step.claims)
