"""Leaning: which countries a document is about, as far as its words tell beside the names of its places.

In a script without capitals a short post may name one place that many countries have, and a word that is some village's
name far away. The parties and bodies it names, a country named in passing or in a hashtag, and the language itself say where
it looks.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from harmledger.claims.categories import join_bits
from harmledger.claims.parse import Parsed
from harmledger.claims.parting import close_joints
from harmledger.claims.toponyms import Toponym
from harmledger.lexicon.toponyms import load_toponyms
from harmledger.lexicon.words import find_homes
from harmledger.places.gazetteer import Gazetteer
from harmledger.places.votes import NO_LEANING, weigh_wording

_PARTY: Final = 0.5
"""The vote of a party or body, shared by the countries where it is at home."""
_NAMED: Final = 0.4
"""The vote of a country, or of a place there, named in a hashtag or where nothing is told to have happened."""
_REGION: Final = 0.15
"""The vote for each country of which reports in the language usually tell."""
_MOST: Final = 1.0
_MOST_TAGS: Final = 12
_HASHTAG: Final = re.compile(r"#(\w{3,40})")
_ANY_BODY: Final = join_bits("ANY_BODY")


def lean_on_words(
    reading: str, parsed: Sequence[Parsed], toponyms: Sequence[Toponym], gazetteer: Gazetteer
) -> Mapping[str, float]:
    """Give the votes of a document's words for countries, beside those of its places where attacks happened; none in a
    language whose tables name no region.

    `reading` is the parted reading copy: hashtags count wherever they stand.
    """
    region = load_toponyms(gazetteer.language).region
    if not region:
        return NO_LEANING
    parties = {
        party
        for sentence in parsed
        for chunk in sentence.chunks
        if chunk.any_side is None and not chunk.bits & _ANY_BODY
        for party in (chunk.actor, chunk.body)
        if party is not None
    }
    told: dict[str, float] = {}
    for homes in map(find_homes, sorted(parties)):
        for country in homes:
            told[country] = told.get(country, 0.0) + _PARTY / len(homes)
    named = {toponym.wording for toponym in toponyms if not toponym.located}
    named |= set(_HASHTAG.findall(close_joints(reading))[:_MOST_TAGS])
    for wording in sorted(named):
        for country, vote in weigh_wording(wording.replace("_", " "), gazetteer).items():
            if country not in region and gazetteer.names_country(wording.replace("_", " ")) != country:
                continue
            told[country] = told.get(country, 0.0) + _NAMED * vote
    votes = {country: min(vote, _MOST) for country, vote in told.items()}
    return {country: votes.get(country, 0.0) + _REGION for country in sorted(region | votes.keys())}
