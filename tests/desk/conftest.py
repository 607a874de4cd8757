"""The program as people run it: real processes in a folder of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = str(Path(sys.executable).with_name("harmledger"))

ROWS = (
    {
        "id": "monitor",
        "text": "Air raids on Idlib killed 50 people on Monday and wounded more than 200, a monitor said.",
        "publisher": "Example Monitor",
        "published": "2016-05-31",
        "kind": "monitor",
        "language": "en",
    },
    {
        "id": "wire",
        "text": "At least 23 people were killed in air strikes on Idlib late on Monday, activists said.\n\n"
        "Among the dead were seven children.",
        "publisher": "Example Wire",
        "published": "2016-05-31",
        "kind": "news",
        "language": "en",
    },
    {
        "id": "daily",
        "text": "Shelling in Saraqib killed two children and wounded nine people on Tuesday, rescuers said.",
        "publisher": "Example Daily",
        "published": "2016-06-01",
        "kind": "news",
        "language": "en",
    },
)


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
    return write_rows(tmp_path / "documents.jsonl", ROWS)


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Give a folder with documents, and the claims and incidents that the program makes of them."""
    folder = tmp_path_factory.mktemp("made")
    environment = {"HARMLEDGER_DATA": str(tmp_path_factory.getbasetemp() / "data")}
    source = write_rows(folder / "documents.jsonl", ROWS)
    claims, incidents = folder / "claims.jsonl", folder / "incidents.jsonl"
    read = run("read", source, "-o", claims, environment=environment)
    assert read.returncode == 0, read.stderr
    fused = run("fuse", claims, "--documents", source, "-o", incidents, environment=environment)
    assert fused.returncode == 0, fused.stderr
    return folder
