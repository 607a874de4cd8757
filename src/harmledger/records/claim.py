"""One thing one voice says: the unit of the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harmledger.records.count import Count
from harmledger.records.meaning import meant
from harmledger.records.place import Place
from harmledger.records.span import Span
from harmledger.records.time import Time
from harmledger.records.vocabulary import (
    FORMAT,
    ActorRole,
    ClaimKind,
    Group,
    Harm,
    Means,
    Scope,
    Stance,
    VoiceRole,
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says it. With `name` and `wording` both null it is the publisher's own voice."""

    name: str | None = meant("neutral, resolved name; null for the publisher's own voice", None)
    wording: str | None = meant("the words of the text", None)
    role: VoiceRole | None = meant("a document kind, or the speaker's role", None)
    via: tuple[str, ...] = meant("who passed it on, nearest first", ())


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is said to have done it, or says that they did or did not."""

    name: str = meant("neutral name")
    wording: str | None = meant("the words of the text")
    role: ActorRole = meant("blamed, denies or admits")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One line of claims.jsonl: one thing one voice says, in one sentence."""

    id: str = meant("SHA-256 over document id, document digest, kind, harm, group, cue start and end")
    document: str = meant("document id")
    evidence: Span = meant("the sentence or clause, at most 600 code points")
    cue: Span = meant("the words inside the evidence that carry the number or the harm")
    kind: ClaimKind = meant("attack, toll, damage, displacement, attribution or media")
    stance: Stance = meant("asserted, denied or hedged", "asserted")
    scope: Scope = meant(
        "one attack, an area and a day, a running total, another event, or a possibility", "attack"
    )
    voice: Voice = meant("who says it", default_factory=Voice)
    harm: Harm | None = meant("what was done; null for an attack", None)
    group: Group | None = meant("to whom, or to what kind of place", None)
    count: Count | None = meant("how many; null where nothing is counted", None)
    means: Means | None = meant("with what", None)
    actors: tuple[Actor, ...] = meant("who is blamed, denies or admits", ())
    place: Place | None = meant("where", None)
    time: Time | None = meant("when: local calendar days at the place", None)
    part_of: str | None = meant("id of the claim whose total includes this one", None)
    because: tuple[str, ...] = meant("names of the rules that fired, in order", ())
    format: int = meant("number of this format", FORMAT)
    made_by: str | None = meant("program version and gazetteer digests", None)
    extra: Mapping[str, Any] = meant(
        "fields of the input line that this format does not know", default_factory=dict
    )
