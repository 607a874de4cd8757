"""Read a text: parse its sentences, settle its places, tell its claims, and look back over the whole."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from harmledger.claims.context import Context
from harmledger.claims.drafts import Draft
from harmledger.claims.fold import fold_text
from harmledger.claims.hindsight import link_parts, look_back
from harmledger.claims.marks import compile_vocabulary, find_triggers
from harmledger.claims.outcomes import settle_outcomes
from harmledger.claims.parse import Parsed, SentenceParser
from harmledger.claims.quotations import find_quoted
from harmledger.claims.rolls import find_rolls
from harmledger.claims.settling import settle_toponyms
from harmledger.claims.telling import Telling
from harmledger.claims.trace import SentenceTrace, trace_hindsight
from harmledger.documents.text import Text
from harmledger.lexicon.syntax import load_syntax
from harmledger.lexicon.tables import list_languages
from harmledger.lexicon.times import load_time_words
from harmledger.places.gazetteer import Gazetteer
from harmledger.ranges.zones import local_day
from harmledger.records.claim import Claim
from harmledger.records.problem import Problem
from harmledger.records.time import Time

_COUNTRYSIDES: Final = frozenset({"district"})
MOST_TRIGGERS: Final = 10_000
"""Words of harm, damage, attack or denial up to which a text is read: some hundred pages of nothing else."""

READ_ROLES: Final = frozenset({"body", "headline"})


class Reader:
    """Reads texts of every language that the lexicon has, against one gazetteer.

    `countries` (ISO 3166-1 alpha-2) are those of the case, most likely first; `zone` is its IANA time zone.
    `made_by` signs the claims: program version and gazetteer digests.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        countries: Sequence[str] = (),
        zone: str | None = None,
        made_by: str | None = None,
    ) -> None:
        self._gazetteer = gazetteer
        self._countries = tuple(countries)
        self._zone = zone
        self._made_by = made_by
        self._parsers: dict[str, SentenceParser] = {}

    def read(self, text: Text) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
        """Give the claims of a text, in text order, and what could not be read."""
        claims, problems, _ = self._read(text)
        return claims, problems

    def explain(self, text: Text) -> tuple[tuple[Claim, ...], tuple[SentenceTrace, ...]]:
        """Give the claims of a text with the trace of every sentence that was parsed."""
        claims, _, traces = self._read(text, is_explaining=True)
        return claims, traces

    def _read(
        self, text: Text, is_explaining: bool = False
    ) -> tuple[tuple[Claim, ...], tuple[Problem, ...], tuple[SentenceTrace, ...]]:
        language = (text.document.language or "").split("-")[0]
        if language not in list_languages():
            return (), (_report_language(text, language),), ()
        text = self._open_parser(language).prepare(text)
        key = fold_text(text.reading)
        triggered, is_cut = _list_triggered(text, key, language)
        if not triggered:
            return (), (), ()
        if is_cut:
            text = replace(text, sentences=text.sentences[: max(triggered) + 1])
        parsed = self._parse(text, key, language)
        country = settle_toponyms(
            text.reading, parsed, self._gazetteer.in_language(language), self._countries, language
        )
        anchor, problems = self._find_anchor(text, country)
        if is_cut:
            problems.append(_report_cut(text))
        areas = _COUNTRYSIDES if load_syntax(language).is_noun_first else frozenset()
        context = Context(anchor, areas, posted=_date_undated(text, anchor, language))
        rolls = find_rolls(text.reading, parsed, language)
        telling = Telling(text, language, context, find_quoted(text, parsed), self._made_by, rolls)
        pairs: list[tuple[Draft, Claim]] = []
        traces = tuple(SentenceTrace(sentence) for sentence in parsed)
        for trace in traces:
            trace.has_harm = trace.parsed.index in triggered
            pairs.extend(telling.tell(trace))
            problems.extend(_report_unread(text, trace))
        settled = settle_outcomes(pairs, language, text.document.digest)
        claims = look_back(link_parts(settled), context)
        if is_explaining:
            trace_hindsight(traces, pairs, settled, claims)
        return claims, tuple(problems), traces

    def prepare(self, text: Text) -> Text:
        """Give the text as it is read, to which the offsets of traces belong: with particles parted from their words
        where the language joins them. What has been prepared stays as it is.
        """
        language = (text.document.language or "").split("-")[0]
        return self._open_parser(language).prepare(text) if language in list_languages() else text

    def _open_parser(self, language: str) -> SentenceParser:
        parser = self._parsers.get(language)
        if parser is None:
            parser = self._parsers[language] = SentenceParser(language, self._gazetteer)
        return parser

    def _parse(self, text: Text, key: str, language: str) -> list[Parsed]:
        parser = self._open_parser(language)
        scanned = parser.scan(text.reading, key)
        return [
            parser.parse(text, scanned, index)
            for index, sentence in enumerate(text.sentences)
            if sentence.role in READ_ROLES
        ]

    def _find_anchor(self, text: Text, country: str | None) -> tuple[date | None, list[Problem]]:
        """Give the local day of publication, which relative dates count from, or None."""
        if text.published is None:
            return None, []
        local = local_day(text.published, country, self._zone)
        problems = [replace(local.problem, where=text.document.id)] if local.problem is not None else []
        return local.day, problems


def open_reader(
    gazetteer: Gazetteer, countries: Sequence[str] = (), zone: str | None = None, made_by: str | None = None
) -> Reader:
    """Open a reader; it may be used for any number of texts, in one thread."""
    return Reader(gazetteer, countries, zone, made_by)


def _date_undated(text: Text, anchor: date | None, language: str) -> Time | None:
    """Give the two days that a post of social media, say, speaks of where it names none; None for other documents."""
    kinds = load_time_words(language).dated_kinds
    if anchor is None or text.document.kind not in kinds or anchor == date.min:
        return None
    return Time((anchor - timedelta(days=1)).isoformat(), anchor.isoformat(), "day")


def _list_triggered(text: Text, key: str, language: str) -> tuple[set[int], bool]:
    """Give the sentences that hold a word of harm, damage, attack or denial, and whether there are more of them than are
    read: what one text may cost is bounded, whatever is written in it."""
    found: set[int] = set()
    index = 0
    for number, start in enumerate(find_triggers(key, compile_vocabulary(language)), 1):
        if number > MOST_TRIGGERS and found:
            return found, True
        while index < len(text.sentences) and text.sentences[index].end <= start:
            index += 1
        if index == len(text.sentences):
            break
        if text.sentences[index].start <= start and text.sentences[index].role in READ_ROLES:
            found.add(index)
    return found, False


def _report_cut(text: Text) -> Problem:
    start, _ = text.locate(text.sentences[-1].end, text.sentences[-1].end)
    return Problem(
        "claims.too-many",
        f"the text has more than {MOST_TRIGGERS:,} words of harm; it is not read beyond this place",
        "error",
        text.document.id,
        start,
        remedy="split it into the reports that it holds",
    )


def _report_language(text: Text, language: str) -> Problem:
    known = ", ".join(list_languages())
    return Problem(
        "claims.language",
        f"no reader for the language {language or 'unknown'!r}; the document was not read",
        "warning",
        text.document.id,
        remedy=f"languages read: {known}; give the document's language where it was told wrongly",
    )


def _report_unread(text: Text, trace: SentenceTrace) -> list[Problem]:
    found = []
    for number in trace.set_aside:
        if number.reason is None:
            start, end = text.locate(number.start, number.end)
            message = f"a number in a sentence about harm was not read: {number.wording!r}"
            remedy = "read the sentence; add the claim or set the number aside"
            found.append(
                Problem("claims.number-unread", message, "note", text.document.id, start, end, remedy)
            )
    return found
