"""The example files open, say what their case says, and borrow no words."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from documents.parts.opened import open_path
from harmledger.documents.parts import list_files, load_mapping

ROOT = Path(__file__).parents[3]
FILES = ROOT / "examples" / "northwest-syria" / "files"
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="module")
def opened():
    mapping, problems = load_mapping(FILES / "field-reports-2018.mapping.toml")
    assert not problems
    found = {
        file.name: open_path(file.path, file.name, mapping)
        for file, _ in list_files([FILES])
        if file is not None
    }
    assert all(not one.problems for one in found.values()), [one.problems for one in found.values()]
    return found


def test_every_form_is_there(opened):
    assert {name: len(one.parts) for name, one in opened.items()} == {
        "files/field-reports-2018.csv": 4,
        "files/monitor-daily-2018.pdf": 1,
        "files/press-habeet-2018.eml": 1,
        "files/telegram-idlib-2016/result.json": 3,
        "files/wire-feed-2019.xml": 2,
    }


def test_publishers_are_those_of_the_case(opened):
    lines = (FILES.parent / "documents.jsonl").read_text("utf-8").splitlines()
    known = {json.loads(line)["publisher"] for line in lines}
    found = {part.document.publisher for one in opened.values() for part in one.parts}
    assert found - {None} <= known


def test_the_pdf_is_made_anew_byte_for_byte(tmp_path):
    program = f"import sys; sys.path.insert(0, {str(FILES.parent)!r}); import make_files, pathlib; make_files.make_report(pathlib.Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-B", "-c", program, str(tmp_path / "a.pdf")], timeout=120, check=True)
    assert (tmp_path / "a.pdf").read_bytes() == (FILES / "monitor-daily-2018.pdf").read_bytes()


def test_nothing_is_taken_from_the_evaluation_texts(opened):
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the evaluation material is not beside this checkout")
    own = set().union(*(_runs(text) for one in opened.values() for text in one.texts))
    for path in sorted(SHARED.glob("seeds/*.txt")):
        assert not _runs(path.read_text("utf-8")) & own
    for path in sorted(SHARED.glob("bench/data/*/documents.jsonl")):
        for row in path.open(encoding="utf-8"):
            assert not _runs(json.loads(row).get("text") or "") & own


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + 9]) for i in range(len(words) - 8)}
