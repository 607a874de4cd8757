"""What the public must not see: names of private people, and posts that nobody has reviewed."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from typing import Final

from harmledger.desk.view.public_words import (
    WORD,
    find_places,
    is_place,
    is_title,
    key_place,
    list_lexicon_words,
    list_site_words,
    split_words,
)
from harmledger.desk.view.wording import Wording, load_wording
from harmledger.lexicon.words import find_body
from harmledger.records.claim import Claim, Voice
from harmledger.records.document import Document
from harmledger.records.incident import Incident

PRIVATE_ROLES: Final = frozenset({"resident", "witness", "activist", "medic", "unnamed"})
"""Roles whose bearers are private people: their role is shown, never their name."""

PERSONAL_KINDS: Final = frozenset({"social", "field"})
"""Kinds of document that private people write: nothing of them is shown until a person has reviewed it."""

_SHORTEST_NAME: Final = 3
_JOINTS: Final = frozenset({" ", "-", "\u00a0"})
_INITIAL_JOINTS: Final = _JOINTS | {". "}
_LEAST_WORDS: Final = 2


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

    A body that such a post quotes keeps its words, for what it said is public. Only the register tells a body:
    a role may be misread, and then a private message would be shown.
    """
    if is_reviewed or document is None or document.kind not in PERSONAL_KINDS:
        return False
    return voice.name is None or find_body(voice.name) is None


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
        return bool(_compile_describing(self._language).match(wording)) or not self._find_telling(
            wording, self._named
        )

    def find_role(self, name: str) -> str | None:
        """Give the role that is shown in place of a private name; None for a name that may be shown."""
        return self._roles.get(name)

    def cut_evidence(self, claims: Sequence[Claim]) -> tuple[Piece, ...]:
        """Give the evidence that the claims share, in pieces: their cues marked, personal names replaced.

        A name inside a cue is replaced too: what must not be shown comes before what must be seen.
        """
        evidence = claims[0].evidence
        text, base = evidence.text, evidence.start
        sites = _find_sites(text, self._plain, self._language)
        names = self._find_names(text, claims[0].document)
        hidden = dict.fromkeys(_leave_out(names, sites), self._words.phrase("withheld_name")) | {
            span: self._words.phrase("withheld_site", kind=self._words.label("group", kind))
            for span, kind in sites.items()
        }
        cues = [(claim.cue.start - base, claim.cue.end - base) for claim in claims]
        edges = sorted({0, len(text), *(edge for span in (*cues, *hidden) for edge in span)})
        pieces: list[Piece] = []
        for start, end in pairwise(edges):
            is_cue = any(first <= start and end <= last for first, last in cues)
            covering = next((span for span in hidden if span[0] <= start and end <= span[1]), None)
            if covering is None:
                pieces.append(Piece(text[start:end], is_cue))
            elif covering[0] == start:
                pieces.append(Piece(hidden[covering], is_cue, is_withheld=True))
        return tuple(_join_pieces(pieces))

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
            and not _is_public(word[0], public)
            and ((len(word[0]) >= _SHORTEST_NAME and word[0] != word[0].lower()) or not word[0].isascii())
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
            spans.extend(self._find_runs(text))
        return _merge(spans, text)

    def _find_runs(self, text: str) -> Iterator[tuple[int, int]]:
        """Give the runs of capitalised words of which two or more are not public: names, as far as anybody knows.

        A run begins with such a word, and ends with the last capital: "Alpha Muslim Beta", "Alpha Beta Idlib".
        """
        words = list(WORD.finditer(text))
        shown = find_places(text, words, self._places, self._language)
        particles = frozenset(self._words.tables["name"]["particles"])
        run: list[re.Match[str]] = []
        telling = 0
        for place, word in enumerate(words):
            gap = text[run[-1].end() : word.start()] if run else ""
            if run and gap not in (_INITIAL_JOINTS if len(run[-1][0]) == 1 else _JOINTS):
                yield from _measure_run(run, telling, particles)
                run, telling = [], 0
            is_initial = len(word[0]) == 1 and text[word.end() : word.end() + 1] == "."
            is_known = not is_initial and (place in shown or _is_public(word[0], self._public))
            if _is_capital(word[0], particles) and (run or not is_known):
                run.append(word)
                telling += not is_known
            elif run and word[0] in particles:
                run.append(word)
            else:
                yield from _measure_run(run, telling, particles)
                run, telling = [], 0
        yield from _measure_run(run, telling, particles)


def _measure_run(
    run: Sequence[re.Match[str]], telling: int, particles: Set[str]
) -> Iterator[tuple[int, int]]:
    told = [word for word in run if word[0] not in particles]
    if telling >= _LEAST_WORDS and any(len(word[0]) >= _SHORTEST_NAME for word in told):
        yield told[0].start(), told[-1].end()


def _is_capital(word: str, particles: Set[str]) -> bool:
    """Tell whether a word is written as names are: "Alpha", "al-Beta"."""
    head, _, rest = word.partition("-")
    return head != head.lower() or (head in particles and rest != rest.lower())


def _is_public(word: str, public: Set[str]) -> bool:
    whole, *parts = split_words(word)
    is_known = whole in public or whole.removesuffix("s") in public
    return is_known or (bool(parts) and all(part in public for part in parts))


def _find_sites(text: str, public: Set[str], language: str) -> dict[tuple[int, int], str]:
    """Give the stretches that name one hospital, clinic, rescue centre, school or camp, with its kind.

    "Syrian hospital" names none: its kind has a capital, or what comes before is more than words of the
    lexicon. Camps that the gazetteer knows as towns are no single site.
    """
    found: dict[tuple[int, int], str] = {}
    for match in _compile_site(language).finditer(text):
        words = list(WORD.finditer(text, match.start("name"), match.end("name")))
        is_name = match["kind"] != match["kind"].lower() and not is_title(text, language)
        plain = frozenset(load_wording(language).tables["name"]["plain"]) if is_name else public
        named = next((word for word in words if next(split_words(word[0])) not in plain), None)
        if named is not None and not is_place(text[named.start() : match.end()], language):
            kind = list_site_words(language)[" ".join(match["kind"].lower().split())]
            found[named.start(), match.end()] = kind
    return found


def _leave_out(
    names: Iterable[tuple[int, int]], sites: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Give the names that lie apart from every site: the site's own words hide them already."""
    covered = list(sites)
    for start, end in names:
        overlapping = [site for site in covered if start < site[1] and site[0] < end]
        edges = [start, *(edge for site in sorted(overlapping) for edge in site), end]
        yield from ((a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)


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


def _join_pieces(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbours of one kind: cues that touch are one mark."""
    for (is_cue, is_withheld), group in groupby(pieces, key=lambda piece: (piece.is_cue, piece.is_withheld)):
        yield Piece("".join(piece.text for piece in group), is_cue, is_withheld)


@cache
def compile_rules(language: str) -> tuple[re.Pattern[str], ...]:
    """Compile the patterns by which the language's personal names are recognised."""
    table = load_wording(language).tables["name"]
    parts = {part: table[part].replace("{word}", table["word"]) for part in ("pattern", "single")}
    parts["names"] = table["names"].replace("{single}", parts["single"])
    return tuple(
        re.compile(
            rule["pattern"]
            .replace("{names}", parts["names"])
            .replace("{name}", parts["pattern"])
            .replace("{single}", parts["single"])
            .replace("{word}", table["word"])
        )
        for rule in table["rule"]
    )


@cache
def _compile_describing(language: str) -> re.Pattern[str]:
    return re.compile(load_wording(language).tables["name"]["describing"])


@cache
def _compile_site(language: str) -> re.Pattern[str]:
    """Compile the pattern of a named site: capitalised words, then the kind of place in either case."""
    table = load_wording(language).tables["name"]
    kinds = "|".join(
        re.escape(text).replace("\\ ", r"\s") for text in _sort_longest(list_site_words(language))
    )
    return re.compile(
        table["site"].replace("{word}", table["word"]).replace("{kind}", f"(?P<kind>(?i:{kinds}))")
    )


def _sort_longest(texts: Iterable[str]) -> list[str]:
    return sorted(texts, key=lambda text: (-len(text), text))


def _merge(spans: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Merge spans that overlap or that a space or hyphen keeps apart: one name, not two."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and (start <= merged[-1][1] or text[merged[-1][1] : start] in _JOINTS):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
