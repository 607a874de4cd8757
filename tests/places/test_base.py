"""The base layer: compiled once, rebuilt when damaged, left out when it cannot be written."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from harmledger.places import base
from harmledger.places.candidate import PlaceContext
from harmledger.places.gazetteer import open_gazetteer


def city(
    name: str, country: str, admin1: str, lat: float, lon: float, population: int, *others: str
) -> dict[str, Any]:
    return {
        "name": name, "countrycode": country, "admin1code": admin1, "latitude": lat, "longitude": lon,
        "population": population, "alternatenames": list(others),
    }  # fmt: skip


CITIES = {
    "524901": city("Moscow", "RU", "48", 55.75, 37.62, 10_381_222, "Moskva", "Москва", "모스크바"),
    "169389": city("Idlib", "SY", "12", 35.93, 36.63, 128_840, "Idleb", "إدلب"),
    "4726206": city("San Antonio", "US", "TX", 29.42, -98.49, 1_469_845),
    "3523466": city("Texas", "MX", "30", 20.0, -99.2, 800),
    "1337178": city("Gasa", "BT", "31", 27.9, 89.73, 1_000, "Gaza"),
    "281133": city("Gaza", "PS", "GZ", 31.5, 34.47, 410_000, "Ghazzah"),
}


@pytest.fixture
def small_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    real = base._read_source
    monkeypatch.setattr(
        base, "_read_source", lambda name: json.dumps(CITIES).encode() if name == base._CITIES else real(name)
    )
    monkeypatch.setattr(base, "locate_cache", lambda: tmp_path / "cache")
    return tmp_path / "cache"


def test_the_base_is_compiled_once(small_source: Path) -> None:
    told: list[str] = []
    layer, problems = base.open_base(told.append)
    assert layer is not None
    assert problems == ()
    assert len(told) == 1
    (path,) = small_source.iterdir()
    assert layer.digest in path.name
    base.open_base(told.append)
    assert len(told) == 1


def test_a_damaged_base_is_compiled_again(small_source: Path) -> None:
    base.open_base()
    (path,) = small_source.iterdir()
    path.write_bytes(path.read_bytes()[:5000])
    layer, problems = base.open_base()
    assert layer is not None
    assert [(problem.code, problem.severity) for problem in problems] == [("places.base-damaged", "note")]
    assert base.open_base()[1] == ()


def test_a_base_damaged_in_its_middle_is_told_with_its_file_and_compiled_again(small_source: Path) -> None:
    base.open_base()
    (path,) = small_source.iterdir()
    with closing(sqlite3.connect(path)) as connection:
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        question = "SELECT rootpage FROM sqlite_master WHERE name = 'names_by_key'"
        (page,) = connection.execute(question).fetchone()
    data = path.read_bytes()
    path.write_bytes(data[: (page - 1) * size] + b"\xff" * size + data[page * size :])
    gazetteer, problems = open_gazetteer(layers=("base",))
    assert problems == ()
    gazetteer.find("Springfield")
    (told,) = gazetteer.problems
    assert (told.code, told.where) == ("places.layer-damaged", str(path))
    assert "compiled anew" in (told.remedy or "")
    assert not path.exists()
    layer, problems = base.open_base()
    assert layer is not None
    assert problems == ()


def test_bases_of_other_versions_are_removed(small_source: Path) -> None:
    small_source.mkdir()
    (small_source / "base-00000000.sqlite").write_bytes(b"older")
    (small_source / "something else").write_bytes(b"not ours")
    layer, _ = base.open_base()
    assert layer is not None
    assert sorted(path.name for path in small_source.iterdir()) == [
        f"base-{layer.digest}.sqlite",
        "something else",
    ]


def test_without_a_place_to_write_the_rest_goes_on(small_source: Path, tmp_path: Path) -> None:
    small_source.write_text("a file where the folder should be")
    gazetteer, problems = open_gazetteer(tmp_path)
    assert [(problem.code, problem.severity) for problem in problems] == [
        ("places.base-unavailable", "warning")
    ]
    assert problems[0].remedy
    assert gazetteer.find("Saraqib", PlaceContext(country="SY"))


def test_the_world_beside_the_case(small_source: Path, tmp_path: Path) -> None:
    gazetteer, _ = open_gazetteer(tmp_path, ["SY"])
    moscow = gazetteer.find("Moscow")[0]
    assert (moscow.place.country, moscow.kind) == ("RU", "settlement")
    assert "other-country" in moscow.because
    assert gazetteer.find("Москва")[0].place.id == moscow.place.id
    assert gazetteer.find("Russia")[0].kind == "country"
    assert gazetteer.find("Texas", PlaceContext(country="US"))[0].place.admin1 == "Texas"
    assert [digest.split("@")[0] for digest in gazetteer.digests] == ["base", "overlay"]


def test_a_namesake_village_does_not_outrank_a_state(small_source: Path, tmp_path: Path) -> None:
    gazetteer, _ = open_gazetteer(tmp_path)
    assert gazetteer.find("Texas")[0].kind == "province"
    assert gazetteer.find("Idlib")[0].kind == "settlement"
    assert gazetteer.find("Gaza")[0].place.name == "Gaza Strip"
