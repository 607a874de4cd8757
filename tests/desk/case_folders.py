"""Case folders for the commands on a case."""

import json
import shutil
import tempfile
from functools import cache
from pathlib import Path

from harmledger.desk.main import main
from harmledger.store.case import open_case

LINES = (
    {
        "id": "a",
        "text": "Air raids killed 50 people on Monday.",
        "publisher": "Example Wire",
        "title": "Raids",
    },
    {
        "id": "b",
        "text": "Shelling killed two people.",
        "publisher": "Example Daily",
        "url": "https://example.org/b",
    },
)


@cache
def _keep_template():
    """Make an empty case once; copying it is quicker than making one. Removed when the tests end."""
    folder = tempfile.TemporaryDirectory()
    assert main(["init", str(Path(folder.name) / "case"), "--country", "sy", "-q"]) == 0
    return folder


def make_case(tmp_path, *rows):
    """Make a case that holds the rows, and give its folder as text."""
    folder = str(tmp_path / "case")
    shutil.copytree(Path(_keep_template().name) / "case", folder)
    if rows:
        assert main(["add", folder, write_rows(tmp_path / "first.jsonl", *rows), "-q"]) == 0
    return folder


def write_rows(path, *rows):
    """Write rows as JSON lines, and give the path as text."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def list_states(folder, document, capsys):
    """Give the states of a document's versions, by the command that shows them."""
    capsys.readouterr()
    assert main(["history", folder, document, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    return {row["id"]: row["state"] for row in shown["versions"]}


def open_built(tmp_path, *rows):
    """Make a case of the rows, build it, and give it open; closed when whoever asked is done."""
    folder = make_case(tmp_path, *rows)
    assert main(["build", folder, "-q", "--jobs", "1"]) == 0
    opened, _ = open_case(Path(folder))
    with opened:
        yield opened
