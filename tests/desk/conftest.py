"""The program as people run it: real processes in a folder of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desk.case_folders import make_case
from desk.reports import ARIHA, IDLIB
from harmledger.desk.main import main

PROGRAM = str(Path(sys.executable).with_name("harmledger"))


def run(*arguments, **options):
    """Run the program to its end; give what it did as text."""
    environment = {**os.environ, **options.pop("environment", {})}
    return subprocess.run(
        [PROGRAM, *map(str, arguments)],
        capture_output=True,
        env=environment,
        timeout=60,
        check=False,
        **({"text": True} | options),
    )


def write_rows(path, rows):
    """Write rows as JSON lines, and give the path."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path_factory, monkeypatch):
    """Keep the packs of whoever runs the tests out of them."""
    monkeypatch.setenv("HARMLEDGER_DATA", str(tmp_path_factory.getbasetemp() / "data"))


@pytest.fixture
def documents(tmp_path):
    """Give a file of three documents about two attacks."""
    return write_rows(tmp_path / "documents.jsonl", IDLIB)


@pytest.fixture
def case(tmp_path):
    """Give the folder of a case about an attack on Ariha and one elsewhere, built."""
    folder = make_case(tmp_path, *ARIHA)
    assert main(["build", folder, "-q"]) == 0
    return folder


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Give a folder with documents, and the claims and incidents that the program makes of them."""
    folder = tmp_path_factory.mktemp("made")
    environment = {"HARMLEDGER_DATA": str(tmp_path_factory.getbasetemp() / "data")}
    source = write_rows(folder / "documents.jsonl", IDLIB)
    claims, incidents = folder / "claims.jsonl", folder / "incidents.jsonl"
    read = run("read", source, "-o", claims, environment=environment)
    assert read.returncode == 0, read.stderr
    fused = run("fuse", claims, "--documents", source, "-o", incidents, environment=environment)
    assert fused.returncode == 0, fused.stderr
    return folder
