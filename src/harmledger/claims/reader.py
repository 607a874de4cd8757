"""Read a text: parse its sentences, settle its places, draft claims, and carry what one sentence leaves to the next."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from harmledger.claims.assembly import assemble_claim
from harmledger.claims.attachments import (
    find_actors,
    find_means,
    find_place,
    find_speaker_place,
    find_time,
    says_latter,
)
from harmledger.claims.attacks import draft_attacks
from harmledger.claims.attributions import draft_attributions
from harmledger.claims.carrying import carry_place, settle_where_and_when, take_place
from harmledger.claims.context import Context
from harmledger.claims.damage import draft_damage
from harmledger.claims.drafts import Draft
from harmledger.claims.fold import fold_text
from harmledger.claims.hindsight import link_parts, look_back
from harmledger.claims.marks import compile_vocabulary, find_triggers
from harmledger.claims.parse import Parsed, SentenceParser
from harmledger.claims.quotations import find_quoted
from harmledger.claims.rules import load_family
from harmledger.claims.scopes import judge_scope, judge_stance
from harmledger.claims.settling import settle_toponyms
from harmledger.claims.tolls import draft_tolls, is_about_media
from harmledger.claims.unread import SetAside, list_set_aside
from harmledger.claims.voices import Frame, choose_frame, resolve_voice
from harmledger.documents.text import Text
from harmledger.lexicon.tables import list_languages
from harmledger.lexicon.words import find_body
from harmledger.places.gazetteer import Gazetteer
from harmledger.ranges.times import resolve_time
from harmledger.ranges.zones import local_day
from harmledger.records.claim import Actor, Claim, Voice
from harmledger.records.problem import Problem

READ_ROLES = frozenset({"body", "headline"})


@dataclass(slots=True)
class SentenceTrace:
    """What happened to one sentence: its chunks, the drafts with the rules that fired, the numbers set aside."""

    parsed: Parsed
    drafts: list[Draft] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    voices: list[Voice | None] = field(default_factory=list)


class Reader:
    """Reads texts of every language that the lexicon has, against one gazetteer.

    `countries` (ISO 3166-1 alpha-2) are those of the case, most likely first; `zone` is its IANA time zone.
    """

    def __init__(self, gazetteer: Gazetteer, countries: Sequence[str] = (), zone: str | None = None) -> None:
        self._gazetteer = gazetteer
        self._countries = tuple(countries)
        self._zone = zone
        self._parsers: dict[str, SentenceParser] = {}

    def read(self, text: Text) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
        """Give the claims of a text, in text order, and what could not be read."""
        claims, problems, _ = self._read(text)
        return claims, problems

    def explain(self, text: Text) -> tuple[tuple[Claim, ...], tuple[SentenceTrace, ...]]:
        """Give the claims of a text with the trace of every sentence that was parsed."""
        claims, _, traces = self._read(text)
        return claims, traces

    def _read(self, text: Text) -> tuple[tuple[Claim, ...], tuple[Problem, ...], tuple[SentenceTrace, ...]]:
        language = (text.document.language or "").split("-")[0]
        if language not in list_languages():
            return (), (_report_language(text, language),), ()
        key = fold_text(text.reading)
        parsed = self._parse(text, key, language)
        if not parsed:
            return (), (), ()
        country = settle_toponyms(parsed, self._gazetteer, self._countries, language)
        problems: list[Problem] = []
        context = Context(self._find_anchor(text, country, problems))
        traces = [SentenceTrace(sentence) for sentence in parsed]
        triggered = _list_triggered(text, key, language)
        pairs: list[tuple[Draft, Claim]] = []
        quoted = find_quoted(text, parsed)
        for trace in traces:
            pairs.extend(
                self._read_sentence(text, trace, context, language, trace.parsed.index in triggered, quoted)
            )
            problems.extend(_report_unread(text, trace))
        claims = look_back(link_parts(pairs), context)
        return claims, tuple(problems), tuple(traces)

    def _parse(self, text: Text, key: str, language: str) -> list[Parsed]:
        triggered = _list_triggered(text, key, language)
        if not triggered:
            return []
        parser = self._parsers.get(language)
        if parser is None:
            parser = self._parsers[language] = SentenceParser(language, self._gazetteer)
        return [
            parser.parse(text, key, index)
            for index, sentence in enumerate(text.sentences)
            if sentence.role in READ_ROLES
        ]

    def _find_anchor(self, text: Text, country: str | None, problems: list[Problem]) -> date | None:
        if text.published is None:
            return None
        local = local_day(text.published, country, self._zone)
        if local.problem is not None:
            problems.append(replace(local.problem, where=text.document.id))
        return local.day

    def _read_sentence(
        self,
        text: Text,
        trace: SentenceTrace,
        context: Context,
        language: str,
        is_triggered: bool,
        quoted: dict[int, Frame],
    ) -> list[tuple[Draft, Claim]]:
        parsed = trace.parsed
        voices = {id(frame): _hear(frame, context) for frame in parsed.frames}
        is_told = is_triggered or (bool(context.totals) and "QTY" in {chunk.kind for chunk in parsed.chunks})
        pairs = self._claim(text, trace, context, language, voices, quoted) if is_told else []
        if is_triggered:
            trace.set_aside = list(list_set_aside(text.reading, parsed, trace.drafts))
        if not is_triggered:
            _date_header(parsed, context)
        if is_about_media(parsed):
            context.media = parsed.sentence.paragraph
        return pairs

    def _claim(
        self,
        text: Text,
        trace: SentenceTrace,
        context: Context,
        language: str,
        voices: dict[int, Voice | None],
        quoted: dict[int, Frame],
    ) -> list[tuple[Draft, Claim]]:
        parsed = trace.parsed
        drafts = _draft_sentence(text.reading, parsed, language, context)
        trace.drafts = drafts
        pairs = []
        drafts = _drop_denied(drafts)
        is_denying = any(draft.kind == "attribution" and draft.stance == "denied" for draft in drafts)
        for draft in drafts:
            voice, rule = _find_voice(draft, voices, quoted.get(parsed.index), context)
            if rule is None and draft.is_subset and draft.whole is None and draft.harm in context.totals:
                voice, rule = context.voices.get(draft.harm, voice), "voice.of-the-whole"
            self._settle(text, draft, voice, is_denying)
            if rule:
                draft.rules.append(rule)
            trace.voices.append(voice)
            pairs.append((draft, self._assemble(text, draft, voice, context)))
        self._remember_mentions(parsed, context)
        return pairs

    def _remember_mentions(self, parsed: Parsed, context: Context) -> None:
        """Keep what "since then" and "the latter town" will stand for, whether or not a claim uses it here."""
        for toponym in parsed.toponyms:
            context.latter = take_place(toponym) or context.latter
        for mention in parsed.times:
            if mention.kind == "since" and not mention.needs_antecedent:
                context.since = resolve_time(mention, context.anchor) or context.since

    def _settle(self, text: Text, draft: Draft, voice: Voice, is_denying: bool) -> None:
        draft.means = find_means(draft)
        if draft.kind != "attribution":
            draft.actors.extend(find_actors(text.reading, draft))
        elif draft.stance == "denied":
            name = _name_denier(voice)
            if name:
                draft.actors = [Actor(name, voice.wording, "denies")]
        elif "admission.verb" in draft.rules:
            name = _name_denier(voice)
            if name:
                draft.actors = [Actor(name, voice.wording, "admits")]
        if not is_denying:
            draft.actors = [_take_admission(actor, voice) for actor in draft.actors]

    def _assemble(self, text: Text, draft: Draft, voice: Voice, context: Context) -> Claim:
        mention = find_time(draft)
        time = (
            resolve_time(mention, context.anchor, context.since or context.time)
            if mention is not None
            else None
        )
        toponym = find_place(draft)
        place = carry_place(context.latter) if says_latter(draft) else take_place(toponym)
        if place is None and context.place is None:
            place = take_place(find_speaker_place(draft))
        draft.stance = judge_stance(draft)
        draft.scope, rule = judge_scope(
            draft, mention, time, place or carry_place(context.place), context.event, place is not None
        )
        draft.rules.append(rule)
        return assemble_claim(text, draft, voice, *settle_where_and_when(draft, place, time, voice, context))


def _hear(frame: Frame, context: Context) -> Voice | None:
    return resolve_voice(frame.speaker, context.memory) if frame.speaker is not None else None


def _find_voice(
    draft: Draft, voices: dict[int, Voice | None], quoted: Frame | None, context: Context
) -> tuple[Voice, str | None]:
    frame, outer = choose_frame(draft.parsed.frames, draft.first)
    if draft.kind == "attribution":
        own = next((f for f in draft.parsed.frames if draft.first <= f.index <= draft.last), None)
        frame = own or frame or next((f for f in draft.parsed.frames if f.index <= draft.last), None)
    if frame is None:
        if quoted is not None and quoted.speaker is not None:
            voice = resolve_voice(quoted.speaker, context.memory)
            if voice is not None:
                return voice, "voice.quotation"
        return Voice(), None
    voice = voices[id(frame)]
    if voice is None:
        return Voice(), "voice.unresolved-pronoun"
    via = [
        name for name in (_name_voice(voices[id(other)]) for other in outer) if name and name != voice.name
    ]
    if frame.passed_to and frame.passed_to != voice.name:
        via.insert(0, frame.passed_to)
    return replace(voice, via=tuple(via)), "voice.according-to" if frame.verb == "according" else "voice.says"


def _name_voice(voice: Voice | None) -> str | None:
    return voice.name if voice is not None else None


def _name_denier(voice: Voice) -> str | None:
    body = find_body(voice.name) if voice.name else None
    if body is not None:
        return body.side or body.name
    return voice.name if voice.role in {"belligerent", "government"} else None


def _date_header(parsed: Parsed, context: Context) -> None:
    """Take the day that a report's first line names ("Daily count for Monday, 22 July") for what follows."""
    if context.time is not None or parsed.index > 1 or parsed.frames:
        return
    for mention in parsed.times:
        if mention.kind == "point":
            context.time = context.event = resolve_time(mention, context.anchor)
            return


def _take_admission(actor: Actor, voice: Voice) -> Actor:
    """A party that says its own forces struck admits it; nobody blames himself."""
    if actor.role == "blamed" and actor.name == _name_denier(voice):
        return replace(actor, role="admits")
    return actor


def _drop_denied(drafts: Sequence[Draft]) -> list[Draft]:
    """Mark the counted harm that a speaker denies; what is denied without a number makes no claim of its own."""
    kept = []
    for draft in drafts:
        frame, _ = choose_frame(draft.parsed.frames, draft.first)
        is_denied = frame is not None and frame.verb == "DENY"
        is_denied = is_denied or any(chunk.kind == "UNTRUE" for chunk in draft.parsed.chunks[draft.last :])
        if is_denied and draft.kind != "attribution":
            if draft.victims is None or not draft.victims.counted:
                continue
            draft.stance = "denied"
        kept.append(draft)
    return kept


def _draft_sentence(reading: str, parsed: Parsed, language: str, context: Context) -> list[Draft]:
    asides, rules = load_family(language, "asides"), load_family(language, "tolls")
    open_harm = next(reversed(context.totals), None)
    tolls = draft_tolls(reading, parsed, asides, rules, open_harm, context.media == parsed.sentence.paragraph)
    damage = draft_damage(parsed, load_family(language, "damage"))
    said = draft_attributions(reading, parsed, load_family(language, "denials"))
    if tolls:
        said = [draft for draft in said if draft.stance == "denied"]
    attacks = draft_attacks(parsed) if not said or tolls or damage else []
    return [*tolls, *damage, *said, *attacks]


def _list_triggered(text: Text, key: str, language: str) -> set[int]:
    starts = find_triggers(key, compile_vocabulary(language))
    found: set[int] = set()
    index = 0
    for start in starts:
        while index < len(text.sentences) and text.sentences[index].end <= start:
            index += 1
        if index == len(text.sentences):
            break
        if text.sentences[index].start <= start and text.sentences[index].role in READ_ROLES:
            found.add(index)
    return found


def _report_language(text: Text, language: str) -> Problem:
    return Problem(
        "claims.language",
        f"no reader for the language {language or 'unknown'!r}; the document was not read",
        "warning",
        text.document.id,
        remedy=f"languages read: {', '.join(list_languages())}; give the document's language where it was told wrongly",
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


def open_reader(gazetteer: Gazetteer, countries: Sequence[str] = (), zone: str | None = None) -> Reader:
    """Open a reader; it may be used for any number of texts, in one thread."""
    return Reader(gazetteer, countries, zone)
