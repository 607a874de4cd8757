"""Whether two tellings are of one attack: comparisons, each worth so many points at the level it comes out, added up and shown."""

from collections.abc import Callable, Collection, Hashable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement
from typing import Final, NamedTuple, Protocol, get_args

from harmledger.incidents.dating import WEEK, Dating, list_dates, list_weekdays
from harmledger.incidents.days import Days, relate_days
from harmledger.incidents.geography import is_area, lie_across, relate_places
from harmledger.incidents.kinship import count_shared, rate_shared
from harmledger.incidents.mentions import Figure, Rank, describe_mention
from harmledger.incidents.weights import Weights, load_weights
from harmledger.records.claim import Claim
from harmledger.records.place import Place

THRESHOLD: Final = load_weights().threshold
"""Two tellings with a sum of points of at least this are taken for one attack."""


class Told(Protocol):
    """What is compared of a mention or a telling."""

    @property
    def place(self) -> Place | None:
        """Where."""

    @property
    def days(self) -> Days | None:
        """When."""

    @property
    def means(self) -> AbstractSet[str]:
        """With what."""

    @property
    def targets(self) -> AbstractSet[str]:
        """What kinds of place were hit."""

    @property
    def actors(self) -> AbstractSet[str]:
        """Who is blamed, by folded name."""

    @property
    def words(self) -> bytes:
        """In which words: the sketch of its sentences (`incidents.kinship`), empty where there are none."""

    @property
    def dating(self) -> Dating:
        """What its sentences say of its day, where no day is known."""

    @property
    def rank(self) -> Rank | None:
        """Its place among the attacks of its document, where that is known."""

    @property
    def figures(self) -> Mapping[str, AbstractSet[Figure]]:
        """How many, by harm."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One reason for or against: the level it came out at, and its points; `is_veto` rules out on its own."""

    name: str
    level: str
    contribution: float
    is_veto: bool = False


class Rule(NamedTuple):
    """A comparison: gives the level at which two tellings agree or differ. `see` gives what it looks at in a telling: of equal
    values it gives equal levels."""

    name: str
    compare: Callable[[Told, Told], str]
    see: Callable[[Told], Hashable]


def compare_place(a: Told, b: Told) -> str:
    """The same town; a spot within that town; namesake, where the town's name is also its province's, which may be meant;
    near, where radii meet; inside a named province, or the same area; another quarter of one city, or across it, where the two lie kilometres apart; beside it, a
    neighbouring village; unknown, where one names no place. Different places: apart, a veto."""
    relation = relate_places(a.place, b.place)
    if relation in ("same", "within") and (_shares_name(a.place) or _shares_name(b.place)):
        return "namesake"
    if relation == "quarter" and a.place and b.place and lie_across(a.place, b.place):
        return "across"
    return relation


def _shares_name(place: Place | None) -> bool:
    """Tell whether a town is called as its province is."""
    return place is not None and not is_area(place) and place.name is not None and place.name == place.admin1


def compare_days(a: Told, b: Told) -> str:
    """The same day or night; a shared day where one names a week, a month or longer; adjacent days (a night or a time zone
    may lie between); the same date of another year, which a text often leaves to its page; unknown, where one is not
    dated. No shared day: apart, a veto."""
    return relate_days(a.days, b.days)


def compare_dating(a: Told, b: Told) -> str:
    """Where one has no day, but names a date without its year or a weekday: the date of the other, or only its weekday; the
    next or the one before (a night may lie between); another."""
    if a.days is not None and b.days is not None:
        return "unknown"
    mine, theirs = list_dates(a.days, a.dating), list_dates(b.days, b.dating)
    if mine and theirs and not mine.isdisjoint(theirs):
        return "date"
    ours, others = list_weekdays(a.days, a.dating), list_weekdays(b.days, b.dating)
    if not ours or not others:
        return "another" if mine and theirs else "unknown"
    if not ours.isdisjoint(others):
        return "another" if mine and theirs else "weekday"
    is_next = any((one - other) % WEEK in (1, WEEK - 1) for one in ours for other in others)
    return "next" if is_next else "another"


_FROM_AFAR: Final = frozenset(
    {"air_strike", "barrel_bomb", "shelling", "mortar", "rocket", "missile", "drone", "cluster_munition",
     "chemical", "explosion"}
)  # fmt: skip
_BOMBS: Final = frozenset({"ied", "car_bomb", "suicide_bomb", "landmine", "explosion"})
_AT_HAND: Final = frozenset({"gunfire", "sniper", "clashes", "raid", "execution"})
_FAMILIES: Final = (_FROM_AFAR, _BOMBS, _AT_HAND)


def compare_means(a: Told, b: Told) -> str:
    """The same means; alike, where reports confuse them (a rocket and an air strike); unlike, of different families
    (gunfire and an air strike)."""
    if not a.means or not b.means:
        return "unknown"
    if a.means & b.means:
        return "same"
    if {"other"} & (a.means | b.means):
        return "unknown"
    if any(a.means & family and b.means & family for family in _FAMILIES):
        return "alike"
    return "unlike"


def compare_targets(a: Told, b: Told) -> str:
    """A kind of place hit that both name: shared; kinds named in both and none shared: unlike."""
    if not a.targets or not b.targets:
        return "unknown"
    return "shared" if a.targets & b.targets else "unlike"


def compare_actors(a: Told, b: Told) -> str:
    """A blamed actor in both: shared; actors named in both and none shared: unlike (blame is often contested)."""
    if not a.actors or not b.actors:
        return "unknown"
    return "shared" if a.actors & b.actors else "unlike"


_SHARED_TOPS: Final = (1, 4, 9, 19)
_FIGURES: Final = (
    "far", "unlike", "close", "compatible",
    "same, 1", "same, 2 to 4", "same, 5 to 9", "same, 10 to 19", "same, 20 or more",
)  # fmt: skip
"""How two figures stand, from the worst to the best."""


_VAGUE: Final = frozenset({0, 2, 3, 24, 40, 200, 2000})
"""What words without a number count for, open at the top: "people", "several", "dozens". Two reports that share one share
nothing."""


def _relate_figures(a: Figure, b: Figure) -> int:
    """Give the level of two figures, as a place in `_FIGURES`."""
    if a == b and not _is_vague(a):
        return next((4 + place for place, top in enumerate(_SHARED_TOPS) if a[0] <= top), 8)
    a_top = a[1] if a[1] is not None else max(a[0], b[0])
    b_top = b[1] if b[1] is not None else max(a[0], b[0])
    if max(a[0], b[0]) <= min(a_top, b_top):
        return 3
    small, large = sorted((a[0], b[0]))
    if large - small <= 3 or large <= 2 * small:
        return 2
    return 1 if large <= 4 * small else 0


def _is_vague(figure: Figure) -> bool:
    return figure[1] is None and figure[0] in _VAGUE


def _list_numbers(figures: Collection[Figure]) -> Collection[Figure]:
    """Give the figures that are numbers, if any is: "people were killed" in its lead says nothing beside a report's figure."""
    if len(figures) < 2:
        return figures
    return [figure for figure in figures if not _is_vague(figure)] or figures


def _compare_harm(a: Told, b: Told, harm: str) -> str:
    mine, theirs = _list_numbers(a.figures.get(harm, ())), _list_numbers(b.figures.get(harm, ()))
    if not mine or not theirs:
        return "unknown"
    return _FIGURES[max(_relate_figures(x, y) for x in mine for y in theirs)]


def compare_killed(a: Told, b: Told) -> str:
    """The same figure of dead, by its size (many attacks kill one, few kill thirty-eight); figures that can both be true:
    compatible; up to twice or three more: close; up to four times: unlike; beyond: far."""
    return _compare_harm(a, b, "killed")


def compare_injured(a: Told, b: Told) -> str:
    """The same figure of injured, with the levels of `killed`."""
    return _compare_harm(a, b, "injured")


def compare_harmed(a: Told, b: Told) -> str:
    """The same figure of killed and injured in one, with the levels of `killed`."""
    return _compare_harm(a, b, "killed_or_injured")


_KINSHIP: Final = (
    (0.0, "none"),
    (0.66, "few"),
    (0.99, "some"),
    (1.33, "usual"),
    (2.0, "many"),
    (2.66, "most"),
)


def compare_words(a: Told, b: Told) -> str:
    """How many words the sentences share for their length (`incidents.kinship`): few, some, the usual of two reports, many,
    most, or all but reworked. None, as where they are of two languages, tells nothing."""
    if not a.words or not b.words:
        return "unknown"
    return grade_kinship(*count_shared(a.words, b.words))


def grade_kinship(shared: int, shorter: int) -> str:
    """Give the level at which sentences that share so many stems of the shorter's agree."""
    kinship = rate_shared(shared, shorter)
    return next((level for top, level in _KINSHIP if kinship <= top), "reworked")


_RANKS: Final[Mapping[tuple[Rank, Rank], str]] = {
    pair: f"{first} and {second}"
    for first, second in combinations_with_replacement(get_args(Rank), 2)
    for pair in ((first, second), (second, first))
}


def compare_rank(a: Told, b: Told) -> str:
    """Whether each is the only attack of its document, the first of several, told later with a figure, or in passing
    without one."""
    if a.rank is None or b.rank is None:
        return "unknown"
    return _RANKS[a.rank, b.rank]


RULES: Final[tuple[Rule, ...]] = (
    Rule("place", compare_place, lambda told: told.place),
    Rule("days", compare_days, lambda told: told.days),
    Rule("dating", compare_dating, lambda told: (told.days, told.dating)),
    Rule("killed", compare_killed, lambda told: frozenset(told.figures.get("killed", ()))),
    Rule("injured", compare_injured, lambda told: frozenset(told.figures.get("injured", ()))),
    Rule("harmed", compare_harmed, lambda told: frozenset(told.figures.get("killed_or_injured", ()))),
    Rule("means", compare_means, lambda told: frozenset(told.means)),
    Rule("targets", compare_targets, lambda told: frozenset(told.targets)),
    Rule("actors", compare_actors, lambda told: frozenset(told.actors)),
    Rule("words", compare_words, lambda told: told.words),
    Rule("rank", compare_rank, lambda told: told.rank),
)
"""Every comparison; a printed score is the sum of the points of its levels (`incidents.weights`)."""


_POINTS: Final = load_weights().list_points()
MOST_POINTS: Final = 100.0
"""No level is worth more, for or against, than so many points: as good as certain."""


class Scale(NamedTuple):
    """What pairs are scored by: each comparison with the points of its levels, and what is added to every sum so that
    `THRESHOLD` is the line whatever the weights."""

    levels: tuple[tuple[Callable[[Told, Told], str], Mapping[str, float | None]], ...]
    shift: float = 0.0


def make_scale(weights: Weights) -> Scale:
    """Give the scale of other weights than the program's. Raises ValueError where a comparison or a level has no points, or
    some that are out of bounds."""
    points = weights.list_points()
    for name, levels in _POINTS.items():
        for level in levels:
            if level not in points.get(name, {}):
                raise ValueError(f"{name} has no points for the level {level!r}")
    given = (worth for levels in points.values() for worth in levels.values() if worth is not None)
    if not all(abs(worth) <= MOST_POINTS for worth in (weights.threshold, *given)):
        raise ValueError(f"a level or the threshold has more than {MOST_POINTS:g} points")
    return Scale(
        tuple((rule.compare, points[rule.name]) for rule in RULES), round(THRESHOLD - weights.threshold, 4)
    )


SCALE: Final = make_scale(load_weights())
"""The program's own."""


def compare_mentions(a: Told, b: Told) -> list[Comparison]:
    """Compare two tellings in all respects; the same whichever comes first."""
    return [_weigh_level(rule.name, rule.compare(a, b)) for rule in RULES]


def _weigh_level(name: str, level: str) -> Comparison:
    points = _POINTS[name][level]
    return Comparison(name, level, points or 0.0, points is None)


def score_pair(a: Told, b: Told, scale: Scale = SCALE) -> float | None:
    """Give the sum of the points; None where one comparison rules the pair out."""
    levels, score = scale
    for compare, points in levels:
        worth = points[compare(a, b)]
        if worth is None:
            return None
        score += worth
    return round(score, 4)


def contradict(a: Told, b: Told) -> bool:
    """Tell whether place or days rule out that the two tell of one attack."""
    return relate_places(a.place, b.place) == "apart" or relate_days(a.days, b.days) == "apart"


def explain_pair(a: Claim, b: Claim) -> list[Comparison]:
    """Say why two claims are, or are not, of one attack: every comparison in the order of RULES, as if each claim were all
    that its document tells.

    They are linked when the points sum to THRESHOLD or more and none rules it out. Two claims of one document are not
    linked by this score but by the order of the text (harmledger.incidents.telling).
    """
    told = (describe_mention([claim]) for claim in (a, b))
    first, second = (replace(mention, rank="only") for mention in told)
    return compare_mentions(first, second)
