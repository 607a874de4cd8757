"""The desk as a WSGI application, for a server of your own: `HARMLEDGER_CASE=northwest gunicorn harmledger.desk.web.application:application`."""

import os
from pathlib import Path
from typing import Any

from harmledger.desk.web.settings import SettingsError, configure_web


def make_application(folder: Path) -> Any:
    """Give the application that serves a case folder. Raises SettingsError."""
    from harmledger.store.case import is_case

    if not is_case(folder):
        raise SettingsError(f"{folder} is no case")
    configure_web(folder.resolve())
    from django.core.handlers.wsgi import WSGIHandler
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018 - loads every view now, and not while the first reader waits
    return WSGIHandler()


def __getattr__(name: str) -> Any:
    if name != "application":
        raise AttributeError(name)
    folder = os.environ.get("HARMLEDGER_CASE")
    if not folder:
        raise SettingsError("HARMLEDGER_CASE must name the folder of a case")
    return make_application(Path(folder))
