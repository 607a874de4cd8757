"""Telling: the pass over a document, which carries voice, place, time and open totals from sentence to sentence."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from harmledger.claims.assembly import assemble_claim
from harmledger.claims.attackers import find_actors
from harmledger.claims.carrying import WIDE, carry_place, name_unknown, settle_where_and_when, take_place
from harmledger.claims.context import Context
from harmledger.claims.dates import find_time, list_days_told
from harmledger.claims.drafting import draft_sentence
from harmledger.claims.drafts import Draft
from harmledger.claims.footage import is_about_media
from harmledger.claims.frames import Frame
from harmledger.claims.parse import Parsed
from harmledger.claims.rolls import Roll
from harmledger.claims.rules import get_letter
from harmledger.claims.scopes import judge_scope, judge_stance, refers_to_many
from harmledger.claims.trace import SentenceTrace
from harmledger.claims.unread import list_set_aside
from harmledger.claims.voices import find_voice, hear_frame, name_party, take_admission
from harmledger.claims.weapons import find_means, find_means_alone
from harmledger.claims.whereabouts import (
    SOME_TOWN,
    find_common_area,
    find_place,
    find_speaker_place,
    find_unknown_place,
    says_latter,
    says_some_town,
)
from harmledger.documents.text import Text
from harmledger.lexicon.syntax import load_syntax
from harmledger.ranges.times import resolve_time
from harmledger.records.claim import Actor, Claim, Voice
from harmledger.records.place import Place
from harmledger.records.time import Time

_HEADER_SENTENCES: Final = 2
_PAST: Final = frozenset({"since_date", "background"})
"""Scopes of what is told of a period."""
_NUMBER: Final = get_letter("QTY")
_AGE: Final = get_letter("AGE")
_STORY_DAYS: Final = 7
"""How many days before publication the day of a report that dates no attack may lie."""


class Telling:
    """One document while it is told, sentence by sentence, in order.

    `quoted` gives, for sentences inside a quotation without a speaker of their own, the frame that speaks
    for them; `made_by` signs the claims; `rolls` gives the lists of names by the sentences that are of them.
    """

    def __init__(
        self,
        text: Text,
        language: str,
        context: Context,
        quoted: Mapping[int, Frame],
        made_by: str | None = None,
        rolls: Mapping[int, Roll] | None = None,
    ) -> None:
        self._text = text
        self._language = language
        self._is_verb_first = load_syntax(language).is_verb_first
        self._context = context
        self._quoted = quoted
        self._made_by = made_by
        self._rolls = rolls or {}

    def tell(self, trace: SentenceTrace) -> list[tuple[Draft, Claim]]:
        """Give the drafts of a sentence with their claims, and fill its trace.

        A sentence without any word of harm (`has_harm` false) is heard for its speakers and its day; it
        claims something only where it divides a total told before ("Four were children").
        """
        parsed, context = trace.parsed, self._context
        voices = {id(frame): hear_frame(frame, context) for frame in parsed.frames}
        divides = bool(context.totals) and (_NUMBER in parsed.letters or _AGE in parsed.letters)
        is_read = trace.has_harm or divides or parsed.index in self._rolls
        pairs = self._claim(trace, voices) if is_read else []
        if trace.has_harm:
            trace.set_aside = list(list_set_aside(self._text.reading, parsed, trace.drafts))
        else:
            self._date_header(parsed)
        if context.event is None and context.story_day is None and context.anchor is not None:
            context.story_day = self._find_story_day(parsed, context.anchor)
        if is_about_media(parsed):
            context.media = parsed.sentence.paragraph
        return pairs

    def _find_story_day(self, parsed: Parsed, anchor: date) -> Time | None:
        """Give the first day of the week before publication that a sentence tells of ("Officers were called to
        the market at 2 p.m. Monday"): where no attack is dated, it is the day of the story."""
        for mention in list_days_told(parsed):
            time = resolve_time(mention, anchor, self._context.time)
            if time is None:
                continue
            start, end = date.fromisoformat(time.start), date.fromisoformat(time.end)
            if (end - start).days <= 1 and 0 <= (anchor - start).days <= _STORY_DAYS:
                return time
        return None

    def _claim(self, trace: SentenceTrace, voices: Mapping[int, Voice | None]) -> list[tuple[Draft, Claim]]:
        parsed, context = trace.parsed, self._context
        roll = self._rolls.get(parsed.index)
        trace.drafts = draft_sentence(self._text.reading, parsed, self._language, context, roll)
        is_denying = any(draft.kind == "attribution" and draft.stance == "denied" for draft in trace.drafts)
        pairs = []
        for draft in trace.drafts:
            voice, rule = find_voice(draft, voices, self._quoted.get(parsed.index), context)
            if _denies_for_nobody(draft, voice):
                continue
            whole_voice = self._find_voice_of_whole(draft) if rule is None and draft.is_subset else None
            if whole_voice is not None:
                voice, rule = whole_voice, "voice.of-the-whole"
            if rule:
                draft.rules.append(rule)
            trace.voices.append(voice)
            self._name_actors(draft, voice, is_denying)
            claim = self._settle(draft, voice)
            if draft.is_own_event:
                context.own_events.add(claim.id)
            context.is_told |= claim.scope in {"attack", "area_day"} and claim.kind == "toll"
            pairs.append((draft, claim))
        self._remember_mentions(parsed)
        return pairs

    def _find_voice_of_whole(self, draft: Draft) -> Voice | None:
        """Give who told the total that a part is of, where it is the last one told; he speaks for the part too."""
        context, harm = self._context, draft.harm or ""
        last = context.totals.get(harm)
        if last is not None and (draft.whole is None or draft.whole is last):
            return context.voices.get(harm)
        return context.last_voice if draft.whole is not None and draft.whole is context.last_total else None

    def _name_actors(self, draft: Draft, voice: Voice, is_denying: bool) -> None:
        """Name who is blamed, or the party that denies or admits; nothing is admitted beside a denial."""
        if draft.kind != "attribution":
            draft.actors.extend(find_actors(self._text.reading, draft, self._is_verb_first))
        elif draft.stance == "denied" or "admission.verb" in draft.rules:
            party = name_party(voice) or (voice.name if _claims_attack(draft) else None)
            role = "denies" if draft.stance == "denied" else "admits"
            draft.actors = [Actor(party, voice.wording, role)] if party else []  # type: ignore[arg-type]
        if not is_denying:
            draft.actors = [take_admission(actor, voice) for actor in draft.actors]

    def _settle(self, draft: Draft, voice: Voice) -> Claim:
        context, parsed_index = self._context, draft.parsed.index
        draft.means = find_means(draft)
        draft.means_alone = find_means_alone(draft) if draft.means is None else None
        mention = find_time(draft)
        time = None
        if mention is not None:
            spoken_of = (
                context.since or context.time if mention.kind == "since" else context.time or context.since
            )
            time = resolve_time(mention, context.anchor, spoken_of)
        place = self._find_place(draft)
        draft.stance = judge_stance(draft)
        draft.scope, rule = judge_scope(
            draft, mention, time, place or carry_place(context.place), self._date_event(), place is not None
        )
        if draft.scope in {"attack", "area_day"} and context.is_running and time is None and _divides(draft):
            draft.scope, rule = "since_date", "scope.breakdown"
        is_open = draft.scope in {"attack", "area_day"} and draft.kind == "toll" and mention is None
        if is_open and context.period == parsed_index - 1 and refers_to_many(draft):
            draft.scope, rule = "since_date", "scope.those-attacks"
        elif mention is not None and mention.kind in {"since", "period"} and draft.scope in _PAST:
            context.period = parsed_index
        if draft.kind == "toll":
            context.is_running = draft.scope == "since_date"
        whole = draft.whole if draft.is_subset and draft.parsed.chunks[0].kind == "OF_TOTAL" else None
        if whole is not None and mention is None and place is None:  # "of the total": no event of its own
            draft.scope, rule = whole.scope, "scope.of-the-whole"
            time = context.since if whole.scope == "since_date" else None
        draft.rules.append(rule)
        if place is not None and place.precision in WIDE and says_some_town(draft):
            draft.rules.append(SOME_TOWN)
        settled = settle_where_and_when(draft, place, time, voice, context)
        return assemble_claim(self._text, draft, voice, *settled, self._made_by)

    def _date_event(self) -> Time | None:
        """Give the time the report is about: an attack that it tells first, without a day, is news of the day."""
        context = self._context
        if context.event is not None or not context.is_told or context.anchor is None:
            return context.event
        day = context.anchor.isoformat()
        return Time(day, day, "day")

    def _find_place(self, draft: Draft) -> Place | None:
        if says_latter(draft):
            return carry_place(self._context.latter)
        told = find_place(draft, self._context.place is not None)
        place = take_place(told) or find_common_area(draft)
        if place is None and draft.at_place is None:
            place = name_unknown(told)
        if place is None:
            place = name_unknown(find_unknown_place(draft))
        if place is None and self._context.place is None:
            return take_place(find_speaker_place(draft))
        return place

    def _remember_mentions(self, parsed: Parsed) -> None:
        """Keep what "since then" and "the latter town" will stand for, whether or not a claim uses it here."""
        context = self._context
        for toponym in parsed.toponyms:
            context.latter = take_place(toponym) or context.latter
        for mention in parsed.times:
            if mention.kind == "since" and not mention.needs_antecedent:
                context.since = resolve_time(mention, context.anchor) or context.since

    def _date_header(self, parsed: Parsed) -> None:
        """Take the day and the place that a report's first lines name ("Daily count for Monday, 22 July")."""
        context = self._context
        if parsed.index >= _HEADER_SENTENCES or parsed.frames:
            return
        found = [place for place in map(take_place, parsed.toponyms) if place is not None]
        places = [place for place in found if place.precision not in WIDE]
        if context.place is None and len(places) == 1:
            context.place = context.scene = carry_place(places[0])
        if context.time is not None:
            return
        for mention in parsed.times:
            if mention.kind == "point":
                context.time = context.event = resolve_time(mention, context.anchor)
                return


def _divides(draft: Draft) -> bool:
    """Tell whether the sentence is an item of a list that counts attacks, or begins with a number of people: behind a
    running total, a part of it."""
    chunks = draft.parsed.chunks
    if chunks[0].kind != "DASH":
        return False
    is_number = len(chunks) > 1 and (
        chunks[1].kind == "QTY" or (chunks[1].kind == "PEOPLE" and chunks[1].counted)
    )
    return is_number or any(chunk.kind == "MEANS" and chunk.counted and chunk.many for chunk in chunks)


def _claims_attack(draft: Draft) -> bool:
    """Whoever claims responsibility has it, whether or not it is known as a party."""
    return draft.stance != "denied" and draft.parsed.chunks[draft.first].kind == "ADMIT"


def _denies_for_nobody(draft: Draft, voice: Voice) -> bool:
    """ "No air strike was carried out" is a denial in the mouth of a party alone; a verb of denial is one in any."""
    is_denial = draft.kind == "attribution" and draft.stance == "denied"
    return is_denial and name_party(voice) is None and draft.parsed.chunks[draft.first].kind != "DENY"
