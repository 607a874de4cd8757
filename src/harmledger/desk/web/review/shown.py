"""What incidents held when they were shown, for forms that come late."""

import json
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings

from harmledger.desk.web.review.models import Shown
from harmledger.pipeline.review import Reviewed

_KEPT_DAYS: Final = 3
_SECONDS_BETWEEN_LOOKS: Final = 600.0


class _Forgetting:
    """When a process last forgot what nobody can still send: all rows are looked at, and not for every page."""

    lock = threading.Lock()
    looked = float("-inf")

    @classmethod
    def is_due(cls) -> bool:
        """Tell whether it is time again."""
        with cls.lock:
            is_due = time.monotonic() - cls.looked > _SECONDS_BETWEEN_LOOKS
            if is_due:
                cls.looked = time.monotonic()
            return is_due


def keep_shown(reviewed: Reviewed) -> None:
    """Keep what an incident holds, for a form that comes late; forget what nobody can still send."""
    now = datetime.now(UTC)
    if _Forgetting.is_due():
        rows = Shown.objects.filter(case=settings.HARMLEDGER_CASE_KEY)
        rows.filter(at__lt=now - timedelta(days=_KEPT_DAYS)).delete()
    content = json.dumps(reviewed.content)
    own = Shown(case=settings.HARMLEDGER_CASE_KEY, digest=reviewed.digest, content=content, at=now)
    Shown.objects.bulk_create(
        [own], update_conflicts=True, update_fields=["content", "at"], unique_fields=["case", "digest"]
    )
