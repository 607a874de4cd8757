"""What the public must not see: names of private people, and posts that nobody has reviewed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from typing import Final

from harmledger.desk.view.wording import Wording, load_wording
from harmledger.records.claim import Claim, Voice
from harmledger.records.document import Document
from harmledger.records.incident import Incident

PRIVATE_ROLES: Final = frozenset({"resident", "witness", "activist", "medic", "unnamed"})
"""Roles whose bearers are private people: their role is shown, never their name."""

PUBLIC_ROLES: Final = frozenset({"news", "monitor", "rescue", "ngo", "official", "government", "belligerent"})
"""Roles that only bodies have: what they say is public, whoever passes it on."""

PERSONAL_KINDS: Final = frozenset({"social", "field"})
"""Kinds of document that private people write: nothing of them is shown until a person has reviewed it."""

_SHORTEST_NAME: Final = 3
_WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")
_JOINTS: Final = frozenset({" ", "-", "\u00a0"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of evidence as it may be shown; `is_cue` marks the words that carry the number."""

    text: str
    is_cue: bool = False
    is_withheld: bool = False


def is_private(voice: Voice) -> bool:
    """Tell whether a voice is, or may be, a private person, whose name is withheld.

    A named voice of which nobody knows what it is may be one.
    """
    return voice.role in PRIVATE_ROLES or (voice.role is None and voice.name is not None)


def is_post_withheld(document: Document | None, voice: Voice, is_reviewed: bool) -> bool:
    """Tell whether a document's words stay withheld: a personal post, told in a private person's own voice.

    A body that such a post quotes keeps its words: what it said is public.
    """
    if is_reviewed or document is None or document.kind not in PERSONAL_KINDS:
        return False
    return voice.name is None or voice.role not in PUBLIC_ROLES


class NameMask:
    """Knows which names of a set of claims and incidents must not be shown, and hides them.

    A private speaker's name is hidden throughout the speaker's document: as a whole, and each of its words.
    Names of people who do not speak are recognised by the patterns of the language. Names of places, actors
    and bodies stay.
    """

    def __init__(self, claims: Iterable[Claim], incidents: Iterable[Incident], words: Wording) -> None:
        told = list(claims)
        self._words = words
        self._public = _list_public_words(told) | frozenset(words.tables["name"]["plain"])
        self._roles: dict[str, str] = {}
        self._full: dict[str, set[str]] = {}
        self._parts: dict[str, set[str]] = {}
        heard = [(claim.document, claim.voice) for claim in told]
        heard += [(name, one.voice) for i in incidents for one in i.accounts for name in one.documents]
        for document, voice in heard:
            if is_private(voice):
                self._learn(document, voice)

    def is_nameless(self, wording: str) -> bool:
        """Tell whether a private speaker's wording names nobody, as "residents of the town" does."""
        return not self._find_telling(wording)

    def find_role(self, name: str) -> str | None:
        """Give the role that is shown in place of a private name; None for a name that may be shown."""
        return self._roles.get(name)

    def cut_evidence(self, claims: Sequence[Claim]) -> tuple[Piece, ...]:
        """Give the evidence that the claims share, in pieces: their cues marked, personal names replaced.

        A name inside a cue is replaced too: what must not be shown comes before what must be seen.
        """
        evidence = claims[0].evidence
        text, base = evidence.text, evidence.start
        hidden = self._find_names(text, claims[0].document)
        cues = [(claim.cue.start - base, claim.cue.end - base) for claim in claims]
        edges = sorted({0, len(text), *(edge for span in (*cues, *hidden) for edge in span)})
        pieces: list[Piece] = []
        for start, end in pairwise(edges):
            is_cue = any(first <= start and end <= last for first, last in cues)
            covering = next((span for span in hidden if span[0] <= start and end <= span[1]), None)
            if covering is None:
                pieces.append(Piece(text[start:end], is_cue))
            elif covering[0] == start:
                pieces.append(Piece(self._words.phrase("withheld_name"), is_cue, is_withheld=True))
        return tuple(_join_pieces(pieces))

    def _learn(self, document: str, voice: Voice) -> None:
        for name in (voice.name, voice.wording):
            telling = self._find_telling(name) if name else set()
            if name and telling:
                self._roles[name] = voice.role or "unnamed"
                self._parts.setdefault(document, set()).update(telling)
        if voice.name in self._roles:
            self._full.setdefault(document, set()).add(voice.name)

    def _find_telling(self, name: str) -> set[str]:
        """Give the words that may be part of a personal name: capitalised, or of a script without capitals."""
        return {
            word
            for word in _WORD.findall(name)
            if word.casefold() not in self._public
            and ((len(word) >= _SHORTEST_NAME and word[0] != word[0].lower()) or not word.isascii())
        }

    def _find_names(self, text: str, document: str) -> list[tuple[int, int]]:
        parts = self._parts.get(document, set())
        spans = [match.span() for match in _WORD.finditer(text) if match[0] in parts]
        for name in sorted(self._full.get(document, ())):
            spans.extend(match.span() for match in re.finditer(re.escape(name), text))
        for rule in _compile_rules(self._words.language):
            for match in rule.finditer(text):
                if self._find_telling(match["name"]):
                    spans.append(match.span("name"))
        return _merge(spans, text)


def _list_public_words(claims: Iterable[Claim]) -> frozenset[str]:
    """Give the words, in lower case, of the names that are shown: places, actors, and voices that are bodies."""
    kept: set[str | None] = set()
    for claim in claims:
        if claim.place:
            kept |= {claim.place.name, claim.place.wording, claim.place.admin1, claim.place.admin2}
        for actor in claim.actors:
            kept |= {actor.name, actor.wording}
        if not is_private(claim.voice):
            kept |= {claim.voice.name, claim.voice.wording, *claim.voice.via}
    return frozenset(word.casefold() for name in kept if name for word in _WORD.findall(name))


def _join_pieces(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbours of one kind: cues that touch are one mark."""
    for (is_cue, is_withheld), group in groupby(pieces, key=lambda piece: (piece.is_cue, piece.is_withheld)):
        yield Piece("".join(piece.text for piece in group), is_cue, is_withheld)


@cache
def _compile_rules(language: str) -> tuple[re.Pattern[str], ...]:
    table = load_wording(language).tables["name"]
    name = table["pattern"].replace("{word}", table["word"])
    return tuple(
        re.compile(rule["pattern"].replace("{name}", name).replace("{word}", table["word"]))
        for rule in table["rule"]
    )


def _merge(spans: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Merge spans that overlap or that a space or hyphen keeps apart: one name, not two."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and (start <= merged[-1][1] or text[merged[-1][1] : start] in _JOINTS):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
