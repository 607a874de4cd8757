"""The step erase: what goes with a document, and taking apart the files that hold others beside it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from harmledger.pipeline.add import decode_mapping
from harmledger.records.part import Part, Received
from harmledger.records.problem import Problem

if TYPE_CHECKING:
    from harmledger.store.case import Case
    from harmledger.store.erasure_plan import ErasurePlan


def erase_documents(case: "Case", plan: "ErasurePlan", reason: str, by: str, at: str) -> tuple[Problem, ...]:
    """Destroy what the plan names; see `store.erasure.erase`. The caller holds the case's lock.

    No act at the desk runs meanwhile: one that came before is emptied with the rest and has its line in the journal, one that
    comes after finds nothing left to name."""
    from harmledger.store.erasure import erase
    from harmledger.store.lock import hold_acts

    with hold_acts(case.folder):
        return erase(case, plan, reason, by, at, _open_again)


def _open_again(path: Path, received: Received, mapping: str | None) -> Iterator[Part]:
    from harmledger.documents.parts import open_parts

    for part, _ in open_parts(path, received, decode_mapping(mapping)):
        if part is not None:
            yield part
