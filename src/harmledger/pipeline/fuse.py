"""The step fuse: claims and facts about their documents to incidents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harmledger.pipeline.gather import gather_documents
from harmledger.pipeline.lines import load_records
from harmledger.pipeline.provenance import collect_digests, name_maker
from harmledger.pipeline.repeats import drop_repeated
from harmledger.pipeline.soundness import keep_sound
from harmledger.pipeline.sources import describe_sources
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident
from harmledger.records.judgement import Judgement
from harmledger.records.problem import Problem


@dataclass(frozen=True, slots=True)
class FuseInputs:
    """The files that fuse reads, by what they hold; `-` is standard input."""

    claims: Sequence[str]
    documents: Sequence[str]
    previous: Sequence[str] = ()
    judgements: Sequence[str] = ()


def fuse_files(
    inputs: FuseInputs, each_document: bool = False
) -> tuple[tuple[Incident, ...], tuple[Problem, ...]]:
    """Make the incidents of the claims, in order of time, place and id.

    `previous` incidents carry their ids on. With `each_document` every document is fused on its own, as when
    single articles are coded.
    """
    from harmledger.incidents.fuse import fuse_claims
    from harmledger.incidents.rulings import include_added
    from harmledger.tallies.balances import check_incidents

    claims, claim_problems = load_records(inputs.claims, Claim)
    claims, repeated = drop_repeated(claims)
    gathered, document_problems = gather_documents(inputs.documents)
    previous, previous_problems = load_records(inputs.previous, Incident)
    sources, texts, text_problems = describe_sources(gathered, is_linking=not each_document)
    judgements, judgement_problems = load_records(inputs.judgements, Judgement)
    sound, stray = keep_sound(include_added(claims, judgements), texts)
    incidents, fuse_problems = fuse_claims(sound, sources, previous, each_document, judgements)
    made_by = name_maker(collect_digests(claim.made_by for claim in sound))
    signed = (replace(incident, made_by=made_by) for incident in incidents)
    problems = (
        *claim_problems,
        *repeated,
        *document_problems,
        *previous_problems,
        *text_problems,
        *stray,
        *judgement_problems,
        *fuse_problems,
        *check_incidents(incidents, sound),
    )
    return tuple(signed), problems
