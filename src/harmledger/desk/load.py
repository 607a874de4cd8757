"""Files to what is shown: incidents with their claims and documents, each by id."""

from collections.abc import Sequence

from harmledger.pipeline.gather import gather_documents
from harmledger.pipeline.lines import load_records
from harmledger.pipeline.repeats import drop_repeated
from harmledger.pipeline.soundness import keep_sound
from harmledger.pipeline.sources import index_working, open_texts
from harmledger.publication.view.incident import Records
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident
from harmledger.records.problem import Problem


def load_incidents(sources: Sequence[str]) -> tuple[tuple[Incident, ...], tuple[Problem, ...]]:
    """Read incidents, sorted by id; one that stands in several files is one."""
    found, problems = load_records(sources, Incident)
    once, repeated = drop_repeated(found)
    return once, (*problems, *repeated)


def load_shown(
    incidents: Sequence[str], claims: Sequence[str], documents: Sequence[str]
) -> tuple[Records, tuple[Problem, ...]]:
    """Read the files named; claims and documents may be left out.

    Where documents are given, claims whose evidence does not stand in them are left out: what is shown as a
    document's sentence must be in the document.
    """
    found, problems = load_incidents(incidents)
    told, more = load_records(claims, Claim)
    reports, rest = gather_documents(documents)
    problems = (*problems, *more, *rest)
    if documents:
        texts, lost = open_texts(reports)
        told, stray = keep_sound(told, index_working(texts))
        problems = (*problems, *lost, *stray)
    records = Records(
        incidents=found,
        claims={claim.id: claim for claim in told},
        documents={report.id: report.document for report in reports},
    )
    return records, problems
