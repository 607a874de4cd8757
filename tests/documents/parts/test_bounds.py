"""Memory and time: hostile files are opened under a limit of the system, in a process of their own."""

import gzip
import resource
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from documents.parts.opened import pack

MEMORY = 900_000_000
"""Address space that opening any file needs at most, in bytes; docs/intake.md says so."""

PROGRAM = textwrap.dedent("""
    import resource, sys
    from pathlib import Path
    from harmledger.documents.parts import open_parts
    from harmledger.records.part import Received
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
    path = Path(sys.argv[1])
    received = Received(path.name, "0" * 64, path.stat().st_size, "2026-11-22T08:00:00Z")
    parts = problems = 0
    for part, found in open_parts(path, received):
        parts += part is not None
        problems += len(found)
        last = found[-1].code if found else ""
    print(parts, problems, last)
""")


def open_bounded(path: Path, seconds: int = 60) -> tuple[int, int, str]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path), str(MEMORY)],
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < seconds
    parts, problems, last = [*done.stdout.split(), ""][:3]
    return int(parts), int(problems), last


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"Two killed.\n",
        b'{"text": "a"}\n',
        b"From a@b Sun Sep  9 18:00:00 2018\nFrom: x\n\n",
        b"WARC/1.0\r\n",
        b"%PDF-1.7\n",
        b"\x1f\x8b\x08",
    ],
)
def test_a_sparse_file_of_2_gb_is_never_held_whole(head, tmp_path):
    path = tmp_path / "sparse.txt"
    with path.open("wb") as file:
        file.write(head)
        file.truncate(2_000_000_000)
    parts, problems, _ = open_bounded(path)
    assert parts <= 1
    assert problems >= 1


def test_a_bomb_in_a_bomb(tmp_path):
    path = tmp_path / "bomb.zip"
    bomb = pack({f"{number}.txt": b"0" * 60_000_000 for number in range(2)})
    path.write_bytes(pack({f"{number}.zip": bomb for number in range(3)} | {"last.txt": "one killed"}))
    assert open_bounded(path)[:2] == (1, 6)


def test_a_packed_line_longer_than_any(tmp_path):
    path = tmp_path / "long.jsonl.gz"
    line = b"two killed " * 7_000_000
    path.write_bytes(gzip.compress(b'{"text": "' + line + b'"}\n{"text": "good"}\n', 0))
    assert open_bounded(path)[0] == 1


@pytest.mark.parametrize("tags", [b"<div>" * 190_000, b"<br>" * 2_000_000])
def test_a_page_of_many_tags(tags, tmp_path):
    path = tmp_path / "deep.html"
    path.write_bytes(b"<html><body>" + tags + b"two killed")
    parts, problems, last = open_bounded(path)
    assert parts == 1 or (problems == 1 and last in ("documents.page", "documents.size"))


def test_a_table_of_one_line(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_bytes(b"text,id\n" + b"a," * 20_000_000)
    assert open_bounded(path)[2] == "documents.columns"


def test_nothing_heavy_is_imported_before_a_file_asks_for_it():
    heavy = "{'trafilatura', 'lxml', 'feedparser', 'warcio', 'pypdfium2', 'python_calamine', 'email', 'zipfile', 'csv', 'charset_normalizer'}"
    program = f"import sys, harmledger.documents.parts; print({heavy} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], timeout=120, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
