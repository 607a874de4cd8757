"""The desk as a WSGI application, for a server of your own: `HARMLEDGER_CASE=northwest gunicorn harmledger.desk.web.application:application`."""

import os
import sys
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from harmledger.desk.web.settings import SettingsError, configure_web
from harmledger.desk.web.wording import name_languages

_WARMED: Final = ("/", "/totals.html", "/facilities.html", "/api/v1/map", "/api/v1/incidents")


def make_application(folder: Path) -> Any:
    """Give the application that serves a case folder. Raises SettingsError."""
    from harmledger.store.case import is_case

    if not is_case(folder):
        raise SettingsError(f"{folder} is no case")
    configure_web(folder.resolve())
    from django.core.handlers.wsgi import WSGIHandler
    from django.urls import get_resolver

    from harmledger.desk.web.assets import load_assets
    from harmledger.desk.web.decoding import meet_types

    get_resolver().url_patterns  # noqa: B018 - loads every view now, and not while the first reader waits
    meet_types()
    load_assets()
    return WSGIHandler()


def warm_pages() -> None:
    """Print the pages that most readers ask for first, in every language, so that templates, words, outlines and the
    catalogue are in the memory of this process. What cannot be shown yet is not shown."""
    from django.core.handlers.wsgi import WSGIHandler

    answer = WSGIHandler()
    for path in (*_WARMED, *_find_entry()):
        for start in ("", *(f"/{tag}" for tag, _ in name_languages() if tag != "en")):
            body = answer(describe_request(path if path.startswith("/api/") else start + path), _say_nothing)
            body.close()


def _find_entry() -> list[str]:
    """Give the address of an entry that is shown, where there is one: what its page is made with takes longest to load."""
    from harmledger.desk.web.cases import NotReadyError, open_served
    from harmledger.desk.web.public.found import find_answer
    from harmledger.store.catalogue_search import EVERYTHING

    try:
        with open_served() as case:
            first = find_answer(case, EVERYTHING).cut(0, 1)
            return [f"/incidents/{one.stem}.html" for one in case.catalogue.fetch_numbered(first)]
    except NotReadyError:
        return []


def _say_nothing(_status: str, _headers: Any, _fault: Any = None) -> None:
    """Take the head of an answer that nobody reads."""


def describe_request(path: str) -> dict[str, Any]:
    """Give a request as a server would."""
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "-",  # nobody whose requests are counted
        "HTTP_ACCEPT_ENCODING": "gzip",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def __getattr__(name: str) -> Any:
    if name != "application":
        raise AttributeError(name)
    folder = os.environ.get("HARMLEDGER_CASE")
    if not folder:
        raise SettingsError("HARMLEDGER_CASE must name the folder of a case")
    return make_application(Path(folder))
