"""The chain of the journal: adding a line, and telling whether any was changed, taken out or put in."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from harmledger.desk.web.journal.models import Checked, Head, Line
from harmledger.records.identity import digest_bytes

_LONGEST_DETAIL: Final = 20_000
MOST_CHECKED: Final = 10_000
"""Lines that are checked when the journal is opened: some hundred milliseconds."""
MOST_FAULTS: Final = 20


def write_line(actor: str, action: str, target: str = "", **detail: Any) -> Line:
    """Add a line to the journal of the case that is served. `detail` is kept as JSON; give no password, and no text
    that an erasure would have to reach: ids, fields and numbers. Raises ValueError where it is too long."""
    case = settings.HARMLEDGER_CASE_KEY
    told = json.dumps(detail, sort_keys=True, ensure_ascii=False)
    if len(told) > _LONGEST_DETAIL:
        raise ValueError("too much to keep in one line of the journal")
    at = _read_clock()
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
    """Give what is wrong with the journal of the case that is served, from its first line to its last; nothing where it is
    whole."""
    yield from _follow(_list_own(), 0, "", is_to_the_end=True)


def _list_own() -> Any:
    return Line.objects.filter(case=settings.HARMLEDGER_CASE_KEY).order_by("number")


def _follow(lines: Any, number: int, before: str, is_to_the_end: bool) -> Iterator[str]:
    """Give what is wrong with lines that come after the line with this number and digest."""
    for line in lines.iterator():
        number += 1
        if line.number != number:
            yield f"line {number} is missing"
            number = line.number
        if line.before != before or line.digest != digest_line(line):
            yield f"line {line.number} was changed"
        before = line.digest
    head = _find_head()
    if is_to_the_end and head is not None and (head.number, head.digest) != (number, before):
        yield f"lines after {number} are missing"


def _find_head() -> Head | None:
    head: Head | None = Head.objects.filter(case=settings.HARMLEDGER_CASE_KEY).first()
    return head


@dataclass(frozen=True, slots=True)
class Check:
    """What a check came to: the line up to which the chain was followed, how many there are, what is wrong, and when all of it
    was checked last (UTC, ISO 8601; empty for never)."""

    last: int
    count: int
    faults: tuple[str, ...]
    whole: str


def check_onwards() -> Check:
    """Follow the chain from the line up to which it was checked before; a bounded number of lines, however long it is."""
    case = settings.HARMLEDGER_CASE_KEY
    mark = Checked.objects.filter(case=case).first() or Checked(case=case)
    head = _find_head()
    count = head.number if head is not None else 0
    faults: list[str] = json.loads(mark.faults)
    anchor = _list_own().filter(number=mark.number).first()
    if mark.number and anchor is None:
        faults.append(f"line {mark.number} is missing")
    elif anchor is not None and not anchor.digest == mark.digest == digest_line(anchor):
        faults.append(f"line {mark.number} was changed")
    lines = _list_own().filter(number__gt=mark.number, number__lte=mark.number + MOST_CHECKED)
    is_to_the_end = count <= mark.number + MOST_CHECKED
    faults.extend(islice(_follow(lines, mark.number, mark.digest, is_to_the_end), MOST_FAULTS))
    faults = list(dict.fromkeys(faults))[:MOST_FAULTS]
    if not faults:
        last = lines.last() or anchor
        if last is not None and last.number > mark.number:
            mark.number, mark.digest = last.number, last.digest
            mark.save()
    return Check(mark.number, count, tuple(faults), mark.whole)


def check_whole() -> Check:
    """Follow the chain from its first line to its last, and keep what came of it."""
    case = settings.HARMLEDGER_CASE_KEY
    head = _find_head()
    faults = tuple(islice(list_faults(), MOST_FAULTS))
    count, digest = (head.number, head.digest) if head is not None else (0, "")
    told = {"number": 0, "digest": "", "faults": json.dumps(faults)}
    if not faults:
        told = {"number": count, "digest": digest, "faults": "[]", "whole": _read_clock()}
    mark, _ = Checked.objects.update_or_create(case=case, defaults=told)
    return Check(mark.number, count, faults, mark.whole)


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


def find_last() -> tuple[int, str]:
    """Give number and digest of the last line; 0 and nothing where there is none."""
    head = _find_head()
    return (0, "") if head is None else (int(head.number), str(head.digest))


def _read_clock() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _describe(line: Line) -> dict[str, Any]:
    return {
        "number": line.number,
        "at": line.at,
        "actor": line.actor,
        "action": line.action,
        "target": line.target,
        "detail": json.loads(line.detail),
    }
