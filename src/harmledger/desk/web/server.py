"""Gunicorn with the desk in it: some processes with some threads each, bounded in what they take."""

import sys
from pathlib import Path
from typing import Any, Final

from gunicorn.app.base import BaseApplication

_SECONDS_TO_ANSWER: Final = 60
_SECONDS_OF_A_TURN: Final = 0.0005
_LONGEST_LINE: Final = 4094
_MOST_FIELDS: Final = 60


class DeskServer(BaseApplication):
    """Serves one case."""

    def __init__(self, folder: Path, bind: str, workers: int, threads: int) -> None:
        self._folder = folder
        self._options: dict[str, Any] = {
            "bind": bind,
            "workers": workers,
            "threads": threads,
            "worker_class": "gthread",
            "preload_app": True,  # loaded once, and shared by the processes
            "timeout": _SECONDS_TO_ANSWER,
            "graceful_timeout": 10,
            "limit_request_line": _LONGEST_LINE,
            "limit_request_fields": _MOST_FIELDS,
            "loglevel": "warning",
            "accesslog": None,
            "proc_name": "harmledger",
            "control_socket_disable": True,
            "post_worker_init": _warm,
        }
        super().__init__()

    def load_config(self) -> None:
        """Give gunicorn its settings; it reads no file and no variable of its own."""
        for name, value in self._options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """Give the application, before there are processes to answer."""
        from harmledger.desk.web.application import make_application

        return make_application(self._folder)


def _warm(_worker: Any) -> None:
    """Let a process answer what most readers ask first before anybody waits for it, and let its threads take short turns:
    whoever comes back from the database waits for no more than one."""
    from harmledger.desk.web.application import warm_pages

    sys.setswitchinterval(_SECONDS_OF_A_TURN)
    warm_pages()
