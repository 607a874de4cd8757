"""Parse one sentence: marks, quantities, times and names become chunks; chunks become a string for the rules."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from harmledger.claims.chunks import Chunk
from harmledger.claims.frames import Frame, find_frames
from harmledger.claims.marks import Mark, Vocabulary, compile_vocabulary, find_marks
from harmledger.claims.names import find_names
from harmledger.claims.phrases import build_phrases
from harmledger.claims.rules import spell_chunks
from harmledger.claims.tokens import order_tokens
from harmledger.claims.toponyms import Toponym, link_containers, mark_toponyms
from harmledger.documents.text import Sentence, Text
from harmledger.lexicon.numbers import NumberWords, load_number_words
from harmledger.lexicon.times import TimeWords, load_time_words
from harmledger.places.gazetteer import Gazetteer
from harmledger.ranges.quantities import Quantity, find_quantities
from harmledger.ranges.times import TimeMention, find_times

_QUANTITY_KINDS = {"count": "QTY", "age": "AGE", "ordinal": "ORDINAL"}


@dataclass(slots=True)
class Parsed:
    """A sentence as the rules see it. `letters` has one letter for each chunk."""

    index: int
    sentence: Sentence
    marks: Sequence[Mark]
    quantities: Sequence[Quantity]
    times: Sequence[TimeMention]
    chunks: list[Chunk]
    letters: str
    frames: list[Frame]
    toponyms: list[Toponym] = field(default_factory=list)


class SentenceParser:
    """Parses sentences of one language against one gazetteer."""

    def __init__(self, language: str, gazetteer: Gazetteer) -> None:
        self._language = language
        self._gazetteer = gazetteer
        self._vocabulary: Vocabulary = compile_vocabulary(language)
        self._numbers: NumberWords = load_number_words(language)
        self._times: TimeWords = load_time_words(language)

    def parse(self, text: Text, key: str, index: int) -> Parsed:
        """Parse sentence `index` of the text; `key` is the folded reading copy."""
        sentence = text.sentences[index]
        reading, start, end = text.reading, sentence.start, sentence.end
        marks = find_marks(reading, key, start, end, self._vocabulary)
        times = find_times(reading, start, end, self._times)
        quantities = find_quantities(reading, start, end, self._numbers, times)
        strong = [Chunk("TIME", t.start, t.end, value=t.kind, data=t) for t in times]
        strong += [
            Chunk(_QUANTITY_KINDS.get(q.kind, "NUM"), q.start, q.end, count=q.count, data=q)
            for q in quantities
            if not any(t.start <= q.start and q.end <= t.end for t in times)
        ]
        names = find_names(reading, start, end, marks, self._language)
        marks = [
            mark for mark in marks if not any(n.start <= mark.start and mark.end <= n.end for n in names)
        ]
        tokens = order_tokens(reading, start, end, strong, marks, names)
        tokens = mark_toponyms(reading, tokens, self._gazetteer)
        chunks = build_phrases(reading, tokens)
        parsed = Parsed(
            index,
            sentence,
            marks,
            quantities,
            times,
            chunks,
            spell_chunks(chunks),
            find_frames(reading, chunks),
        )
        parsed.toponyms = [
            place for chunk in chunks for place in (chunk.data, chunk.within) if isinstance(place, Toponym)
        ]
        link_containers(chunks)
        return parsed
