"""Installing packs: what is accepted, what is refused, and what an interruption leaves."""

import gzip
import zipfile
from pathlib import Path

import pytest

from harmledger.places.candidate import PlaceContext
from harmledger.places.dump import LINE_LIMIT
from harmledger.places.folders import DATA_VARIABLE, locate_packs
from harmledger.places.gazetteer import open_gazetteer
from harmledger.places.packs import install_pack, list_packs, open_pack, remove_pack
from places.geonames import TOWNS, format_dump, write_source


@pytest.mark.parametrize("suffix", [".txt", ".txt.gz", ".zip"])
def test_every_form_of_the_files_gives_the_same_pack(tmp_path: Path, suffix: str) -> None:
    packs, problems = install_pack("sy", write_source(tmp_path / "source", suffix), tmp_path / "data")
    assert problems == ()
    assert packs[0].country == "SY"
    assert packs[0].places == len(TOWNS) + 3
    reference, _ = install_pack("SY", write_source(tmp_path / "again", ".txt"), tmp_path / "other")
    assert packs[0].digest == reference[0].digest


def test_a_pack_says_where_it_comes_from(data_folder: Path) -> None:
    packs, problems = list_packs(data_folder)
    assert problems == ()
    (pack,) = packs
    assert "CC BY 4.0" in pack.licence
    assert len(pack.date) == len("2026-11-21")
    assert set(pack.files) == {
        f"{stem}.txt.gz" for stem in ("SY", "SY.alternateNamesV2", "admin1CodesASCII", "admin2Codes")
    }
    assert all(len(digest) == 64 for digest in pack.files.values())


def test_the_environment_names_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    assert locate_packs() == tmp_path / "packs"
    install_pack("SY", write_source(tmp_path / "source"))
    assert [pack.country for pack in list_packs()[0]] == ["SY"]


def test_removing_a_pack(tmp_path: Path) -> None:
    install_pack("SY", write_source(tmp_path / "source"), tmp_path)
    assert remove_pack("SY", tmp_path) == ()
    assert list_packs(tmp_path) == ((), ())
    assert remove_pack("SY", tmp_path)[0].code == "places.pack-missing"
    assert remove_pack("../SY", tmp_path)[0].code == "places.pack-missing"


def test_the_order_of_installation_does_not_matter(tmp_path: Path) -> None:
    rows = [(900_001, "Bayt Lahya", "بيت لاهيا", 31.55, 34.5, "PPL", "GZ", 1000)]
    gaza = tmp_path / "gaza"
    gaza.mkdir()
    (gaza / "PS.txt").write_text(format_dump(rows, "PS"), encoding="utf-8")
    syria = write_source(tmp_path / "syria")
    for name, order in (("one", ("SY", "PS")), ("two", ("PS", "SY"))):
        for country in order:
            install_pack(country, syria if country == "SY" else gaza, tmp_path / name)
    answers = []
    for name in ("one", "two"):
        gazetteer, _ = open_gazetteer(tmp_path / name, layers=("packs",))
        answers.append((gazetteer.digests, gazetteer.find("Beit Lahia"), gazetteer.find("Kafr Zita")))
    assert answers[0] == answers[1]
    assert answers[0][1][0].place.country == "PS"
    files = [(tmp_path / name / "packs" / "SY.sqlite").read_bytes() for name in ("one", "two")]
    assert files[0] == files[1]


@pytest.mark.parametrize("country", ["", "Syria", "S1", "../X", "S/"])
def test_a_country_is_two_letters(tmp_path: Path, country: str) -> None:
    packs, problems = install_pack(country, tmp_path, tmp_path)
    assert packs == ()
    assert problems[0].code == "places.country-code"


def test_a_folder_without_the_dump_is_a_problem(tmp_path: Path) -> None:
    packs, problems = install_pack("SY", tmp_path, tmp_path / "data")
    assert packs == ()
    assert problems[0].code == "places.source-missing"
    assert problems[0].remedy


def test_a_dump_alone_gives_a_pack_without_provinces(tmp_path: Path) -> None:
    (tmp_path / "SY.txt").write_text(format_dump(), encoding="utf-8")
    packs, problems = install_pack("SY", tmp_path, tmp_path / "data")
    assert packs[0].places == len(TOWNS)
    assert {problem.code for problem in problems} == {"places.source-missing"}
    assert all(problem.severity == "warning" for problem in problems)


def fail_to_install(source: Path, data: Path) -> str:
    """Install, expect an error, and give its message; no pack and no part of one may be left."""
    packs, problems = install_pack("SY", source, data)
    assert packs == ()
    errors = [problem for problem in problems if problem.severity == "error"]
    assert errors
    assert not list(data.rglob("*.sqlite*"))
    return errors[0].message


def test_a_truncated_archive_installs_nothing(tmp_path: Path) -> None:
    source = write_source(tmp_path / "source")
    path = source / "SY.txt.gz"
    path.write_bytes(path.read_bytes()[:-20])
    assert "cannot be read to its end" in fail_to_install(source, tmp_path / "data")


def test_what_is_no_archive_installs_nothing(tmp_path: Path) -> None:
    source = write_source(tmp_path / "source", ".zip")
    (source / "SY.zip").write_bytes(b"PK\x03\x04 not really")
    assert "cannot be read" in fail_to_install(source, tmp_path / "data")


def test_a_huge_line_installs_nothing(tmp_path: Path) -> None:
    source = write_source(tmp_path / "source", dump=format_dump() + "9" * (LINE_LIMIT + 10))
    assert "a line of more than" in fail_to_install(source, tmp_path / "data")


def test_a_file_of_something_else_installs_nothing(tmp_path: Path) -> None:
    source = write_source(tmp_path / "source", dump="<html>\n<body>\nnot here\n</html>\n")
    assert "not a GeoNames file" in fail_to_install(source, tmp_path / "data")


def test_a_dump_of_another_country_installs_nothing(tmp_path: Path) -> None:
    source = write_source(tmp_path / "source", dump=format_dump(country="IQ"))
    assert "no place of SY" in fail_to_install(source, tmp_path / "data")


def test_a_zip_never_writes_outside(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    with zipfile.ZipFile(source / "SY.zip", "w") as archive:
        archive.writestr("../../escaped.txt", "x")
        archive.writestr("../SY.txt", format_dump())
    assert "does not hold SY.txt" in fail_to_install(source, tmp_path / "data")
    assert not list(tmp_path.rglob("escaped.txt"))


def test_broken_lines_are_skipped_and_counted(tmp_path: Path) -> None:
    lines = format_dump().splitlines(keepends=True)
    bad = [
        "1\tshort\n",
        lines[0].replace("35.374", "135.374"),
        lines[0].replace("168620", "x"),
        lines[0].replace("35.374", "nan"),
    ]
    source = write_source(tmp_path / "source", ".txt", dump="".join([*lines, *bad]))
    with (source / "SY.txt").open("ab") as handle:
        handle.write(b"\xff\xfe\t broken\n")
    packs, problems = install_pack("SY", source, tmp_path / "data")
    assert packs[0].places == len(TOWNS) + 3
    (problem,) = problems
    assert problem.code == "places.source-line"
    assert problem.where == "SY.txt:9"
    assert "5 of 13 lines" in problem.message


def test_an_interruption_leaves_the_earlier_pack(tmp_path: Path) -> None:
    source = write_source(tmp_path / "source")
    install_pack("SY", source, tmp_path / "data")
    path = tmp_path / "data" / "packs" / "SY.sqlite"
    before = path.read_bytes()

    def interrupt(message: str) -> None:
        if "compiling" in message:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        install_pack("SY", source, tmp_path / "data", interrupt)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["SY.sqlite"]


@pytest.mark.parametrize("damage", ["cut", "noise", "empty", "other"])
def test_a_damaged_pack_is_a_problem_and_the_rest_goes_on(tmp_path: Path, damage: str) -> None:
    install_pack("SY", write_source(tmp_path / "source"), tmp_path)
    path = tmp_path / "packs" / "SY.sqlite"
    whole = path.read_bytes()
    path.write_bytes(
        {"cut": whole[:-4096], "noise": b"\0" * len(whole), "empty": b"", "other": b"SQLite format 3\0"}[
            damage
        ]
    )
    layer, problems = open_pack("SY", tmp_path)
    assert layer is None
    assert problems[0].code == "places.pack-damaged"
    assert problems[0].remedy == "harmledger places install SY"
    gazetteer, problems = open_gazetteer(tmp_path, ["SY"], layers=("overlay", "packs"))
    assert [problem.code for problem in problems] == ["places.pack-damaged"]
    assert gazetteer.find("Kafrzita")


def test_damage_inside_is_found_while_reading(tmp_path: Path) -> None:
    install_pack("SY", write_source(tmp_path / "source"), tmp_path)
    path = tmp_path / "packs" / "SY.sqlite"
    whole = bytearray(path.read_bytes())
    gazetteer, _ = open_gazetteer(tmp_path, layers=("packs",))
    assert gazetteer.find("Kafr Zita")
    whole[4096:] = b"\x5a" * (len(whole) - 4096)
    path.write_bytes(whole)
    gazetteer, problems = open_gazetteer(tmp_path, ["SY"], layers=("packs",))
    assert gazetteer.find("Kafr Zita", PlaceContext(country="SY")) == ()
    codes = {problem.code for problem in (*problems, *gazetteer.problems)}
    assert codes & {"places.pack-damaged", "places.layer-damaged"}


def test_a_missing_pack_of_the_case_is_noted(tmp_path: Path) -> None:
    gazetteer, problems = open_gazetteer(tmp_path, ["SD"], layers=("overlay", "packs"))
    assert [(problem.code, problem.severity) for problem in problems] == [("places.pack-missing", "note")]
    assert gazetteer.find("al-Fashir")


def test_a_gzip_bomb_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harmledger.places.dump.SIZE_LIMIT", 1_000_000)
    source = write_source(tmp_path / "source")
    (source / "SY.txt.gz").write_bytes(gzip.compress(b"\n" * 5_000_000))
    assert "unpacks to more than" in fail_to_install(source, tmp_path / "data")
