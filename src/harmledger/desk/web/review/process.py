"""The queue brought up to date by a process of its own, where much changed.

`python -m harmledger.desk.web.review.process CASE`
"""

from pathlib import Path
from typing import Final

from harmledger.desk.web.processes import run_errand, try_lock

LOCK: Final = ".queue.lock"
"""Held by whoever brings the queue up to date."""


def bring_up(folder: Path) -> None:
    """Bring the queue of a case folder up to date, unless another process does so."""
    from contextlib import suppress

    from harmledger.desk.web.settings import configure_web

    configure_web(folder)  # before anything opens the case
    from harmledger.pipeline.case_view import NoView
    from harmledger.pipeline.queue import refresh_queue
    from harmledger.store.case import open_case

    case, _ = open_case(folder)
    if case is None:
        return
    with suppress(NoView), case, try_lock(folder / LOCK) as is_ours:
        if is_ours:
            refresh_queue(folder, case.facts)


if __name__ == "__main__":
    run_errand(bring_up)
