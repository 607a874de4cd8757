"""`harmledger compare`: what is printed, as JSON and in words, on files and on a case."""

import json
from pathlib import Path

import pytest

from desk.case_folders import make_case
from harmledger.desk.main import main

GED = "id,relid,where_coordinates,where_prec,latitude,longitude,country,date_start,date_end,side_a,low,best,high,deaths_civilians\n"
ROWS = (
    "1,R-1,Ariha town,1,35.8136,36.6091,Syria,2019-07-22,2019-07-22,Government of Syria,4,5,60,5\n"
    "2,R-2,Saraqib town,1,35.8644,36.8058,Syria,2019-07-22,2019-07-22,,1,1,1,1\n"
    "3,R-3,Elsewhere,1,10.0,10.0,,2019-07-22,2019-07-22,,1,1,1,1\n"
)
REPORTS = (
    {"id": "a", "text": "Air raids killed seven people in Ariha on Monday, the Syrian Observatory for Human Rights said.",
     "publisher": "Example Wire", "published": "2019-07-23"},
    {"id": "b", "text": "Shelling killed two people in Maarat al-Numan on Monday.", "publisher": "Example Daily",
     "published": "2019-07-23"},
)  # fmt: skip
SHARED = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.fixture
def case(tmp_path):
    folder = make_case(tmp_path, *REPORTS)
    assert main(["build", folder, "-q"]) == 0
    return folder


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "ged.csv"
    path.write_text(GED + ROWS, encoding="utf-8")
    return str(path)


def test_a_case_beside_a_register(case, register, capsys) -> None:
    assert main(["compare", case, register, "-q"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "ucdp: 3 entries. 1 are here, 0 may be, 1 are not; 1 lie outside" in told
    assert (
        "Killed: they say 4–60, here 7; theirs reaches around ours; the lowest account here is 7 (Syrian Observatory for Human Rights)"
        in told
    )
    assert "2, Saraqib town, 22 July 2019, killed 1: no document here tells of it" in told
    assert "Maarat al-Numan, Idlib, 22 July 2019, killed 2" in told.split("Only this record has")[1]


def test_lines_beyond_the_limit_are_counted(case, register, capsys) -> None:
    Path(register).write_text(GED + ROWS * 2, encoding="utf-8")
    assert main(["compare", case, register, "--limit", "1", "-q"]) == 0
    assert "and 2 more" in capsys.readouterr().out


def test_json_holds_everything_and_incidents_by_id(case, register, capsys) -> None:
    assert main(["compare", case, register, "--json", "-q"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    (pairing,) = told["pairings"]
    assert pairing["entry"]["code"] == "1"
    assert pairing["incident"] not in told["only_here"]
    assert len(told["only_here"]) == 1


def test_a_layout_of_ones_own(case, tmp_path, capsys) -> None:
    layout, rows = tmp_path / "own.toml", tmp_path / "own.csv"
    layout.write_text(
        "register='own'\n[columns]\ncode=['No']\nstart=['Day']\nplace=['Where']\nkilled_best=['Dead']\n"
    )
    rows.write_text("No,Day,Where,Dead\n9,22.07.2019,Ariha,7\n")
    assert main(["compare", case, str(rows), "--layout", str(layout), "-q"]) == 0
    assert "own: 1 entries. 1 are here" in capsys.readouterr().out


def test_a_layout_that_cannot_be_used_compares_nothing(case, register, tmp_path, capsys) -> None:
    layout = tmp_path / "own.toml"
    layout.write_text("register='own'\n")
    assert main(["compare", case, register, "--layout", str(layout)]) == 3
    assert "docs/registers.md" in capsys.readouterr().err


def test_a_register_that_is_none_is_said_with_its_remedy(case, tmp_path, capsys) -> None:
    path = tmp_path / "list.csv"
    path.write_text("a,b\n1,2\n")
    assert main(["compare", case, str(path)]) == 3
    error = capsys.readouterr().err
    assert "no register that is known by its columns" in " ".join(error.split())
    assert "--layout" in error


def test_the_seeds_registers_are_read_whole_and_find_the_attacks(tmp_path, capsys) -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared/seeds is not there: nothing to compare")
    claims, incidents = str(tmp_path / "c.jsonl"), str(tmp_path / "i.jsonl")
    documents = str(SHARED / "documents.jsonl")
    assert main(["read", documents, "-o", claims, "-q"]) == 0
    assert main(["fuse", claims, "--documents", documents, "-o", incidents, "-q"]) == 0
    assert main(["compare", incidents, str(SHARED / "registers.json"), "--json", "-q"]) == 0
    compared = {one["register"]: one for one in json.loads(capsys.readouterr().out)}
    assert (compared["airwars"]["entries"], compared["ucdp"]["entries"]) == (16, 11)
    found = {one["entry"]["code"] for one in compared["airwars"]["pairings"]}
    assert {"RS0824", "RS3936", "RS3530", "RS3539"} <= found
