"""The acceptance texts, where they lie beside the checkout: read, fused and scored with the scorer they came with."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).parents[2].parent / "shared"
COMMAND = Path(sys.executable).with_name("harmledger")
FLOORS = {
    "toll_recall": 0.90, "toll_precision": 0.85, "scope": 0.90, "voice": 0.85, "place": 0.90, "date": 0.85,
    "denial_recall": 1.0, "damage_recall": 0.85, "attack_recall": 0.85,
}  # fmt: skip

pytestmark = pytest.mark.skipif(
    not (SHARED / "seeds" / "gold.json").exists(),
    reason="the evaluation material (../shared) is not beside this checkout",
)


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the pack, read the texts, and fuse them document by document and together."""
    folder = tmp_path_factory.mktemp("seeds")
    documents = str(SHARED / "seeds" / "documents.jsonl")
    claims = str(folder / "claims.jsonl")
    run(folder, "places", "install", "SY", "--from", str(SHARED / "gazetteer"))
    run(folder, "read", documents, "-o", claims)
    told = ("--documents", documents)
    run(folder, "fuse", "--each-document", claims, *told, "-o", str(folder / "each.jsonl"))
    run(folder, "fuse", claims, *told, "-o", str(folder / "together.jsonl"))
    return folder


def run(folder: Path, *words: str) -> None:
    environment = {**os.environ, "HARMLEDGER_DATA": str(folder / "data"), "NO_COLOR": "1"}
    done = subprocess.run(
        [str(COMMAND), *words, "--quiet"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode in (0, 1), done.stderr


@pytest.fixture(scope="session")
def scores(results: Path) -> dict[str, float]:
    done = subprocess.run(
        [
            sys.executable,
            str(SHARED / "bench" / "score.py"),
            "seeds",
            str(SHARED / "seeds"),
            str(results / "claims.jsonl"),
            str(results / "each.jsonl"),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="session")
def incidents(results: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (results / "together.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("figure", FLOORS)
def test_a_figure_does_not_fall_under_its_floor(figure: str, scores: dict[str, float]) -> None:
    assert scores[figure] >= FLOORS[figure]


@pytest.mark.parametrize("figure", ["claims_in_distractors", "claims_discarded"])
def test_nothing_is_claimed_that_may_not_be(figure: str, scores: dict[str, float]) -> None:
    assert scores[figure] == 0


def test_every_voice_of_the_night_in_idlib_stands_beside_the_denial(incidents: list[dict[str, Any]]) -> None:
    night = find_incident(incidents, "Idlib", "2016-05-30", "attack")
    killed = {account["toll"].get("killed", {}).get("best") for account in night["accounts"]}
    assert {23, 50} <= killed
    injured = [account["toll"].get("injured", {}) for account in night["accounts"]]
    assert any(toll.get("best") == 200 and toll["open_ended"] for toll in injured)
    assert any(blame["denied_by"] for blame in night["attribution"])


def test_the_market_is_part_of_the_day(incidents: list[dict[str, Any]]) -> None:
    market = find_incident(incidents, "Maarat al-Numan", "2019-07-22", "attack")
    day = find_incident(incidents, "Idlib", "2019-07-22", "area_day")
    assert market["toll"]["killed"]["best"] == 38
    assert day["toll"]["killed"]["best"] == 59
    assert day["id"] in market["part_of"]


@pytest.mark.parametrize("total", [24, 750])
def test_a_running_total_is_in_no_attack_and_no_day(total: int, incidents: list[dict[str, Any]]) -> None:
    scopes = {
        incident["scope"]
        for incident in incidents
        for account in incident["accounts"]
        if account["toll"].get("killed", {}).get("best") == total
    }
    assert scopes == {"since_date"}


def find_incident(incidents: list[dict[str, Any]], place: str, day: str, scope: str) -> dict[str, Any]:
    found = [
        incident
        for incident in incidents
        if incident["scope"] == scope
        and (incident["place"] or {}).get("name") == place
        and (incident["time"] or {}).get("start") == day
    ]
    assert len(found) == 1, [(one["scope"], (one["place"] or {}).get("name")) for one in incidents]
    return found[0]
