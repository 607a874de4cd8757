"""The chain of the journal: adding a line, and telling whether any was changed, taken out or put in."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from harmledger.desk.web.journal.models import Head, Line
from harmledger.records.identity import digest_bytes

_LONGEST_DETAIL: Final = 20_000


def write_line(actor: str, action: str, target: str = "", **detail: Any) -> Line:
    """Add a line to the journal of the case that is served. `detail` is kept as JSON; give no password, and no text
    that an erasure would have to reach: ids, fields and numbers. Raises ValueError where it is too long."""
    case = settings.HARMLEDGER_CASE_KEY
    told = json.dumps(detail, sort_keys=True, ensure_ascii=False)
    if len(told) > _LONGEST_DETAIL:
        raise ValueError("too much to keep in one line of the journal")
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    with transaction.atomic():
        Head.objects.get_or_create(case=case)
        head = Head.objects.select_for_update().get(case=case)
        line = Line(
            case=case,
            number=head.number + 1,
            at=at,
            actor=actor,
            action=action,
            target=target,
            detail=told,
            before=head.digest,
        )
        line.digest = digest_line(line)
        line.save()
        Head.objects.filter(case=case).update(number=line.number, digest=line.digest)
    return line


def digest_line(line: Line) -> str:
    """Give the digest over a line and the one before it."""
    told = (line.case, line.number, line.at, line.actor, line.action, line.target, line.detail, line.before)
    return digest_bytes(json.dumps(told, ensure_ascii=True).encode())


def list_faults() -> Iterator[str]:
    """Give what is wrong with the journal of the case that is served; nothing where it is whole."""
    case = settings.HARMLEDGER_CASE_KEY
    before, number = "", 0
    for line in Line.objects.filter(case=case).order_by("number").iterator():
        number += 1
        if line.number != number:
            yield f"line {number} is missing"
            number = line.number
        if line.before != before or line.digest != digest_line(line):
            yield f"line {line.number} was changed"
        before = line.digest
    head = Head.objects.filter(case=case).first()
    if head is not None and (head.number, head.digest) != (number, before):
        yield f"lines after {number} are missing"


def read_lines(
    target: str | None = None, limit: int = 200, before: int | None = None
) -> list[Mapping[str, Any]]:
    """Give lines, the latest first: of one target, or of all; those before a number where one is given."""
    rows = Line.objects.filter(case=settings.HARMLEDGER_CASE_KEY)
    if target is not None:
        rows = rows.filter(target=target)
    if before is not None:
        rows = rows.filter(number__lt=before)
    return [_describe(line) for line in rows.order_by("-number")[:limit]]


def export_lines() -> Iterator[bytes]:
    """Give all lines of the journal of the case that is served as JSON lines, the earliest first, with the digests by which
    anybody can check the chain: SHA-256 over the JSON array of case, number, at, actor, action, target, detail and before."""
    for line in Line.objects.filter(case=settings.HARMLEDGER_CASE_KEY).order_by("number").iterator():
        told = {"case": line.case, **_describe(line), "before": line.before, "digest": line.digest}
        yield json.dumps(told, ensure_ascii=False).encode() + b"\n"


def count_lines() -> int:
    """Give how many lines the journal of the case that is served has."""
    return int(Line.objects.filter(case=settings.HARMLEDGER_CASE_KEY).count())


def _describe(line: Line) -> dict[str, Any]:
    return {
        "number": line.number,
        "at": line.at,
        "actor": line.actor,
        "action": line.action,
        "target": line.target,
        "detail": json.loads(line.detail),
    }
