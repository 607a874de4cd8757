"""Names of private people: who they are in a set of claims, and how their names are hidden."""

import re
from collections.abc import Iterable, Sequence, Set

from harmledger.publication.withholding.patterns import compile_describing, compile_rules
from harmledger.publication.withholding.pieces import Piece, cut_text, leave_out, merge_spans
from harmledger.publication.withholding.privacy import is_private
from harmledger.publication.withholding.public_words import (
    WORD,
    find_places,
    is_title,
    key_place,
    list_lexicon_words,
    split_words,
)
from harmledger.publication.withholding.runs import SHORTEST_NAME, find_runs, is_public
from harmledger.publication.withholding.sites import find_sites
from harmledger.publication.wording import Wording
from harmledger.records.claim import Claim, Voice
from harmledger.records.incident import Incident


class NameMask:
    """Knows which names of a set of claims and incidents must not be shown, and hides them.

    A private speaker's name is hidden throughout the speaker's document: as a whole, and each of its words.
    Names of people who do not speak are recognised by the patterns of the language, and as runs of two or more
    capitalised words that nobody knows. Words of the lexicon and the register, and names of places, actors and
    bodies stay. A hospital, clinic, rescue centre, school or camp is shown by its kind alone.
    """

    def __init__(self, claims: Iterable[Claim], incidents: Iterable[Incident], words: Wording) -> None:
        told = list(claims)
        self._words = words
        self._language = words.language
        self._plain = list_lexicon_words(words.language) | frozenset(words.tables["name"]["plain"])
        self._places = _list_place_keys(told)
        self._named = _list_public_words(told) | frozenset(words.tables["name"]["plain"])
        self._public = self._named | self._plain
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
        return bool(compile_describing(self._language).match(wording)) or not self._find_telling(
            wording, self._named
        )

    def find_role(self, name: str) -> str | None:
        """Give the role that is shown in place of a private name; None for a name that may be shown."""
        return self._roles.get(name)

    def cut_evidence(self, claims: Sequence[Claim]) -> tuple[Piece, ...]:
        """Give the evidence that the claims share, in pieces: their cues marked, personal names replaced."""
        evidence = claims[0].evidence
        text, base = evidence.text, evidence.start
        sites = find_sites(text, self._plain, self._language)
        names = self._find_names(text, claims[0].document)
        hidden = dict.fromkeys(leave_out(names, sites), self._words.phrase("withheld_name")) | {
            span: self._words.phrase("withheld_site", kind=self._words.label("group", kind))
            for span, kind in sites.items()
        }
        cues = [(claim.cue.start - base, claim.cue.end - base) for claim in claims]
        return cut_text(text, cues, hidden)

    def _learn(self, document: str, voice: Voice) -> None:
        for name in (voice.name, voice.wording):
            telling = self._find_telling(name, self._named) if name and not self.is_nameless(name) else set()
            if name and telling:
                self._roles[name] = voice.role or "unnamed"
                self._parts.setdefault(document, set()).update(telling)
        if voice.name in self._roles:
            self._full.setdefault(document, set()).add(voice.name)

    def _find_telling(self, name: str, public: Set[str]) -> set[str]:
        """Give the words that may be part of a personal name: capitalised, or of a script without capitals.

        `public` are the words that are none. For a known private speaker those of the lexicon are not among
        them: people are called Hope and Hunter too.
        """
        words = list(WORD.finditer(name))
        shown = find_places(name, words, self._places, self._language)
        return {
            word[0]
            for place, word in enumerate(words)
            if place not in shown
            and not (place == 0 and self._opens_description(words))
            and not is_public(word[0], public)
            and ((len(word[0]) >= SHORTEST_NAME and word[0] != word[0].lower()) or not word[0].isascii())
        }

    def _opens_description(self, words: Sequence[re.Match[str]]) -> bool:
        """Tell whether the first word is a common one that owes its capital to the sentence: "Multiple reports"."""
        first, following = words[0][0], [word[0] for word in words[1:2]]
        return bool(following) and following[0] == following[0].lower() and first.lower() in self._plain

    def _find_names(self, text: str, document: str) -> list[tuple[int, int]]:
        parts = self._parts.get(document, set())
        spans = [match.span() for match in WORD.finditer(text) if match[0] in parts]
        for name in sorted(self._full.get(document, ())):
            spans.extend(match.span() for match in re.finditer(re.escape(name), text))
        for rule in compile_rules(self._language):
            for match in rule.finditer(text):
                if self._find_telling(match["name"], self._public):
                    spans.append(match.span("name"))
        if not is_title(text, self._language):
            shown = find_places(text, list(WORD.finditer(text)), self._places, self._language)
            particles = frozenset(self._words.tables["name"]["particles"])
            spans.extend(find_runs(text, shown, self._public, particles))
        return merge_spans(spans, text)


def _list_place_keys(claims: Iterable[Claim]) -> frozenset[str]:
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


def _list_public_words(claims: Iterable[Claim]) -> frozenset[str]:
    """Give the words, in lower case, of the names that are shown: actors, and voices that are bodies."""
    kept: set[str | None] = set()
    for claim in claims:
        for actor in claim.actors:
            kept |= {actor.name, actor.wording}
        if not is_private(claim.voice):
            kept |= {claim.voice.name, claim.voice.wording, *claim.voice.via}
    return frozenset(word for name in kept if name for word in split_words(name))
