"""What the texts of a set lack, counted on a set of two incidents in our own words."""

import json
from pathlib import Path

from ceilings import tabulate_ceilings

DOCUMENTS = [
    {"id": "a", "text": "Three people were killed in Ariha."},
    {"id": "b", "text": "Four people were killed in Ariha.", "published": "2019-07-22"},
    {"id": "c", "text": "A man was killed in Sarmin on 4 May."},
]
GOLD = [
    {"document": "a", "incidents": ["one"]},
    {"document": "b", "incidents": ["one"]},
    {"document": "c", "incidents": ["two"]},
    {"incident": "one", "date": "2019-07-21", "killed": [3, 5], "injured": [None, None]},
    {"incident": "two", "date": "2019-05-04", "killed": [1, 1], "injured": [2, 2]},
    {"incident": "of no text", "date": "2019-05-04", "killed": [9, 9], "injured": [9, 9]},
]
CLAIMS = [
    {"document": "a", "kind": "toll", "harm": "killed", "count": {"value": 3, "low": 3, "high": 3}},
    {"document": "b", "kind": "toll", "harm": "killed", "count": {"value": 4, "low": 4, "high": 4}},
    {"document": "c", "kind": "toll", "harm": "killed", "count": {"value": 1, "low": 1, "high": 1}},
    {"document": "c", "kind": "attack", "harm": None, "count": None},
]


def write_lines(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_what_the_texts_lack_is_counted(tmp_path: Path) -> None:
    write_lines(tmp_path / "documents.jsonl", DOCUMENTS)
    write_lines(tmp_path / "gold.jsonl", GOLD)
    rows = tabulate_ceilings(tmp_path, write_lines(tmp_path / "claims.jsonl", CLAIMS))
    assert rows[2:-1] == [
        "| documents without a date | 2 | of 3 |",
        "| incidents none of whose documents has one | 1 | of 2 |",
        "| lowest figure of killed that no claim tells | 0 | of 2 |",
        "| highest figure of killed that no claim tells | 1 | of 2 |",
        "| lowest figure of injured that no claim tells | 1 | of 1 |",
        "| highest figure of injured that no claim tells | 1 | of 1 |",
    ]


def test_a_set_without_links_has_no_such_table(tmp_path: Path) -> None:
    assert tabulate_ceilings(tmp_path, tmp_path / "claims.jsonl") == []
    write_lines(tmp_path / "gold.jsonl", [{"id": "a", "killed": 3}])
    assert tabulate_ceilings(tmp_path, tmp_path / "claims.jsonl") == []
