"""Whether two tellings are of one attack: six comparisons, each with its weight, added up and shown."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from harmledger.incidents.days import Days, relate_days
from harmledger.incidents.geography import relate_places
from harmledger.incidents.mentions import LINKING_HARMS, Figure, describe_mention
from harmledger.records.claim import Claim
from harmledger.records.place import Place

THRESHOLD: Final = 5.0
"""Two tellings with a sum of contributions of at least this are taken for one attack."""


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
    def figures(self) -> Mapping[str, AbstractSet[Figure]]:
        """How many, by harm."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One reason for or against: `contribution` is weight times agreement; `is_veto` rules out on its own."""

    name: str
    weight: float
    agreement: float
    contribution: float
    level: str = ""
    is_veto: bool = False


class Finding(NamedTuple):
    """What one comparison found: an agreement from -1 to 1, the level in a word, and whether it is a veto."""

    agreement: float
    level: str
    is_veto: bool = False


class Rule(NamedTuple):
    """A comparison with its weight."""

    name: str
    weight: float
    compare: Callable[[Told, Told], Finding]


_NOTHING: Final = Finding(0.0, "unknown")
_UNPLACED: Final = Finding(0.0, "not placed", True)

_PLACE: Final[Mapping[str, Finding]] = {
    "same": Finding(1.0, "same"),
    "within": Finding(0.75, "within"),
    "near": Finding(0.25, "near"),
    "inside": Finding(0.25, "inside"),
    "area": Finding(0.25, "area"),
    "quarter": Finding(0.0, "quarter"),
    "beside": Finding(-0.25, "beside"),
    "apart": Finding(-1.0, "apart", True),
    "unknown": _NOTHING,
}
_DAYS: Final[Mapping[str, Finding]] = {
    "same": Finding(1.0, "same"),
    "week": Finding(0.5, "week"),
    "month": Finding(0.25, "month"),
    "long": Finding(0.0, "long"),
    "adjacent": Finding(0.0, "adjacent"),
    "apart": Finding(-1.0, "apart", True),
    "unknown": Finding(-0.5, "not dated"),
}


def compare_place(a: Told, b: Told) -> Finding:
    """Same town 1; a spot in that town 0.75; radii that meet, a town in the named province, or only the same
    province 0.25; another quarter of one city 0; neighbouring villages -0.25; different places, or a place in
    one only: veto (a day and a figure alone link nothing)."""
    if a.place is None or b.place is None:
        return _UNPLACED
    return _PLACE[relate_places(a.place, b.place)]


def compare_days(a: Told, b: Told) -> Finding:
    """A shared day or night 1; a shared day where one names a week 0.5, a month 0.25, longer 0; neighbouring
    days 0 (a night or a time zone may lie between); no day in one -0.5; no shared day: veto."""
    return _DAYS[relate_days(a.days, b.days)]


_FROM_AFAR: Final = frozenset(
    {"air_strike", "barrel_bomb", "shelling", "mortar", "rocket", "missile", "drone", "cluster_munition",
     "chemical", "explosion"}
)  # fmt: skip
_BOMBS: Final = frozenset({"ied", "car_bomb", "suicide_bomb", "landmine", "explosion"})
_AT_HAND: Final = frozenset({"gunfire", "sniper", "clashes", "raid", "execution"})
_FAMILIES: Final = (_FROM_AFAR, _BOMBS, _AT_HAND)


def compare_means(a: Told, b: Told) -> Finding:
    """A shared means 0.5; means that reports confuse (a rocket and an air strike) 0; means of different
    families (gunfire and an air strike) -1."""
    if not a.means or not b.means:
        return _NOTHING
    if a.means & b.means:
        return Finding(0.5, "same")
    if {"other"} & (a.means | b.means):
        return _NOTHING
    if any(a.means & family and b.means & family for family in _FAMILIES):
        return Finding(0.0, "alike")
    return Finding(-1.0, "unlike")


def compare_targets(a: Told, b: Told) -> Finding:
    """A kind of place hit in both 1; kinds named in both and none shared -0.25."""
    if not a.targets or not b.targets:
        return _NOTHING
    return Finding(1.0, "shared") if a.targets & b.targets else Finding(-0.25, "unlike")


def compare_actors(a: Told, b: Told) -> Finding:
    """A blamed actor in both 1; actors named in both and none shared -0.5 (blame is often contested)."""
    if not a.actors or not b.actors:
        return _NOTHING
    return Finding(1.0, "shared") if a.actors & b.actors else Finding(-0.5, "unlike")


_SHARED: Final = ((1, 0.15), (4, 0.25), (9, 0.4), (19, 0.65))
"""What a shared figure of up to so many people is worth: many attacks kill one, few kill thirty-eight."""
_SHARED_LARGE: Final = 0.85
_COMPATIBLE: Final = 0.05


def _weigh_shared(number: int) -> float:
    return next((worth for top, worth in _SHARED if number <= top), _SHARED_LARGE)


def _relate_figures(a: Figure, b: Figure) -> float:
    if a == b:
        return _weigh_shared(a[0])
    a_top = a[1] if a[1] is not None else max(a[0], b[0])
    b_top = b[1] if b[1] is not None else max(a[0], b[0])
    if max(a[0], b[0]) <= min(a_top, b_top):
        return _COMPATIBLE
    small, large = sorted((a[0], b[0]))
    if large - small <= 3 or large <= 2 * small:
        return -0.15
    return -0.35 if large <= 4 * small else -0.65


def compare_toll(a: Told, b: Told) -> Finding:
    """The same figure of the same harm: one person 0.15, up to four 0.25, up to nine 0.4, up to nineteen 0.65,
    more 0.85; harms add up to at most 1. Figures that can both be true 0.05; up to twice or three more -0.15;
    up to four times -0.35; beyond -0.65."""
    shared, worst, is_compared = 0.0, 0.0, False
    for harm in LINKING_HARMS:
        mine, theirs = a.figures.get(harm), b.figures.get(harm)
        if not mine or not theirs:
            continue
        is_compared = True
        best = max(_relate_figures(x, y) for x in mine for y in theirs)
        shared, worst = shared + max(0.0, best), min(worst, best)
    if not is_compared:
        return _NOTHING
    if shared > len(LINKING_HARMS) * _COMPATIBLE:
        return Finding(min(1.0, round(shared, 4)), "shared")
    return (
        Finding(worst, "far" if worst <= -0.35 else "close") if worst else Finding(_COMPATIBLE, "compatible")
    )


RULES: Final[tuple[Rule, ...]] = (
    Rule("place", 4.0, compare_place),
    Rule("days", 3.0, compare_days),
    Rule("toll", 3.0, compare_toll),
    Rule("means", 1.0, compare_means),
    Rule("targets", 0.5, compare_targets),
    Rule("actors", 0.5, compare_actors),
)
"""Every comparison with its weight; a printed score is the sum of weight times agreement over this table."""


def compare_mentions(a: Told, b: Told) -> list[Comparison]:
    """Compare two tellings in all respects; the same whichever comes first."""
    found = ((rule, rule.compare(a, b)) for rule in RULES)
    return [
        Comparison(
            rule.name,
            rule.weight,
            finding.agreement,
            round(rule.weight * finding.agreement, 4),
            finding.level,
            finding.is_veto,
        )
        for rule, finding in found
    ]


def score_pair(a: Told, b: Told) -> float | None:
    """Give the sum of the contributions; None where one comparison rules the pair out."""
    score = 0.0
    for rule in RULES:
        finding = rule.compare(a, b)
        if finding.is_veto:
            return None
        score += rule.weight * finding.agreement
    return round(score, 4)


def contradict(a: Told, b: Told) -> bool:
    """Tell whether place or days rule out that the two tell of one attack."""
    return relate_places(a.place, b.place) == "apart" or relate_days(a.days, b.days) == "apart"


def explain_pair(a: Claim, b: Claim) -> list[Comparison]:
    """Say why two claims are, or are not, of one attack: every comparison in the order of RULES.

    They are linked when the contributions sum to THRESHOLD or more and none is a veto. Two claims of one
    document are not linked by this score but by the order of the text (harmledger.incidents.telling).
    """
    return compare_mentions(describe_mention([a]), describe_mention([b]))
