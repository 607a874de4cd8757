"""Who is asking: the address a request comes from, told by the proxies that are trusted and by no other."""

from django.conf import settings
from django.http import HttpRequest


def find_address(request: HttpRequest) -> str:
    """Give the address that a request came from.

    Each of our proxies adds, at the end of X-Forwarded-For, the address it was asked from; whatever stands before
    those was written by the client, and is not believed.
    """
    trusted = settings.HARMLEDGER_PROXIES
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if trusted and len(told) >= trusted:
        return str(told[-trusted])
    return str(request.META.get("REMOTE_ADDR", ""))
