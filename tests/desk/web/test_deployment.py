"""The desk behind a reverse proxy, with gunicorn of one's own and with PostgreSQL."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from .client import PASSWORD, Visitor
from .conftest import find_port, wait_for

GUNICORN = str(Path(sys.executable).with_name("gunicorn"))
BEHIND = {"HARMLEDGER_HTTPS": "1", "HARMLEDGER_PROXIES": "1", "HARMLEDGER_HOSTS": "record.example.org"}
POSTGRES = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


@pytest.fixture
def behind(built, environment, tmp_path):
    """Give the address of a gunicorn that believes one proxy before it."""
    folder = shutil.copytree(built, tmp_path / "case")
    port = find_port()
    log = (tmp_path / "log.txt").open("w+")
    given = [
        GUNICORN,
        "--bind",
        f"127.0.0.1:{port}",
        "--threads",
        "4",
        "harmledger.desk.web.application:application",
    ]
    more = {"HARMLEDGER_CASE": str(folder), **BEHIND}
    process = subprocess.Popen(given, stdout=log, stderr=log, env={**environment, **more})
    address = f"http://127.0.0.1:{port}"
    wait_for(address, process, log)
    yield address
    process.terminate()
    process.wait(30)
    log.close()


def test_behind_a_proxy_cookies_and_addresses_are_those_of_https(behind):
    visitor = Visitor(behind)
    told = {"Host": "record.example.org", "X_Forwarded_Proto": "https", "X_Forwarded_For": "203.0.113.7"}
    answer = visitor.get("/account/sign-in", **told)
    assert answer.status == 200
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    (token,) = [cookie for cookie in answer.headers.get_all("Set-Cookie") if cookie.startswith("csrftoken=")]
    assert "Secure" in token
    assert visitor.get("/", Host="other.example.org").status == 400


def test_an_address_that_the_client_made_up_is_not_believed(inside, built):
    told = inside(
        "from django.test import RequestFactory, override_settings\n"
        "from harmledger.desk.web.clients import find_address\n"
        "make = RequestFactory().get\n"
        "def ask(told, proxies):\n"
        "    with override_settings(HARMLEDGER_PROXIES=proxies):\n"
        "        print(find_address(make('/', HTTP_X_FORWARDED_FOR=told, REMOTE_ADDR='10.0.0.1')))\n"
        "ask('192.0.2.1', 0)\n"
        "ask('192.0.2.1, 203.0.113.7', 1)\n"
        "ask('192.0.2.1, 203.0.113.7, 10.0.0.2', 2)\n"
        "ask('', 1)\n",
        built,
    )
    assert told.split() == ["10.0.0.1", "203.0.113.7", "203.0.113.7", "10.0.0.1"]


def test_settings_that_make_no_sense_are_refused(built, environment):
    for more in (
        {"HARMLEDGER_SECRET_KEY": "short"},
        {"DATABASE_URL": "mysql://x"},
        {"HARMLEDGER_PROXIES": "many"},
    ):
        given = [
            str(Path(sys.executable).with_name("harmledger")),
            "serve",
            str(built),
            "--port",
            str(find_port()),
        ]
        done = subprocess.run(
            given, capture_output=True, text=True, env={**environment, **more}, timeout=60, check=False
        )
        assert done.returncode == 3, done.stderr
        assert next(iter(more)) in done.stderr
        assert "Traceback" not in done.stderr


@pytest.fixture
def database():
    """Give the address of a PostgreSQL of one's own, on a socket in a folder of its own."""
    if POSTGRES is None:
        pytest.skip("needs PostgreSQL: apt install postgresql")
    user = "postgres" if os.geteuid() == 0 else None
    home = Path(tempfile.mkdtemp())  # not pytest's own folder, which nobody but its owner may enter
    home.chmod(0o755)
    data = home / "data"
    data.mkdir()
    if user:
        shutil.chown(data, user)
        shutil.chown(home, user)
    port = find_port()

    def call(*arguments):
        subprocess.run(
            arguments,
            timeout=120,
            check=True,
            capture_output=True,
            user=user,
            cwd=home,
            env={"LC_ALL": "C.UTF-8"},
        )

    call(POSTGRES / "initdb", "-D", data, "-U", "desk", "--auth=trust", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -c fsync=off"
    call(POSTGRES / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start")
    yield f"postgresql://desk@127.0.0.1:{port}/postgres"
    call(POSTGRES / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    shutil.rmtree(home)


@pytest.mark.long
def test_two_cases_share_a_postgresql(built, run, start, database, tmp_path):
    folders = [shutil.copytree(built, tmp_path / name) for name in ("one", "two")]
    for folder in folders:
        for name in ("desk.sqlite", "desk.sqlite-wal", "desk.sqlite-shm"):
            (folder / name).unlink(missing_ok=True)
    (folders[1] / "desk.secret").unlink()
    run(
        "accounts",
        "add",
        folders[0],
        "somebody",
        "--role",
        "admin",
        "--password",
        PASSWORD,
        DATABASE_URL=database,
    )
    run(
        "accounts",
        "add",
        folders[1],
        "somebody",
        "--role",
        "reader",
        "--password",
        PASSWORD,
        DATABASE_URL=database,
    )
    roles = []
    for folder in folders:
        address = start(folder, DATABASE_URL=database)
        visitor = Visitor(address)
        assert visitor.sign_in("somebody").status == 302
        roles.append(visitor.get("/account/").find(r"<dt>Role</dt><dd>(\w+)"))
        start.end(address)
        time.sleep(0.1)
    assert roles == ["admin", "reader"]
    assert not list(tmp_path.glob("*/desk.sqlite"))
