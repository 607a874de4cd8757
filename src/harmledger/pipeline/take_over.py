"""The step take-over: what people decided and signed in another case, brought in from its export as it was made."""

import hashlib
from collections import ChainMap, Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from harmledger.incidents.rulings import convert_claim, find_fault
from harmledger.pipeline.claiming import name_claim, open_source, refuse_unfit
from harmledger.pipeline.judging import name_judgement
from harmledger.pipeline.kept_forms import compose_form
from harmledger.pipeline.lines import iterate_records, report_unreadable
from harmledger.pipeline.soundness import has_evidence
from harmledger.pipeline.streams import name_source
from harmledger.records.judgement import Judgement
from harmledger.records.moment import order_moment
from harmledger.records.problem import Problem
from harmledger.records.signing import Signing
from harmledger.records.taking_over import TakenOver
from harmledger.review.content import digest_incident
from harmledger.review.standing import name_signing
from harmledger.store.facts import read_time, write_time
from harmledger.store.origins import add_whole
from harmledger.store.rulings import list_ruling_ids, record_ruling
from harmledger.store.signings import list_signing_ids, record_signing

if TYPE_CHECKING:
    from harmledger.documents.text import Text
    from harmledger.pipeline.case_view import CaseView
    from harmledger.records.document import Document
    from harmledger.records.incident import Incident
    from harmledger.store.case import Case

Decided = TypeVar("Decided", Judgement, Signing)

Fate = Literal["judgements", "signatures", "known"]
"""Taken over, of either kind; there already."""

_CHANGED: Final = "is not what was decided: its id does not fit what it holds"
_AHEAD: Final = "was made later than now: it would count above all that is decided here until then"
_LATER: Final = "look at the clocks of the two machines"
_TEXTS_HELD: Final = 16
"""So many texts are held while it is looked whether claims stand in them: judgements of one document come together."""
_ANEW: Final = "export it anew; what an erasure emptied there cannot be taken over"


@dataclass(slots=True)
class Arrival:
    """What came of files of judgements and signatures."""

    counts: Counter[Fate] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    """A record, and the place of its line for a problem."""

    where: str
    origin: TakenOver


def take_over(
    case: "Case", view: "CaseView", judgements: Sequence[str], signings: Sequence[str], by: str, at: str
) -> Arrival:
    """Take over the judgements and signatures of files, as `export` writes them: with who made them, when and why, and
    besides who took them over, when and from which file. What is here already stays as it is; what names a claim, an
    incident or a judgement that is not here is a problem and is left. Signatures wait until the judgements are built in: they
    are of what incidents are by these. The caller holds the case's lock; either all that can be taken over is, or, where the
    program is killed, nothing."""
    arrival = Arrival()
    with add_whole(case.facts):
        for source in judgements:
            _take_judgements(case, view, source, by, at, arrival)
        if arrival.counts["judgements"] and signings:
            arrival.problems.append(_postpone(signings[0]))
            return arrival
        for source in signings:
            _take_signings(case, view, source, by, at, arrival)
    return arrival


def _take_judgements(case: "Case", view: "CaseView", source: str, by: str, at: str, arrival: Arrival) -> None:
    lines = _read_lines(source, Judgement, by, at, arrival)
    known = list_ruling_ids(case.facts)
    named = {claim for one, _ in lines for claim in one.claims}
    standing = view.readings.fetch_claims_by_id(named)
    homes = {id: claim.document for id, claim in standing.items()} | {
        one.claims[0]: str(one.value["document"])
        for one in view.ruled.judgements
        if one.kind == "add" and isinstance(one.value, dict)
    }
    added = {one.id: document for one, _ in lines if (document := _locate_added(one)) is not None}
    held = view.readings.describe(set(added.values())).keys()
    read = lru_cache(maxsize=_TEXTS_HELD)(partial(open_source, case.facts))
    for one, line in lines:
        if one.id in known:
            arrival.counts["known"] += 1
            continue
        home = {one.claims[0]: added[one.id]} if added.get(one.id) in held else {}
        problem = _find_fault(one, line, known, ChainMap(home, homes)) or _find_forgery(one, line, read)
        if problem is not None:
            arrival.problems.append(problem)
            continue
        homes |= home
        record_ruling(case.facts, one, homes, line.origin)
        known.add(one.id)
        arrival.counts["judgements"] += 1


def _locate_added(one: Judgement) -> str | None:
    """Give the document of the claim that a judgement adds; None where it adds none."""
    if one.kind != "add" or not isinstance(one.value, dict) or len(one.claims) != 1:
        return None
    return str(one.value.get("document", ""))


def _find_fault(one: Judgement, line: _Line, known: set[str], homes: Mapping[str, str]) -> Problem | None:
    """Say why a judgement cannot be taken over; None where it can."""
    if name_judgement(one) != one.id:
        return _refuse("pipeline.judgement-changed", _CHANGED, line, _ANEW)
    problem = _judge_moment(one.at, line)
    if problem is not None:
        return problem
    fault = find_fault(one)
    if fault is not None:
        return _refuse("pipeline.judgement-unusable", f"cannot be followed: {fault}", line, None)
    if one.undoes is not None and one.undoes not in known:
        message = "takes back a judgement that is not here"
        return _refuse(
            "pipeline.judgement-unknown", message, line, "take over the judgements of the same case"
        )
    missing = next((claim for claim in one.claims if claim not in homes), None)
    if missing is not None:
        message = f"is about a claim that this case does not hold: {missing[:16]}"
        remedy = "add the document that it was read from, build, and take the file over again"
        return _refuse("pipeline.claim-unknown", message, line, remedy)
    return None


def _judge_moment(at: str, line: _Line) -> Problem | None:
    """Say why nothing can have been decided at a moment; None where it can."""
    try:
        is_ours = write_time(read_time(at)) == at
    except (ValueError, OverflowError):
        is_ours = False
    if not is_ours:
        message = f"says a moment that is not written as `export` writes it: {at:.40}"
        return _refuse("pipeline.moment-unusable", message, line, None)
    if read_time(at) > read_time(line.origin.at):
        return _refuse("pipeline.moment-ahead", _AHEAD, line, _LATER)
    return None


def _find_forgery(
    one: Judgement, line: _Line, read: "Callable[[str], tuple[Document, Text]]"
) -> Problem | None:
    """Say why nobody can have added a claim to a document as this case holds it; None where somebody can."""
    if one.kind != "add":
        return None
    claim = convert_claim(one)
    try:
        document, text = read(claim.document)
        refuse_unfit(claim)
    except ValueError as error:
        return _refuse("pipeline.judgement-unusable", f"cannot be followed: {error}", line, None)
    if not has_evidence(claim, text.working):
        message = "adds a claim whose evidence does not stand at its place in the document"
        return _refuse("pipeline.judgement-unusable", message, line, None)
    if claim.id != name_claim(claim, document, text):
        message = "adds a claim whose id does not fit what it holds"
        return _refuse("pipeline.judgement-unusable", message, line, None)
    return None


def _take_signings(case: "Case", view: "CaseView", source: str, by: str, at: str, arrival: Arrival) -> None:
    lines = _read_lines(source, Signing, by, at, arrival)
    known = list_signing_ids(case.facts)
    present = view.incidents.trace(one.incident for one, _ in lines)
    held = view.readings.describe({document for one, _ in lines for document in one.documents}).keys()
    for one, line in lines:
        if one.id in known:
            arrival.counts["known"] += 1
        elif one.id != name_signing(one.incident, one.step, one.digest, one.by, one.at, one.reason):
            arrival.problems.append(_refuse("pipeline.signing-changed", _CHANGED, line, _ANEW))
        elif (problem := _judge_moment(one.at, line)) is not None:
            arrival.problems.append(problem)
        elif one.incident not in present:
            message = f"was signed of an incident that this case does not hold: {one.incident[:16]}"
            remedy = "add the documents that it was made of, build, and take the file over again"
            arrival.problems.append(_refuse("pipeline.incident-unknown", message, line, remedy))
        elif not held >= set(one.documents):
            message = "rests on a document that this case does not hold"
            remedy = (
                "add it, build, and take the file over again; where it was erased, somebody has to sign anew"
            )
            arrival.problems.append(_refuse("pipeline.document-unknown", message, line, remedy))
        else:
            form = _compose_published(view, one, present[one.incident])
            record_signing(case.facts, one, form, line.origin)
            arrival.counts["signatures"] += 1


def _compose_published(view: "CaseView", signing: Signing, incident: "Incident") -> str:
    """Give what was published by a signature, where the incident still is as it was signed: it goes on being shown when the
    incident changes."""
    if signing.step != "publish" or digest_incident(incident) != signing.digest:
        return ""
    read = view.readings.fetch_claims_by_id(incident.claims)
    return compose_form(incident, view.correct_claims(read.values()))


def _read_lines(
    source: str, kind: type[Decided], by: str, at: str, arrival: Arrival
) -> list[tuple[Decided, _Line]]:
    """Give the lines of a file in the order in which they were made, each once; none where it cannot be read."""
    origin = _describe_file(source, by, at, arrival)
    if origin is None:
        return []
    lines = {
        one.id: (one, _Line(f"{name_source(source)}:{number}", origin))
        for number, one in iterate_records(source, kind, arrival.problems)
    }
    return sorted(lines.values(), key=lambda pair: order_moment(pair[0].at))


def _describe_file(source: str, by: str, at: str, arrival: Arrival) -> TakenOver | None:
    try:
        with Path(source).open("rb") as handle:
            digest = hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        arrival.problems.append(report_unreadable(source, error))
        return None
    return TakenOver(by, at, Path(source).name, digest)


def _postpone(source: str) -> Problem:
    message = "signatures are of what the judgements come to, and these are not built in yet"
    remedy = "harmledger build CASE, then take them over"
    return Problem("pipeline.signings-wait", message, "error", name_source(source), remedy=remedy)


def _refuse(code: str, message: str, line: _Line, remedy: str | None) -> Problem:
    return Problem(code, message, "error", line.where, remedy=remedy)
