"""What a claim on chosen words may say, told by the reader on their sentence alone, and by the claims around it."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from harmledger.pipeline.case_settings import describe_settings
from harmledger.pipeline.gather import Gathered
from harmledger.pipeline.judging import write_value
from harmledger.pipeline.read import DocumentReader, ReadSettings
from harmledger.records.claim import Claim
from harmledger.records.document import Document

if TYPE_CHECKING:
    from harmledger.store.settings import CaseSettings

_CODED = ("kind", "harm", "group", "count", "scope", "stance", "means", "place", "time")
_CARRIED = ("scope", "place", "time")
_CLAIMS = msgspec.json.Decoder(Claim)
_kept = threading.local()


def suggest_fields(
    settings: "CaseSettings",
    document: Document,
    claims: Sequence[Claim],
    cue: tuple[int, int],
    evidence: tuple[int, int],
) -> dict[str, str]:
    """Give the fields of a claim on the words at `cue`, as `claiming.compose_claim` takes them: what the reader finds in the
    evidence when it reads nothing else, and where that has no place, time or voice, those of the claims in the same
    sentence, or of the last one before it. `claims` are those of the document, in the order of its text.
    """
    start, end = cue
    told = _read_alone(settings, document, evidence)
    fitting = [claim for claim in told if claim.cue.start < end and start < claim.cue.end]
    best = max(fitting, key=lambda claim: (claim.count is not None, claim.harm is not None), default=None)
    around = _find_around(claims, evidence)
    found: dict[str, str] = {}
    if best is not None:
        found = {name: write_value(name, getattr(best, name)) for name in _CODED}
        found |= {actor.role: actor.name for actor in best.actors}
    for claim in (best, around):
        if claim is None:
            continue
        for name in _CARRIED:
            found[name] = found.get(name) or write_value(name, getattr(claim, name))
        if not found.get("voice") and not found.get("role"):
            found |= {"voice": claim.voice.name or claim.voice.wording or "", "role": claim.voice.role or ""}
    return {name: value for name, value in found.items() if value}


def _read_alone(settings: "CaseSettings", document: Document, evidence: tuple[int, int]) -> tuple[Claim, ...]:
    """Give the claims of a sentence that is read as if it were the whole document, at their places in that."""
    start, end = evidence
    alone = replace(document, text=(document.text or "")[start:end], title=None, supersedes=None)
    found = _open_reader(describe_settings(settings)).read(Gathered(alone, None, document.id or ""))
    claims = _CLAIMS.decode_lines(b"".join(found.lines)) if found.lines else []
    return tuple(
        replace(claim, cue=replace(claim.cue, start=claim.cue.start + start, end=claim.cue.end + start))
        for claim in claims
    )


def _open_reader(settings: ReadSettings) -> DocumentReader:
    """Give this thread's reader: opening one takes a second."""
    held: tuple[ReadSettings, DocumentReader] | None = getattr(_kept, "held", None)
    if held is None or held[0] != settings:
        held = _kept.held = (settings, DocumentReader(settings))
    return held[1]


def _find_around(claims: Sequence[Claim], evidence: tuple[int, int]) -> Claim | None:
    """Give the claim whose place, time and voice hold for a sentence: one in it, else the last before, else the first."""
    start, end = evidence
    inside = [claim for claim in claims if claim.evidence.start < end and start < claim.evidence.end]
    before = [claim for claim in claims if claim.evidence.end <= start]
    if inside:
        return inside[0]
    return before[-1] if before else next(iter(claims), None)
