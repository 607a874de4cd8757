"""Remarks on what is no longer there: an erasure must not leave words of a report behind at the desk."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings

from harmledger.desk.web.journal.models import Comment
from harmledger.pipeline.case_view import NoView, read_view


def forget_remarks(folder: Path) -> int:
    """Empty the remarks on claims and incidents that the view has no more, after an erasure: they may repeat
    its words. That there was a remark, whose and when, stays. Gives how many were emptied."""
    rows: Any = Comment.objects.filter(case=settings.HARMLEDGER_CASE_KEY).exclude(text="")
    targets = set(rows.values_list("target", flat=True))
    if not targets:
        return 0
    with suppress(NoView), read_view(folder) as view:
        standing = view.readings.locate_claims(one for one in targets if _is_id(one)).keys()
        gone = sorted(targets - standing - view.incidents.trace(targets - standing).keys())
        return int(rows.filter(target__in=gone).update(text=""))
    return 0


def _is_id(text: str) -> bool:
    return len(text) == 64 and all(letter in "0123456789abcdef" for letter in text)
