"""When two claims are said by one voice, and what to call a voice."""

from typing import Final

from harmledger.incidents.bodies import fold_body, is_body
from harmledger.incidents.names import fold_name
from harmledger.incidents.source import Sources
from harmledger.records.claim import Claim, Voice

PRIVATE_ROLES: Final = frozenset({"resident", "witness", "activist", "medic", "unnamed"})
"""Speakers who may be private persons: their role stands where a label can become public, never their name."""
_NAMELESS_ROLES: Final = frozenset({"resident", "witness", "unnamed"})

VoiceKey = tuple[str, ...]

_REMEMBERED: Final = 20000
"""Of so many claims at a time the voice is remembered."""


def is_publisher(voice: Voice) -> bool:
    """Tell whether the publisher speaks in its own voice."""
    return voice.name is None and voice.wording is None


def key_voice(claim: Claim, sources: Sources) -> VoiceKey:
    """Give a key that is equal for claims of one voice.

    A body that is named is one voice wherever it is quoted, and the publisher of its own page is that voice
    too. "A resident" of two unrelated reports is two voices: unnamed speakers are told apart by the family of
    copies that quotes them.
    """
    known = sources.voices.get(claim.id)
    if known is None:
        known = sources.voices[claim.id] = _find_key(claim, sources)
        if len(sources.voices) > _REMEMBERED:
            sources.voices.clear()
    return known


def _find_key(claim: Claim, sources: Sources) -> VoiceKey:
    voice = claim.voice
    if voice.name is not None and voice.role not in _NAMELESS_ROLES and not _is_generic(voice):
        return "name", fold_body(voice.name)
    family = sources.family(claim.document)
    if is_publisher(voice):
        publisher = sources.head(claim.document).publisher
        return ("name", fold_body(publisher)) if publisher else ("publisher of", family)
    return "unnamed", family, fold_name(voice.name or voice.wording or voice.role or "")


def _is_generic(voice: Voice) -> bool:
    """Tell whether a private speaker is called by a common noun ("activists"), not by a name."""
    return voice.role in PRIVATE_ROLES and voice.name is not None and voice.name == voice.name.lower()


def label_voice(claim: Claim, sources: Sources) -> str:
    """Give the words that stand for the claim's voice in an attribution.

    A speaker who may be a private person, and is no body of the register, is called by the role; the
    publisher's own voice by the publisher, else by the document's id.
    """
    voice = claim.voice
    if voice.role in PRIVATE_ROLES and not (voice.name and is_body(voice.name)):
        return str(voice.role)
    if voice.name or voice.wording:
        return str(voice.name or voice.wording)
    return sources.head(claim.document).publisher or sources.family(claim.document)
