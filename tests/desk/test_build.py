"""build, show, tally, explain and export on a case, as people use them."""

import json
from pathlib import Path

import pytest

from desk.case_folders import make_case, write_rows
from desk.reports import IDLIB
from harmledger.desk.main import main

LATER = {
    "id": "later",
    "text": "A car bomb in Raqqa killed seven people on Friday, residents said.",
    "publisher": "Example Wire",
    "published": "2016-06-04",
    "kind": "news",
    "language": "en",
}


@pytest.fixture
def case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    folder = make_case(tmp_path, *IDLIB)
    assert main(["build", folder, "--jobs", "1", "-q"]) == 0
    capsys.readouterr()
    return folder


def say(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command, and give what it printed and said."""
    code = main([*map(str, arguments)])
    said = capsys.readouterr()
    assert code in (0, 1), said.err
    return said.out + said.err


def export(folder: str, target: Path) -> dict[str, bytes]:
    assert main(["export", folder, "-o", str(target), "-q"]) == 0
    return {path.name: path.read_bytes() for path in sorted(target.iterdir())}


def list_incidents(exported: dict[str, bytes]) -> list[dict]:
    return [json.loads(line) for line in exported["incidents.jsonl"].splitlines()]


def test_a_build_says_what_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = make_case(tmp_path, *IDLIB)
    assert "3 documents read; incidents: 2 attacks (2 new, 0 changed, 0 gone)" in say(capsys, "build", folder)
    assert "nothing to do: 3 documents" in say(capsys, "build", folder)
    assert main(["add", folder, write_rows(tmp_path / "more.jsonl", LATER), "-q"]) == 0
    assert "1 documents read" in say(capsys, "build", folder)
    assert main(["withdraw", folder, "daily", "--reason", "tried out", "-q"]) == 0
    assert "1 taken out; incidents: 2 attacks (0 new, 0 changed, 1 gone)" in say(capsys, "build", folder)


def test_export_is_what_read_and_fuse_give(case: str, tmp_path: Path) -> None:
    found = export(case, tmp_path / "out")
    documents = tmp_path / "out" / "documents.jsonl"
    claims, incidents = tmp_path / "claims.jsonl", tmp_path / "incidents.jsonl"
    assert main(["read", str(documents), "-o", str(claims), "--country", "SY", "-q"]) == 0
    assert claims.read_bytes() == found["claims.jsonl"]
    assert main(["fuse", str(claims), "--documents", str(documents), "-o", str(incidents), "-q"]) == 0
    assert incidents.read_bytes() == found["incidents.jsonl"]
    assert set(found) == {
        "documents.jsonl",
        "claims.jsonl",
        "judgements.jsonl",
        "signings.jsonl",
        "incidents.jsonl",
    }
    assert str(tmp_path).encode() not in b"".join(found.values())


def test_a_view_that_is_gone_is_made_again(case: str, tmp_path: Path) -> None:
    before = export(case, tmp_path / "before")
    (view,) = Path(case).glob("views-*.sqlite")
    view.unlink()
    assert main(["build", case, "--jobs", "2", "-q"]) == 0
    assert export(case, tmp_path / "after") == before
    assert main(["build", case, "--anew", "-q"]) == 0
    assert export(case, tmp_path / "anew") == before


def test_a_setting_that_bears_on_reading_makes_another_view(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Path(case) / "case.toml"
    settings.write_text(settings.read_text().replace('# zone = ""', 'zone = "Asia/Damascus"'))
    (before,) = Path(case).glob("views-*.sqlite")
    assert "not built since its settings changed" in say(capsys, "show", case)
    assert main(["build", case, "-q"]) == 0
    (after,) = Path(case).glob("views-*.sqlite")
    assert before != after
    assert "not built" not in say(capsys, "show", case)


def test_show_lists_a_case_and_prints_one_incident(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")  # what a terminal narrower than a row does with it is not asked here
    shown = say(capsys, "show", case)
    assert "documents: 3 current" in shown
    assert "incidents: 2 attacks, 2016-05-30 to 2016-05-31" in shown
    rows = [
        line.split()[1:3]
        for line in shown.splitlines()
        if line.split()[1:2] in (["2016-05-31"], ["2016-05-30"])
    ]
    assert rows == [["2016-05-31", "Saraqib,"], ["2016-05-30", "Idlib"]]
    incident = list_incidents(export(case, tmp_path / "out"))[0]
    whole = say(capsys, "show", case, incident["id"][:10])
    assert "activists" in whole
    assert "⟦killed 50 people⟧" in whole or "⟦50 people" in whole
    assert "there are more" in say(capsys, "show", case, "--limit", "1")
    assert "Saraqib" not in say(capsys, "show", case, "--until", "2016-05-30")
    assert main(["show", case, "ffffffff"]) == 3
    assert "no incident has an id" in capsys.readouterr().err


def test_what_came_in_since_is_said(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", case, write_rows(tmp_path / "more.jsonl", LATER), "-q"]) == 0
    capsys.readouterr()
    assert "not built since 1 change (harmledger build)" in say(capsys, "show", case)
    assert "not built since 1 change" in say(capsys, "tally", case)
    assert main(["export", case, "-o", str(tmp_path / "out")]) == 3
    assert "harmledger build comes first" in capsys.readouterr().err


def test_tally_is_that_of_the_exported_incidents(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export(case, tmp_path / "out")
    incidents = str(tmp_path / "out" / "incidents.jsonl")
    for asked in (
        ("--by", "month"), ("--by", "place", "--harm", "injured"), ("--area", "Idlib", "--group", "children"),
        ("--deadliest",), ("--by", "day", "--json"),
    ):  # fmt: skip
        assert say(capsys, "tally", case, *asked) == say(capsys, "tally", incidents, *asked)


def test_explain_reads_the_sentence_of_a_case_again(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = export(case, tmp_path / "out")
    claim = next(json.loads(line) for line in found["claims.jsonl"].splitlines() if b'"toll"' in line)
    told = say(capsys, "explain", case, claim["id"][:12])
    assert claim["document"] in told
    assert list_incidents(found)[0]["id"] in told or list_incidents(found)[1]["id"] in told
    assert "read again:" in told
    assert "mark" in told
    assert main(["explain", case, "zz"]) == 3
    assert "no claim has an id" in capsys.readouterr().err


def test_without_a_view_the_commands_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = make_case(tmp_path, *IDLIB)
    for command in (
        ("show", folder),
        ("tally", folder),
        ("explain", folder, "0"),
        ("export", folder, "-o", "x"),
    ):
        assert main([*command]) == 3
        assert "has not been built yet" in capsys.readouterr().err


def test_a_withdrawn_document_is_in_no_byte_of_the_view(case: str) -> None:
    (view,) = Path(case).glob("views-*.sqlite")
    assert b"daily" in view.read_bytes()
    assert main(["withdraw", case, "daily", "--reason", "tried out", "-q"]) == 0
    assert main(["build", case, "-q"]) == 0
    assert b"daily" not in view.read_bytes()


def test_a_folder_that_cannot_be_written_keeps_its_view(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (view,) = Path(case).glob("views-*.sqlite")
    (Path(case) / f".{view.stem}.part").mkdir()
    before = view.read_bytes()
    assert main(["build", case, "--anew"]) == 3
    assert capsys.readouterr().err
    assert view.read_bytes() == before
