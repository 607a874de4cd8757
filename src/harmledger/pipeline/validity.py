"""What a record must keep to beyond its types: bounds, offsets, dates and closed lists."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final, TypeAlias, get_args

from harmledger.records.bounds import find_place_faults, find_time_faults
from harmledger.records.claim import Claim
from harmledger.records.document import Document
from harmledger.records.incident import Extent, GroupExtent, Incident
from harmledger.records.judgement import CLAIMS_JUDGED, CORRECTED, Judgement
from harmledger.records.signing import Signing
from harmledger.records.span import EVIDENCE_LIMIT, Span
from harmledger.records.vocabulary import FORMAT, PEOPLE_GROUPS, PLACE_GROUPS, Harm
from harmledger.review.content import digest_content

Record: TypeAlias = Document | Claim | Incident | Judgement | Signing

_HARMS: Final = frozenset(get_args(Harm))
_GROUPS: Final = frozenset(PEOPLE_GROUPS + PLACE_GROUPS)
_CONTENTS: Final = ("text", "html", "path")


def find_faults(record: Record) -> Iterator[str]:
    """Give what is wrong with a record whose types are right, most telling first, in words for a person."""
    if record.format != FORMAT:
        yield f"format {record.format}; this program reads format {FORMAT}"
    if isinstance(record, Document):
        yield from _find_document_faults(record)
    elif isinstance(record, Claim):
        yield from _find_claim_faults(record)
    elif isinstance(record, Judgement):
        yield from _find_judgement_faults(record)
    elif isinstance(record, Signing):
        yield from _find_signing_faults(record)
    else:
        yield from _find_incident_faults(record)


def _find_document_faults(document: Document) -> Iterator[str]:
    given = [name for name in _CONTENTS if getattr(document, name) is not None]
    if len(given) != 1:
        found = " and ".join(given) if given else "none of them"
        yield f"exactly one of text, html and path must be given; found {found}"
    if document.id is not None and not document.id.strip():
        yield "id is empty; leave it out to have the SHA-256 of the bytes"


def _find_claim_faults(claim: Claim) -> Iterator[str]:
    for name, span in (("evidence", claim.evidence), ("cue", claim.cue)):
        yield from _find_span_faults(name, span)
    if claim.evidence.end - claim.evidence.start > EVIDENCE_LIMIT:
        yield f"evidence is longer than {EVIDENCE_LIMIT} characters"
    if not claim.evidence.covers(claim.cue.start, claim.cue.end):
        yield "the cue lies outside the evidence"
    yield from find_place_faults(claim.place)
    yield from find_time_faults(claim.time)


def _find_judgement_faults(judgement: Judgement) -> Iterator[str]:
    wanted = CLAIMS_JUDGED[judgement.kind]
    if len(set(judgement.claims)) != wanted or len(judgement.claims) != wanted:
        yield f"{judgement.kind} takes {wanted} different claims; found {len(judgement.claims)}"
    if judgement.kind == "undo" and judgement.undoes is None:
        yield "an undo must say which judgement it undoes"
    if judgement.kind == "correct" and judgement.field not in CORRECTED:
        yield f"{judgement.field!r:.40} cannot be corrected; fields are {', '.join(CORRECTED)}"
    yield from _find_moment_faults(judgement.at)


def _find_signing_faults(signing: Signing) -> Iterator[str]:
    yield from _find_moment_faults(signing.at)
    if signing.digest != digest_content(signing.content):
        yield "the digest is not that of the content: it is not what was signed"


def _find_moment_faults(at: str) -> Iterator[str]:
    try:
        datetime.fromisoformat(at)
    except ValueError:
        yield f"{at!r:.40} is no moment in ISO 8601"


def _find_incident_faults(incident: Incident) -> Iterator[str]:
    yield from find_place_faults(incident.place)
    yield from find_time_faults(incident.time)
    for target in incident.targets:
        if target not in _GROUPS:
            yield f"unknown target {target!r:.60}"
    yield from _find_toll_faults(incident.toll)
    for account in incident.accounts:
        yield from _find_toll_faults(account.toll)
        for earlier in account.earlier:
            yield from _find_toll_faults(earlier.toll)


def _find_toll_faults(toll: Mapping[str, Extent]) -> Iterator[str]:
    for harm, extent in toll.items():
        if harm not in _HARMS:
            yield f"unknown harm {harm!r:.60}"
        yield from _find_extent_faults(harm, extent)
        for group, part in extent.groups.items():
            if group not in _GROUPS:
                yield f"unknown group {group!r:.60}"
            yield from _find_extent_faults(f"{harm} {group}", part)


def _find_extent_faults(name: str, extent: Extent | GroupExtent) -> Iterator[str]:
    known = [figure for figure in (extent.low, extent.best, extent.high) if figure is not None]
    if known != sorted(known):
        yield f"{name}: low, best and high are out of order"
    if any(figure < 0 for figure in known):
        yield f"{name}: a figure is negative"


def _find_span_faults(name: str, span: Span) -> Iterator[str]:
    if not 0 <= span.start < span.end:
        yield f"{name}: offsets {span.start} to {span.end} are no stretch of text"
    elif len(span.text) != span.end - span.start:
        yield f"{name}: its text has {len(span.text)} characters, its offsets {span.end - span.start}"
