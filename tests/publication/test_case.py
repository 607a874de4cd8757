"""`harmledger publish` on a case, as people run it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .sites import PLACEHOLDERS, STORIES, list_files, write_rows

PROGRAM = str(Path(sys.executable).with_name("harmledger"))
AS_OF = ("--as-of", "2026-11-22T12:00")


ROWS = (
    *STORIES,
    {
        "id": "d" * 64,
        "text": "Shelling in Khan Sheikhoun killed four children on Tuesday, the Syrian Observatory for Human Rights said.",
        "publisher": "Example Monitor",
        "published": "2016-06-01",
        "kind": "news",
        "language": "en",
    },
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Give a case of the stories with placeholder names, built once, and how to run the program on it."""
    home = tmp_path_factory.mktemp("built")
    environment = {**os.environ, "HARMLEDGER_DATA": str(home / "data")}

    def run(*arguments):
        given = [PROGRAM, *map(str, arguments)]
        return subprocess.run(
            given, timeout=120, capture_output=True, text=True, env=environment, check=False
        )

    folder = home / "case"
    for arguments in (
        ("init", folder, "--country", "SY", "--name", "Stories", "-q"),
        ("add", folder, write_rows(home / "documents.jsonl", ROWS), "-q"),
        ("build", folder, "-q"),
    ):
        done = run(*arguments)
        assert done.returncode == 0, done.stderr
    return folder, run


@pytest.fixture
def case(built, tmp_path):
    """Give a copy of the built case, to do with as the test likes."""
    folder, run = built
    return shutil.copytree(folder, tmp_path / "case"), run


def test_a_case_is_published_without_a_name(case, tmp_path):
    folder, run = case
    done = run("publish", folder, tmp_path / "site", *AS_OF)
    assert done.returncode == 0, done.stderr
    assert "index.html" in done.stderr
    files = list_files(tmp_path / "site")
    everything = b"\n".join(files.values()).decode().casefold()
    assert not [word for word in PLACEHOLDERS if word.casefold() in everything]
    assert "Example Monitor" in b"".join(files.values()).decode()


def test_the_internal_site_has_full_texts(case, tmp_path):
    folder, run = case
    done = run("publish", folder, tmp_path / "site", "--internal", *AS_OF)
    assert done.returncode == 0, done.stderr
    pages = [path.read_text() for path in (tmp_path / "site" / "documents").iterdir()]
    assert any("Fulani's daughter" in page.replace("&#39;", "'") for page in pages)
    assert all("INTERNAL" in page for page in pages)


@pytest.mark.long
def test_what_was_withdrawn_is_gone_and_its_page_says_so(case, tmp_path):
    folder, run = case
    site = tmp_path / "site"
    assert run("publish", folder, site, *AS_OF).returncode == 0
    before = {json.loads(line)["id"] for line in (site / "data" / "incidents.jsonl").read_text().splitlines()}
    assert run("withdraw", folder, "d" * 64, "--reason", "reason-of-the-family", "-q").returncode == 0
    refused = run("publish", folder, site, "--as-of", "2026-11-23")
    assert refused.returncode == 3
    assert "harmledger build" in refused.stderr
    assert run("build", folder, "-q").returncode == 0
    done = run("publish", folder, site, "--as-of", "2026-11-23")
    assert done.returncode == 0, done.stderr
    after = {json.loads(line)["id"] for line in (site / "data" / "incidents.jsonl").read_text().splitlines()}
    gone = before - after
    assert gone
    for name in gone:
        page = (site / "incidents" / f"{name[:16]}.html").read_text()
        assert "withdrawn" in page
        assert "Sheikhoun" not in page
    assert "reason-of-the-family" not in b"".join(list_files(site).values()).decode()


def test_an_edition_is_recorded_with_the_reports_that_it_names(case, tmp_path):
    from harmledger.store.case import open_case

    folder, run = case
    assert run("publish", folder, tmp_path / "site", *AS_OF).returncode == 0
    opened, _ = open_case(folder)
    with opened:
        (edition,) = opened.facts.list_editions()
        assert (edition.number, edition.is_internal) == (1, False)
        assert list(opened.facts.find_editions(["d" * 64]))
        assert not list(opened.facts.find_editions(["e" * 64]))


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("publish", "nowhere", "site"), 3, "case"),
        (("publish",), 2, "CASE"),
        (("publish", "nowhere", "site", "--as-of", "yesterday"), 2, "2026-11-22"),
    ],
)
def test_what_cannot_be_published_is_said(arguments, code, told, tmp_path):
    done = subprocess.run(
        [PROGRAM, *arguments], timeout=120, capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == code
    assert told in done.stderr


def test_a_case_that_was_not_built_says_what_to_do(tmp_path):
    folder = tmp_path / "case"
    subprocess.run([PROGRAM, "init", str(folder), "-q"], timeout=120, check=True)
    done = subprocess.run(
        [PROGRAM, "publish", str(folder), str(tmp_path / "site")],
        timeout=120,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "harmledger build" in done.stderr
    assert not (tmp_path / "site").exists()
