"""Words that name nobody, as a set of claims has them: names of places, of parties, and of bodies."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache

from harmledger.lexicon.words import find_body
from harmledger.publication.withholding.patterns import names_person
from harmledger.publication.withholding.privacy import is_private
from harmledger.publication.withholding.public_words import key_place, list_lexicon_words, split_words
from harmledger.publication.wording import load_wording
from harmledger.records.claim import Claim, Voice


@dataclass(frozen=True, slots=True)
class EitherWords(Container[str]):
    """Words of the claims, or of the language: two sets asked as one, for the second holds thousands."""

    own: frozenset[str]
    common: frozenset[str]

    def __contains__(self, word: object) -> bool:
        return word in self.own or word in self.common


@cache
def list_plain_words(language: str) -> frozenset[str]:
    """Give the words that may have a capital and are no part of a name, in lower case."""
    return frozenset(load_wording(language).tables["name"]["plain"])


@cache
def list_common_words(language: str) -> frozenset[str]:
    """Give the plain words, and those of the lexicon and the register."""
    return list_lexicon_words(language) | list_plain_words(language)


def list_place_keys(claims: Iterable[Claim]) -> frozenset[str]:
    """Give the keys of the places' names, of a single site only those of the area around it.

    A wording that the gazetteer does not know, or takes for a country under a rare name, may be a person's.
    """
    names: set[str | None] = set()
    for place in (claim.place for claim in claims):
        if place is not None:
            names |= {place.admin1, place.admin2}
            names |= {place.name} if place.precision != "site" else set()
            is_found = place.id is not None and place.precision not in ("site", "country")
            names |= {place.wording} if is_found else set()
    return frozenset(key_place(name) for name in names if name) - {""}


def list_public_words(claims: Iterable[Claim], language: str) -> frozenset[str]:
    """Give the words, in lower case, of the names that are shown: actors, and voices that are bodies.

    The wording of a body ("Person Alpha, who heads the monitor") may hold a person's name; so may a voice that
    is read as an official's. Neither makes a name public.
    """
    kept: set[str | None] = set()
    for claim in claims:
        kept.update(actor.name for actor in claim.actors)
        if is_body(claim.voice, language):
            kept |= {claim.voice.name, *claim.voice.via}
    return frozenset(word for name in kept if name for word in split_words(name))


def is_body(voice: Voice, language: str) -> bool:
    """Tell whether a voice is one whose name may be shown: of the register, or of a public role and no person's."""
    if voice.name is not None and find_body(voice.name) is not None:
        return True
    return not is_private(voice) and not (voice.name and names_person(voice.name, language))
