"""Names of private people: who they are in a set of claims, and how their names are hidden."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from harmledger.publication.withholding.naming import Naming
from harmledger.publication.withholding.patterns import compile_describing, compile_rules
from harmledger.publication.withholding.pieces import Piece, cut_text, leave_out, merge_spans
from harmledger.publication.withholding.privacy import is_private
from harmledger.publication.withholding.public_words import WORD, find_places, is_title
from harmledger.publication.withholding.runs import SHORTEST_NAME, find_runs, is_public
from harmledger.publication.withholding.sites import find_sites
from harmledger.publication.withholding.unmarked import cut_name, find_unmarked, fold_words
from harmledger.publication.withholding.vocabulary import (
    EitherWords,
    is_body,
    list_common_words,
    list_place_keys,
    list_plain_words,
    list_public_words,
)
from harmledger.publication.wording import Wording, load_wording
from harmledger.records.claim import Claim, Voice
from harmledger.records.incident import Incident
from harmledger.records.place import Place

_LEAST_WORDS: Final = 2
_ENTRY: Final = "toll.roll-entry"
_LISTED: Final = frozenset({_ENTRY, "toll.named"})
"""Rules whose cue is the name of one of those harmed."""


@dataclass(slots=True)
class KnownNames:
    """Names that are hidden, as claims told them: private voices by role, and names and words by document."""

    roles: dict[str, str] = field(default_factory=dict)
    full: dict[str, set[str]] = field(default_factory=dict)
    parts: dict[str, set[str]] = field(default_factory=dict)


class NameMask:
    """Knows which names of a set of claims and incidents must not be shown, and hides them.

    A private speaker's name is hidden throughout the speaker's document: as a whole, and each of its words; so
    is a name that a pattern recognised once. A full name is hidden in all documents of the claims. Names of
    people who do not speak are recognised by the patterns of the language, and as runs of two or more
    capitalised words that nobody knows. Words of the lexicon and the register, and names of places, actors and
    bodies stay. A hospital, clinic, rescue centre, school or camp is shown by its kind alone.

    `known` is what was learnt from other claims of the same documents; what these claims tell is added to it. A
    first look over a whole case learns what patterns tell, and leaves the runs, which any text tells by itself.
    """

    def __init__(
        self,
        claims: Iterable[Claim],
        incidents: Iterable[Incident],
        words: Wording,
        known: KnownNames | None = None,
        *,
        naming: Naming | None = None,
        is_first_look: bool = False,
    ) -> None:
        told = list(claims)
        self._naming = naming or Naming()
        self._words = words
        self._language = words.reading_language
        self._plain = list_common_words(self._language)
        self._places = list_place_keys(told)
        self._shown = _list_shown(told, self._language)
        self._particles = frozenset(load_wording(self._language).tables["name"]["particles"])
        own = list_public_words(told, self._language) | list_plain_words(self._language)
        self._named = own
        self._public = EitherWords(own, self._plain)
        self.known = known or KnownNames()
        self._heads = frozenset(load_wording(self._language).tables["name"]["place_heads"])
        self._spelled: dict[str, tuple[tuple[int, int], ...]] = {}
        self._told: dict[str, tuple[tuple[int, int], ...]] = {}
        heard = [(claim.document, claim.voice) for claim in told]
        heard += [(name, one.voice) for i in incidents for one in i.accounts for name in one.documents]
        self._documents = tuple(dict.fromkeys(name for name, _ in heard))
        for document, voice in dict.fromkeys(heard):
            if not is_body(voice, self._language):
                self._learn_voice(document, voice)
        for claim in told:
            if not _LISTED.isdisjoint(claim.because):
                self._learn_listed(claim)
        for document, text in dict.fromkeys((claim.document, claim.evidence.text) for claim in told):
            self._learn_told(document, text)
            if not is_first_look:
                self._learn_runs(document, text)

    def learn_text(self, document: str, text: str) -> None:
        """Keep the names that a text of the document gives away, so that they are hidden in all of it.

        What a pattern tells is a person's name, and each of its words is hidden; a run of unknown words with
        capitals may as well be a place, and is hidden as a whole alone.
        """
        self._learn_told(document, text)
        self._learn_runs(document, text)

    def _learn_told(self, document: str, text: str) -> None:
        for start, end in self._find_told(text):
            name = text[start:end]
            telling = self._find_telling(name, self._public)
            self._keep_parts(document, telling)
            if telling and len(WORD.findall(name)) >= _LEAST_WORDS:
                self.known.full.setdefault(document, set()).add(name)

    def _learn_listed(self, claim: Claim) -> None:
        """Keep the name of a list of those harmed: the cue of a claim of its own, whatever its words are otherwise."""
        name = "" if claim.cue.text.isascii() else cut_name(claim.cue.text)
        if not name and _ENTRY in claim.because:
            name = claim.cue.text
        if len(WORD.findall(name)) >= _LEAST_WORDS:
            self.known.full.setdefault(claim.document, set()).add(name)
            self._keep_parts(claim.document, self._find_telling(name, self._public))

    def _learn_runs(self, document: str, text: str) -> None:
        for start, end in self._find_spelled(text):
            name = text[start:end]
            if len(WORD.findall(name)) >= _LEAST_WORDS and self._find_telling(name, self._public):
                self.known.full.setdefault(document, set()).add(name)

    def is_nameless(self, wording: str) -> bool:
        """Tell whether a private speaker's wording names nobody, as "residents of the town" does."""
        return bool(compile_describing(self._language).match(wording)) or not self._find_telling(
            wording, self._named
        )

    def is_shown(self, voice: Voice) -> bool:
        """Tell whether a voice's name may be shown as it is."""
        return is_body(voice, self._language)

    def name_voice(self, name: str, publishers: Container[str] = ()) -> str:
        """Give a voice's name as it may be shown; publishers of reports are shown as they are."""
        if name in publishers:
            return name
        role = self.find_role(name)
        return self.name_role(role, name) if role else self.hide_names(name)

    def name_role(self, role: str, name: str | None) -> str:
        """Give what a private speaker is called: the role, with the name's code where the edition has codes."""
        label = self._words.label("role", role)
        code = self._naming.code_name(name) if name and not self.is_nameless(name) else None
        return label if code is None else f"{label} {self._words.phrase('hashed_name', code=code)}"

    def code_voice(self, name: str | None) -> str | None:
        """Give what stands for a private speaker's name in data: its code, or None where names are dropped."""
        code = self._naming.code_name(name) if name and not self.is_nameless(name) else None
        return None if code is None else self._words.phrase("hashed_name", code=code)

    def find_role(self, name: str) -> str | None:
        """Give the role that is shown in place of a private name; None for a name that may be shown."""
        return self.known.roles.get(name)

    def list_hidden_words(self, documents: Iterable[str]) -> frozenset[str]:
        """Give the single words that are hidden in the documents, as they are written there."""
        names = list(documents)
        words = {word for name in names for word in self.known.parts.get(name, ())}
        return frozenset(words) | {
            word for name in names for full in self.known.full.get(name, ()) for word in WORD.findall(full)
        }

    def cut_evidence(self, claims: Sequence[Claim]) -> tuple[Piece, ...]:
        """Give the evidence that the claims share, in pieces: their cues marked, personal names replaced."""
        evidence = claims[0].evidence
        base = evidence.start
        cues = [(claim.cue.start - base, claim.cue.end - base) for claim in claims]
        return cut_text(evidence.text, cues, self._find_hidden(evidence.text, claims[0].document))

    def show_title(self, title: str, document: str) -> str | None:
        """Give a headline with its names hidden; None where a word with a capital stays that nobody knows.

        Headlines name people without the words around them by which a name is recognised, and some give every
        word a capital.
        """
        self.learn_text(document, title)
        if is_title(title, self._language) or (not title.isascii() and title == title.upper()):
            return None
        pieces = cut_text(title, (), self._find_hidden(title, document))
        rest = "".join(piece.text for piece in pieces if not piece.is_withheld)
        return None if self._find_telling(rest, self._public) else "".join(piece.text for piece in pieces)

    def hide_place(self, place: Place | None) -> Place | None:
        """Give a place; words that the gazetteer did not find may be a person's name, and then tell no place."""
        if place is None or place.id is not None:
            return place
        told = {field: getattr(place, field) for field in ("name", "wording")}
        if any(text and self._find_hidden(text, None) for text in told.values()):
            return replace(place, name=self._words.phrase("place_unknown"), wording=None)
        return place

    def hide_names(self, text: str, document: str | None = None) -> str:
        """Give a text with the names in it replaced, as evidence has them."""
        return "".join(piece.text for piece in cut_text(text, (), self._find_hidden(text, document)))

    def _find_hidden(self, text: str, document: str | None) -> Mapping[tuple[int, int], str]:
        """Give the stretches that are not shown, with what stands for them."""
        if text.isascii() and text == text.lower():
            return {}  # a name in a script that has capitals is written with one
        sites = find_sites(text, self._plain, self._language)
        names = self._find_names(text, document)
        return {
            (start, end): self._naming.replace_name(text[start:end], self._words)
            for start, end in leave_out(names, sites)
        } | {
            span: self._words.phrase("withheld_site", kind=self._words.label("group", kind))
            for span, kind in sites.items()
        }

    def _learn_voice(self, document: str, voice: Voice) -> None:
        known = self.known
        for name in (voice.name, voice.wording):
            telling = self._find_telling(name, self._named) if name and not self.is_nameless(name) else set()
            if name and telling:
                known.roles[name] = voice.role if voice.role and is_private(voice) else "unnamed"
                self._keep_parts(document, telling)
        if voice.name in known.roles:
            known.full.setdefault(document, set()).add(voice.name)

    def _keep_parts(self, document: str, telling: Iterable[str]) -> None:
        """Keep the words of a name, but for particles: "Abu" alone names nobody."""
        told = {word for word in telling if word.casefold() not in self._particles}
        self.known.parts.setdefault(document, set()).update(told)

    def _find_telling(self, name: str, public: Container[str]) -> set[str]:
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

    def _find_names(self, text: str, document: str | None) -> list[tuple[int, int]]:
        parts = self.known.parts.get(document or "", set())
        spans = [match.span() for match in WORD.finditer(text) if parts and is_part(match[0], parts)]
        for home in dict.fromkeys((document or "", *self._documents)):
            for name in self.known.full.get(home, ()):
                spans.extend(match.span() for match in re.finditer(re.escape(name), text))
        return merge_spans([*spans, *self._find_spelled(text)], text)

    def _find_spelled(self, text: str) -> tuple[tuple[int, int], ...]:
        """Give the names that patterns and capitals tell, whoever they are; each text is looked through once."""
        spans = self._spelled.get(text)
        if spans is None:
            unmarked = () if text.isascii() else find_unmarked(text, self._shown)
            spans = self._spelled[text] = (
                *self._find_told(text),
                *self._find_capitals(text),
                *unmarked,
            )
        return spans

    def _find_told(self, text: str) -> tuple[tuple[int, int], ...]:
        """Give the names that the words around them tell to be a person's."""
        spans = self._told.get(text)
        if spans is None:
            spans = self._told[text] = tuple(
                match.span("name")
                for rule in compile_rules(self._language)
                for match in rule.finditer(text)
                if self._find_telling(match["name"], self._public)
            )
        return spans

    def _find_capitals(self, text: str) -> Iterator[tuple[int, int]]:
        """Give the runs of words with capitals that nobody knows."""
        if not is_title(text, self._language):
            shown = find_places(text, list(WORD.finditer(text)), self._places, self._language)
            yield from find_runs(text, shown, self._public, self._particles, self._heads)


def _list_shown(claims: Iterable[Claim], language: str) -> frozenset[str]:
    """Give the words, folded, of places that the gazetteer found and of bodies and parties, in a script without capitals."""
    texts = [
        text
        for claim in claims
        for text in (
            claim.place.wording
            if claim.place and claim.place.id and claim.place.precision != "site"
            else None,
            *((claim.voice.wording, claim.voice.name) if is_body(claim.voice, language) else ()),
            *(actor.wording for actor in claim.actors),
        )
        if text and not text.isascii()
    ]
    return frozenset(word for text in texts for word in fold_words(text))


def is_part(word: str, parts: Container[str]) -> bool:
    """Tell whether a word is one of a name's, also with a possessive ending."""
    return word in parts or word.removesuffix("'s").removesuffix("’s") in parts
