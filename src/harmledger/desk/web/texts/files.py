"""The received bytes of a document, given out to be looked at with other programs, and never shown by this one."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from harmledger.desk.web.access import requires
from harmledger.desk.web.cases import NotReadyError, open_served
from harmledger.desk.web.faults import show_not_ready
from harmledger.desk.web.journal.chain import write_line
from harmledger.desk.web.texts.views import find_text
from harmledger.store.bytes import ByteStore


@require_safe
@requires("reader")
def give_file(request: HttpRequest, document: str) -> HttpResponseBase:
    """Give a document's own bytes, or those of the file that holds it: as a download without a type, whatever they are."""
    try:
        with open_served() as case:
            _, sheet = find_text(case, document)
            kept = ByteStore(case.folder)
            digest = next((one for one in (sheet.digest, sheet.file_digest) if kept.has(one)), None)
            if digest is None or not sheet.is_kept:
                raise Http404
            write_line(request.user.name, "document.take", sheet.digest)
            response = FileResponse(
                kept.locate(digest).open("rb"),
                as_attachment=True,
                filename=f"{digest[:16]}.bin",
                content_type="application/octet-stream",
            )
    except NotReadyError:
        return show_not_ready(request)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
