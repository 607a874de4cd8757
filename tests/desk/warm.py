"""The program's commands as processes of their own that need not start: forked from one that has its modules in memory.

A command that is forked runs from its arguments to its exit code as one that was started, with a memory, an environment and
files of its own; what is spared is finding and loading modules, which takes longer than most commands of the tests. Whether
the program starts as it is installed is tested by those who start it: `desk.conftest.run`, the shared desk of the web's tests.
"""

import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path

DESK_COMMANDS = {"serve", "accounts", "journal", "lines"}
"""What sets Django up for the desk of a case; everything else, as far as needed, for the store alone."""

SHARED = (
    "django.contrib.auth.hashers",
    "django.contrib.auth.password_validation",
    "django.contrib.sessions.middleware",
    "django.core.management.commands.migrate",
    "django.db.backends.sqlite3.base",
    "django.db.models",
    "django.middleware.locale",
    "django.test.utils",
    "django.views.i18n",
    "gunicorn.arbiter",
    "gunicorn.workers.gthread",
    "harmledger.claims.reader",
    "harmledger.desk.main",
    "harmledger.desk.web.application",
    "harmledger.desk.web.cases",
    "harmledger.desk.web.intake.taking",
    "harmledger.desk.web.public.found",
    "harmledger.desk.web.review.values",
    "harmledger.desk.web.server",
    "harmledger.incidents.fuse",
    "harmledger.pipeline.catalogue_renewal",
    "harmledger.pipeline.claiming",
    "harmledger.pipeline.revisions",
    "harmledger.pipeline.why",
    "harmledger.places.gazetteer",
    "harmledger.publication.site.publish",
    "harmledger.review.reasons",
    "pydantic.fields",
    "pydantic.main",
    "segno.writers",
)
"""Modules that load without Django's settings, and bring most of the others with them."""

LINES = "lines"
_LARGEST = 1 << 16


class Warm:
    """Gives processes; `close` when no more are asked for."""

    def __init__(self, environment):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-P", __file__, str(theirs.fileno())]
        self._process = subprocess.Popen(
            command, pass_fds=[theirs.fileno()], env=environment, stdin=subprocess.DEVNULL
        )
        theirs.close()
        self._socket = ours

    def start(self, arguments, environment, out, err):
        """Start a command; `out` and `err` are open files. `("lines", TEXT)` runs lines of Python."""
        told, tells = os.pipe()
        request = json.dumps([list(map(str, arguments)), environment, os.getcwd()]).encode()
        assert len(request) < _LARGEST
        socket.send_fds(self._socket, [request], [out.fileno(), err.fileno(), tells])
        os.close(tells)
        return Forked(told)

    def run(self, arguments, environment, timeout=120):
        """Run a command to its end; give what it did, as `subprocess.run` does."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            code = self.start(arguments, environment, out, err).wait(timeout)
            texts = []
            for one in (out, err):
                one.seek(0)
                texts.append(one.read().decode())
        return subprocess.CompletedProcess(arguments, code, *texts)

    def close(self):
        self._socket.close()
        self._process.wait(30)


class Forked:
    """A process that was forked, with as much of `subprocess.Popen` as is needed."""

    def __init__(self, told):
        self._told = told
        self.returncode = None
        self.pid = self._read()
        assert self.pid is not None, "the process that forks does not answer"

    def _read(self, timeout=60.0):
        """Give the next number that is told; None where none comes in time."""
        if not select.select([self._told], [], [], timeout)[0]:
            return None
        data = os.read(self._told, 8)
        assert len(data) == 8, "the process that forks has ended"
        return int.from_bytes(data, "little", signed=True)

    def poll(self):
        if self.returncode is None:
            self.returncode = self._read(0)
            if self.returncode is not None:
                os.close(self._told)
        return self.returncode

    def terminate(self):
        if self.poll() is None:
            os.kill(self.pid, signal.SIGTERM)

    def kill(self):
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def wait(self, timeout):
        end = time.monotonic() + timeout
        while self.returncode is None:
            left = end - time.monotonic()
            if left < 0:
                self.kill()
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            if select.select([self._told], [], [], left)[0]:
                self.poll()
        return self.returncode


def load_shared():
    """Load what every command needs that does without Django's settings."""
    for name in SHARED:
        import_module(name)


def load_desk():
    """Load what the desk's processes share."""
    from importlib.resources import files

    from harmledger.desk.web.assets import load_assets
    from harmledger.desk.web.messages.telling import load_messages
    from harmledger.desk.web.pages import open_desk_templates
    from harmledger.desk.web.wording import load_desk_words, name_languages
    from harmledger.publication.withholding.vocabulary import list_common_words
    from harmledger.publication.wording import load_wording

    load_assets()
    for language, _ in name_languages():
        for load in (list_common_words, load_desk_words, load_messages, load_wording):
            load(language)
    templates = open_desk_templates()
    for one in files("harmledger.desk.web.templates").iterdir():
        if one.name.endswith(".jinja"):
            templates.get_template(one.name)


def load_case():
    """Load what commands on a case share."""
    from harmledger.store.database import configure_django

    configure_django()
    for name in ("add", "build", "publish"):
        import_module(f"harmledger.pipeline.{name}")


def serve(asked):
    """Fork for each request until nobody asks any more. Returns in the process that is to run a command, with what it is."""
    gc.freeze()
    while True:
        data, files, _, _ = socket.recv_fds(asked, _LARGEST, 3)
        reap()
        if not data:
            sys.exit(0)
        out, err, tells = files
        if os.fork() == 0:
            asked.close()
            command = os.fork()
            if command == 0:
                os.close(tells)
                for given, standard in ((out, 1), (err, 2)):
                    os.dup2(given, standard)
                    os.close(given)
                return json.loads(data)
            for given in files[:2]:
                os.close(given)
            tell(tells, command)
            tell(tells, os.waitstatus_to_exitcode(os.waitpid(command, 0)[1]))
            os._exit(0)
        for given in files:
            os.close(given)


def tell(tells, number):
    with suppress(BrokenPipeError):
        os.write(tells, number.to_bytes(8, "little", signed=True))


def reap():
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def route(asked):
    """Hand each request on to the process that has what it needs in memory."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    if os.fork() == 0:
        asked.close()
        ours.close()
        load_case()
        return serve(theirs)
    theirs.close()
    desk_ours, desk_theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    if os.fork() == 0:
        asked.close()
        ours.close()
        desk_ours.close()
        load_desk()
        return serve(desk_theirs)
    desk_theirs.close()
    while True:
        data, files, _, _ = socket.recv_fds(asked, _LARGEST, 3)
        if not data:
            break
        is_desk = json.loads(data)[0][0] in DESK_COMMANDS
        socket.send_fds(desk_ours if is_desk else ours, [data], files)
        for given in files:
            os.close(given)
    ours.close()
    desk_ours.close()
    for _ in range(2):
        os.wait()
    sys.exit(0)


def run_command(arguments, environment, folder):
    """Be the command."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    if arguments[0] == LINES:
        exec(compile(arguments[1], "<lines>", "exec"), {"__name__": "__main__"})
        return 0
    from harmledger.desk.main import main

    sys.argv = [str(Path(sys.executable).with_name("harmledger")), *arguments]
    return main(arguments)


if __name__ == "__main__":
    load_shared()
    sys.exit(run_command(*route(socket.socket(fileno=int(sys.argv[1])))))
