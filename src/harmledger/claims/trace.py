"""Trace: what happened to a sentence, for a person who asks why a claim was made or a number left."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from harmledger.claims.drafts import Draft
from harmledger.claims.parse import Parsed
from harmledger.claims.unread import SetAside
from harmledger.records.claim import Claim, Voice


@dataclass(frozen=True, slots=True)
class Told:
    """A claim as its own sentence told it (`first`), and as the whole document leaves it (`kept`)."""

    draft: Draft
    first: Claim
    kept: Claim


@dataclass(slots=True)
class SentenceTrace:
    """One sentence: its chunks, the drafts with the rules that fired, their voices, the numbers set aside.

    `has_harm` is true where it holds a word of harm, damage, attack or denial; a sentence without one is only heard.
    `told` is filled where somebody asks for them.
    """

    parsed: Parsed
    drafts: list[Draft] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    voices: list[Voice | None] = field(default_factory=list)
    has_harm: bool = False
    told: list[Told] = field(default_factory=list)


def trace_hindsight(
    traces: Sequence[SentenceTrace],
    pairs: Sequence[tuple[Draft, Claim]],
    settled: Sequence[tuple[Draft, Claim]],
    claims: Sequence[Claim],
) -> None:
    """Fill in, for each draft of the traces, the claim that its sentence told (`pairs`) and what became of it.

    `settled` are the same pairs when outcomes are known, `claims` those of the whole document.
    """
    kept = {claim.id: claim for claim in claims}
    found = {
        id(draft): Told(draft, first, kept[late.id])
        for (draft, first), (_, late) in zip(pairs, settled, strict=True)
    }
    for trace in traces:
        trace.told = [found[id(draft)] for draft in trace.drafts if id(draft) in found]
