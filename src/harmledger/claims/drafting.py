"""Drafting: everything a sentence claims, in text order, with what is denied taken out."""

from typing import Final

from harmledger.claims.attacks import draft_attacks
from harmledger.claims.attributions import draft_attributions
from harmledger.claims.carrying import is_counted_in
from harmledger.claims.chunks import Chunk
from harmledger.claims.context import Context
from harmledger.claims.damage import draft_damage
from harmledger.claims.drafts import Draft
from harmledger.claims.frames import choose_frame
from harmledger.claims.parse import Parsed
from harmledger.claims.rolls import Roll, draft_roll
from harmledger.claims.rules import load_family
from harmledger.claims.tolls import draft_tolls
from harmledger.claims.victims import is_counted
from harmledger.lexicon.syntax import load_syntax

_TOLD_OF: Final = frozenset({"THE_HARMED", "BODIES"})
_SHIELDS: Final = frozenset({"INVOLVED", "MEANS", "BUT", "SEMI", "TARGET"})


_UNION: Final = "killed_or_injured"


def draft_sentence(
    reading: str, parsed: Parsed, language: str, context: Context, roll: Roll | None = None
) -> list[Draft]:
    """Give the tolls, damage, attributions and attacks that a sentence claims; `roll` is the list of names it is of."""
    asides, rules = load_family(language, "asides"), load_family(language, "tolls")
    open_harm = next(reversed(context.totals), None)
    tolls = draft_tolls(reading, parsed, asides, rules, open_harm, context.media == parsed.sentence.paragraph)
    tolls = [draft for draft in tolls if not _stands_alone(draft, tolls, context)]
    if parsed.chunks and parsed.chunks[0].kind == "OF_TOTAL":
        for draft in tolls:
            draft.whole = context.last_total
            draft.is_subset = draft.whole is not None and draft.whole.harm == draft.harm
            if draft.whole is not None and draft.victims is not None and draft.victims.kind == "QTY":
                draft.group = draft.whole.group
    damage = draft_damage(parsed, load_family(language, "damage"))
    said = draft_attributions(reading, parsed, load_family(language, "denials"))
    if tolls:
        said = [draft for draft in said if draft.stance == "denied"]
    attacks = (
        draft_attacks(parsed, load_syntax(language).is_noun_first) if not said or tolls or damage else []
    )
    drafts = _drop_denied([*tolls, *damage, *said, *attacks])
    return drafts if roll is None else draft_roll(reading, parsed, roll, drafts, context)


def _stands_alone(draft: Draft, tolls: list[Draft], context: Context) -> bool:
    """Tell whether "the wounded" or "bodies" are told of where nobody has counted any: that is no toll."""
    if not draft.is_told_of or draft.victims is None or draft.victims.kind not in _TOLD_OF:
        return False
    harms = {draft.harm, _UNION}
    if any(other.harm in harms and not other.is_told_of for other in tolls):
        return False
    return not any(is_counted_in(draft, context.totals.get(harm or "")) for harm in harms)


def _drop_denied(drafts: list[Draft]) -> list[Draft]:
    """Mark the counted harm that a speaker denies; what is denied without a number makes no claim of its own."""
    kept = []
    for draft in drafts:
        if draft.kind == "attribution" and draft.stance != "denied" and is_denied(draft):
            continue
        if draft.kind != "attribution" and is_denied(draft):
            if draft.victims is None or not is_counted(draft.victims):
                continue
            draft.stance = "denied"
        kept.append(draft)
    return kept


def is_denied(draft: Draft) -> bool:
    """Tell whether the harm itself is denied, and not only who did it.

    It is where it is the object of the verb of denial ("denied killing 12", "denied that 12 were killed") and
    where its clause is called untrue, in either order.
    """
    chunks = draft.parsed.chunks
    frame, _ = choose_frame(draft.parsed.frames, draft.first)
    if frame is not None and frame.verb == "DENY" and _is_object(chunks[frame.index + 1 : draft.first]):
        return True
    for index, chunk in enumerate(chunks):
        if chunk.kind != "UNTRUE":
            continue
        if index > draft.last and not _is_parted(chunks[draft.last + 1 : index]):
            return True
        if (
            index < draft.first
            and _is_object(chunks[index + 1 : draft.first])
            and _has_that(chunks[index + 1 : draft.first])
        ):
            return True
    return False


def _is_object(between: list[Chunk]) -> bool:
    """A second clause, or an object of its own ("involvement in the strike that killed 12"), shields the harm."""
    clauses = sum(chunk.kind == "REL" for chunk in between)
    return clauses <= 1 and not any(chunk.kind in _SHIELDS for chunk in between)


def _is_parted(between: list[Chunk]) -> bool:
    return any(chunk.kind in {"AND", "SEMI", "BUT", "REL", "QUOTE", "BY"} for chunk in between)


def _has_that(between: list[Chunk]) -> bool:
    return any(chunk.kind == "REL" for chunk in between)
