"""The page on documents names every problem the room gives."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_problem_is_documented() -> None:
    source = "".join(path.read_text() for path in sorted((ROOT / "src/harmledger/documents").glob("*.py")))
    page = (ROOT / "docs" / "documents.md").read_text()
    codes = set(re.findall(r'"(documents\.[a-z-]+)"', source))
    assert codes == set(re.findall(r"^\| `(documents\.[a-z-]+)` \|", page, re.MULTILINE))
