"""Who is looking at what: kept for as long as a page is open, and no longer."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings

from harmledger.desk.web.review.models import Presence

SECONDS: Final = 45
"""A page says every fifteen seconds that it is open; whoever was silent for so long is gone."""


def note_presence(name: str, incident: str) -> None:
    """Say that somebody has an incident open; forget everybody who has gone."""
    now = datetime.now(UTC)
    rows = Presence.objects.filter(case=settings.HARMLEDGER_CASE_KEY)
    rows.filter(at__lt=now - timedelta(seconds=SECONDS)).delete()
    own = Presence(case=settings.HARMLEDGER_CASE_KEY, incident=incident, name=name, at=now)
    Presence.objects.bulk_create(
        [own], update_conflicts=True, update_fields=["at"], unique_fields=["case", "incident", "name"]
    )


def list_present(incidents: Iterable[str]) -> dict[str, list[str]]:
    """Give who has these incidents open, by incident."""
    found: dict[str, list[str]] = {}
    since = datetime.now(UTC) - timedelta(seconds=SECONDS)
    rows = Presence.objects.filter(
        case=settings.HARMLEDGER_CASE_KEY, incident__in=list(incidents), at__gt=since
    )
    for incident, name in rows.order_by("name").values_list("incident", "name"):
        found.setdefault(incident, []).append(name)
    return found
