"""A build that tells what it changed: sums over the whole case, and the entries that came, went or became others."""

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from harmledger.pipeline.build import Watch, build_case
from harmledger.pipeline.case_view import CaseView, NoView, read_view
from harmledger.pipeline.queue import refresh_queue
from harmledger.pipeline.read import Tell
from harmledger.review.content import Content, describe_content
from harmledger.review.effect import HARMS, MOST_TOLD, Effect, Sum, measure_effect
from harmledger.tallies.tally import tally_incidents

if TYPE_CHECKING:
    from harmledger.store.case import Case

_JOBS: Final = 1


def build_and_measure(case: "Case", tell: Tell) -> Effect:
    """Build a case as far as it changed, bring its queue up to date, and give what changed.

    Waits for whoever else writes the case. Raises OSError where the folder cannot be written.
    """
    at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    with ExitStack() as stack:
        try:
            before: CaseView | None = stack.enter_context(read_view(case.folder))
        except NoView:
            before = None
        with case.hold("build", at, tell):
            build_case(case, _JOBS, Watch(tell=tell))
        with read_view(case.folder) as after:
            tell("measuring what changed")
            effect = _measure(before, after)
        refresh_queue(case.folder, case.facts)
    return effect


def _measure(before: CaseView | None, after: CaseView) -> Effect:
    old = before.incidents.list_checks() if before else {}
    new = after.incidents.list_checks()
    moved = sorted(id for id in old.keys() | new.keys() if old.get(id) != new.get(id))
    contents = (_describe(before, moved), _describe(after, moved))
    return measure_effect((_sum(before), _sum(after)), contents, len(moved))


def _describe(view: CaseView | None, ids: list[str]) -> Mapping[str, Content]:
    """Give the contents of entries; of very many the first alone are compared."""
    if view is None:
        return {}
    found = view.incidents.fetch(ids[: MOST_TOLD * 10])
    return {id: describe_content(incident) for id, incident in found.items()}


def _sum(view: CaseView | None) -> Mapping[str, Sum]:
    if view is None:
        return {}
    counted = list(view.incidents.list_counted())
    sums: dict[str, Sum] = {}
    for harm in HARMS:
        for row in tally_incidents(counted, by="none", harm=harm)[0]:
            sums[harm] = Sum(row.low, row.best, row.high)
    return sums
