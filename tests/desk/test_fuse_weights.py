"""`harmledger fuse --weights`: links by other weights, and says so."""

import json
from pathlib import Path

import pytest

from harmledger.desk.main import main
from harmledger.incidents.weights import load_weights
from harmledger.pipeline.learn import write_weights

DAY = "2016-05-30"
TEXTS = {
    "wire-1": "An air strike on the town of Saraqib on Monday killed 5 people, a monitor said.",
    "wire-2": "Warplanes hit the market of Saraqib on Monday and killed 7 civilians, residents said.",
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("files")
    documents, claims = folder / "documents.jsonl", folder / "claims.jsonl"
    with documents.open("w") as handle:
        for id, text in TEXTS.items():
            line = {
                "id": id,
                "text": text,
                "published": DAY,
                "publisher": id,
                "kind": "news",
                "language": "en",
            }
            handle.write(json.dumps(line) + "\n")
    assert main(["read", str(documents), "-o", str(claims), "-q"]) in (0, 1)
    return str(claims), str(documents)


def fuse(files: tuple[str, str], target: Path, *more: str) -> list[dict[str, object]]:
    assert main(["fuse", files[0], "--documents", files[1], "-o", str(target), "-q", *more]) == 0
    return [json.loads(line) for line in target.read_bytes().splitlines()]


def test_the_program_s_own_weights_change_nothing_but_are_named(files, tmp_path: Path) -> None:
    given = tmp_path / "weights.json"
    given.write_bytes(write_weights(load_weights()))
    own, other = fuse(files, tmp_path / "a.jsonl"), fuse(files, tmp_path / "b.jsonl", "--weights", str(given))
    assert len(own) == 1
    made = [str(line.pop("made_by")) for line in (*own, *other)]
    assert own == other
    assert "weights@" not in made[0]
    assert "weights@" in made[1]


def test_a_higher_threshold_keeps_reports_apart(files, tmp_path: Path) -> None:
    given = tmp_path / "weights.json"
    body = json.loads(write_weights(load_weights()))
    given.write_text(json.dumps(body | {"threshold": 50}))
    assert len(fuse(files, tmp_path / "b.jsonl", "--weights", str(given))) == 2


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff\xfe", b'{"format": 1}', b"[" * 100_000])
def test_what_are_no_weights_is_refused_and_nothing_is_written(
    files, tmp_path: Path, body: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    given, target = tmp_path / "weights.json", tmp_path / "out.jsonl"
    given.write_bytes(body)
    asked = ["fuse", files[0], "--documents", files[1], "-o", str(target), "--weights", str(given)]
    assert main(asked) == 3
    assert "no weights" in capsys.readouterr().err
    assert not target.exists()


def test_an_endless_file_is_refused(files, tmp_path: Path) -> None:
    given = tmp_path / "weights.json"
    given.write_bytes(b" " * 1_100_000)
    asked = ["fuse", files[0], "--documents", files[1], "-o", str(tmp_path / "o"), "--weights", str(given)]
    assert main(asked) == 3
