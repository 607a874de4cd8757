"""Who is a private person, and which posts nobody but their writer has vouched for."""

from typing import Final

from harmledger.lexicon.words import find_body
from harmledger.records.claim import Voice
from harmledger.records.document import Document

PRIVATE_ROLES: Final = frozenset({"resident", "witness", "activist", "medic", "unnamed"})
"""Roles whose bearers are private people: their role is shown, never their name."""

PERSONAL_KINDS: Final = frozenset({"social", "field"})
"""Kinds of document that private people write: nothing of them is shown until a person has reviewed it."""


def is_private(voice: Voice) -> bool:
    """Tell whether a voice is, or may be, a private person, whose name is withheld.

    A named voice of which nobody knows what it is may be one.
    """
    return voice.role in PRIVATE_ROLES or (voice.role is None and voice.name is not None)


def is_post_withheld(document: Document | None, voice: Voice, is_reviewed: bool) -> bool:
    """Tell whether a document's words stay withheld: a personal post, told in a private person's own voice.

    A body that such a post quotes keeps its words, for what it said is public. Only the register tells a body:
    a role may be misread, and then a private message would be shown.
    """
    if is_reviewed or document is None or document.kind not in PERSONAL_KINDS:
        return False
    return voice.name is None or find_body(voice.name) is None
