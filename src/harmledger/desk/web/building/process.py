"""The process that builds the case of a desk, until nobody asks for more.

`python -m harmledger.desk.web.building.process CASE` works on all builds that were asked for and have not ended.
"""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from harmledger.desk.web.processes import print_failure, run_errand, try_lock
from harmledger.desk.web.settings import configure_web

if TYPE_CHECKING:
    from harmledger.pipeline.read import Tell
    from harmledger.store.case import Case

_LOCK: Final = ".builder.lock"
_LONGEST: Final = 500
_LONGEST_STEP: Final = 200


def work_on(folder: Path) -> None:
    """Build for everybody who asked; ends at once where another process does so."""
    configure_web(folder)
    from django.conf import settings

    from harmledger.desk.web.building.models import Work

    with try_lock(folder / _LOCK) as is_ours:
        while is_ours:
            rows = Work.objects.filter(case=settings.HARMLEDGER_CASE_KEY, finished=None)
            keys = list(rows.values_list("pk", flat=True))
            if not keys:
                return
            asked = Work.objects.filter(pk__in=keys)
            asked.update(started=datetime.now(UTC), step="")
            effect, problem = _build(folder, partial(_note, asked))
            asked.update(finished=datetime.now(UTC), effect=effect, problem=problem[:_LONGEST], step="")


def _note(asked: Any, step: str) -> None:
    asked.update(step=step[:_LONGEST_STEP])


def _build(folder: Path, tell: "Tell") -> tuple[str, str]:
    """Build once; gives what it changed as JSON, or why it failed."""
    from harmledger.desk.web.forgetting import forget_erased
    from harmledger.pipeline.effects import build_and_measure
    from harmledger.store.case import open_case
    from harmledger.store.faults import describe_fault

    case: Case | None
    case, problems = open_case(folder)
    if case is None:
        return "", "; ".join(problem.message for problem in problems)
    try:
        with case:
            effect = build_and_measure(case, tell)
            forget_erased(folder, case.facts)
            return msgspec.json.encode(effect).decode(), ""
    except Exception as error:
        told = describe_fault(folder, error)
        if told is None:
            print_failure("the build failed", error)
        return "", told.message if told is not None else type(error).__name__


if __name__ == "__main__":
    run_errand(work_on)
