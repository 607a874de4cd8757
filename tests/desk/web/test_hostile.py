"""Files that mean harm, handed in at the desk and by the command: bounded in time and memory, nothing run, nothing let out."""

import csv
import io
import re
import resource
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from ..conftest import PROGRAM
from .client import Visitor
from .hostile_files import CANARY, make_all

MEMORY = 1_800_000_000
"""Address space that the command may take for all of them."""

SECONDS = 400
MARKS = re.compile(r"<script>|<svg onload|onerror=alert|<iframe|javascript:alert|<body onload|\u202e")
"""What would run, or turn the page around, if it stood in one as it stands in the files."""


@pytest.fixture(scope="module")
def outside(tmp_path_factory):
    path = tmp_path_factory.mktemp("outside") / "secret.txt"
    path.write_text(CANARY)
    return path


@pytest.fixture(scope="module")
def files(outside):
    return make_all(outside)


@pytest.fixture(scope="module")
def desk(built, start, tmp_path_factory):
    folder = shutil.copytree(built, tmp_path_factory.mktemp("hostile") / "case")
    address = start(folder)
    yield folder, address
    start.end(address)


@pytest.fixture(scope="module")
def handed_in(desk, files):
    """Hand all of them in at once; give the folder, the visitor and the page of the delivery when it is done."""
    folder, address = desk
    visitor = Visitor(address)
    visitor.sign_in("the-analyst")
    answer = visitor.upload("/review/documents/files", files)
    assert answer.status == 303, answer.text
    page = follow(visitor, answer.headers["Location"], "every 1s")
    wait_until_built(visitor)
    return folder, visitor, page


def follow(visitor, path, sign):
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        page = visitor.get(path).text
        assert visitor.get("/").status == 200  # others are served meanwhile
        if sign not in page:
            return page
        time.sleep(1)
    pytest.fail(f"it took longer than {SECONDS} seconds")


def wait_until_built(visitor):
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        page = visitor.get("/review/claims/building")
        if page.headers.get("HX-Refresh") == "true":
            return
        time.sleep(1)
    pytest.fail("it was not built")


@pytest.mark.long
def test_all_of_them_are_added_or_refused_in_bounded_time(handed_in):
    folder, visitor, page = handed_in
    assert "Added." in page
    assert page.count('class="error"') >= 8
    assert not MARKS.search(page)
    assert list((folder / ".inbox").glob("*")) == []
    assert visitor.get("/review/documents/unread").status == 200
    assert not MARKS.search(visitor.get("/review/documents/unread").text)


@pytest.mark.long
def test_programs_and_pictures_are_not_kept(handed_in):
    folder, _, page = handed_in
    assert "is a program" in page
    assert "is a GIF picture" in page
    kept = [path.read_bytes()[:4] for path in (folder / "bytes").rglob("*") if path.is_file()]
    assert not any(head.startswith((b"\x7fELF", b"GIF8")) for head in kept)


@pytest.mark.long
def test_no_page_runs_what_came_in(handed_in):
    _, visitor, page = handed_in
    texts = set(re.findall(r'href="(/review/texts/[^"]+)"', page))
    assert len(texts) >= 10
    for path in sorted(texts):
        answer = visitor.get(path)
        assert answer.status == 200, path
        assert not MARKS.search(answer.text), path
        assert CANARY not in answer.text
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.long
def test_no_file_of_the_machine_is_brought_in_or_written(handed_in, outside):
    folder, _, _ = handed_in
    assert not Path("/tmp/harmledger-was-here.txt").exists()
    secret = CANARY.encode()
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_size < 50_000_000:
            assert secret not in path.read_bytes(), path
    names = {path.name for path in folder.iterdir()}
    assert not any(name.endswith((".txt", ".html", ".xml", ".eml", ".pdf")) for name in names)


@pytest.mark.long
def test_what_was_received_is_never_given_as_a_page(handed_in):
    _, visitor, page = handed_in
    paths = sorted(set(re.findall(r'href="/review/texts/([^"]+)"', page)))[:6]
    assert paths
    for path in paths:
        answer = visitor.get(f"/review/files/{path}")
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.long
def test_no_cell_that_leaves_is_a_formula(handed_in, run, tmp_path):
    folder, _, _ = handed_in
    run("publish", folder, tmp_path / "site", "-q")
    tables = list((tmp_path / "site").rglob("*.csv"))
    assert tables
    for table in tables:
        for row in csv.reader(io.StringIO(table.read_text("utf-8"))):
            for cell in row:
                assert not cell.startswith(("=", "@", "\t", "\r")), (table, cell)
                assert not re.match(r"[+-](?!\d)", cell), (table, cell)
    for page in (tmp_path / "site").rglob("*.html"):
        assert not MARKS.search(page.read_text("utf-8")), page


@pytest.mark.long
def test_the_command_takes_them_within_its_memory(built, files, environment, tmp_path):
    folder = shutil.copytree(built, tmp_path / "case")
    received = tmp_path / "received"
    received.mkdir()
    for name, data in files:
        (received / name).write_bytes(data)
    begun = time.monotonic()
    done = subprocess.run(
        [PROGRAM, "add", str(folder), *map(str, sorted(received.iterdir())), "-q"],
        capture_output=True,
        text=True,
        env=environment,
        timeout=SECONDS,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    assert CANARY not in done.stdout + done.stderr
    assert time.monotonic() - begun < SECONDS
    assert "\u202e" not in done.stdout + done.stderr
