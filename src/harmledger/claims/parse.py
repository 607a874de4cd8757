"""Parse one sentence: marks, quantities, times and names become chunks; chunks become a string for the rules."""

from collections.abc import Set
from dataclasses import dataclass, field
from typing import Final

from harmledger.claims.aftermath import find_aftermath
from harmledger.claims.categories import join_bits
from harmledger.claims.chunks import Chunk
from harmledger.claims.containers import link_containers
from harmledger.claims.frames import Frame, find_frames
from harmledger.claims.listed_names import ListedNames, forget_names
from harmledger.claims.marks import Vocabulary, compile_vocabulary, find_marks
from harmledger.claims.names import find_hashtags, find_names
from harmledger.claims.noun_first import build_noun_first
from harmledger.claims.parting import Parter
from harmledger.claims.phrases import build_phrases
from harmledger.claims.rules import spell_chunks
from harmledger.claims.tokens import drop_met, order_tokens
from harmledger.claims.toponyms import Toponym, mark_toponyms
from harmledger.claims.verb_first import find_frames_verb_first
from harmledger.documents.text import Sentence, Text
from harmledger.lexicon.clitics import load_clitics
from harmledger.lexicon.numbers import NumberWords, list_number_words, load_number_words
from harmledger.lexicon.syntax import load_syntax
from harmledger.lexicon.times import TimeWords, list_time_words, load_time_words
from harmledger.lexicon.toponyms import load_toponyms
from harmledger.places.countries import is_capital
from harmledger.places.gazetteer import Gazetteer
from harmledger.ranges.folding import fold
from harmledger.ranges.quantities import Quantity, find_quantities, scan_numbers
from harmledger.ranges.scan import Scan
from harmledger.ranges.times import TimeMention, find_times, scan_times
from harmledger.records.count import Count

_QUANTITY_KINDS: Final = {
    kind: (chunk, join_bits(chunk))
    for kind, chunk in (("count", "QTY"), ("age", "AGE"), ("ordinal", "ORDINAL"))
}
_BODY: Final = join_bits("BODY")
_OTHER_NUMBER: Final = ("NUM", join_bits("NUM"))
_UNASKED: Final = -1


@dataclass
class Parsed:
    """A sentence as the rules see it. `letters` has one letter for each chunk."""

    index: int
    sentence: Sentence
    quantities: list[Quantity]
    times: list[TimeMention]
    chunks: list[Chunk]
    letters: str
    frames: list[Frame]
    toponyms: list[Toponym] = field(default_factory=list)
    _aftermath: int | None = _UNASKED

    @property
    def aftermath(self) -> int | None:
        """The chunk after which an earlier event is told (see `find_aftermath`), or None."""
        if self._aftermath == _UNASKED:
            self._aftermath = find_aftermath(self.chunks)
        return self._aftermath


@dataclass(frozen=True, slots=True)
class Scanned:
    """What was found in one pass over a whole text: its key, and where words of times and numbers stand."""

    key: str
    times: Scan
    numbers: Scan


class SentenceParser:
    """Parses sentences of one language against one gazetteer."""

    def __init__(self, language: str, gazetteer: Gazetteer) -> None:
        self._language = language
        self._gazetteer = gazetteer.in_language(language)
        self._vocabulary: Vocabulary = compile_vocabulary(language)
        self._syntax = load_syntax(language)
        self._numbers: NumberWords = load_number_words(language)
        self._times: TimeWords = load_time_words(language)
        self._places_beside = load_toponyms(language).surroundings
        self._listed: ListedNames | None = None
        self._parter: Parter | None = None
        self._owned: tuple[str, ...] = ()
        self._masculine: frozenset[str] = frozenset()
        clitics = load_clitics(language)
        if clitics is not None:
            self._owned, self._masculine = clitics.owned, clitics.masculine
            self._listed = ListedNames(clitics, self._gazetteer)
            words = self._vocabulary.words | list_number_words(self._numbers) | list_time_words(self._times)
            self._parter = Parter(clitics, words, self._listed.begins_name)

    def prepare(self, text: Text) -> Text:
        """Give the text as it is read: with particles parted from their words, where the language joins them."""
        return text if self._parter is None else self._parter.part_text(text)

    def scan(self, reading: str, key: str) -> Scanned:
        """Search the whole of a reading copy once for what its sentences are parsed by; `key` is its key."""
        folded = fold(reading)
        return Scanned(key, scan_times(folded, self._times), scan_numbers(folded, self._numbers))

    def parse(self, text: Text, scanned: Scanned, index: int) -> Parsed:
        """Parse sentence `index` of the text."""
        sentence = text.sentences[index]
        reading, start, end = text.reading, sentence.start, sentence.end
        marks = find_marks(reading, scanned.key, start, end, self._vocabulary)
        times = find_times(reading, start, end, self._times, scanned.times)
        quantities = find_quantities(reading, start, end, self._numbers, times, scanned.numbers)
        strong = _make_strong(times, quantities) if times or quantities else []
        if self._listed is None:
            marks = _free_places(reading, marks, self._places_beside)
        names = (
            find_names(reading, start, end, marks, self._language)
            if self._listed is None
            else self._listed.find(reading, start, end, marks)
        )
        if strong and self._listed is not None:
            names = drop_met(names, sorted(strong, key=lambda chunk: chunk.start))
        if self._listed is None and "#" in reading[start:end]:
            tags = find_hashtags(reading, start, end, self._gazetteer)
            names = sorted([*names, *tags], key=lambda name: name.start) if tags else names
        if names:
            marks = _leave_names_whole(marks, names)
        tokens = order_tokens(reading, start, end, strong, marks, names)
        marked = mark_toponyms(reading, tokens, self._gazetteer) if names else tokens
        if names and self._listed is not None:
            forget_names(marked)
        chunks = (
            build_noun_first(reading, marked, self._owned, self._masculine)
            if self._syntax.is_noun_first
            else build_phrases(reading, marked)
        )
        parsed = Parsed(
            index,
            sentence,
            quantities,
            times,
            chunks,
            spell_chunks(chunks),
            find_frames_verb_first(reading, chunks)
            if self._syntax.is_verb_first
            else find_frames(reading, chunks),
        )
        if marked is not tokens:
            parsed.toponyms = [
                place
                for chunk in chunks
                for place in (chunk.data, chunk.within)
                if isinstance(place, Toponym)
            ]
            link_containers(chunks, self._syntax.is_noun_first)
        return parsed


def _free_places(reading: str, marks: list[Chunk], beside: Set[str]) -> list[Chunk]:
    """Leave out capitals that stand for their government elsewhere, where "in" or "near" before them says that they are
    places: "in Kyiv"."""
    kept = [
        mark
        for index, mark in enumerate(marks)
        if not mark.bits & _BODY or not _is_place(reading, marks, index, beside)
    ]
    return kept if len(kept) < len(marks) else marks


def _is_place(reading: str, marks: list[Chunk], index: int, beside: Set[str]) -> bool:
    mark, before = marks[index], marks[index - 1] if index else None
    if before is None or mark.start - before.end > 1 or not is_capital(reading[mark.start : mark.end]):
        return False
    return reading[before.start : before.end].lower() in beside


def _make_strong(times: list[TimeMention], quantities: list[Quantity]) -> list[Chunk]:
    """Give the chunks of times, and of the numbers that are no part of one."""
    strong = [_make_chunk("TIME", time, time.kind) for time in times]
    for quantity in quantities:
        if not any(time.start <= quantity.start and quantity.end <= time.end for time in times):
            kind, bits = _QUANTITY_KINDS.get(quantity.kind, _OTHER_NUMBER)
            strong.append(_make_chunk(kind, quantity, bits=bits, count=quantity.count))
    return strong


def _make_chunk(
    kind: str, found: TimeMention | Quantity, value: str = "", bits: int = 0, count: Count | None = None
) -> Chunk:
    chunk = Chunk(kind, found.start, found.end, value, bits)
    chunk.count, chunk.data = count, found
    return chunk


def _leave_names_whole(marks: list[Chunk], names: list[Chunk]) -> list[Chunk]:
    """Give the marks that do not lie inside a name; both come in order and without overlap."""
    kept: list[Chunk] = []
    index, count = 0, len(names)
    for mark in marks:
        while index < count and names[index].end < mark.end:
            index += 1
        if index == count or mark.start < names[index].start:
            kept.append(mark)
    return kept
