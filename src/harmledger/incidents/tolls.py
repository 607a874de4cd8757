"""The algebra of figures: what one voice says of one attack, and the envelope of what all voices say."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final, NamedTuple

from harmledger.incidents.increments import is_further, is_led_to
from harmledger.incidents.mentions import order_claim, reads_as_figure
from harmledger.lexicon.numbers import load_number_words
from harmledger.lexicon.tables import list_languages
from harmledger.records.claim import Claim
from harmledger.records.count import Count
from harmledger.records.incident import Extent, GroupExtent
from harmledger.records.vocabulary import HARMS_TO_PLACES

COORDINATION_GAP: Final = 10
"""Two cues at most this many code points apart are parts of one list ("two women and a child")."""

ASIDE_GAP: Final = 24
"""Code points beside the parts that may stand between two such cues (", including two brothers, and ")."""

_WORD: Final = re.compile(r"\w+")
_NUMERAL_ROLES: Final = frozenset({"cardinal", "scale", "collective"})
_SPELLED_BELOW: Final = 20
"""From here on a number may be spelled in several words, none of which is the whole."""
_VAGUE: Final = frozenset({"dozens", "several", "unspecified"})
_LOOSE_BELOW: Final = 10
"""A vague word that stands for fewer commits to next to nothing: "several", a bare plural; not "dozens"."""
_CIVILIAN: Final = frozenset(
    {"children", "women", "women_and_children", "medics", "rescuers", "journalists", "aid_workers"}
)
_CONTAINS: Final[Mapping[str, frozenset[str]]] = {
    "people": _CIVILIAN | {"civilians", "men", "combatants", "police", "detainees"},
    "civilians": _CIVILIAN | {"men", "detainees"},
    "women_and_children": frozenset({"women", "children"}),
}
_ROLL_ENTRY: Final = "toll.roll-entry"
"""The rule of a claim for one name of a list."""
_PARTIAL: Final = _CIVILIAN | {"men", "detainees"}
"""Groups that are nearly always a part of those harmed."""


class Figure(NamedTuple):
    """What a count contributes to a toll.

    `low` is None where the words commit to no lower bound ("nearly 750"). `best` is what would be quoted.
    `is_open` when the words leave the top open; `is_vague` when they say no number ("dozens"); `is_loose` when
    they commit to next to nothing ("several", a bare plural); `is_hedged` when it is feared or reported only;
    `is_told_of` when people are told of and not numbered ("her brother", "a girl"): who tells of one says
    nothing of how many there were.
    """

    low: int | None
    high: int
    best: int
    is_open: bool = False
    is_vague: bool = False
    is_loose: bool = False
    is_hedged: bool = False
    is_told_of: bool = False


@dataclass(slots=True)
class HarmFigures:
    """One voice's figures for one harm: the total, and the groups of people or kinds of place in it."""

    total: Figure | None = None
    groups: dict[str, Figure] = field(default_factory=dict)
    is_partial: bool = False

    def to_extent(self) -> Extent:
        """Give the figures as an extent, groups in alphabetical order."""
        groups = {g: GroupExtent(f.low, f.high, f.best) for g, f in sorted(self.groups.items())}
        if self.total is None:
            return Extent(groups=groups)
        return Extent(self.total.low, self.total.high, self.total.best, self.total.is_open, groups)


def read_figure(count: Count, is_hedged: bool = False) -> Figure | None:
    """Give what a count contributes; None where it bounds nothing.

    "At least n" and "more than n" contribute n and leave the top open, and so do words that give only a lower
    bound ("dozens" 24). "About n" contributes n. "Nearly n" and "up to n" give only the top. "Between a and b"
    commits to a.
    """
    value, low, high = count.value, count.low, count.high
    match count.quantifier:
        case "nearly" | "at_most":
            top = value if value is not None else high
            return None if top is None else Figure(None, top, top, is_hedged=is_hedged)
        case "range":
            floor = low if low is not None else high
            top = high if high is not None else low
            if floor is None or top is None:
                return None
            return Figure(floor, max(floor, top), floor, is_hedged=is_hedged)
        case _:
            floor = value if value is not None else low
            if floor is None:
                return None if high is None else Figure(None, high, high, is_hedged=is_hedged)
            is_open = high is None and count.quantifier not in ("exact", "about")
            is_vague = count.quantifier in _VAGUE
            is_loose = is_vague and floor < _LOOSE_BELOW
            is_told_of = count.quantifier == "exact" and floor > 0 and not _is_numbered(count.wording, floor)
            return Figure(floor, floor, floor, is_open, is_vague, is_loose, is_hedged, is_told_of)


@cache
def _is_numbered(wording: str, value: int) -> bool:
    """Tell whether the words give the number itself, in figures or in words of any language that is read.

    An age is a number too ("a 61-year-old man"), but not theirs.
    """
    words = _WORD.findall(wording.casefold())
    if value < _SPELLED_BELOW:
        return any(
            word == str(value) or numerals.get(word) == value
            for numerals in _list_numerals()
            for word in words
        )
    return any(word.isdigit() or word in numerals for numerals in _list_numerals() for word in words)


@cache
def _list_numerals() -> tuple[dict[str, int | None], ...]:
    """Give for each language the words that are numerals, with what each stands for."""
    tables = (load_number_words(language) for language in list_languages())
    return tuple(
        {word: atom.value for word, atom in table.atoms.items() if atom.role in _NUMERAL_ROLES}
        for table in tables
    )


def _read_claim(claim: Claim) -> Figure | None:
    if claim.count is None or not reads_as_figure(claim):
        return None
    return read_figure(claim.count, claim.stance == "hedged")


def prefer_figure(figure: Figure) -> tuple[bool, bool, bool, bool, int, int]:
    """Give the key by which the larger, better worded figure of one voice wins: anything over a bare plural,
    asserted over feared, a number over "dozens", a commitment over "up to", then the larger."""
    return (
        not figure.is_loose,
        not figure.is_hedged,
        not figure.is_vague,
        figure.low is not None or figure.best == 0,
        figure.best,
        figure.high,
    )


def add_figures(figures: Sequence[Figure]) -> Figure:
    """Add up figures of different people; a figure without a lower bound adds nothing to the lower bound."""
    if len(figures) == 1:
        return figures[0]
    lows = [figure.low for figure in figures if figure.low is not None]
    return Figure(
        sum(lows) if lows else None,
        sum(figure.high for figure in figures),
        sum(figure.best for figure in figures),
        any(figure.is_open for figure in figures),
        all(figure.is_vague for figure in figures),
        all(figure.is_loose for figure in figures),
        any(figure.is_hedged for figure in figures),
        all(figure.is_told_of for figure in figures),
    )


def index_counted(claims: Iterable[Claim]) -> dict[str, str | None]:
    """Give the harm of every claim whose figure may enter, by claim id: the wholes that can hold parts."""
    return {claim.id: claim.harm for claim in claims if _read_claim(claim) is not None}


def _overlap(a: str, b: str) -> bool:
    return a == b or b in _CONTAINS.get(a, ()) or a in _CONTAINS.get(b, ())


def _order_cues(claim: Claim, other: Claim) -> tuple[Claim, Claim]:
    return (claim, other) if claim.cue.start <= other.cue.start else (other, claim)


def _is_listed(claim: Claim, other: Claim, parts: Sequence[Claim]) -> bool:
    first, second = (one.cue for one in _order_cues(claim, other))
    gap = second.start - first.end
    aside = [part.cue for part in parts if first.end <= part.cue.start and part.cue.end <= second.start]
    if aside and claim.harm == other.harm:
        return gap - sum(cue.end - cue.start for cue in aside) <= ASIDE_GAP
    return 0 <= gap <= COORDINATION_GAP and not (gap and is_led_to(*_order_cues(claim, other)))


def _list_runs(
    told: Sequence[tuple[Claim, Figure]], parts: Sequence[Claim] = ()
) -> list[list[tuple[Claim, Figure]]]:
    """Give the claims of one sentence in runs: those that stand side by side as one list, `parts` between them."""
    runs: list[list[tuple[Claim, Figure]]] = []
    for item in sorted(told, key=lambda item: (item[0].cue.start, item[0].id)):
        if runs and _is_listed(runs[-1][-1][0], item[0], parts):
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs


def _drop_restated(run: list[tuple[Claim, Figure]]) -> list[tuple[Claim, Figure]]:
    """Give the list without bare plurals that speak of those already counted in it ("six people, members of
    one family")."""
    counted = {claim.group or "people" for claim, figure in run if not figure.is_loose}
    return [
        (claim, figure)
        for claim, figure in run
        if not (figure.is_loose and any(_overlap(claim.group or "people", group) for group in counted))
    ]


def _add_sentence(told: Sequence[tuple[Claim, Figure]], parts: Sequence[Claim] = ()) -> tuple[Figure, bool]:
    """Give the total that one sentence states, and whether it speaks only of a part of those harmed.

    What stands side by side as a list ("two women and a child", three names) is added. Figures farther apart
    are added when neither group may hold the other ("six civilians … nine fighters"); else the wider group, or
    the larger figure, stands for both.
    """
    sums = []
    for run in map(_drop_restated, _list_runs(told, parts)):
        groups: set[str] = {claim.group or "people" for claim, _ in run}
        width = max(len(_CONTAINS.get(group, ())) for group in groups)
        sums.append((width, add_figures([figure for _, figure in run]), groups))
    sums.sort(key=lambda item: (item[0], prefer_figure(item[1])), reverse=True)
    taken: list[Figure] = []
    covered: set[str] = set()
    for _, figure, groups in sums:
        is_guess = figure.is_vague and bool(taken)
        if not is_guess and not any(_overlap(group, other) for group in groups for other in covered):
            taken.append(figure)
            covered |= groups
    return add_figures(taken), covered <= _PARTIAL


def _list_inside(parts: Sequence[Claim], sentence: tuple[str, int, int]) -> list[Claim]:
    return [p for p in parts if (p.document, p.evidence.start, p.evidence.end) == sentence]


def _is_further(told: Sequence[tuple[Claim, Figure]]) -> bool:
    """Tell whether the words put all numbers of a sentence on top of those told before."""
    return all(is_further(claim) for claim, _ in told)


def _add_further(
    totals: Sequence[tuple[Figure, bool]], documents: Sequence[str], further: Sequence[bool]
) -> list[tuple[Figure, bool]]:
    """Give the sums of a figure and those that its document puts on top of it: "11 died in one quarter. Another
    five died in the next." A figure told twice counts once, and so does a part of a larger total told."""
    sums: list[tuple[Figure, bool]] = []
    parts: list[Figure] = []
    source = ""
    told = list(zip(totals, documents, further, strict=True))
    largest = max((figure.high for (figure, _), _, more in told if not more), default=0)
    for (figure, is_partial), document, more in told:
        if document != source:
            parts, source = [], document
        if figure.is_vague or figure.is_told_of or is_partial:
            continue
        if not more:
            parts = [figure]
        elif parts and parts[0].high == largest and all(figure.best != part.best for part in parts):
            parts.append(figure)
            sums.append((add_figures(parts), False))
    return sums[-1:]


def _take_groups(told: Iterable[tuple[Claim, Figure]]) -> dict[str, Figure]:
    groups: dict[str, Figure] = {}
    rolls: dict[tuple[str, str], list[Figure]] = {}
    for claim, figure in told:
        if claim.group is None or claim.group == "people":
            continue
        if _ROLL_ENTRY in claim.because:  # the children of one list of names are counted together
            rolls.setdefault((claim.part_of or claim.document, claim.group), []).append(figure)
        else:
            _keep_larger(groups, claim.group, figure)
    for (_, group), figures in rolls.items():
        _keep_larger(groups, group, add_figures(figures))
    return groups


def _keep_larger(groups: dict[str, Figure], group: str, figure: Figure) -> None:
    known = groups.get(group)
    if known is None or prefer_figure(figure) > prefer_figure(known):
        groups[group] = figure


def _hold_parts(figure: Figure, parts: Sequence[tuple[Claim, Figure]]) -> Figure:
    """Give the figure of a total with no fewer people than its parts: "the family, two women and three children,
    were killed" is five; "up to 23, including four children" is four at least."""
    if not parts or not (figure.is_vague or figure.low is None):
        return figure
    largest: dict[str, int] = {}
    for claim, part in parts:
        group = claim.group or "people"
        largest[group] = max(largest.get(group, 0), part.low or 0)
    floor, covered = 0, set[str]()
    for part_group in sorted(largest, key=lambda name: (-len(_CONTAINS.get(name, ())), name)):
        if not any(_overlap(part_group, other) for other in covered):
            floor += largest[part_group]
            covered.add(part_group)
    if floor <= (figure.low or 0) or (not figure.is_vague and floor > figure.high):
        return figure
    return figure._replace(
        low=floor, high=max(figure.high, floor), best=max(figure.best, floor), is_loose=False
    )


def _tell_harm(told: Sequence[tuple[Claim, Figure]], counted: Mapping[str, str | None]) -> HarmFigures:
    parts: dict[str, list[tuple[Claim, Figure]]] = {}
    wholes = []
    for claim, figure in told:
        if claim.part_of and counted.get(claim.part_of) == claim.harm:
            parts.setdefault(claim.part_of, []).append((claim, figure))
        else:
            wholes.append((claim, figure))
    wholes = [(claim, _hold_parts(figure, parts.get(claim.id, ()))) for claim, figure in wholes]
    groups = _take_groups(told)
    if not wholes:
        return HarmFigures(None, groups)
    if wholes[0][0].harm in HARMS_TO_PLACES:
        kinds = _take_groups(wholes) or {"other": max((f for _, f in wholes), key=prefer_figure)}
        return HarmFigures(add_figures([kinds[kind] for kind in sorted(kinds)]), groups)
    sentences: dict[tuple[str, int, int], list[tuple[Claim, Figure]]] = {}
    for claim, figure in wholes:
        key = claim.document, claim.evidence.start, claim.evidence.end
        sentences.setdefault(key, []).append((claim, figure))
    asides = [claim for claim, _ in told if claim.part_of]
    totals = [_add_sentence(sentences[key], _list_inside(asides, key)) for key in sorted(sentences)]
    further = [_is_further(sentences[key]) for key in sorted(sentences)]
    totals += _add_further(totals, [document for document, _, _ in sorted(sentences)], further)
    total, is_partial = max(totals, key=lambda t: (_says_how_many(t[0]), not t[1], *prefer_figure(t[0])))
    total, is_partial = _keep_lead((total, is_partial), totals)
    total, is_partial = _prefer_range((total, is_partial), totals)
    feared = max((f.high for f, _ in totals if f.is_hedged), default=0)
    if not total.is_hedged and feared > total.high:
        total = total._replace(high=feared)
    return HarmFigures(total, groups, is_partial or total.is_told_of)


def _says_how_many(figure: Figure) -> bool:
    return not figure.is_loose and not figure.is_told_of


def _keep_lead(chosen: tuple[Figure, bool], totals: Sequence[tuple[Figure, bool]]) -> tuple[Figure, bool]:
    """Give a larger figure that the voice told before, though hedged ("reportedly injuring 60"): a smaller one
    asserted further down ("two of the wounded") tells of a part."""
    if chosen[0].is_hedged:
        return chosen
    before = totals[: totals.index(chosen)]
    larger = [told for told in before if told[0].best > chosen[0].best and not told[0].is_vague]
    return max(larger, key=lambda told: prefer_figure(told[0]), default=chosen)


def _prefer_range(chosen: tuple[Figure, bool], totals: Sequence[tuple[Figure, bool]]) -> tuple[Figure, bool]:
    """Give the widest range that the voice itself puts around its figure, else the figure: who weighed what
    is known and said "between five and fifteen" does not commit to a figure repeated from others."""
    figure = chosen[0]
    around = [
        told
        for told in totals
        if told[0].low is not None
        and told[0].low < told[0].high
        and told[0].low <= figure.best <= told[0].high
    ]
    return max(around, key=lambda told: (told[0].high, -(told[0].low or 0)), default=chosen)


def tell_toll(claims: Iterable[Claim], counted: Mapping[str, str | None]) -> dict[str, HarmFigures]:
    """Give what one voice says at one time, by harm.

    A total beats its parts; a figure said twice counts once; different groups of one sentence are added;
    otherwise the largest figure stands. A claim that is part of a counted claim of the same incident (see
    `index_counted`) enters its group only. Kinds of places are different things and are added.
    """
    by_harm: dict[str, list[tuple[Claim, Figure]]] = {}
    for claim in sorted(claims, key=lambda c: (c.document, *order_claim(c))):
        figure = _read_claim(claim)
        if figure is not None and claim.harm is not None:
            by_harm.setdefault(claim.harm, []).append((claim, figure))
    return {harm: _tell_harm(by_harm[harm], counted) for harm in sorted(by_harm)}
