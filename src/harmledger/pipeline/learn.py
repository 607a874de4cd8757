"""The step learn: claims, or a case, to weights for linking reports."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from harmledger.incidents.admission import admit_claims
from harmledger.incidents.fuse import list_tellings
from harmledger.incidents.learning import Learned, count_patterns, learn_weights
from harmledger.incidents.rulings import NO_RULINGS, Rulings, gather_rulings
from harmledger.incidents.source import Sources
from harmledger.pipeline.gather import gather_documents
from harmledger.pipeline.lines import load_records
from harmledger.pipeline.repeats import drop_repeated
from harmledger.pipeline.soundness import keep_sound
from harmledger.pipeline.sources import describe_sources
from harmledger.records.claim import Claim
from harmledger.records.judgement import Judgement
from harmledger.records.problem import Problem

if TYPE_CHECKING:
    from harmledger.incidents.folding import Telling
    from harmledger.incidents.weights import Weights
    from harmledger.pipeline.case_view import CaseView


class NothingToLearn(ValueError):  # noqa: N818 - nothing went wrong: there is too little
    """No two reports are worth comparing."""


def learn_from_files(
    claims: Sequence[str], documents: Sequence[str], judgements: Sequence[str] = ()
) -> tuple[Learned, tuple[Problem, ...]]:
    """Learn from the reports in files, and from what people judged. Raises NothingToLearn."""
    told, claim_problems = load_records(claims, Claim)
    once, repeated = drop_repeated(told)
    gathered, document_problems = gather_documents(documents)
    sources, texts, text_problems = describe_sources(gathered, is_linking=True)
    sound, stray = keep_sound(once, texts)
    decided, judgement_problems = load_records(judgements, Judgement)
    rulings, unfit = gather_rulings(decided)
    admitted, _ = admit_claims(rulings.follow(sound), sources)  # what is left out is told when they are fused
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in admitted:
        by_document[claim.document].append(claim)
    tellings = list_tellings(by_document, Sources(sources, rulings))["attack"]
    problems = (
        *claim_problems,
        *repeated,
        *document_problems,
        *text_problems,
        *stray,
        *judgement_problems,
        *unfit,
    )
    return _learn(tellings, rulings), problems


def learn_from_case(view: "CaseView") -> Learned:
    """Learn from the reports of a case as it was last built, and from its judgements. Raises NothingToLearn."""
    from harmledger.store.view_tellings import Tellings

    attacks = [telling for _, _, telling in Tellings(view.connection).list_attacks()]
    return _learn(attacks, view.ruled.rulings)


def _learn(tellings: "Sequence[Telling]", rulings: Rulings = NO_RULINGS) -> Learned:
    patterns = count_patterns(tellings, rulings)
    if not patterns.pairs:
        raise NothingToLearn("no two reports are near enough to each other to be compared")
    return learn_weights(patterns)


def write_weights(weights: "Weights") -> bytes:
    """Give weights as the JSON that `incidents.weights.read_weights` reads, laid out to be reviewed."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(weights), indent=2) + b"\n"
