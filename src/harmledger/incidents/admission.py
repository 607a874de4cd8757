"""Which claims may enter an incident, and a word on those that may not."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from harmledger.incidents.days import read_days
from harmledger.incidents.geography import has_point
from harmledger.incidents.rulings import NO_RULINGS, Rulings
from harmledger.incidents.source import Source
from harmledger.records.claim import Claim
from harmledger.records.problem import Problem

_SET_ASIDE = {
    "background": "tell of earlier or other events and make no incident",
    "hypothetical": "tell of what could happen and make no incident",
}


def find_superseded(sources: Mapping[str, Source]) -> dict[str, str]:
    """Give, for every document that a later version replaced, the id of that version."""
    ordered = sorted(sources.values(), key=lambda source: source.document)
    return {source.supersedes: source.document for source in ordered if source.supersedes is not None}


def _mend(claim: Claim, problems: list[Problem]) -> Claim:
    """Take away a time or a point that cannot be read, with a word about it."""
    if claim.time is not None and read_days(claim.time) is None:
        problems.append(_warn(claim, "incidents.time-unreadable", "its dates are not days in order"))
        claim = replace(claim, time=None)
    place = claim.place
    if place is not None and (place.lat is not None or place.lon is not None) and not has_point(place):
        problems.append(
            _warn(claim, "incidents.point-off-globe", "its coordinates are not a point on the globe")
        )
        claim = replace(claim, place=replace(place, lat=None, lon=None))
    return claim


def _warn(claim: Claim, code: str, why: str) -> Problem:
    return Problem(
        code=code,
        message=f"a claim is used without it: {why}",
        severity="warning",
        where=claim.document,
        start=claim.evidence.start,
        end=claim.evidence.end,
        remedy="read the document again, or correct the claim",
    )


def _take_once(claims: Iterable[Claim], problems: list[Problem]) -> list[Claim]:
    claims = list(claims)
    if len({claim.id for claim in claims}) == len(claims):
        return sorted(claims, key=lambda claim: claim.id)
    by_id: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_id[claim.id].append(claim)
    kept = []
    for claim_id in sorted(by_id):
        same = sorted(by_id[claim_id], key=repr) if len(by_id[claim_id]) > 1 else by_id[claim_id]
        kept.append(same[0])
        if len(same) > 1:
            problems.append(
                _warn(same[0], "incidents.claim-twice", "its id stands more than once; one is used")
            )
    return kept


def admit_document(claims: Iterable[Claim], rulings: Rulings = NO_RULINGS) -> list[Claim]:
    """Give the claims of one standing document that may enter an incident, as `admit_claims` does for many, as people
    corrected them and less those that they excluded."""
    once = _take_once(rulings.follow(claims) if rulings else claims, [])
    return [claim for claim, _ in _let_in(once)]


def _let_in(claims: Iterable[Claim]) -> Iterator[tuple[Claim, list[Problem]]]:
    """Give those that are not set aside, mended, each with what was wrong with it."""
    for claim in claims:
        if claim.scope not in _SET_ASIDE:
            problems: list[Problem] = []
            yield _mend(claim, problems), problems


class Admission:
    """Lets claims in, document by document, and keeps a word on those that stay out. A document may come again: what is said of
    it is said once."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._superseded = find_superseded(sources)
        self._withdrawn: dict[str, int] = {}
        self._unknown: set[str] = set()
        self._aside: dict[str, Counter[str]] = {}
        self._mended: dict[str, list[Problem]] = {}

    def admit(self, document: str, claims: Sequence[Claim]) -> list[Claim]:
        """Give those of one document's claims that may enter an incident, as they came; none of a document that was retracted,
        or that a later version replaced."""
        source = self._sources.get(document)
        if source is None and claims:
            self._unknown.add(document)
        if document in self._superseded or (source is not None and source.is_retracted):
            if claims:
                self._withdrawn[document] = len(claims)
            return []
        aside = Counter[str](claim.scope for claim in claims if claim.scope in _SET_ASIDE)
        if aside:
            self._aside[document] = aside
        admitted: list[Claim] = []
        for claim, problems in _let_in(claims):
            admitted.append(claim)
            if problems:
                self._mended[claim.id] = problems
        return admitted

    def report(self) -> tuple[Problem, ...]:
        """Give what was left out and why, and what was mended."""
        aside = sum(self._aside.values(), Counter[str]())
        return (
            *map(_note_unknown, sorted(self._unknown)),
            *(self._note_withdrawn(document, number) for document, number in sorted(self._withdrawn.items())),
            *(
                Problem("incidents.set-aside", f"{number} {scope} claims {_SET_ASIDE[scope]}", "note")
                for scope, number in sorted(aside.items())
            ),
            *(problem for _, problems in sorted(self._mended.items()) for problem in problems),
        )

    def _note_withdrawn(self, document: str, number: int) -> Problem:
        source = self._sources.get(document)
        if source is not None and source.is_retracted:
            code, why = "incidents.retracted", "its publisher withdrew it"
        else:
            code, why = "incidents.superseded", f"{self._superseded[document]} is a later version of it"
        return Problem(code, f"{number} claims of this document are left out: {why}", "note", where=document)


def _note_unknown(document: str) -> Problem:
    return Problem(
        code="incidents.source-unknown",
        message="nothing is known of this document: its claims count as undated and of one origin",
        severity="warning",
        where=document,
        remedy="give the documents file that the claims were read from",
    )


def admit_claims(
    claims: Iterable[Claim], sources: Mapping[str, Source]
) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
    """Give the claims that may enter an incident, sorted by id, and what was left out and why.

    Retracted documents and earlier versions are left out, document by document. Background and hypothetical
    claims stay in the claims file and make no incident; one note says how many. Of claims with one id, one is
    taken. A time or a point that cannot be read is set to null.
    """
    problems: list[Problem] = []
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in _take_once(claims, problems):
        told[claim.document].append(claim)
    admission = Admission(sources)
    admitted = (claim for document, own in told.items() for claim in admission.admit(document, own))
    found = tuple(sorted(admitted, key=lambda claim: claim.id))
    return found, (*problems, *admission.report())


def note_empty_totals(number: int) -> list[Problem]:
    """Give one note on so many claims of running totals that give no figure: there is nothing to compare."""
    if not number:
        return []
    message = f"{number} claims about a longer period give no total and make no incident"
    return [Problem("incidents.no-total", message, "note")]
