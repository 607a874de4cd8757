"""Candidates of several layers put together: each place once."""

from collections.abc import Sequence
from typing import Final

from harmledger.places.candidate import Candidate
from harmledger.places.entry import measure_distance

ANSWER_LIMIT: Final = 24
"""Most candidates that one wording is answered with."""
_SAME_PLACE_KM: Final = 3.0


def merge_candidates(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Sort candidates, best first, and drop those that are the same place under another id."""
    kept: list[Candidate] = []
    curated: list[Candidate] = []
    others: list[Candidate] = []
    seen: set[str | None] = set()
    for candidate in sorted(candidates, key=lambda one: (-one.score, str(one.place.id))):
        if candidate.place.id in seen or len(kept) >= ANSWER_LIMIT:
            continue
        seen.add(candidate.place.id)
        own, rivals = (curated, others) if _is_curated(candidate) else (others, curated)
        if not any(_is_same(candidate, other) for other in rivals):
            kept.append(candidate)
            own.append(candidate)
    return kept


def _is_same(candidate: Candidate, other: Candidate) -> bool:
    """Tell whether two places, one of them of the overlay alone, are one: same kind, and close together."""
    place, rival = candidate.place, other.place
    if candidate.kind != other.kind or None in (place.lat, place.lon, rival.lat, rival.lon):
        return False
    points = (place.lat or 0.0, place.lon or 0.0, rival.lat or 0.0, rival.lon or 0.0)
    return measure_distance(*points) <= _SAME_PLACE_KM


def _is_curated(candidate: Candidate) -> bool:
    return str(candidate.place.id).startswith("overlay:")
