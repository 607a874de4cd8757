"""What the desk keeps for a while and an erasure has to reach: remarks, what forms were made from, builds, deliveries."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from harmledger.desk.web.building.models import Work
from harmledger.desk.web.intake.models import Delivery
from harmledger.desk.web.journal.remarks import forget_remarks
from harmledger.desk.web.review.models import Shown
from harmledger.store.facts import Facts

_SECOND: Final = timedelta(seconds=1)
"""The facts tell times by the second."""


def forget_erased(folder: Path, facts: Facts) -> int:
    """Empty remarks on what is gone, and remove the rows from before the latest erasure that may name it: what a form showed, what a
    build changed, which files were handed in. What is still under way stays. Gives how many remarks were emptied."""
    latest = max((one.at for one in facts.list_tombstones()), default=None)
    if latest is None:
        return 0
    then, case = datetime.fromisoformat(latest) + _SECOND, settings.HARMLEDGER_CASE_KEY
    Shown.objects.filter(case=case, at__lte=then).delete()
    for kept in (Work, Delivery):
        kept.objects.filter(case=case, asked__lte=then, finished__isnull=False).delete()
    return forget_remarks(folder)
