"""The desk as people run it: a server of its own on loopback, a case that was built, accounts of every role."""

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from browsers import ARGUMENTS, CHROMIUM

from ..conftest import PROGRAM, write_rows
from ..reports import IDLIB
from ..warm import LINES, Warm
from .client import PASSWORD, Visitor

ROLES = ("reader", "analyst", "editor", "admin")
_MONITOR, _WIRE, _DAILY = IDLIB
ROWS = (
    {**_MONITOR, "title": "Raids on Idlib", "url": "https://example.org/monitor/1"},
    {**_WIRE, "publisher": "Example <b>Wire</b>"},
    _DAILY,
    {
        "id": "held",
        "text": "An air strike on a hospital in Maarat al-Numan killed four people on 30 December 2099, rescuers said.",
        "publisher": "Example Daily",
        "published": "2099-12-31",
        "kind": "news",
        "language": "en",
    },
)
ADD_ACCOUNTS = f"""
from harmledger.desk.web.accounts.membership import grant_role
from harmledger.desk.web.accounts.models import Account
for role in {ROLES[:-1]!r}:
    grant_role(Account.objects.create_account("the-" + role, {PASSWORD!r}), role)
"""


@pytest.fixture(scope="session")
def environment(tmp_path_factory):
    """Give an environment that nobody's packs and settings reach."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("HARMLEDGER_", "DATABASE_"))
    }
    return {**kept, "HARMLEDGER_DATA": str(tmp_path_factory.getbasetemp() / "data")}


@pytest.fixture(scope="session")
def warm(environment):
    """Give what has the program in memory, and forks."""
    held = Warm(environment)
    yield held
    held.close()


@pytest.fixture(scope="session")
def run(environment, warm):
    """Give what runs the program to its end."""

    def run_program(*arguments, **more):
        done = warm.run(arguments, {**environment, **more})
        assert done.returncode in (0, 1), done.stderr
        return done

    return run_program


@pytest.fixture(scope="session")
def built(tmp_path_factory, run, inside):
    """Give the folder of a case that was built, with an account of each role; tests that change it copy it."""
    home = tmp_path_factory.mktemp("served")
    folder = home / "case"
    run("init", folder, "--country", "SY", "--name", "Northwest", "-q")
    run("add", folder, write_rows(home / "documents.jsonl", ROWS), "-q")
    run("build", folder, "-q", "--jobs", "1")
    run("accounts", "add", folder, "the-admin", "--role", "admin", "--password", PASSWORD)
    inside(ADD_ACCOUNTS, folder)
    return folder


@pytest.fixture(scope="session")
def start(environment, warm, tmp_path_factory):
    """Give what starts the desk of a case, and ends it; whatever still runs ends with the tests. Where it `is_installed` it is the
    program as people start it, which takes longer."""
    running = {}

    def start_server(folder, *options, is_installed=False, **more):
        port = find_port()
        log = (tmp_path_factory.mktemp("log") / "serve.txt").open("w+")
        given = ["serve", str(folder), "--port", str(port), "--workers", "1", *options]
        told = {**environment, **more}
        if is_installed:
            process = subprocess.Popen([PROGRAM, *given], stdout=log, stderr=log, env=told)
        else:
            process = warm.start(given, told, log, log)
        address = f"http://127.0.0.1:{port}"
        running[address] = (process, log)
        wait_for(address, process, log)
        return address

    def end_server(address):
        process, log = running.pop(address)
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        finally:
            log.close()

    start_server.end = end_server
    yield start_server
    for address in list(running):
        end_server(address)


@pytest.fixture(scope="session")
def address(built, start, tmp_path_factory):
    """Give the address of a desk whose case no test changes."""
    return start(shutil.copytree(built, tmp_path_factory.mktemp("shared") / "case"), is_installed=True)


@pytest.fixture(scope="session")
def room(built, start, inside, tmp_path_factory):
    """Give a review room whose case its tests change: each leaves the toll of what it touched as it was."""
    from .room import MORE_ACCOUNTS, Room

    folder = shutil.copytree(built, tmp_path_factory.mktemp("room") / "case")
    inside(MORE_ACCOUNTS, folder)
    return Room(folder, start(folder))


@pytest.fixture
def visitor(address):
    """Give somebody without an account."""
    return Visitor(address)


@pytest.fixture
def own(built, start, tmp_path):
    """Give a case of one's own and the address of its desk."""
    folder = shutil.copytree(built, tmp_path / "case")
    address = start(folder)
    yield folder, address
    start.end(address)


@pytest.fixture(scope="module")
def desk(request, built, start, tmp_path_factory):
    """Give a case that the tests of one module change, and the address of its desk; what the module calls DESK goes into the
    environment of that."""
    folder = shutil.copytree(built, tmp_path_factory.mktemp("desk") / "case")
    address = start(folder, **getattr(request.module, "DESK", {}))
    yield folder, address
    start.end(address)


@pytest.fixture(scope="module")
def analyst(desk):
    visitor = Visitor(desk[1])
    assert visitor.sign_in("the-analyst").status == 302
    return visitor


@pytest.fixture(scope="session")
def inside(environment, warm):
    """Give what runs lines of Python in a process of a case's desk, and what they print."""

    def run_lines(lines, folder):
        start = (
            "from pathlib import Path\nfrom harmledger.desk.web.settings import configure_web\n"
            f"configure_web(Path({str(folder)!r}))\n"
        )
        done = warm.run((LINES, start + lines), environment)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run_lines


def find_port():
    """Give a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(address, process, log, seconds=120):
    """Wait until a server answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(address + "/account/sign-in", timeout=30).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    log.flush()
    pytest.fail("the desk did not start: " + Path(log.name).read_text())


@pytest.fixture(scope="module")
def browser():
    sync = pytest.importorskip("playwright.sync_api", reason="needs playwright: make test installs it")
    with sync.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def open_context(browser):
    """Open windows of a width, without cookies of each other; they are closed behind the test."""
    opened = []

    def open_one(width=1280, height=900, **options):
        opened.append(browser.new_context(viewport={"width": width, "height": height}, **options))
        return opened[-1]

    yield open_one
    for context in opened:
        close_context(context)


def close_context(context):
    """Close a window. Chromium sometimes never does while a page that asks before it is left is being loaded again, as pages of
    the review room are by themselves: without a network nothing is loaded."""
    context.set_offline(True)
    context.close()
