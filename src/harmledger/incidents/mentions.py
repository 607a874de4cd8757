"""One document's telling of one attack, of one area-day or of one running total: the thing that is linked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from harmledger.incidents.dating import NO_DATING, Dating, find_dating
from harmledger.incidents.days import Days, read_days
from harmledger.incidents.geography import measure_width, relate_places
from harmledger.incidents.kinship import sketch_words
from harmledger.incidents.names import fold_name
from harmledger.records.claim import Claim
from harmledger.records.place import Place
from harmledger.records.vocabulary import HARMS_TO_PEOPLE, HARMS_TO_PLACES, Scope

Figure = tuple[int, int | None]
"""The smallest and the largest number a count allows; None where the words give no upper bound."""

Rank = Literal["only", "first", "later", "passing"]
"""The place of an attack among those of its document: all that it tells, the first of several, told later with a figure, or
in passing without one."""

LINKING_HARMS = ("killed", "injured", "killed_or_injured")
"""The harms whose figures tell attacks apart."""


def read_bounds(claim: Claim) -> Figure | None:
    """Give the bounds of a claim's count as a figure to compare; None where it counts nothing."""
    count = claim.count
    if count is None:
        return None
    value, low, high = count.value, count.low, count.high
    floor = next((n for n in (value, low, high) if n is not None), None)
    if floor is None:
        return None
    if count.quantifier == "range":
        return (low or 0, high)
    if count.quantifier in ("exact", "about", "nearly", "at_most"):
        return (floor, floor)
    return (floor, high)


def is_subset(claim: Claim, others: Mapping[str, Claim]) -> bool:
    """Tell whether the claim's total is counted in another claim of the same harm among `others`."""
    parent = others.get(claim.part_of) if claim.part_of else None
    return parent is not None and parent.harm == claim.harm and parent.count is not None


def reads_as_figure(claim: Claim) -> bool:
    """Tell whether the claim's figure may enter a toll: counted, and not denied."""
    return claim.count is not None and claim.harm is not None and claim.stance != "denied"


@dataclass(slots=True)
class Mention:
    """The claims of one document about one attack (or area-day, or running total), and what they share."""

    document: str
    family: str
    scope: Scope
    claims: list[Claim] = field(default_factory=list)
    place: Place | None = None
    days: Days | None = None
    means: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)
    actors: set[str] = field(default_factory=set)
    figures: dict[str, set[Figure]] = field(default_factory=dict)
    words: bytes = b""
    dating: Dating = NO_DATING
    rank: Rank | None = None
    is_dated: bool = False
    """False while the days are known from blame or denial alone, whose time is often that of speaking."""

    @property
    def is_empty_total(self) -> bool:
        """Whether it is told as a running total, and no claim gives a figure."""
        return self.scope == "since_date" and not any(reads_as_figure(claim) for claim in self.claims)

    @property
    def position(self) -> tuple[int, int, str]:
        """Where in its document it is first told: copies tell in the same order."""
        return min(order_claim(claim) for claim in self.claims)

    def add(self, claim: Claim, is_part: bool = False) -> None:
        """Take the claim in; with `is_part` its figure is a subset and tells nothing of the whole."""
        self.claims.append(claim)
        self._take_place(claim.place)
        self._take_days(read_days(claim.time), is_claimed=claim.kind != "attribution")
        if claim.means is not None:
            self.means.add(claim.means)
        if claim.group is not None and claim.harm in HARMS_TO_PLACES:
            self.targets.add(claim.group)
        self.actors.update(fold_name(actor.name) for actor in claim.actors if actor.role != "denies")
        if is_part or claim.harm not in HARMS_TO_PEOPLE or not reads_as_figure(claim):
            return
        bounds = read_bounds(claim)
        if bounds is not None:
            self.figures.setdefault(claim.harm or "", set()).add(bounds)

    def absorb(self, other: "Mention") -> None:
        """Take in another mention of the same document: its claims, and its parts as parts."""
        by_id = {claim.id: claim for claim in (*self.claims, *other.claims)}
        for claim in other.claims:
            self.add(claim, is_subset(claim, by_id))

    def _take_place(self, place: Place | None) -> None:
        if place is None:
            return
        if self.place is None or (
            self.scope == "attack"
            and measure_width(place) < measure_width(self.place)
            and relate_places(place, self.place) in ("inside", "within")
        ):
            self.place = place

    def _take_days(self, days: Days | None, is_claimed: bool) -> None:
        if days is None:
            return
        if self.days is None or (is_claimed and not self.is_dated):
            self.days, self.is_dated = days, is_claimed
            return
        if not is_claimed:
            return
        start, end = max(self.days[0], days[0]), min(self.days[1], days[1])
        if start <= end:
            self.days = (start, end)


def describe_mention(claims: Iterable[Claim], family: str | None = None) -> Mention:
    """Make a mention of claims of one document; raises ValueError without a claim."""
    members = sorted(claims, key=order_claim)
    if not members:
        raise ValueError("a mention needs a claim")
    mention = Mention(members[0].document, family or members[0].document, members[0].scope)
    by_id = {claim.id: claim for claim in members}
    for claim in members:
        mention.add(claim, is_subset(claim, by_id))
    sentences = list_sentences(mention)
    mention.words = sketch_words(sentences)
    mention.dating = find_dating(sentences) if mention.days is None else NO_DATING
    return mention


def list_sentences(mention: Mention) -> list[str]:
    """Give the sentences in which it is told, each once, in the order of the text."""
    return list(dict.fromkeys(claim.evidence.text for claim in mention.claims))


def order_claim(claim: Claim) -> tuple[int, int, str]:
    """Give the key that sorts a document's claims in the order in which they are told."""
    return claim.evidence.start, claim.cue.start, claim.id
