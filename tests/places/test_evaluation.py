"""Quality and speed on the evaluation material, where it lies beside the checkout."""

import csv
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from harmledger.places.candidate import PlaceContext
from harmledger.places.entry import measure_distance
from harmledger.places.gazetteer import Gazetteer, open_gazetteer
from harmledger.places.packs import install_pack

SHARED = Path(__file__).parents[2].parent / "shared" / "gazetteer"
QUERIES = SHARED / "eval_ucdp_sy_queries.csv"
TOPONYMS = SHARED / "seeds_toponyms.csv"
NEAR_ENOUGH_KM = 5.0
FOUND_WITH_PROVINCE = 0.78
FOUND_WITHOUT_PROVINCE = 0.69
WRONG_WITH_PROVINCE = 0.12
NEW_LOOKUPS_PER_S = 400
KNOWN_LOOKUPS_PER_S = 5_000

pytestmark = pytest.mark.skipif(not QUERIES.exists(), reason="no evaluation material beside the checkout")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("syria")
    packs, _ = install_pack("SY", SHARED, data)
    assert packs
    return data


@pytest.fixture(scope="module")
def queries() -> list[dict[str, str]]:
    with QUERIES.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def open_pack_alone(folder: Path) -> Gazetteer:
    """Open the pack without overlay and base: no answer may come from a hand-written row."""
    gazetteer, problems = open_gazetteer(folder, ["SY"], layers=("packs",))
    assert problems == ()
    return gazetteer


def measure_answers(
    gazetteer: Gazetteer, queries: list[dict[str, str]], context_of: Callable[[dict[str, str]], PlaceContext]
) -> tuple[float, float]:
    """Give the shares of queries whose first answer is near enough, and whose first answer is wrong."""
    found = wrong = 0
    for query in queries:
        candidates = gazetteer.find(query["query"], context_of(query))
        if not candidates:
            continue
        place = candidates[0].place
        distance = measure_distance(place.lat or 0, place.lon or 0, float(query["lat"]), float(query["lon"]))
        found += distance <= NEAR_ENOUGH_KM
        wrong += distance > NEAR_ENOUGH_KM
    return found / len(queries), wrong / len(queries)


def test_places_are_found_with_their_province(folder: Path, queries: list[dict[str, str]]) -> None:
    found, wrong = measure_answers(
        open_pack_alone(folder), queries, lambda query: PlaceContext("SY", admin1=query["admin1_wof"])
    )
    assert found >= FOUND_WITH_PROVINCE
    assert wrong <= WRONG_WITH_PROVINCE


def test_places_are_found_without_their_province(folder: Path, queries: list[dict[str, str]]) -> None:
    found, _ = measure_answers(open_pack_alone(folder), queries, lambda query: PlaceContext("SY"))
    assert found >= FOUND_WITHOUT_PROVINCE


def test_lookups_are_fast(folder: Path, queries: list[dict[str, str]]) -> None:
    speeds = []
    for _ in range(2):
        gazetteer = open_pack_alone(folder)
        speeds.append([_measure_speed(gazetteer, queries), _measure_speed(gazetteer, queries)])
    assert max(new for new, _ in speeds) >= NEW_LOOKUPS_PER_S
    assert max(known for _, known in speeds) >= KNOWN_LOOKUPS_PER_S


def _measure_speed(gazetteer: Gazetteer, queries: list[dict[str, str]]) -> float:
    start = time.process_time()
    for query in queries:
        gazetteer.find(query["query"], PlaceContext("SY"))
    return len(queries) / (time.process_time() - start)


@pytest.mark.parametrize("layers", [("overlay",), ("overlay", "packs")], ids=["overlay", "overlay-and-pack"])
def test_toponyms_of_real_reports_lie_where_they_should(folder: Path, layers: tuple[str, ...]) -> None:
    gazetteer, _ = open_gazetteer(folder, ["SY"], layers=layers)  # type: ignore[arg-type]
    missed = []
    with TOPONYMS.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if row["kind"].startswith("intra-city") or row["surface"] == "Turkey":
                continue
            candidates = gazetteer.find(row["surface"], PlaceContext("SY", admin1=row["admin1"] or None))
            place = candidates[0].place if candidates else None
            distance = (
                measure_distance(place.lat or 0, place.lon or 0, float(row["lat"]), float(row["lon"]))
                if place
                else None
            )
            if distance is None or distance > float(row["tolerance_km"]):
                missed.append((row["surface"], place and place.name, distance))
    assert missed == []
