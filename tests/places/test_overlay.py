"""The overlay that ships with the program: every row sound, and nothing in it that could endanger people."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from harmledger.places import overlay
from harmledger.places.entry import Entry, measure_distance
from harmledger.places.folding import fold_name, make_key
from harmledger.places.overlay import open_overlay, read_overlay

COUNTRIES = ("PS", "SD", "SY", "UA", "YE")
PROTECTED = re.compile(
    r"hospital|clinic|health|medical|school|universit|rescue|civil defen|shelter|church|mosque|bakery|مستشفى|مشفى|مدرسة",
    re.I,
)
HEADER = "slug,kind,name,code,admin1,lat,lon,radius_km,population,geonames,aliases,source"


def read_country(country: str) -> list[Entry]:
    text = files("harmledger.places.overlay").joinpath(f"{country.lower()}.csv").read_text(encoding="utf-8")
    return list(read_overlay(country, text))


@pytest.mark.parametrize(
    ("country", "places", "provinces"),
    [("SY", 250, 14), ("PS", 100, 2), ("YE", 80, 22), ("UA", 100, 27), ("SD", 80, 18)],
)
def test_the_overlay_holds_what_the_documentation_says(country: str, places: int, provinces: int) -> None:
    entries = read_country(country)
    assert len(entries) >= places
    assert sum(entry.kind == "province" for entry in entries) == provinces


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_id_is_there_once(country: str) -> None:
    ids = [entry.id for entry in read_country(country)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_place_that_needs_protection_stands_as_a_point(country: str) -> None:
    for entry in read_country(country):
        assert not [name for name in entry.names if PROTECTED.search(name)], entry.id
        if any(re.search(r"\bcamp\b|مخيم", name, re.I) for name in entry.names):
            assert entry.kind in ("settlement", "neighbourhood", "area"), entry.id
            assert (entry.radius_km or 0) >= 0.5, entry.id


@pytest.mark.parametrize("country", COUNTRIES)
def test_places_lie_within_reach_of_their_province(country: str) -> None:
    entries = read_country(country)
    provinces = {entry.admin1: entry for entry in entries if entry.kind == "province"}
    for entry in entries:
        if entry.admin1 is None or entry.kind == "province":
            continue
        province = provinces[entry.admin1]
        distance = measure_distance(entry.lat, entry.lon, province.lat, province.lon)
        assert distance <= 2.5 * (province.radius_km or 0) + 25, entry.id


@pytest.mark.parametrize("country", COUNTRIES)
def test_radii_and_names_are_sensible(country: str) -> None:
    for entry in read_country(country):
        assert entry.radius_km is not None, entry.id
        low, high = {
            "country": (50, 800), "province": (5, 250), "district": (3, 50), "area": (1, 320),
            "settlement": (0.5, 15), "neighbourhood": (0.4, 5), "crossing": (0.5, 8), "airbase": (1, 5),
        }[entry.kind]  # fmt: skip
        assert low <= entry.radius_km <= high, entry.id
        assert all(make_key(fold_name(name)) for name in entry.names)


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_two_towns_or_quarters_share_their_first_name(country: str) -> None:
    keys = [
        (entry.kind, make_key(fold_name(entry.name)))
        for entry in read_country(country)
        if entry.kind in ("province", "settlement", "neighbourhood")
    ]
    assert len(keys) == len(set(keys))


def test_the_overlay_of_some_countries_keeps_the_digest() -> None:
    everything, one = open_overlay(), open_overlay(["PS"])
    assert everything.digest == one.digest
    assert one.find_key("saraqib") == []
    assert everything.find_key("saraqib")


def test_each_choice_of_countries_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlay, "locate_cache", lambda: tmp_path)
    older = tmp_path / "overlay-00000000-sy.sqlite"
    older.touch()
    choices: tuple[tuple[str, ...], ...] = (("SY",), ("SY", "PS"), ("ZZ",), ())
    made = [open_overlay(chosen) for chosen in choices]
    digest = made[0].digest
    names = {f"overlay-{digest}{rest}.sqlite" for rest in ("-sy", "-ps-sy", "-none", "")}
    assert {path.name for path in tmp_path.iterdir()} == names
    monkeypatch.setattr(overlay, "read_overlay", None)
    for chosen, first in zip(choices, made, strict=True):
        assert open_overlay(chosen).list_places() == first.list_places()


def test_where_nothing_can_be_written_the_overlay_is_compiled_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(overlay, "locate_cache", lambda: tmp_path / "file" / "cache")
    assert open_overlay(["SY"]).find_key("saraqib")
    assert open_overlay(["SY"]).path is None


@pytest.mark.parametrize(
    "row",
    [
        "a,hospital,A,,,35,36,1,,,,s",
        "a,settlement,A,,Nowhere,35,36,1,,,,s",
        "a,settlement,A,,,95,36,1,,,,s",
        "a,settlement,A,,,x,36,1,,,,s",
        "a,settlement,A,,,35,36",
        "a,settlement,A,,,35,36,1,,,,s,too,many",
    ],
)
def test_a_defect_names_its_line(row: str) -> None:
    with pytest.raises(ValueError, match=r"overlay/sy\.csv:2"):
        list(read_overlay("SY", f"{HEADER}\n{row}\n"))
