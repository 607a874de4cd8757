"""Figures that cannot all be true: a part that is larger than its whole. Told with both claims; never mended by guessing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, cast

from harmledger.incidents.mentions import reads_as_figure
from harmledger.incidents.source import Sources
from harmledger.incidents.tolls import Figure, read_figure
from harmledger.incidents.voices import key_voice
from harmledger.records.claim import Claim
from harmledger.records.contradiction import Contradiction
from harmledger.records.incident import Incident
from harmledger.records.problem import Problem
from harmledger.records.vocabulary import HARMS_TO_PEOPLE, Harm

MOST: Final = 20
"""So many are told of one incident."""

_Told = tuple[Claim, Figure]
_EVERYBODY: Final = frozenset({None, "people", "civilians", "men", "combatants"})
"""Groups that reports count in place of everybody: one that is larger than another voice's total is another total."""


def find_contradictions(claims: Sequence[Claim], sources: Sources) -> tuple[Contradiction, ...]:
    """Give the contradictions among the claims of one incident, by harm and group, each pair once.

    A part that its own words put into a total comes first, then what one voice says in one report, then a group that is
    larger than any total that anybody gives. A total that is open upwards ("at least seven") contradicts nothing.
    """
    told = [(claim, figure) for claim in claims if (figure := _read(claim)) is not None]
    totals = [item for item in told if _is_total(*item)]
    parts = [item for item in told if item[0].group not in _EVERYBODY]
    if not parts and not any(claim.part_of for claim, _ in told):
        return ()
    found: dict[tuple[str, str], Contradiction] = {}
    for one in (*_find_said(told), *_find_told(parts, totals, sources), *_find_between(parts, totals)):
        found.setdefault((one.harm, one.group), one)
    return tuple(found[key] for key in sorted(found))[:MOST]


def _read(claim: Claim) -> Figure | None:
    if claim.harm not in HARMS_TO_PEOPLE or claim.count is None or not reads_as_figure(claim):
        return None
    return read_figure(claim.count)


def _is_total(claim: Claim, figure: Figure) -> bool:
    """Tell whether the claim says how many there were: "her brother" does not, nor does "several"."""
    return claim.group in _EVERYBODY and not claim.part_of and not (figure.is_told_of or figure.is_loose)


def _is_beside(claim: Claim, other: Claim) -> bool:
    """Tell whether one sentence puts the two side by side: "two people and four men" are six."""
    return claim.document == other.document and claim.evidence.start == other.evidence.start


def _exceeds(part: Figure, whole: Figure) -> bool:
    return part.low is not None and part.low > whole.high and not whole.is_open


def _make(kind: Literal["part", "voice", "voices"], part: _Told, whole: _Told) -> Contradiction:
    (inner, less), (outer, more) = part, whole
    harm, group = cast(Harm, inner.harm), inner.group or "people"
    return Contradiction(kind, harm, group, less.low or 0, inner.id, more.high, outer.id)


def _find_said(told: Iterable[_Told]) -> Iterator[Contradiction]:
    by_id = {claim.id: (claim, figure) for claim, figure in told}
    for claim, figure in by_id.values():
        whole = by_id.get(claim.part_of or "")
        if whole is not None and whole[0].harm == claim.harm and _exceeds(figure, whole[1]):
            yield _make("part", (claim, figure), whole)


def _find_told(parts: Iterable[_Told], totals: Iterable[_Told], sources: Sources) -> Iterator[Contradiction]:
    """Hold each group against the largest total that its voice gives in the same report."""
    largest: dict[tuple[object, ...], _Told] = {}
    for claim, figure in totals:
        key = claim.document, claim.harm, key_voice(claim, sources)
        known = largest.get(key)
        if known is None or _rank(figure) > _rank(known[1]):
            largest[key] = claim, figure
    for claim, figure in parts:
        whole = largest.get((claim.document, claim.harm, key_voice(claim, sources)))
        if whole and _exceeds(figure, whole[1]) and not _is_beside(claim, whole[0]):
            yield _make("voice", (claim, figure), whole)


def _find_between(parts: Iterable[_Told], totals: Iterable[_Told]) -> Iterator[Contradiction]:
    """Hold the largest of each group against the largest total that anybody gives."""
    by_harm: dict[str | None, list[_Told]] = defaultdict(list)
    for item in totals:
        by_harm[item[0].harm].append(item)
    largest = {harm: max(items, key=lambda item: _rank(item[1])) for harm, items in by_harm.items()}
    for claim, figure in parts:
        whole = largest.get(claim.harm)
        if whole and _exceeds(figure, whole[1]) and not _is_beside(claim, whole[0]):
            yield _make("voices", (claim, figure), whole)


def _rank(figure: Figure) -> tuple[bool, int]:
    return figure.is_open, figure.high


def report_contradictions(incident: Incident, claims: Mapping[str, Claim]) -> Iterator[Problem]:
    """Give each contradiction that an incident made here carries as a problem that names both claims."""
    for told in incident.extra.get("contradictions", ()):
        one = Contradiction(**told)
        claim = claims.get(one.part_claim)
        yield Problem(
            code="incidents.part-exceeds-whole",
            message=(
                f"{one.part} {one.group} (claim {one.part_claim[:16]}) cannot be among {one.whole} {one.harm} "
                f"(claim {one.whole_claim[:16]})"
            ),
            severity="warning",
            where=claim.document if claim else incident.id[:16],
            start=claim.evidence.start if claim else None,
            end=claim.evidence.end if claim else None,
            remedy="read both sentences, and correct or exclude one of the claims",
        )
