"""Asking for a build, and telling how it gets on; the process that works is started by whoever asks, and by whoever looks
at a build that nobody works on."""

from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings

from harmledger.desk.web.building.models import Work
from harmledger.desk.web.processes import Errand

KEPT_DAYS: Final = 7

_PAUSE_SECONDS: Final = 0.3
_ERRAND: Final = Errand("harmledger.desk.web.building.process", _PAUSE_SECONDS)


def ask_build(by: str, target: str = "") -> Work:
    """Have the case built after an act, and give the row that tells how it gets on."""
    now = datetime.now(UTC)
    rows = Work.objects.filter(case=settings.HARMLEDGER_CASE_KEY)
    rows.filter(finished__lt=now - timedelta(days=KEPT_DAYS)).delete()
    work: Work = Work.objects.create(case=settings.HARMLEDGER_CASE_KEY, by=by, target=target, asked=now)
    start_process()
    return work


def list_open() -> list[Work]:
    """Give the builds that have not ended, the earliest first; starts the process again where none works on them."""
    found = list(Work.objects.filter(case=settings.HARMLEDGER_CASE_KEY, finished=None).order_by("id"))
    if found:
        start_process()
    return found


def find_last(targets: tuple[str, ...], since: timedelta = timedelta(hours=1)) -> Work | None:
    """Give the build that ended last of those asked for after acts on one of these, if it is no older."""
    rows = Work.objects.filter(case=settings.HARMLEDGER_CASE_KEY, target__in=targets)
    last: Work | None = (
        rows.filter(finished__gt=datetime.now(UTC) - since).order_by("-finished", "-id").first()
    )
    return last


def start_process() -> None:
    """Start the process that builds, unless this one started it and it still runs. It ends at once where another works."""
    _ERRAND.start(settings.HARMLEDGER_CASE_FOLDER)
