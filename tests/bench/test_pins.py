"""The file of floors: what is written is what is loaded, and what is broken is named."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pins import Floors, FloorsError, Lowered, Pinned, is_worse, load_floors, round_down, save_floors

DIGEST = "0123456789abcdef" * 4
FLOORS = Floors(
    {"two": Pinned(DIGEST, {"scope": 0.5, "claims_discarded": 3}), "one": Pinned(DIGEST, {"voice": 1.0})},
    [Lowered("one", "voice", 1.0, 0.9, "the scorer counts a voice twice", "2021-11-08")],
)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    save_floors(FLOORS, tmp_path / "floors.json")
    assert load_floors(tmp_path / "floors.json") == FLOORS


def test_the_file_is_sorted_with_a_line_a_figure(tmp_path: Path) -> None:
    save_floors(FLOORS, tmp_path / "floors.json")
    lines = (tmp_path / "floors.json").read_text("utf-8").splitlines()
    figures = [line.strip().split('"')[1] for line in lines if line.strip().startswith(('"c', '"s', '"v'))]
    assert [line for line in figures if line not in {"sets", "set"}] == [
        "voice",
        "claims_discarded",
        "scope",
    ]


def test_no_file_is_no_floors(tmp_path: Path) -> None:
    assert load_floors(tmp_path / "floors.json") == Floors()


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("sets", "two", "figures", "scope"), "high", "sets.two.scope: must be a share"),
        (("sets", "two", "figures", "scope"), 1.5, "sets.two.scope: must be a share"),
        (("sets", "two", "figures", "scope"), True, "sets.two.scope: must be a share"),
        (("sets", "two", "figures", "claims_discarded"), -1, "sets.two.claims_discarded: must be a number"),
        (("sets", "two", "digest"), "ab", "sets.two.digest: must be a SHA-256"),
        (("sets", "two"), [], "sets.two: must be a dict"),
        (("sets", "two", "floor"), 1, "sets.two: must be the keys"),
        (("lowered", 0, "reason"), " ", "lowered[0].reason: must be some words"),
        (("lowered", 0, "date"), "yesterday", "lowered[0].date: must be a day"),
        (("more",), 1, "the whole: must be the keys"),
    ],
)
def test_a_broken_file_names_the_key(
    tmp_path: Path, path: tuple[Any, ...], value: object, words: str
) -> None:
    save_floors(FLOORS, tmp_path / "floors.json")
    found = json.loads((tmp_path / "floors.json").read_text("utf-8"))
    row = found
    for key in path[:-1]:
        row = row[key]
    row[path[-1]] = value
    (tmp_path / "floors.json").write_text(json.dumps(found), "utf-8")
    with pytest.raises(FloorsError) as told:
        load_floors(tmp_path / "floors.json")
    assert words in str(told.value)


def test_what_is_no_json_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "floors.json").write_text('{"lowered": [],\n "sets" {}}', "utf-8")
    with pytest.raises(FloorsError, match=r"floors\.json, line 2"):
        load_floors(tmp_path / "floors.json")


@given(st.floats(0, 1))
def test_a_floor_is_never_above_what_was_measured(value: float) -> None:
    floor = round_down(value)
    assert 0 <= floor <= value
    assert value - floor < 0.00010001
    assert not is_worse("scope", value, floor)


def test_faults_must_not_become_more() -> None:
    assert is_worse("claims_discarded", 1, 0)
    assert not is_worse("claims_discarded", 0, 1)
    assert is_worse("scope", 0.4999, 0.5)
    assert not is_worse("scope", 0.5, 0.5)
