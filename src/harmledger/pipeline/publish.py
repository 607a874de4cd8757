"""Records to a site: three files, or a case, as what publication takes."""

from collections.abc import Sequence
from dataclasses import replace

from harmledger.pipeline.gather import gather_documents
from harmledger.pipeline.lines import load_records
from harmledger.pipeline.repeats import drop_repeated
from harmledger.pipeline.soundness import keep_sound
from harmledger.pipeline.sources import index_working, open_texts
from harmledger.publication.material import HeldRecords
from harmledger.records.claim import Claim
from harmledger.records.incident import Incident
from harmledger.records.problem import Problem


def open_files(
    incidents: Sequence[str], claims: Sequence[str], documents: Sequence[str]
) -> tuple[HeldRecords, tuple[Problem, ...]]:
    """Read the three kinds of file as material; claims whose evidence does not stand in its document are left out."""
    found, problems = load_records(incidents, Incident)
    once, repeated = drop_repeated(found)
    told, more = load_records(claims, Claim)
    reports, rest = gather_documents(documents)
    texts, lost = open_texts(reports)
    working = index_working(texts)
    sound, stray = keep_sound(told, working)
    held = HeldRecords(
        incidents=once,
        claims={claim.id: claim for claim in sound},
        documents={
            report.id: replace(report.document, text=working.get(report.id), html=None, path=None)
            for report in reports
        },
    )
    return held, (*problems, *repeated, *more, *rest, *lost, *stray)
