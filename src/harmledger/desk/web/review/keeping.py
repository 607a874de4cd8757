"""The queue kept up with view and signatures: at once where little changed, else by a process of its own."""

import time
from contextlib import suppress
from typing import Final

from harmledger.desk.web.cases import ServedCase
from harmledger.desk.web.processes import Errand, try_lock
from harmledger.desk.web.review.process import LOCK
from harmledger.pipeline.case_view import NoView
from harmledger.pipeline.queue import count_behind, is_queue_current, refresh_queue

_MOST_AT_ONCE: Final = 2000
"""So many incidents are weighed while somebody waits: some seconds' work."""
_PATIENCE_SECONDS: Final = 5.0
_PAUSE_SECONDS: Final = 0.1
_ERRAND: Final = Errand("harmledger.desk.web.review.process")


def keep_up(case: ServedCase) -> bool:
    """Bring the queue up to date where it is behind, waiting a moment; tells whether it is now."""
    facts = case.open_facts()
    if is_queue_current(case.folder, facts):
        return True
    with suppress(NoView):
        if count_behind(case.folder) > _MOST_AT_ONCE:
            _ERRAND.start(case.folder)
            return False
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        with suppress(NoView), try_lock(case.folder / LOCK) as is_ours:
            if is_ours:
                refresh_queue(case.folder, facts)
        if is_queue_current(case.folder, facts):
            return True
        time.sleep(_PAUSE_SECONDS)
    return False
