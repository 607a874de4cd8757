"""Settling: the place mentions of a whole document are settled together, country and province first."""

from collections.abc import Sequence

from harmledger.claims.parse import Parsed
from harmledger.claims.toponyms import Toponym
from harmledger.places.gazetteer import Gazetteer
from harmledger.places.settle import Mention, settle_places


def settle_toponyms(parsed: Sequence[Parsed], gazetteer: Gazetteer, countries: Sequence[str]) -> str | None:
    """Settle every toponym of the document in place; give the country that most of them lie in, or None."""
    toponyms = [toponym for sentence in parsed for toponym in sentence.toponyms]
    settled = settle_places([_make_mention(toponym) for toponym in toponyms], gazetteer, countries)
    votes: dict[str, int] = {}
    for toponym, answer in zip(toponyms, settled, strict=True):
        toponym.settled = answer
        if answer.candidate is not None and toponym.located and answer.candidate.place.country:
            country = answer.candidate.place.country
            votes[country] = votes.get(country, 0) + 1
    return max(sorted(votes), key=lambda country: votes[country]) if votes else None


def _make_mention(toponym: Toponym) -> Mention:
    return Mention(
        wording=toponym.wording,
        start=toponym.start,
        end=toponym.end,
        container=toponym.container,
        role="event" if toponym.located else "background",
    )
