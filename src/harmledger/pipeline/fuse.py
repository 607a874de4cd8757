"""The step fuse: claims and facts about their documents to incidents."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from harmledger.pipeline.gather import Gathered, gather_documents
from harmledger.pipeline.lines import load_records
from harmledger.pipeline.provenance import collect_digests, name_maker
from harmledger.pipeline.sources import stream_sources
from harmledger.pipeline.standings import Standings
from harmledger.records.incident import Incident
from harmledger.records.judgement import Judgement
from harmledger.records.problem import Problem
from harmledger.records.signing import Signing

if TYPE_CHECKING:
    from harmledger.incidents.making import Made
    from harmledger.incidents.weights import Weights

_MOST_BYTES: Final = 1_000_000
"""Weights are some kilobytes."""


@dataclass(frozen=True, slots=True)
class FuseInputs:
    """The files that fuse reads, by what they hold; `-` is standard input."""

    claims: Sequence[str]
    documents: Sequence[str]
    previous: Sequence[str] = ()
    judgements: Sequence[str] = ()
    weights: Path | None = None
    signings: Sequence[str] = ()


class WeightsError(ValueError):
    """Weights that cannot be linked by; the message tells why."""


def read_weights_file(path: Path) -> "tuple[Weights, str]":
    """Give the weights that a file holds, with what names them in `made_by`. Raises WeightsError."""
    import msgspec

    from harmledger.incidents.compare import make_scale
    from harmledger.incidents.weights import read_weights

    try:
        with path.open("rb") as handle:
            body = handle.read(_MOST_BYTES + 1)
        if len(body) > _MOST_BYTES:
            raise ValueError(f"larger than {_MOST_BYTES} bytes")
        weights = read_weights(body)
        make_scale(weights)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise WeightsError(f"{path}: these are no weights to link by: {reason}") from error
    return weights, f"weights@{sha256(body).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class FusedFiles:
    """What files come to: how many incidents, and the problems. The incidents themselves are unpacked as they are asked for."""

    problems: tuple[Problem, ...]
    made: "Sequence[Made]"
    finish: Callable[[Incident], Incident]

    def list_incidents(self) -> Iterator[Incident]:
        """Give the incidents in the order of time, place and id."""
        return (self.finish(one.open()) for one in self.made)


def fuse_files(inputs: FuseInputs, each_document: bool = False, jobs: int = 1) -> FusedFiles:
    """Make the incidents of the claims, in so many processes; claims and incidents are held packed.

    `previous` incidents carry their ids on. With `each_document` every document is fused on its own, as when
    single articles are coded. Raises WeightsError for weights that cannot be used, and
    concurrent.futures.BrokenExecutor when the system kills a process.
    """
    from harmledger.incidents.admission import Admission
    from harmledger.incidents.fuse import fuse_told, list_heirs
    from harmledger.incidents.rulings import gather_rulings, report_unmet
    from harmledger.incidents.source import Sources
    from harmledger.pipeline.fuse_checks import Soundness, check_made
    from harmledger.pipeline.fuse_crew import Processes
    from harmledger.pipeline.packed_claims import AdmittedClaims, RuledClaims, include_packed, load_claims

    weights = None
    marks: tuple[str, ...] = ()
    if inputs.weights is not None:
        weights, mark = read_weights_file(inputs.weights)
        marks = (mark,)
    told, homes, claim_problems = load_claims(inputs.claims)
    gathered, document_problems = gather_documents(inputs.documents)
    previous, previous_problems = load_records(inputs.previous, Incident)
    judgements, judgement_problems = load_records(inputs.judgements, Judgement)
    rulings, ruling_problems = gather_rulings(judgements)
    include_packed(told, homes, rulings.added)
    soundness = Soundness(told, rulings, homes)
    del homes
    waiting = _hand_out(list(gathered))
    del gathered
    sources, text_problems = stream_sources(waiting, not each_document, soundness.check, jobs)
    stray = soundness.finish()
    known = Sources(sources, rulings)
    admission = Admission(sources)
    crew = Processes(jobs, weights)
    heirs = list_heirs(RuledClaims(told, rulings), sources) if previous else {}
    fused = fuse_told(AdmittedClaims(told, rulings, admission), known, previous, heirs, each_document, crew)
    made_by = name_maker((*collect_digests(soundness.makers), *marks))
    signings, signing_problems = load_records(inputs.signings, Signing)
    standings = Standings(signings)
    missing = standings.list_missing(one.open() for one in fused.made) if signings else ()
    problems = (
        *claim_problems,
        *document_problems,
        *previous_problems,
        *text_problems,
        *stray,
        *judgement_problems,
        *signing_problems,
        *map(_report_unmatched, missing),
        *ruling_problems,
        *admission.report(),
        *fused.empty,
        *report_unmet(rulings, fused.find_home, soundness.present),
        *fused.impossible,
        *check_made(fused.made, told),
    )
    return FusedFiles(
        problems, fused.made, lambda incident: standings.mark(replace(incident, made_by=made_by))
    )


def _hand_out(held: "list[Gathered]") -> "Iterator[Gathered]":
    """Give documents one by one; nobody holds those that were given."""
    held.reverse()
    while held:
        yield held.pop()


def _report_unmatched(id: str) -> Problem:
    return Problem(
        "pipeline.signed-unknown",
        "what was signed of an incident leads to none of those that were made",
        "warning",
        where=id,
        remedy="give the incidents that were signed as --previous, so that their ids are carried on",
    )
