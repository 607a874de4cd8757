"""Records that stand more than once: each id is used once, whatever the order of the lines."""

from collections.abc import Iterable
from typing import TypeVar

from harmledger.records.claim import Claim
from harmledger.records.incident import Incident
from harmledger.records.problem import Problem

Repeated = TypeVar("Repeated", Claim, Incident)


def drop_repeated(records: Iterable[Repeated]) -> tuple[tuple[Repeated, ...], tuple[Problem, ...]]:
    """Give each id once, sorted by id: of records that differ, the one whose content sorts first."""
    kept: dict[str, Repeated] = {}
    problems: list[Problem] = []
    for record in records:
        rival = kept.setdefault(record.id, record)
        if rival is record:
            continue
        kept[record.id] = min(rival, record, key=repr)
        problems.append(_report_repeated(record, is_same=rival == record))
    return tuple(kept[key] for key in sorted(kept)), tuple(problems)


def _report_repeated(record: Claim | Incident, is_same: bool) -> Problem:
    is_claim = isinstance(record, Claim)
    name = "claim" if is_claim else "incident"
    return Problem(
        code=f"pipeline.duplicate-{name}",
        message=f"{'a' if is_claim else 'an'} {name} stands more than once; one is used"
        if is_same
        else f"an id stands for {name}s that differ; one is used",
        severity="warning" if is_same else "error",
        where=record.document if isinstance(record, Claim) else record.id,
        start=record.evidence.start if isinstance(record, Claim) else None,
        end=record.evidence.end if isinstance(record, Claim) else None,
        remedy=f"give each {name}s file once, and {name}s of one run of the program",
    )
