"""Whether claims stand in the documents given: a record must be able to show its evidence."""

from collections.abc import Iterable, Mapping

from harmledger.records.claim import Claim
from harmledger.records.problem import Problem


def keep_sound(
    claims: Iterable[Claim], texts: Mapping[str, str]
) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
    """Give the claims whose evidence stands at its place in their document, and a problem for each other.

    `texts` are the working texts by document id. A claim of a document that is not among them is left out too.
    """
    sound: list[Claim] = []
    problems: list[Problem] = []
    for claim in claims:
        working = texts.get(claim.document)
        if working is None:
            problems.append(_report_stray(claim, "its document is not among the documents given"))
        elif not has_evidence(claim, working):
            problems.append(_report_stray(claim, "its evidence does not stand at its place in the document"))
        else:
            sound.append(claim)
    return tuple(sound), tuple(problems)


def has_evidence(claim: Claim, working: str) -> bool:
    """Tell whether a claim's evidence stands at its place in its document, whose working text is given."""
    return all(working[span.start : span.end] == span.text for span in (claim.evidence, claim.cue))


def _report_stray(claim: Claim, why: str) -> Problem:
    return Problem(
        code="pipeline.stray-claim",
        message=f"a claim is left out: {why}",
        severity="error",
        where=claim.document,
        start=claim.evidence.start,
        end=claim.evidence.end,
        remedy="give the very documents that the claims were read from, or read the documents again",
    )
