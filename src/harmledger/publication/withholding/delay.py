"""What is held back for a time: attacks on places that may still be working."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from harmledger.records.document import Document
from harmledger.records.incident import Incident

_WHOLE_DAY = timedelta(days=1)


def find_release(incident: Incident, documents: Iterable[Document], delay_hours: int) -> datetime | None:
    """Give the moment (UTC) from which an incident may be shown: the delay after its last day, and its first report.

    The later of the two counts: an old attack that is told for the first time is held back as well. None where
    nothing tells when it was, nor when it was reported.
    """
    moments = []
    if incident.time is not None:
        moments.append(_read_moment(incident.time.end))
    told = [_read_moment(document.published or document.received) for document in documents]
    told += [_read_moment(account.first_published) for account in incident.accounts]
    known = [moment for moment in told if moment is not None]
    moments += [min(known)] if known else []
    dated = [moment for moment in moments if moment is not None]
    return max(dated) + timedelta(hours=delay_hours) if dated else None


def _read_moment(text: str | None) -> datetime | None:
    """Give the latest moment that a date or date-time can mean: a date ends with its day; no zone is taken as UTC."""
    if not text:
        return None
    try:
        if len(text) <= len("2019-07-22"):
            return datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC) + _WHOLE_DAY
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
