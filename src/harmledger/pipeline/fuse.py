"""The step fuse: claims and facts about their documents to incidents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from harmledger.pipeline.gather import gather_documents
from harmledger.pipeline.lines import load_records
from harmledger.pipeline.provenance import collect_digests, name_maker
from harmledger.pipeline.repeats import drop_repeated
from harmledger.pipeline.soundness import keep_sound
from harmledger.pipeline.sources import describe_sources
from harmledger.pipeline.standings import Standings
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident
from harmledger.records.judgement import Judgement
from harmledger.records.problem import Problem
from harmledger.records.signing import Signing

if TYPE_CHECKING:
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


def fuse_files(
    inputs: FuseInputs, each_document: bool = False, jobs: int = 1
) -> tuple[tuple[Incident, ...], tuple[Problem, ...]]:
    """Make the incidents of the claims, in order of time, place and id, in so many processes.

    `previous` incidents carry their ids on. With `each_document` every document is fused on its own, as when
    single articles are coded. Raises WeightsError for weights that cannot be used, and
    concurrent.futures.BrokenExecutor when the system kills a process.
    """
    from harmledger.incidents.fuse import fuse_claims
    from harmledger.incidents.rulings import include_added
    from harmledger.pipeline.fuse_crew import Processes
    from harmledger.tallies.balances import check_incidents

    weights = None
    marks: tuple[str, ...] = ()
    if inputs.weights is not None:
        weights, mark = read_weights_file(inputs.weights)
        marks = (mark,)
    claims, claim_problems = load_records(inputs.claims, Claim)
    claims, repeated = drop_repeated(claims)
    gathered, document_problems = gather_documents(inputs.documents)
    previous, previous_problems = load_records(inputs.previous, Incident)
    sources, texts, text_problems = describe_sources(gathered, is_linking=not each_document)
    judgements, judgement_problems = load_records(inputs.judgements, Judgement)
    sound, stray = keep_sound(include_added(claims, judgements), texts)
    crew = Processes(jobs, weights)
    incidents, fuse_problems = fuse_claims(sound, sources, previous, each_document, judgements, crew=crew)
    made_by = name_maker((*collect_digests(claim.made_by for claim in sound), *marks))
    signings, signing_problems = load_records(inputs.signings, Signing)
    standings = Standings(signings)
    made = tuple(standings.mark(replace(incident, made_by=made_by)) for incident in incidents)
    problems = (
        *claim_problems,
        *repeated,
        *document_problems,
        *previous_problems,
        *text_problems,
        *stray,
        *judgement_problems,
        *signing_problems,
        *map(_report_unmatched, standings.list_missing(made)),
        *fuse_problems,
        *check_incidents(incidents, sound),
    )
    return made, problems


def _report_unmatched(id: str) -> Problem:
    return Problem(
        "pipeline.signed-unknown",
        "what was signed of an incident leads to none of those that were made",
        "warning",
        where=id,
        remedy="give the incidents that were signed as --previous, so that their ids are carried on",
    )
