"""Wholes held against their parts: of the 59 of a day, 38 are one attack; who are the other 21?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from harmledger.incidents.days import read_days
from harmledger.incidents.geography import contains_place
from harmledger.records.claim import Claim
from harmledger.records.place import Place
from harmledger.records.problem import Problem
from harmledger.tallies.figures import Bounds, read_bounds
from harmledger.tallies.nesting import nest_incidents
from harmledger.tallies.selection import Counted

HARMS: Final = ("killed", "injured")
"""Harms whose wholes and parts are held against each other."""

PERIODS_SHOWN: Final = 5
"""So many running totals that hold an incident are named, the shortest first."""


@dataclass(frozen=True, slots=True)
class Balance:
    """A published total beside what the record holds inside it, nothing twice.

    `parts` counts the attacks inside, `without_figures` those of them without a figure of their own. `unaccounted` is what
    the total's best figure exceeds theirs by. `is_exceeded` where even their smallest figures come to more than its largest,
    and it is not open upwards.
    """

    whole: str
    harm: str
    said: Bounds
    known: Bounds | None
    parts: int
    without_figures: int
    unaccounted: int
    is_exceeded: bool


@dataclass(frozen=True, slots=True)
class Share:
    """An incident's part of a published total: `rest` of it happened elsewhere, of which `others` are known, in `parts`
    other attacks, and `unaccounted` are not.

    `is_larger` where the part's smallest figure is more than the whole's largest, and the whole is not open upwards.
    """

    part: str
    whole: str
    harm: str
    own: Bounds
    said: Bounds
    rest: int
    others: int
    parts: int
    unaccounted: int
    is_larger: bool


class Nest:
    """Incidents with what lies in each; withdrawn ones are left out."""

    def __init__(self, incidents: Iterable[Counted]) -> None:
        self._by_id = {one.id: one for one in incidents if one.status != "withdrawn"}
        self._inside: dict[str, list[str]] = defaultdict(list)
        self._weighed: dict[tuple[str, str, str | None], Balance | None] = {}
        inside = (one for one in self._by_id.values() if one.part_of)
        for one in sorted(inside, key=lambda one: one.id):
            for whole in one.part_of:
                if whole in self._by_id and whole != one.id:
                    self._inside[whole].append(one.id)

    def list_wholes(self) -> list[str]:
        """Give the incidents that others lie in, by id."""
        return sorted(self._inside)

    def list_inside(self, whole: str) -> list[Counted]:
        """Give the incidents that lie in one, by id."""
        return [self._by_id[part] for part in self._inside.get(whole, ())]

    def weigh_whole(self, whole: str, harm: str = "killed", group: str | None = None) -> Balance | None:
        """Hold a published total against its parts; None where it gives no figure. Remembered."""
        incident = self._by_id.get(whole)
        if incident is None:
            return None
        asked = whole, harm, group
        if asked not in self._weighed:
            self._weighed[asked] = weigh(incident, self.list_inside(whole), harm, group)
        return self._weighed[asked]

    def weigh_part(self, part: str, whole: str, harm: str = "killed") -> Share | None:
        """Hold an incident against a total that contains it; None where one of the two gives no figure."""
        incident = self._by_id.get(part)
        own = None if incident is None else read_bounds(incident, harm, None)
        balance = self.weigh_whole(whole, harm)
        if own is None or balance is None:
            return None
        known = balance.known.best if balance.known else own.best
        is_attack = incident is not None and incident.scope == "attack"
        return Share(
            part=part,
            whole=whole,
            harm=harm,
            own=own,
            said=balance.said,
            rest=max(0, balance.said.best - own.best),
            others=max(0, known - own.best),
            parts=balance.parts - is_attack,
            unaccounted=balance.unaccounted,
            is_larger=_exceeds(own, balance.said),
        )

    def check(
        self, claims: Mapping[str, Claim] | None = None, harms: Sequence[str] = HARMS
    ) -> Iterator[Problem]:
        """Give what cannot be: a part larger than its whole, parts that come to more than it. Where incidents come with their
        accounts, the claims of both figures are named; `claims` helps to find the right ones."""
        for whole in self.list_wholes():
            yield from self.check_whole(whole, claims or {}, harms)

    def check_whole(
        self, whole: str, claims: Mapping[str, Claim], harms: Sequence[str] = HARMS
    ) -> Iterator[Problem]:
        """Give the same of one whole: nothing but what lies in it bears on it."""
        for harm in harms:
            yield from self._check_whole(whole, harm, claims)

    def _check_whole(self, whole: str, harm: str, claims: Mapping[str, Claim]) -> Iterator[Problem]:
        balance = self.weigh_whole(whole, harm)
        if balance is None:
            return
        large = [one for one in self.list_inside(whole) if _is_larger(one, balance, harm)]
        if not large and not balance.is_exceeded:
            return
        said = self._name_figure(self._by_id[whole], harm, "high", claims)
        for part in large:
            own = self._name_figure(part, harm, "low", claims)
            yield _warn("part-exceeds-whole", f"{own} cannot be part of {said}", part.id)
        if not large and balance.is_exceeded and balance.known is not None:
            told = f"{balance.known.low} {harm} in {balance.parts} attacks"
            yield _warn("parts-exceed-whole", f"{told} cannot be part of {said}", whole)

    def _name_figure(self, incident: Counted, harm: str, bound: str, claims: Mapping[str, Claim]) -> str:
        figure = getattr(incident.toll[harm], bound)
        claim = find_claim(incident, harm, bound, claims)
        told = f"claim {claim[:16]}" if claim else f"incident {incident.id[:16]}"
        return f"{figure} {harm} ({told})"


def weigh(
    whole: Counted, inside: Sequence[Counted], harm: str = "killed", group: str | None = None
) -> Balance | None:
    """Hold a published total against what lies in it; None where it gives no figure."""
    said = read_bounds(whole, harm, group)
    if said is None:
        return None
    attacks = [one for one in inside if one.scope == "attack"]
    if len(inside) == 1:
        known = read_bounds(inside[0], harm, group)
    else:
        known = nest_incidents(inside).count(harm, group)
    return Balance(
        whole=whole.id,
        harm=harm,
        said=said,
        known=known,
        parts=len(attacks),
        without_figures=sum(read_bounds(one, harm, group) is None for one in attacks),
        unaccounted=max(0, said.best - (known.best if known else 0)),
        is_exceeded=known is not None and _exceeds(known, said),
    )


def _is_larger(part: Counted, balance: Balance, harm: str) -> bool:
    own = read_bounds(part, harm, None)
    return own is not None and _exceeds(own, balance.said)


def _exceeds(part: Bounds, whole: Bounds) -> bool:
    return part.low > whole.high and not whole.is_open


def _warn(code: str, message: str, where: str) -> Problem:
    return Problem(
        code=f"tallies.{code}",
        message=message,
        severity="warning",
        where=where[:16],
        remedy="read both sentences: correct or exclude one claim, or split what does not belong together",
    )


def find_claim(incident: Counted, harm: str, bound: str, claims: Mapping[str, Claim]) -> str | None:
    """Give the id of the claim behind the incident's low or high figure of a harm; None where no account is at hand."""
    wanted = getattr(incident.toll[harm], bound)
    for account in incident.accounts:
        extent = account.toll.get(harm)
        if extent is not None and getattr(extent, bound) == wanted:
            found = (name for name in account.claims if name in claims and _counts(claims[name], harm))
            return next(found, next(iter(account.claims), None))
    return None


def _counts(claim: Claim, harm: str) -> bool:
    return claim.harm == harm and claim.count is not None


class Periods:
    """Published running totals, asked for those that hold an incident: it lies in their area and began in their days."""

    def __init__(self, incidents: Iterable[Counted]) -> None:
        self._by_place: dict[Place, list[tuple[int, int, str]]] = defaultdict(list)
        for one in incidents:
            days = read_days(one.time)
            is_told = one.scope == "since_date" and not one.toll.keys().isdisjoint(HARMS)
            if is_told and one.status != "withdrawn" and days and one.place:
                self._by_place[one.place].append((*days, one.id))
        self._inside: dict[tuple[Place, Place], bool] = {}

    def list_holding(self, incident: Counted, limit: int = PERIODS_SHOWN) -> list[str]:
        """Give the ids of the running totals that hold an incident, the shortest first, then by id."""
        days, place = read_days(incident.time), incident.place
        if days is None or place is None or incident.scope == "since_date":
            return []
        found = sorted(
            (end - start, id)
            for area, told in self._by_place.items()
            if self._lies_in(area, place)
            for start, end, id in told
            if start <= days[0] <= end
        )
        return [id for _, id in found[:limit]]

    def _lies_in(self, area: Place, place: Place) -> bool:
        known = self._inside.get((area, place))
        if known is None:
            known = self._inside[area, place] = contains_place(area, place)
        return known
