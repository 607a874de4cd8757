"""Handing in, and telling how it gets on; the process that adds is started by whoever hands in, and by whoever looks at a
delivery that nobody works on."""

import json
import secrets
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from harmledger.desk.web.intake.models import Delivery
from harmledger.desk.web.processes import Errand
from harmledger.records.problem import Problem
from harmledger.store.case import INBOX

KEPT_DAYS: Final = 7
MOST_PROBLEMS: Final = 200
_PRIVATE: Final = 0o700
_SECONDS_LEFT: Final = 86_400
"""After so long nobody hands in any more what was not handed in whole."""

_ERRAND: Final = Errand("harmledger.desk.web.intake.process")


def open_folder() -> tuple[str, Path]:
    """Make a folder for what is handed in; give its name and its path."""
    token = secrets.token_hex(16)
    folder = locate_folder(token)
    folder.parent.mkdir(mode=_PRIVATE, exist_ok=True)
    folder.mkdir(mode=_PRIVATE)
    return token, folder


def locate_folder(token: str) -> Path:
    """Give the path of a delivery's folder."""
    case: Path = settings.HARMLEDGER_CASE_FOLDER
    return case / INBOX / token


def hand_in(kind: str, by: str, token: str, total: int, problems: Iterable[Problem] = ()) -> Delivery:
    """Have what lies in a folder added, and give the row that tells how it gets on."""
    now = datetime.now(UTC)
    rows = Delivery.objects.filter(case=settings.HARMLEDGER_CASE_KEY)
    rows.filter(finished__lt=now - timedelta(days=KEPT_DAYS)).delete()
    delivery: Delivery = Delivery.objects.create(
        case=settings.HARMLEDGER_CASE_KEY,
        token=token,
        by=by,
        asked=now,
        kind=kind,
        total=total,
        problems=write_problems(problems),
    )
    start_process()
    return delivery


def write_problems(problems: Iterable[Problem]) -> str:
    """Give problems as a row keeps them, as many as are shown."""
    return json.dumps([asdict(one) for one in list(problems)[:MOST_PROBLEMS]], ensure_ascii=False)


def read_problems(delivery: Delivery) -> list[Problem]:
    """Give the problems of a delivery."""
    return [Problem(**one) for one in json.loads(delivery.problems)]


def list_latest(limit: int = 20) -> list[Delivery]:
    """Give what was handed in, the latest first; starts the process again where none works on what waits."""
    rows: Any = Delivery.objects.filter(case=settings.HARMLEDGER_CASE_KEY)
    if rows.filter(finished=None).exists():
        start_process()
    return list(rows.order_by("-id")[:limit])


def find_delivery(key: int) -> Delivery | None:
    """Give a delivery of this case."""
    found: Delivery | None = Delivery.objects.filter(case=settings.HARMLEDGER_CASE_KEY, pk=key).first()
    if found is not None and found.finished is None:
        start_process()
    return found


def remove_folder(token: str) -> None:
    """Remove what was handed in, once it is added."""
    shutil.rmtree(locate_folder(token), ignore_errors=True)


def sweep_inbox() -> None:
    """Remove what lies in the inbox for more than a day and belongs to nothing that waits: whoever handed it in was cut off
    meanwhile, and an erasure would not find it there."""
    rows = Delivery.objects.filter(case=settings.HARMLEDGER_CASE_KEY, finished=None)
    waiting = set(rows.values_list("token", flat=True))
    before = time.time() - _SECONDS_LEFT
    inbox = settings.HARMLEDGER_CASE_FOLDER / INBOX
    for path in inbox.iterdir() if inbox.is_dir() else ():
        with suppress(OSError):
            if path.name in waiting or path.lstat().st_mtime > before:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()


def start_process() -> None:
    """Start the process that adds, where none runs."""
    _ERRAND.start(settings.HARMLEDGER_CASE_FOLDER)
