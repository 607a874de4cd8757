"""What the public must not see: names of private people, and posts that nobody has reviewed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
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


def collect_private_names(
    claims: Iterable[Claim], incidents: Iterable[Incident], public_words: Set[str]
) -> Mapping[str, str]:
    """Give every name and wording of a private voice that may hold a personal name, with the role to show.

    "Residents of the town" is no name; it stays out, and may be shown.
    """
    voices = [claim.voice for claim in claims]
    voices += [account.voice for incident in incidents for account in incident.accounts]
    names: dict[str, str] = {}
    for voice in voices:
        if is_private(voice):
            for name in (voice.name, voice.wording):
                if name and find_telling_words(name, public_words):
                    names[name] = voice.role or "unnamed"
    return dict(sorted(names.items()))


def find_telling_words(name: str, public_words: Set[str]) -> set[str]:
    """Give the words that may be part of a personal name: capitalised, or of a script without capitals.

    Words that also stand for a place, a body or a role (`public_words`, in lower case) tell of nobody.
    """
    return {
        word
        for word in _split_words(name)
        if word.casefold() not in public_words
        and ((len(word) >= _SHORTEST_NAME and word[0] != word[0].lower()) or not word.isascii())
    }


def list_public_words(public_names: Iterable[str], words: Wording) -> frozenset[str]:
    """Give the single words, in lower case, that a private speaker's wording may hold without naming anyone."""
    return frozenset(word for name in public_names for word in _split_words(name)) | frozenset(
        words.tables["name"]["plain"]
    )


def list_public_names(claims: Iterable[Claim]) -> frozenset[str]:
    """Give the names that evidence keeps: places, actors, and voices that are bodies."""
    kept: set[str | None] = set()
    for claim in claims:
        if claim.place:
            kept |= {claim.place.name, claim.place.wording, claim.place.admin1, claim.place.admin2}
        for actor in claim.actors:
            kept |= {actor.name, actor.wording}
        if not is_private(claim.voice):
            kept |= {claim.voice.name, claim.voice.wording, *claim.voice.via}
    return frozenset(name.casefold() for name in kept if name)


def cut_evidence(
    claims: Sequence[Claim], private_names: Iterable[str], public_names: frozenset[str], words: Wording
) -> tuple[Piece, ...]:
    """Give the evidence that the claims share, in pieces: their cues marked, personal names replaced.

    A name inside a cue is replaced too: what must not be shown comes before what must be seen.
    """
    evidence = claims[0].evidence
    text, base = evidence.text, evidence.start
    hidden = _find_names(text, private_names, public_names, words)
    cues = [(claim.cue.start - base, claim.cue.end - base) for claim in claims]
    edges = sorted({0, len(text), *(edge for span in (*cues, *hidden) for edge in span)})
    pieces: list[Piece] = []
    for start, end in pairwise(edges):
        is_cue = any(first <= start and end <= last for first, last in cues)
        covering = next((span for span in hidden if span[0] <= start and end <= span[1]), None)
        if covering is None:
            pieces.append(Piece(text[start:end], is_cue))
        elif covering[0] == start:
            pieces.append(Piece(words.phrase("withheld_name"), is_cue, is_withheld=True))
    return tuple(_join_pieces(pieces))


def _join_pieces(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbours of one kind: cues that touch are one mark."""
    for is_special, group in groupby(pieces, key=lambda piece: (piece.is_cue, piece.is_withheld)):
        is_cue, is_withheld = is_special
        yield Piece("".join(piece.text for piece in group), is_cue, is_withheld)


def _find_names(
    text: str, private_names: Iterable[str], public_names: frozenset[str], words: Wording
) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    public_words = list_public_words(public_names, words)
    for name in private_names:
        spans.extend(_find_private(text, name, public_words))
    for rule in _compile_rules(words.language):
        for match in rule.finditer(text):
            if find_telling_words(match["name"], public_words):
                spans.append(match.span("name"))
    return _merge(spans)


def _find_private(text: str, name: str, public_words: Set[str]) -> list[tuple[int, int]]:
    """Find a private voice's name, whole or in part."""
    telling = find_telling_words(name, public_words)
    if not telling:
        return []
    pattern = "|".join(re.escape(word) for word in sorted(telling, key=lambda word: (-len(word), word)))
    found = re.compile(rf"(?<!\w)(?:{pattern})(?:[\s-](?:{pattern}))*(?!\w)")
    return [match.span() for match in found.finditer(text)]


def _split_words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_][\w'’-]*", name)


@cache
def _compile_rules(language: str) -> tuple[re.Pattern[str], ...]:
    table = load_wording(language).tables["name"]
    name = table["pattern"].replace("{word}", table["word"])
    return tuple(
        re.compile(rule["pattern"].replace("{name}", name).replace("{word}", table["word"]))
        for rule in table["rule"]
    )


def _merge(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
