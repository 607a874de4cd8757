"""The journal for admins: who did what, whether its chain is whole, and all of it as JSON lines."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from harmledger.desk.web.access import requires
from harmledger.desk.web.journal.chain import (
    Check,
    check_onwards,
    check_whole,
    export_lines,
    read_lines,
    write_line,
)
from harmledger.desk.web.pages import mark_internal, open_frame, print_page

LISTED: Final = 100


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line as it is printed."""

    number: int
    at: str
    actor: str
    action: str
    target: str
    is_incident: bool
    detail: str


@dataclass(frozen=True, slots=True)
class JournalPage:
    """What the page of the journal prints; `older` is the number before which the next page begins."""

    lines: tuple[JournalLine, ...]
    check: Check
    target: str
    older: int | None


@require_safe
@requires("admin")
def show_journal(request: HttpRequest) -> HttpResponse:
    """Show lines, the latest first, and check the chain from where it was checked before."""
    target = request.GET.get("target", "").replace("\0", "")[:200]
    told = request.GET.get("before", "")
    before = int(told) if told.isascii() and told.isdecimal() and len(told) < 16 else None
    found = read_lines(target or None, LISTED + 1, before)
    lines = tuple(map(_make_line, found[:LISTED]))
    page = JournalPage(
        lines=lines,
        check=check_onwards(),
        target=target,
        older=lines[-1].number if len(found) > LISTED else None,
    )
    return print_page(mark_internal(open_frame(request)).render("review_journal.jinja", page, "review"))


@require_POST
@requires("admin")
def check_journal(request: HttpRequest) -> HttpResponse:
    """Check the chain from its first line to its last; that it was is a line too."""
    found = check_whole()
    write_line(request.user.name, "journal.check", lines=found.count, faults=len(found.faults))
    return HttpResponseRedirect(reverse("review:journal"), status=303)


@require_safe
@requires("admin")
def export_journal(request: HttpRequest) -> HttpResponseBase:
    """Give all lines as JSON lines; that they were taken is a line too."""
    write_line(request.user.name, "journal.export")
    response = StreamingHttpResponse(export_lines(), content_type="application/jsonl; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="journal.jsonl"'
    return response


def _make_line(line: Mapping[str, Any]) -> JournalLine:
    detail = json.dumps(line["detail"], ensure_ascii=False) if line["detail"] else ""
    is_incident = len(line["target"]) == 64 and line["target"].isalnum()
    return JournalLine(
        line["number"],
        line["at"][:19].replace("T", " "),
        line["actor"],
        line["action"],
        line["target"],
        is_incident,
        detail,
    )
